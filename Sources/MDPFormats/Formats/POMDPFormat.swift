internal import MDPCore
internal import MonotoneFiles

/// Cassandra's format of POMDPs, as far as they are fully observed: each state has an observation of its own,
/// or the file has none.
///
/// Source: A. R. Cassandra, "POMDP File Grammar", of pomdp-solve.
struct POMDPFormat: ModelFormat {
  let name = "pomdp"
  let noun = "Cassandra's format"
  let extensions = ["pomdp", "mdp"]
  var decimals: DecimalReading? { .shortest }

  func read(
    _ input: InputBytes, _ configuration: MDPReaderConfiguration
  ) throws(InvalidInput) -> MDPDocument {
    var parser = POMDPParser(input, configuration, decimals(configuration))
    return try parser.read(self)
  }
}

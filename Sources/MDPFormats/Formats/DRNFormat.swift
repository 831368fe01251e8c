internal import MDPCore
internal import MonotoneFiles

/// Storm's DRN, a text of states, their choices and their branches; `@value_type: rational` is exact.
///
/// Source: the documentation of Storm, "The DRN format".
struct DRNFormat: ModelFormat {
  let name = "drn"
  let noun = "Storm's format DRN"
  let extensions = ["drn"]
  var decimals: DecimalReading? { .shortest }

  func read(
    _ input: InputBytes, _ configuration: MDPReaderConfiguration
  ) throws(InvalidInput) -> MDPDocument {
    var parser = DRNParser(input, configuration, decimals(configuration))
    return try parser.read(self)
  }
}

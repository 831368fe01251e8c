public import MDPCore
public import MonotoneFiles

/// Reads policies of a known model from JSON files of the format `monotone/policy/v1` and from
/// NumPy's `.npy` arrays, told apart by their first bytes.
///
/// An array has the shape (states, actions) and type float64 or float32, in C or Fortran order and
/// either byte order. Its numbers are taken exactly as the binary fractions that they are, so most
/// rows miss 1 by a rounding error and are divided by their sum, within the ``RowTolerance`` of the type
/// and the configuration. Entries at unavailable actions must be 0; at terminal states they may be any
/// finite number, which is ignored.
/// A ``PolicyStack`` reads several policies from one array.
public enum PolicyReader {
  /// Reads a policy of a model.
  ///
  /// - Throws: ``InvalidInput`` with every fault, among them that the policy is for another model.
  public static func read(
    _ input: InputBytes, for model: MDPDocument, configuration: MDPReaderConfiguration = .init()
  ) throws(InvalidInput) -> PolicyDocument {
    try read(input, for: model.space, named: model.name, configuration: configuration)
  }

  /// Reads a policy of the model that has this name, these states and these actions.
  ///
  /// - Throws: ``InvalidInput`` with every fault, among them that the policy is for another model.
  public static func read(
    _ input: InputBytes, for space: StateActionSpace, named mdp: String,
    configuration: MDPReaderConfiguration = .init()
  ) throws(InvalidInput) -> PolicyDocument {
    let model = PolicyModel(space: space, name: mdp)
    let log = FaultLog(limit: configuration.faultLimit)
    var builder = PolicyBuilder(space: space)
    try read(input, model, &builder, log, configuration)
    guard log.isEmpty else { throw log.error(in: input) }
    return builder.document
  }

  /// Checks a policy as far as is possible without its model.
  static func check(
    _ input: InputBytes, configuration: MDPReaderConfiguration
  ) throws(InvalidInput) {
    let log = FaultLog(limit: configuration.faultLimit)
    var builder = PolicyBuilder(space: nil)
    try read(input, nil, &builder, log, configuration)
    guard log.isEmpty else { throw log.error(in: input) }
  }

  private static func read(
    _ input: InputBytes, _ model: PolicyModel?, _ builder: inout PolicyBuilder, _ log: FaultLog,
    _ configuration: MDPReaderConfiguration
  ) throws(InvalidInput) {
    if NPYHeader.isPresent(in: input) {
      NPYPolicyDecoder(
        input: input, space: model?.space, tolerance: configuration.rowTolerance, log: log
      ).decode(&builder)
    } else {
      let json = try JSONDocument(input, nestingLimit: configuration.nestingLimit)
      guard
        let members = DocumentMembers(
          json, schema: .policy, required: ["schema", "mdp", "probabilities"], optional: [],
          log: log)
      else { return }
      var decoder = PolicyDecoder(
        members: members, log: log, model: model, configuration: configuration)
      decoder.decode(&builder)
    }
  }
}

/// The model that a policy must be for.
struct PolicyModel {
  let space: StateActionSpace
  let name: String
}

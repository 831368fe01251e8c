package import MDPCore
package import MonotoneFiles

/// Reads the samples that an update was made from, for a known model.
///
/// A JSON file of the format `monotone/batch/v1` holds a column an array, all of one length:
///
///     {"schema": "monotone/batch/v1", "states": ["cool", 1], "actions": [0, "fast"],
///      "advantages": [0.25, -1.5], "weights": [1, 0.9], "trajectories": [0, 0]}
///
/// States and actions are names or, as whole numbers, places in the model's lists, counted from 0.
/// Weights are 1 where none are given; without trajectories every row is one of its own. `mdp` may
/// name the model.
///
/// A `.npy` array of float64 or float32 has the same columns in this order, and the last one or the
/// last two may be absent. The two are told apart by their first bytes.
package enum BatchReader {
  /// Reads a batch of a model.
  ///
  /// - Throws: ``InvalidInput`` with every fault: rows at unknown or terminal states, of unknown or
  ///   unavailable actions, numbers that are not finite, negative weights or weights that sum to 0,
  ///   columns of several lengths, no rows.
  package static func read(
    _ input: InputBytes, for model: MDPDocument, configuration: MDPReaderConfiguration = .init()
  ) throws(InvalidInput) -> SampleBatch {
    let log = FaultLog(limit: configuration.faultLimit)
    let model = PolicyModel(space: model.space, name: model.name)
    let columns = try columns(input, model, log, configuration)
    guard log.isEmpty, let batch = columns?.batch else { throw log.error(in: input) }
    return batch
  }

  /// Checks a batch, without its model as far as that is possible.
  static func check(
    _ input: InputBytes, against model: MDPDocument?, configuration: MDPReaderConfiguration
  ) throws(InvalidInput) {
    let log = FaultLog(limit: configuration.faultLimit)
    let model = model.map { PolicyModel(space: $0.space, name: $0.name) }
    _ = try columns(input, model, log, configuration)
    guard log.isEmpty else { throw log.error(in: input) }
  }

  private static func columns(
    _ input: InputBytes, _ model: PolicyModel?, _ log: FaultLog,
    _ configuration: MDPReaderConfiguration
  ) throws(InvalidInput) -> BatchColumns? {
    if let model, NPYHeader.isPresent(in: input) {
      return NPYBatchDecoder(input: input, space: model.space, log: log).decode()
    }
    let json = try JSONDocument(input, nestingLimit: configuration.nestingLimit)
    guard
      let members = DocumentMembers(
        json, schema: .batch, required: ["schema"] + BatchDecoder.required,
        optional: BatchDecoder.optional, log: log)
    else { return nil }
    var decoder = BatchDecoder(
      members: members, log: log, model: model, configuration: configuration)
    return decoder.decode()
  }
}

internal import MonotoneArithmetic
package import MDPCore
package import MonotoneFiles

/// A line of a stream of policies: JSON lines, as a training program writes them while it runs.
///
///     {"probabilities": [[0.3, 0.7], …], "kl": 0.0098, "name": "update 12", "precision": "float32"}
///
/// `probabilities` is what stands in a policy file; the rest is optional. `kl` is the divergence from
/// the policy before that the program itself reports: an observation, so that negative numbers, `NaN`,
/// `Infinity` (as Python's json module writes them), and texts are taken down as they are. Rows must sum
/// to 1 within the ``RowTolerance`` of the configuration, or of the `precision` that the line names.
///
/// `batch` holds the samples that led from the policy before to this one, in the columns of a batch file:
///
///     {"probabilities": …, "batch": {"states": [0, 2], "actions": [1, 0], "advantages": [0.5, -1]}}
///
/// See ``BatchReader``.
package struct PolicyLine: Sendable, Equatable {
  /// The policy.
  package var document: PolicyDocument
  /// The policy's name on the line; nil if there is none.
  package var name: String?
  /// The divergence that the program reports.
  package var loggedDivergence: LoggedDivergence?
  /// The samples that this policy was made from.
  package var batch: SampleBatch?
  /// The fault of the batch, of a policy that is good all the same.
  package var batchFault: InvalidInput?

  /// Reads a line.
  ///
  /// - Parameters:
  ///   - input: The line, named so that faults can be found.
  ///   - model: What the policy is for.
  /// - Throws: ``InvalidInput`` with every fault of the policy.
  package init(
    _ input: InputBytes, for model: MDPDocument, configuration: MDPReaderConfiguration = .init()
  ) throws(InvalidInput) {
    let log = FaultLog(limit: configuration.faultLimit)
    let batchLog = FaultLog(limit: configuration.faultLimit)
    let policyModel = PolicyModel(space: model.space, name: model.name)
    var columns: BatchColumns?
    var builder = PolicyBuilder(space: model.space)
    let json = try JSONDocument(
      input, nestingLimit: configuration.nestingLimit, acceptsNonFinite: true)
    if let members = DocumentMembers(
      json, schema: .policy, required: ["probabilities"],
      optional: ["schema", "mdp", "name", "kl", "precision", "batch"], log: log)
    {
      var decoder = PolicyDecoder(
        members: members, log: log, model: policyModel, configuration: configuration,
        precision: Self.precision(members, log))
      decoder.decode(&builder)
      name = members.text("name")
      loggedDivergence = Self.divergence(members, log)
      if let cursor = members.cursor(at: "batch"), cursor.kind != .null,
        let members = DocumentMembers(
          json.nested(at: cursor.position), schema: .batch, required: BatchDecoder.required,
          optional: ["schema"] + BatchDecoder.optional, log: batchLog)
      {
        var batch = BatchDecoder(
          members: members, log: batchLog, model: policyModel, states: decoder.states,
          actions: decoder.actions, configuration: configuration)
        columns = batch.decode()
      }
    }
    guard log.isEmpty else { throw log.error(in: input) }
    document = builder.document
    if batchLog.isEmpty { batch = columns?.batch } else { batchFault = batchLog.error(in: input) }
  }

  /// The divergence that the line says the program logged.
  private static func divergence(_ members: DocumentMembers, _ log: FaultLog) -> LoggedDivergence? {
    guard var cursor = members.cursor(at: "kl"), cursor.kind != .null else { return nil }
    let text: String
    switch cursor.kind {
    case .string: text = cursor.text(cursor.string())
    case .number: text = String(decoding: cursor.scalar(), as: UTF8.self)
    case .object, .array, .boolean, .null:
      log.schema(at: cursor.position, "found \(cursor.excerpt()); expected a number")
      return nil
    }
    let fraction = { (try? ExactNumber(parsing: text))?.approximation }
    return LoggedDivergence(word: text)
      ?? LoggedDivergence(text: text, number: fraction() ?? .nan)
  }

  /// The precision that the line states; nil leaves it to the configuration.
  private static func precision(_ members: DocumentMembers, _ log: FaultLog) -> PolicyPrecision? {
    guard let text = members.text("precision"), let cursor = members.cursor(at: "precision") else {
      return nil
    }
    let precision = PolicyPrecision(rawValue: text)
    if precision == nil {
      log.value(
        at: cursor.position, "found \(cursor.excerpt()); expected \"float32\" or \"float64\"")
    }
    return precision
  }
}

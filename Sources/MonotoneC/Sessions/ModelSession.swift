internal import MDPCore
internal import MDPFormats
internal import MDPGuarantees
internal import MDPVerification
internal import MonotoneArithmetic
internal import MonotoneFiles
internal import Synchronization

/// A model that was opened: what the calls with its handle work on.
///
/// Calls wait for each other: the model keeps the evaluations of the latest policies.
final class ModelSession: Session, @unchecked Sendable {
  // Sendable: everything that changes does so under `lock`.
  let model: LoadedModel
  private let lock = Mutex<Void>(())

  init(_ document: MDPDocument, file: String, _ reading: MDPReaderConfiguration) {
    model = LoadedModel(document, file: file, reading)
  }

  /// The options that say how files and arrays are read.
  static let readingOptions = ["normalise", "precision"]

  /// The options that say how files of other formats are read.
  static let formatOptions = ["format", "discount", "terminal", "decimals", "reward"]

  /// How files of any format are read.
  static func formatReading(
    _ options: CallOptions
  ) throws(CallFailure) -> MDPReaderConfiguration {
    var reading = try reading(options)
    reading.format = try options.word("format", among: ModelFormats.names)
    reading.reward = try options.text("reward")
    if let text = try options.literal("discount") {
      guard let discount = try? ExactNumber(parsing: text), discount.signum >= 0,
        discount <= ExactNumber(1)
      else {
        throw CallFailure(
          "options: discount: found \(text.shortened(to: 60)); expected a number in [0, 1]")
      }
      reading.discount = discount
    }
    reading.terminal = try options.word("terminal", among: TerminalRule.allCases.map(\.rawValue))
      .flatMap(TerminalRule.init(rawValue:))
    reading.decimals = try options.word(
      "decimals", among: DecimalReading.allCases.map(\.rawValue)
    ).flatMap(DecimalReading.init(rawValue:))
    return reading
  }

  /// How files and arrays are read.
  static func reading(_ options: CallOptions) throws(CallFailure) -> MDPReaderConfiguration {
    var reading = MDPReaderConfiguration()
    if let text = try options.literal("normalise") {
      guard let tolerance = try? ExactNumber(parsing: text), tolerance.signum > 0,
        tolerance <= RowTolerance.largest
      else {
        throw CallFailure(
          "options: normalise: found \(text.shortened(to: 60)); expected a tolerance above 0 and at "
            + "most 0.1")
      }
      reading.rowTolerance.stated = tolerance
    }
    let words = PolicyPrecision.allCases.map(\.rawValue)
    if let word = try options.word("precision", among: words) {
      reading.rowTolerance.precision = PolicyPrecision(rawValue: word) ?? .float64
    }
    return reading
  }

  /// The options that say how verdicts are reached.
  static let rigourOptions = ["arithmetic", "force"]

  static func rigour(_ options: CallOptions) throws(CallFailure) -> Rigour {
    let words = ArithmeticKind.allCases.map(\.rawValue)
    let word = try options.word("arithmetic", among: words)
    var rigour = Rigour(word.flatMap(ArithmeticKind.init(rawValue:)) ?? .auto)
    if try options.flag("force") { rigour.configuration.exactSecondsLimit = .infinity }
    return rigour
  }

  /// Works on the model while no other call does.
  func alone<T>(_ work: () throws -> T) throws -> T {
    try lock.withLock { _ in try work() }
  }

  /// A verifier for one call: what the arithmetic did not prove of a policy's name is remarked on in that call's
  /// result, and a policy's file is read as it stands then. Evaluations are kept by the model itself.
  func verifier(_ rigour: Rigour) -> ModelVerifier { ModelVerifier(model, rigour) }

  /// A policy of a call; within ``alone(_:)``.
  func policy(_ argument: PolicyArgument, _ verifier: ModelVerifier) throws -> NamedPolicy {
    switch argument {
    case .expression(let text):
      guard try !PolicyExpression(argument: text).files.contains("-") else {
        throw CallFailure.standardInput("the policy's probabilities")
      }
      return try verifier.resolver.policy(text)
    case .array(let array, let name):
      return try array.policy(of: model.document, named: name, model.reading)
    case .line(let text, let name): return try self.line(text, name).policy
    }
  }

  /// A line of an audit: a policy, and what came with it.
  func line(_ text: String, _ name: String) throws -> (policy: NamedPolicy, line: PolicyLine) {
    let line = try PolicyLine(
      InputBytes(text, name: name), for: model.document, configuration: model.reading)
    let policy = NamedPolicy(
      name: line.name ?? name, policy: line.document.policy, normalised: line.document.normalised)
    return (policy, line)
  }
}

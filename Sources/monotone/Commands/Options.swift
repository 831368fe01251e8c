public import Arithmetic
public import ArgumentParser
import Guarantees
import MDPSolvers
public import MDPTesting
public import NeuralTRPO
public import Reports

extension ArithmeticKind: ExpressibleByArgument {}
extension CheckDocument.Version: ExpressibleByArgument {}
extension GarnetRewards: ExpressibleByArgument {}
extension TrainingPreset: ExpressibleByArgument {}

/// The arithmetic of a command.
struct ArithmeticOption: ParsableArguments {
  @Option(
    help: """
      Arithmetic of the verdicts: float64 (evidence with an error bound), certified (proof in \
      interval arithmetic), exact (proof in rational numbers), or auto (certified, then exact where \
      certified does not decide).
      """)
  var arithmetic: ArithmeticKind = .auto

  @Flag(help: "Compute exactly, whatever time it takes.")
  var force = false

  /// What the options ask for.
  var rigour: Rigour {
    var configuration = UpdateVerifier.Configuration()
    if force { configuration.exactSecondsLimit = .infinity }
    configuration.announce = { Console.note(ExactSeconds.announcement($0)) }
    return Rigour(kind: arithmetic, configuration: configuration)
  }
}

/// How verdicts are reached, and what that may cost.
struct Rigour: Sendable {
  /// The arithmetic.
  var kind: ArithmeticKind
  /// The limits within which a command computes.
  var configuration: UpdateVerifier.Configuration

  /// The options that ask for the same.
  var arguments: [String] {
    (kind == .auto ? [] : ["--arithmetic", kind.rawValue])
      + (configuration.exactSecondsLimit == .infinity ? ["--force"] : [])
  }

  /// Refuses exact arithmetic that would take too long, unless forced, and announces what takes
  /// longer than anybody waits for without being told.
  ///
  /// - Parameters:
  ///   - model: The model to solve.
  ///   - seconds: What it is expected to take; that of one policy of short numbers, if not given.
  ///   - exactly: Whether something besides the arithmetic asks for it.
  ///   - announcing: Whether it begins now.
  func requireAffordable(
    _ model: LoadedModel, seconds: Double? = nil, exactly: Bool = false, announcing: Bool = false
  ) throws {
    guard kind == .exact || exactly else { return }
    let seconds = seconds ?? model.evaluator.exactSecondsEstimate
    guard seconds <= configuration.exactSecondsLimit else {
      throw CommandFailure(
        "\(model.file): exact arithmetic on \(model.document.space.liveStates.count) states takes "
          + "\(ExactSeconds.text(seconds)), digits counted; add --force, or "
          + (exactly ? "do without --certificate" : "use --arithmetic certified"), .usage)
    }
    if announcing, seconds > UpdateVerifier.quietSeconds { configuration.announce(seconds) }
  }

  /// Whether an exact solve is wanted and affordable.
  func canSolveExactly(_ model: LoadedModel) -> Bool {
    (kind == .exact || kind == .auto)
      && model.evaluator.exactSecondsEstimate <= configuration.exactSecondsLimit
  }

  /// What may be spent on telling the actions of a policy apart.
  var comparisonEffort: ComparisonEffort {
    ComparisonEffort(kind, exactSecondsLimit: configuration.exactSecondsLimit)
  }

  /// The rigour for a model whose numbers matter beside the verdicts: `auto` solves exactly where it
  /// can afford to, instead of stopping at the first enclosure that decides.
  func sharpened(for model: LoadedModel) -> Rigour {
    var rigour = self
    if kind == .auto, model.evaluator.exactSecondsEstimate <= configuration.exactSecondsLimit {
      rigour.kind = .exact
    }
    return rigour
  }
}

/// What is said about the time that exact arithmetic takes.
enum ExactSeconds {
  /// An expected time, for people.
  static func text(_ seconds: Double) -> String {
    seconds < 3_600
      ? "about \(Int(clamping: seconds.rounded(.up))) s"
      : seconds < 1e7
        ? "about \(Int(clamping: (seconds / 3_600).rounded())) hours" : "months or more"
  }

  /// What is said before it begins.
  static func announcement(_ seconds: Double) -> String {
    "exact arithmetic begins, and takes \(text(seconds)); --arithmetic certified does without"
  }
}

/// Where results go.
struct JSONOption: ParsableArguments {
  @Flag(help: "Print the result as JSON instead of tables.")
  var json = false
}

extension ExactNumber: ExpressibleByArgument {
  public init?(argument: String) {
    guard let number = try? ExactNumber(parsing: argument) else { return nil }
    self = number
  }
}

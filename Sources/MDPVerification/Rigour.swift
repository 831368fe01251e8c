public import MonotoneArithmetic
package import MonotoneFiles
public import MDPGuarantees
package import MDPSolvers

/// How verdicts are reached, and what that may cost.
public struct Rigour: Sendable {
  /// The arithmetic.
  public var kind: ArithmeticKind
  /// The limits within which verdicts are reached.
  public var configuration: UpdateVerifier.Configuration

  /// An arithmetic and its limits; by default the cheapest proof within usual limits.
  public init(_ kind: ArithmeticKind = .auto, configuration: UpdateVerifier.Configuration = .init())
  {
    self.kind = kind
    self.configuration = configuration
  }

  /// The options of the command line that ask for the same.
  package var arguments: [String] {
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
  package func requireAffordable(
    _ model: LoadedModel, seconds: Double? = nil, exactly: Bool = false, announcing: Bool = false
  ) throws(RunFailure) {
    guard kind == .exact || exactly else { return }
    let seconds = seconds ?? model.evaluator.exactSecondsEstimate
    guard seconds <= configuration.exactSecondsLimit else {
      throw RunFailure(
        "\(model.file): exact arithmetic on \(model.document.space.liveStates.count) states takes "
          + "\(ExactSeconds.text(seconds)), digits counted; add --force, or "
          + (exactly ? "do without --certificate and --coq" : "use --arithmetic certified"), .usage)
    }
    if announcing, seconds > UpdateVerifier.quietSeconds { configuration.announce(seconds) }
  }

  /// Whether an exact solve is wanted and affordable.
  package func canSolveExactly(_ model: LoadedModel) -> Bool {
    (kind == .exact || kind == .auto)
      && model.evaluator.exactSecondsEstimate <= configuration.exactSecondsLimit
  }

  /// The effort that may be spent on telling the actions of a policy apart.
  package var comparisonEffort: ComparisonEffort {
    ComparisonEffort(kind, exactSecondsLimit: configuration.exactSecondsLimit)
  }

  /// The rigour for a model of which the numbers matter beside the verdicts: what `auto` can afford to
  /// solve exactly it does, instead of stopping at the first enclosure that decides.
  package func sharpened(for model: LoadedModel) -> Rigour {
    var rigour = self
    if kind == .auto, model.evaluator.exactSecondsEstimate <= configuration.exactSecondsLimit {
      rigour.kind = .exact
    }
    return rigour
  }
}

/// Messages about the time that exact arithmetic takes.
package enum ExactSeconds {
  /// An expected time, for people.
  package static func text(_ seconds: Double) -> String {
    seconds < 3_600
      ? "about \(Int(clamping: seconds.rounded(.up))) s"
      : seconds < 1e7
        ? "about \(Int(clamping: (seconds / 3_600).rounded())) hours" : "months or more"
  }

  /// The message before exact arithmetic begins.
  package static func announcement(_ seconds: Double) -> String {
    "exact arithmetic begins, and takes \(text(seconds)); --arithmetic certified does without"
  }
}

public import MonotoneArithmetic
internal import MDPCore
public import MDPSolvers

/// Checks updates of one model at a chosen rigour and makes documents of them.
///
/// `certified`, `exact` and `auto` climb ``ProofLadder`` and carry upward only what is undecided:
///
/// - `certified`: balls, of two machine words where the model is large, then refined balls for inequalities, because no ball of positive radius can
///   prove an equality, which is ``Verdict/consistent`` then, and for quantities that are known to less than 1e-9 of their scale;
/// - `exact`: rationals alone;
/// - `auto`: `certified`, then rationals where these are affordable.
public final class UpdateVerifier {
  /// The effort that `auto` and `exact` may spend.
  public struct Configuration: Sendable {
    /// The most seconds that exact arithmetic may be expected to take.
    public var exactSecondsLimit = 10.0
    /// Told beforehand how many seconds exact arithmetic is expected to take, where that is more
    /// than anybody waits for without being told.
    public var announce: @Sendable (_ seconds: Double) -> Void = { _ in }
    /// The most stored transitions of a model whose quantities are refined for their own sake, when
    /// every claim is decided: a second or two.
    public var refinedTransitionsLimit = 1_000_000

    /// At most 10 seconds of exact arithmetic, without announcement.
    public init() {}
  }

  private let evaluator: PolicyEvaluator
  private let arithmetic: ArithmeticKind
  private let configuration: Configuration

  /// A verifier for the model of an evaluator.
  public init(
    _ evaluator: PolicyEvaluator, arithmetic: ArithmeticKind,
    configuration: Configuration = .init()
  ) {
    self.evaluator = evaluator
    self.arithmetic = arithmetic
    self.configuration = configuration
  }

  /// Checks claims on the update from one policy to another.
  ///
  /// - Throws: ``EvaluationFailure``.
  public func check(
    from current: NamedPolicy, to candidate: NamedPolicy,
    claims: [any Claim] = ClaimCatalogue.all
  ) throws(EvaluationFailure) -> UpdateCheck {
    for policy in [current, candidate] {
      try evaluator.requireEnding(policy.policy, named: policy.name)
    }
    let question = Question(
      ladder: ProofLadder(evaluator, from: current.policy, to: candidate.policy),
      current: current.name, candidate: candidate.name, claims: claims)
    var check =
      switch arithmetic {
      case .float64: question.check(try question.ladder.tracked())
      case .certified: try certifiedCheck(question).check
      case .exact: try exactCheck(question)
      case .auto: try autoCheck(question)
      }
    check.arithmetic = arithmetic
    check.mdp.reading = evaluator.document.reading
    check.normalised =
      evaluator.document.normalised + current.normalised + candidate.normalised
    return check
  }

  /// The claims that are asked of an update.
  private struct Question {
    let ladder: ProofLadder
    let current: String
    let candidate: String
    var claims: [any Claim]

    /// The answers on one rung.
    func check<Number: LadderNumber>(_ update: PolicyUpdate<Number>) -> UpdateCheck {
      update.check(claims, current: current, candidate: candidate)
    }

    /// This question about other claims.
    func about(_ claims: [any Claim]) -> Question {
      var question = self
      question.claims = claims
      return question
    }
  }

  private func autoCheck(_ question: Question) throws(EvaluationFailure) -> UpdateCheck {
    var enclosed: Enclosed
    do throws(EvaluationFailure) {
      enclosed = try certifiedCheck(question)
    } catch {
      // What float64 cannot even hold may still be solved exactly.
      guard exactSeconds(question) <= configuration.exactSecondsLimit else { throw error }
      return try exactCheck(question)
    }
    let rest = question.about(enclosed.check.open(of: question.claims))
    if rest.claims.isEmpty, enclosed.isSharp { return enclosed.check }
    let seconds = exactSeconds(question)
    if seconds <= configuration.exactSecondsLimit {
      enclosed.adopt(Enclosed(check: try exactCheck(rest), isSharp: true))
    } else {
      enclosed.check.explainUnsettled(
        "exact arithmetic would take about \(Int(clamping: seconds.rounded(.up))) s; not affordable"
      )
    }
    return enclosed.check
  }

  /// A check, and whether its quantities are as well known as they should be.
  private struct Enclosed {
    var check: UpdateCheck
    var isSharp: Bool

    init(check: UpdateCheck, isSharp: Bool) {
      self.check = check
      self.isSharp = isSharp
    }

    init<Number: LadderNumber>(_ question: Question, _ update: PolicyUpdate<Number>) {
      self.init(check: question.check(update), isSharp: update.isSharp)
    }

    /// Takes over what a check at a higher rigour decided, and its quantities where these are wide.
    mutating func adopt(_ other: Enclosed) {
      check.adopt(other.check)
      guard !isSharp else { return }
      (check.quantities, check.gain) = (other.check.quantities, other.check.gain)
      isSharp = other.isSharp
    }
  }

  /// The seconds that an exact check is expected to take.
  private func exactSeconds(_ question: Question) -> Double {
    evaluator.exactSeconds(checking: question.ladder.current, to: question.ladder.candidate)
  }

  private func certifiedCheck(_ question: Question) throws(EvaluationFailure) -> Enclosed {
    var result =
      evaluator.isLarge
      ? Enclosed(question, try question.ladder.enclosed())
      : Enclosed(question, try question.ladder.certified())
    let rest = question.about(
      result.check.open(of: question.claims).filter { $0.kind != .identity })
    let isRefinable =
      evaluator.document.transitions.nextState.count <= configuration.refinedTransitionsLimit
    if !rest.claims.isEmpty || isRefinable && !result.isSharp {
      result.adopt(Enclosed(rest, try question.ladder.refined()))
    }
    return result
  }

  private func exactCheck(_ question: Question) throws(EvaluationFailure) -> UpdateCheck {
    let seconds = exactSeconds(question)
    if seconds > Self.quietSeconds { configuration.announce(seconds) }
    var check = question.check(try question.ladder.exact())
    func open() -> Question { question.about(check.open(of: question.claims)) }
    let bits = try question.ladder.climb(
      upTo: LogarithmPrecision.verdictLimit, while: { !open().claims.isEmpty }
    ) { update in
      check.adopt(open().check(update))
    }
    check.explainUnsettled("not decided with logarithms of \(bits) bits")
    return check
  }

  /// Up to this long nobody needs to be told.
  public static let quietSeconds = 2.0
}

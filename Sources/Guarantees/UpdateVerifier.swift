public import Arithmetic
public import MDPCore
public import MDPSolvers

/// A policy and what it is called.
public struct NamedPolicy: Sendable {
  /// The name that results show; equal names stand for equal policies.
  public var name: String
  /// The policy.
  public var policy: ExactPolicy
  /// The JSON paths of rows of its file that were divided by their sum.
  public var normalised: [String]

  public init(name: String, policy: ExactPolicy, normalised: [String] = []) {
    self.name = name
    self.policy = policy
    self.normalised = normalised
  }
}

/// Checks updates of one model at a chosen rigour.
///
/// `auto` climbs from the cheapest proof to the dearest and carries upward only what is undecided:
///
/// 1. certified: float64 solutions with rigorous radii, claims in ball arithmetic;
/// 2. certified and refined: the same after iterative refinement, for inequalities only, because
///    no ball of positive radius can decide an equality, and for quantities that are known to less
///    than 1e-9 of their scale;
/// 3. exact: rational solutions, where that is affordable; logarithms in balls whose precision
///    doubles until the claim is decided.
///
/// Evaluations are kept by policy name, since a run meets the same policies in many updates.
public final class UpdateVerifier {
  /// What `auto` and `exact` may spend.
  public struct Configuration: Sendable {
    /// The most seconds that exact arithmetic may be expected to take.
    public var exactSecondsLimit = 10.0
    /// Told beforehand how many seconds exact arithmetic is expected to take, where that is more
    /// than anybody waits for without being told.
    public var announce: @Sendable (_ seconds: Double) -> Void = { _ in }
    /// The most bits of precision for logarithms.
    public var precisionLimit = 4096
    /// The most stored transitions of a model whose quantities are refined for their own sake, when
    /// every claim is decided: a second or two.
    public var refinedTransitionsLimit = 1_000_000

    public init() {}
  }

  private let evaluator: PolicyEvaluator
  private let arithmetic: ArithmeticKind
  private let configuration: Configuration
  private var tracked: [String: PolicyEvaluation<TrackedDouble>] = [:]
  private var certified: [String: PolicyEvaluation<Ball>] = [:]
  private var refined: [String: PolicyEvaluation<Ball>] = [:]
  private var exact: [String: PolicyEvaluation<Rational>] = [:]

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
    claims: [any Claim] = ClaimCatalog.all
  ) throws(EvaluationFailure) -> UpdateCheck {
    for policy in [current, candidate] {
      try evaluator.requireEnding(policy.policy, named: policy.name)
    }
    let pair = Pair(
      current: current, candidate: candidate, claims: claims,
      isUnchanged: current.policy.agreement(with: candidate.policy))
    var check =
      switch arithmetic {
      case .float64: try floatCheck(pair)
      case .certified: try certifiedCheck(pair).check
      case .exact: try exactCheck(pair)
      case .auto: try autoCheck(pair)
      }
    check.arithmetic = arithmetic
    check.normalised =
      evaluator.document.normalised + current.normalised + candidate.normalised
    return check
  }

  private struct Pair {
    var current: NamedPolicy
    var candidate: NamedPolicy
    var claims: [any Claim]
    /// Where the policies are the same, by state.
    var isUnchanged: [Bool]
  }

  private func autoCheck(_ pair: Pair) throws(EvaluationFailure) -> UpdateCheck {
    var enclosed: Enclosed
    do throws(EvaluationFailure) {
      enclosed = try certifiedCheck(pair)
    } catch {
      // What float64 cannot even hold may still be solved exactly.
      guard exactSeconds(pair) <= configuration.exactSecondsLimit else { throw error }
      return try exactCheck(pair)
    }
    var rest = pair
    rest.claims = enclosed.check.undecided(of: pair.claims)
    if rest.claims.isEmpty, enclosed.isSharp { return enclosed.check }
    let seconds = exactSeconds(pair)
    if seconds <= configuration.exactSecondsLimit {
      enclosed.adopt(Enclosed(check: try exactCheck(rest), isSharp: true))
    } else {
      enclosed.check.explainUndecided(
        "exact arithmetic would take about \(Int(clamping: seconds.rounded(.up))) s; not affordable"
      )
    }
    return enclosed.check
  }

  /// A check, and whether its quantities are as well known as they should be.
  private struct Enclosed {
    var check: UpdateCheck
    var isSharp: Bool

    /// Takes over what a check at a higher rigour decided, and its quantities where these are wide.
    mutating func adopt(_ other: Enclosed) {
      check.adopt(other.check)
      guard !isSharp else { return }
      (check.quantities, check.gain) = (other.check.quantities, other.check.gain)
      isSharp = other.isSharp
    }
  }

  /// The seconds that an exact check is expected to take.
  private func exactSeconds(_ pair: Pair) -> Double {
    evaluator.exactSeconds(checking: pair.current.policy, to: pair.candidate.policy)
  }

  private func floatCheck(_ pair: Pair) throws(EvaluationFailure) -> UpdateCheck {
    func evaluation(_ named: NamedPolicy) throws(EvaluationFailure)
      -> PolicyEvaluation<TrackedDouble>
    {
      if let known = tracked[named.name] { return known }
      let new = try evaluator.evaluate(named.policy)
      tracked[named.name] = new
      return new
    }
    return Self.check(
      pair,
      PolicyUpdate(
        current: try evaluation(pair.current), candidate: try evaluation(pair.candidate),
        isUnchanged: pair.isUnchanged))
  }

  /// The certified evaluation of a policy.
  ///
  /// - Throws: ``EvaluationFailure``.
  public func certifiedEvaluation(
    _ named: NamedPolicy
  ) throws(EvaluationFailure) -> PolicyEvaluation<Ball> {
    if let known = certified[named.name] { return known }
    let new = try evaluator.certify(named.policy)
    certified[named.name] = new
    return new
  }

  /// Lets go of what is known of a policy that no further update involves.
  public func forget(_ name: String) {
    tracked[name] = nil
    certified[name] = nil
    refined[name] = nil
    exact[name] = nil
  }

  private func certifiedCheck(_ pair: Pair) throws(EvaluationFailure) -> Enclosed {
    func sharp(_ named: NamedPolicy) throws(EvaluationFailure) -> PolicyEvaluation<Ball> {
      if let known = refined[named.name] { return known }
      let new = try evaluator.refine(named.policy)
      refined[named.name] = new
      return new
    }
    func enclosed(_ pair: Pair, _ update: PolicyUpdate<Ball>) -> Enclosed {
      Enclosed(check: Self.check(pair, update), isSharp: update.isSharp)
    }
    var result = enclosed(
      pair,
      PolicyUpdate(
        current: try certifiedEvaluation(pair.current),
        candidate: try certifiedEvaluation(pair.candidate), isUnchanged: pair.isUnchanged))
    var rest = pair
    rest.claims = result.check.undecided(of: pair.claims).filter { $0.kind != .identity }
    let isRefinable =
      evaluator.document.transitions.nextState.count <= configuration.refinedTransitionsLimit
    if !rest.claims.isEmpty || isRefinable && !result.isSharp {
      result.adopt(
        enclosed(
          rest,
          PolicyUpdate(
            current: try sharp(pair.current), candidate: try sharp(pair.candidate),
            isUnchanged: pair.isUnchanged)))
    }
    return result
  }

  private func exactCheck(_ pair: Pair) throws(EvaluationFailure) -> UpdateCheck {
    func evaluation(_ named: NamedPolicy) throws(EvaluationFailure) -> PolicyEvaluation<Rational> {
      if let known = exact[named.name] { return known }
      let new = try evaluator.solveExactly(named.policy)
      exact[named.name] = new
      return new
    }
    let seconds = exactSeconds(pair)
    if seconds > Self.quietSeconds { configuration.announce(seconds) }
    let (current, candidate) = (try evaluation(pair.current), try evaluation(pair.candidate))
    var precision = Ball.workingPrecision
    var check = Self.check(pair, PolicyUpdate(current: current, candidate: candidate))
    while precision < configuration.precisionLimit {
      var rest = pair
      rest.claims = check.undecided(of: pair.claims)
      if rest.claims.isEmpty { break }
      precision *= 2
      check.adopt(
        Ball.$workingPrecision.withValue(precision) {
          Self.check(rest, PolicyUpdate(current: current, candidate: candidate))
        })
    }
    check.explainUndecided("not decided with logarithms of \(precision) bits")
    return check
  }

  /// Up to this long nobody needs to be told.
  public static let quietSeconds = 2.0

  private static func check<Number: Scalar>(
    _ pair: Pair, _ update: PolicyUpdate<Number>
  ) -> UpdateCheck {
    update.check(pair.claims, current: pair.current.name, candidate: pair.candidate.name)
  }
}

extension UpdateCheck {
  /// The claims that this check leaves undecided; all of them if it leaves open whether the update
  /// improves or was guaranteed to.
  func undecided(of claims: [any Claim]) -> [any Claim] {
    if improved == .undecided || guaranteed == .undecided { return claims }
    let open = Set(
      self.claims.filter { $0.verdict == .undecided || $0.isPartlyUnknown }.map(\.id))
    return claims.filter { open.contains($0.id) }
  }

  /// Takes over what another check of the same update, at a higher rigour, decided.
  mutating func adopt(_ other: UpdateCheck) {
    let decided = other.claims.filter { $0.verdict != .undecided }
    let byID = Dictionary(uniqueKeysWithValues: decided.map { ($0.id, $0) })
    for index in claims.indices
    where claims[index].verdict == .undecided || claims[index].isPartlyUnknown {
      claims[index] = byID[claims[index].id] ?? claims[index]
    }
    if improved == .undecided, other.improved != .undecided {
      (improved, gain) = (other.improved, other.gain)
    }
    if guaranteed == .undecided { guaranteed = other.guaranteed }
    tightest = TightestBounds(of: claims)
  }

  /// Says of every undecided claim why it is.
  mutating func explainUndecided(_ reason: String) {
    for index in claims.indices where claims[index].verdict == .undecided {
      claims[index].assumption = claims[index].assumption ?? reason
    }
  }
}

extension TightestBounds {
  /// The claims whose lower bounds are the highest, the first of equals, among those that hold.
  init(of claims: [ClaimResult]) {
    func tightest(_ kind: ClaimKind) -> String? {
      var best: ClaimResult?
      for claim in claims where claim.kind == kind && claim.verdict == .holds {
        guard let bound = claim.bound, bound.isKnown else { continue }
        if let highest = best?.bound, !bound.isAbove(highest) { continue }
        best = claim
      }
      return best?.id
    }
    self.init(aPriori: tightest(.aPriori), aPosteriori: tightest(.aPosteriori))
  }
}

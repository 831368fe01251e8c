public import MonotoneArithmetic
public import MDPCore
public import MDPSolvers

/// One policy update on the ladder of proof, from the cheapest rung to the dearest.
///
/// 1. **Float balls** (``enclosed()``): float64 midpoints and radii, for a verdict on what is clear. There
///    for speed: audits and property tests ask thousands of updates for verdicts and print few numbers. And
///    for room: of a large model a ball of its own for every number would fill the memory.
///    The benchmark "all claims on one update" shows by how much.
/// 2. **Balls** (``certified()``): the same float64 solutions, 128 bits from there on, for documents, which
///    print enclosures.
/// 3. **Refined balls** (``refined()``): after iterative refinement, where the solutions were too coarse.
/// 4. **Rationals** (``exact()``): no error but that of logarithms, whose precision doubles until they
///    decide (``LogarithmPrecision``). The only rung that can prove an equality.
///
/// Beside the ladder stands float64 with error bounds (``tracked()``), which proves nothing.
///
/// Every rung is made when it is first asked for. The evaluations belong to the policies, not to the
/// update: ``PolicyEvaluator`` keeps them.
public final class ProofLadder {
  /// Evaluates policies of the model.
  public let evaluator: PolicyEvaluator
  /// π.
  public let current: ExactPolicy
  /// π̃.
  public let candidate: ExactPolicy
  /// Where the policies are the same, by state.
  public private(set) lazy var agreement = current.agreement(with: candidate)

  /// A home for an update from which it is lent: it has too many parts to copy for every claim.
  private final class Rung<Number: Scalar> {
    let update: PolicyUpdate<Number>
    init(_ update: PolicyUpdate<Number>) { self.update = update }
  }

  private var enclosedRung: Rung<FloatBall>?
  /// By the precision of logarithms.
  private var exactRungs: [Int: Rung<Rational>] = [:]

  /// The ladder of the update from one policy to another.
  public init(
    _ evaluator: PolicyEvaluator, from current: ExactPolicy, to candidate: ExactPolicy
  ) {
    self.evaluator = evaluator
    self.current = current
    self.candidate = candidate
  }

  /// The update in float balls.
  ///
  /// - Throws: ``EvaluationFailure``, as all rungs do where their numbers cannot hold the model.
  public func enclosed() throws(EvaluationFailure) -> PolicyUpdate<FloatBall> {
    try enclosure().update
  }

  private func enclosure() throws(EvaluationFailure) -> Rung<FloatBall> {
    if let enclosedRung { return enclosedRung }
    let rung = Rung(
      PolicyUpdate(
        current: try evaluator.enclose(current), candidate: try evaluator.enclose(candidate),
        isUnchanged: agreement))
    enclosedRung = rung
    return rung
  }

  /// The update in balls around the float64 solutions.
  func certified() throws(EvaluationFailure) -> PolicyUpdate<Ball> {
    PolicyUpdate(
      current: try evaluator.certify(current), candidate: try evaluator.certify(candidate),
      isUnchanged: agreement)
  }

  /// The update in balls around the refined solutions.
  package func refined() throws(EvaluationFailure) -> PolicyUpdate<Ball> {
    PolicyUpdate(
      current: try evaluator.refine(current), candidate: try evaluator.refine(candidate),
      isUnchanged: agreement)
  }

  /// The update in float64 with error bounds, which proves nothing.
  func tracked() throws(EvaluationFailure) -> PolicyUpdate<TrackedDouble> {
    PolicyUpdate(
      current: try evaluator.evaluate(current), candidate: try evaluator.evaluate(candidate),
      isUnchanged: agreement)
  }

  /// The update in rational numbers, with its logarithms at the present working precision.
  public func exact() throws(EvaluationFailure) -> PolicyUpdate<Rational> {
    try exactRung().update
  }

  private func exactRung() throws(EvaluationFailure) -> Rung<Rational> {
    if let known = exactRungs[Ball.workingPrecision] { return known }
    let rung = Rung(
      PolicyUpdate(
        current: try evaluator.solveExactly(current),
        candidate: try evaluator.solveExactly(candidate)))
    exactRungs[Ball.workingPrecision] = rung
    return rung
  }
}

extension ProofLadder {
  /// The finding of a claim in float balls: a proof, or that it is left undecided.
  public func screen(_ claim: any Claim) throws(EvaluationFailure) -> Finding<FloatBall> {
    claim.compiled.screen(try enclosure().update)
  }

  /// The finding of a claim in rational numbers, with logarithms as precise as it takes.
  public func decide(_ claim: any Claim) throws(EvaluationFailure) -> Finding<ExactReal> {
    let check = claim.compiled.decide
    var finding = check(try exactRung().update)
    try climb(upTo: LogarithmPrecision.verdictLimit, while: { finding.verdict == .undecided }) {
      finding = check($0)
    }
    return finding
  }

  /// Makes attempts on the update in rational numbers, with logarithms of twice as many bits each time,
  /// for as long as something is open.
  ///
  /// - Returns: The bits of the last attempt; of the working precision, if nothing was open.
  @discardableResult
  package func climb(
    upTo limit: Int, while isOpen: () -> Bool, _ attempt: (PolicyUpdate<Rational>) -> Void
  ) throws(EvaluationFailure) -> Int {
    let base = try exactRung().update
    return LogarithmPrecision.climb(upTo: limit, while: isOpen) {
      let rung = exactRungs[Ball.workingPrecision] ?? Rung(base.sharpened())
      exactRungs[Ball.workingPrecision] = rung
      attempt(rung.update)
    }
  }
}

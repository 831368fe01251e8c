public import MonotoneArithmetic
internal import MDPSolvers

/// The check of a claim, compiled for that claim and the numbers of every rung of ``ProofLadder``.
///
/// Where claims of any type are checked in numbers of any kind, the call goes through tables, and types are
/// made while it runs: some ten times as long for float balls. The benchmark "all claims on one update" shows
/// it.
public struct CompiledCheck {
  /// In float64 with error bounds.
  let estimate: (PolicyUpdate<TrackedDouble>) -> Finding<TrackedDouble>
  /// In float balls.
  let screen: (PolicyUpdate<FloatBall>) -> Finding<FloatBall>
  /// In balls.
  let enclose: (PolicyUpdate<Ball>) -> Finding<Ball>
  /// In rational numbers.
  let decide: (PolicyUpdate<Rational>) -> Finding<ExactReal>
  /// As a certificate states it; another finding only for an ``ErgodicityBound``.
  let certify: (PolicyUpdate<Rational>, ExactErgodicity?) -> Finding<ExactReal>
}

/// The numbers of a rung of ``ProofLadder``: they know the check that was compiled for them.
public protocol LadderNumber: Scalar {
  /// The finding of a check on an update in these numbers.
  static func finding(of check: CompiledCheck, on update: PolicyUpdate<Self>) -> Finding<Real>
}

extension TrackedDouble: LadderNumber {
  public static func finding(
    of check: CompiledCheck, on update: PolicyUpdate<Self>
  ) -> Finding<Real> { check.estimate(update) }
}

extension FloatBall: LadderNumber {
  public static func finding(
    of check: CompiledCheck, on update: PolicyUpdate<Self>
  ) -> Finding<Real> { check.screen(update) }
}

extension Ball: LadderNumber {
  public static func finding(
    of check: CompiledCheck, on update: PolicyUpdate<Self>
  ) -> Finding<Real> { check.enclose(update) }
}

extension Rational: LadderNumber {
  public static func finding(
    of check: CompiledCheck, on update: PolicyUpdate<Self>
  ) -> Finding<Real> { check.decide(update) }
}

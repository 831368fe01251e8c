internal import MonotoneArithmetic
public import MDPCore

// Policies that one evaluation suggests, as far as its error bounds tell actions apart.

extension PolicyEvaluation {
  /// The answer to ``GreedyQuestion``.
  public var greedyPolicy: ExactPolicy { GreedyQuestion().answer(self).answer }

  /// The answer to ``SoftmaxQuestion``.
  ///
  /// - Precondition: `step` is finite.
  public func softmaxStep(_ step: Double, from policy: ExactPolicy) -> ExactPolicy {
    SoftmaxQuestion(step: Rational(finite: step), from: policy).answer(self).answer
  }

  /// The answer to ``WorstActionQuestion``.
  public func withoutWorstAction(from policy: ExactPolicy) -> ExactPolicy {
    WorstActionQuestion(of: policy).answer(self).answer
  }
}

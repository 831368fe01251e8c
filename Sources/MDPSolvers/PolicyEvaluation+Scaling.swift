internal import MonotoneArithmetic
internal import MonotoneLinearAlgebra
internal import MDPCore

extension PolicyEvaluation {
  /// The evaluation of the same policy in the model whose rewards are 2^exponent times as large:
  /// values and advantages are, too, visitations are the same.
  public func scalingRewards(byPowerOfTwo exponent: Int) -> PolicyEvaluation {
    guard exponent != 0 else { return self }
    func scaled(_ numbers: [Number]) -> [Number] {
      numbers.map { $0.scaled(byPowerOfTwo: exponent) }
    }
    func scaled(_ accuracy: Accuracy) -> Accuracy {
      Accuracy(
        backwardError: accuracy.backwardError, backwardErrorLimit: accuracy.backwardErrorLimit,
        errorBound: accuracy.errorBound.scaled(byPowerOfTwo: exponent),
        solutionNorm: accuracy.solutionNorm.scaled(byPowerOfTwo: exponent),
        dataNorm: accuracy.dataNorm.scaled(byPowerOfTwo: exponent))
    }
    return PolicyEvaluation(
      mdp: mdp.scalingRewards(byPowerOfTwo: exponent), policy: policy,
      stateValues: scaled(stateValues), actionValues: scaled(actionValues),
      advantages: scaled(advantages), stateVisitation: stateVisitation,
      expectedReturn: expectedReturn.scaled(byPowerOfTwo: exponent),
      valueAccuracy: scaled(valueAccuracy), visitationAccuracy: visitationAccuracy,
      worstValueState: worstValueState, expectedSteps: expectedSteps)
  }
}

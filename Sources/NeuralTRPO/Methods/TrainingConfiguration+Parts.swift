internal import MonotoneLinearAlgebra

extension TrainingConfiguration {
  /// The update's part.
  public var update: UpdateConfiguration {
    UpdateConfiguration(
      budget: budget, constraint: constraint, fisher: usedFisher,
      conjugateGradient: .init(
        iterations: conjugateGradientIterations, tolerance: conjugateGradientTolerance),
      damping: damping, fisherShare: fisherShare, dampsStepLength: dampsStepLength,
      trials: trials, backtrack: backtrack, acceptRatio: acceptRatio)
  }

  /// Where every action of a state is tried, their sum is the expectation itself.
  private var usedFisher: FisherMatrix {
    estimator == .vine && vineChoice == .every ? .analytic : fisher
  }

  /// The branches' part.
  package var vine: VineConfiguration {
    VineConfiguration(
      states: vineStates, actions: vineActions,
      choice: vineChoice, horizon: vineHorizon,
      sharesRandomNumbers: vineCommonRandomNumbers)
  }

  /// The critic's part.
  package var criticConfiguration: CriticConfiguration {
    CriticConfiguration(
      hidden: criticHidden, adam: AdamConfiguration(learningRate: criticLearningRate),
      epochs: criticEpochs, minibatch: criticBatch)
  }
}

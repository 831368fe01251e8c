internal import LinearAlgebra

extension TrainingConfiguration {
  /// The update's part.
  public var update: UpdateConfiguration {
    UpdateConfiguration(
      budget: budget,
      conjugateGradient: .init(
        iterations: conjugateGradientIterations, tolerance: conjugateGradientTolerance),
      damping: damping, fisherShare: fisherShare, dampsStepLength: dampsStepLength,
      trials: trials, backtrack: backtrack, acceptRatio: acceptRatio)
  }

  /// The critic's part.
  public var criticConfiguration: CriticConfiguration {
    CriticConfiguration(
      hidden: criticHidden, adam: AdamConfiguration(learningRate: criticLearningRate),
      epochs: criticEpochs, minibatch: criticBatch)
  }
}

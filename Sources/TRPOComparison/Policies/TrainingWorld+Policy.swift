public import MonotoneFiles
public import MDPCore
public import NeuralTRPO
public import TrainingRuns

extension TrainingWorld {
  /// The policy of a trained network, tabulated over the states of the model; nil where the world is no
  /// finite MDP.
  public func policy(of process: any TrainingProcess) throws(RunFailure) -> ExactPolicy? {
    guard let model else { return nil }
    let states = ObservedStates(try sampled(model, process.configuration))
    let rows = process.probabilities(observations: states.observations, mask: states.masks)
    return ExactPolicy.normalising(states.policy(rows))
  }
}

public import MonotoneFiles
public import MDPCore
package import NeuralTRPO
public import TrainingRuns

extension TrainingWorld {
  /// The present policy of a run in this world, tabulated over the states of the model; nil where the
  /// world is no finite MDP.
  ///
  /// - Throws: ``MonotoneFiles/RunFailure`` for numbers of the model beyond float64.
  public func policy(of run: TrainingRun) throws(RunFailure) -> ExactPolicy? {
    try policy(of: run.process)
  }

  package func policy(of process: any TrainingProcess) throws(RunFailure) -> ExactPolicy? {
    guard let model else { return nil }
    let states = ObservedStates(try sampled(model, process.configuration))
    let rows = process.probabilities(observations: states.observations, mask: states.masks)
    return ExactPolicy.normalising(states.policy(rows))
  }
}

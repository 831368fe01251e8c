/// A trainer in either precision.
package protocol TrainingProcess: AnyObject {
  /// Every choice.
  var configuration: TrainingConfiguration { get }
  /// Iterations made.
  var iteration: Int { get }
  /// Environment steps made.
  var steps: Int { get }
  /// Whether the run has come to its end.
  var isFinished: Bool { get }
  /// Whether recent episodes are good enough.
  var hasReachedReturn: Bool { get }
  /// The mean undiscounted return of recent episodes; nil before the first has ended.
  var meanReturn: Double? { get }
  /// The run as it is.
  var snapshot: TrainerSnapshot { get }
  /// Told of every update.
  var observer: ((UpdateObservation) -> Void)? { get set }
  /// One iteration.
  func advance() throws(TrainingFailure) -> TrainingRecord
  /// Puts the run where a snapshot was taken.
  func restore(_ snapshot: TrainerSnapshot) throws(InvalidCheckpoint)
  /// Begins with the policy of another run.
  func adoptPolicy(of snapshot: TrainerSnapshot) throws(InvalidCheckpoint)
  /// Episodes of the present policy in environments of its own, one in each of them.
  func episodes(
    in environments: [any VectorEnvironment], sampled: Bool, seed: UInt64
  ) -> [Episode]
  /// π(a|s) for rows of observations with their masks, for a policy of choices.
  func probabilities(observations: [Double], mask: [Bool]) -> [Double]
}

extension Trainer: TrainingProcess {
  package func adoptPolicy(of snapshot: TrainerSnapshot) throws(InvalidCheckpoint) {
    do throws(InvalidSafetensors) {
      var adopted: [Number] = try snapshot.tensors.network("policy", shape)
      if head.parameterCount > 0 {
        adopted += try snapshot.tensors.values(
          of: "policy.\(head.parameterName)", shape: [head.parameterCount])
      }
      parameters = adopted
    } catch {
      throw InvalidCheckpoint(error.description)
    }
    guard normalisers.restore(snapshot.state.normalisers, width: shape.inputs) else {
      throw InvalidCheckpoint("the running statistics are not of \(shape.inputs) observations")
    }
  }

  package func episodes(
    in environments: [any VectorEnvironment], sampled: Bool, seed: UInt64
  ) -> [Episode] {
    // No environment begins another episode once there is a step.
    SinglePath(environments, shape: shape, head: head, seed: seed).collect(
      .wholeEpisodes(atLeast: 1), sampled ? .sampled : .mode, parameters: parameters,
      scaling: scaling
    ).episodes
  }

  /// π(a|s), row by row, for a policy of choices; 0 for a choice that is not available.
  ///
  /// - Parameters:
  ///   - observations: Rows of observations as the environment gives them.
  ///   - mask: Whether each choice is available, row by row; empty if all always are.
  public func probabilities(observations: [Double], mask: [Bool]) -> [Double] {
    let rows = observations.count / shape.inputs
    let actor = PolicyActor<Number>(shape: shape, head: head, capacity: max(rows, 1))
    observations.withUnsafeBufferPointer { raw in
      guard let raw = raw.baseAddress else { return }
      ShownRows.numbers(raw).write(
        0..<rows, width: shape.inputs, scaling, into: actor.observations)
    }
    return actor.probabilities(rows: rows, mask: mask, parameters: parameters)
  }
}

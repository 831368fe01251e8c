/// The inputs and the result of an iteration's update, in double precision, for an observer that knows
/// more of the environment than the trainer does.
///
/// Taken after the update and before the critic is fitted, so that the critic is still the one that the
/// advantages were estimated with.
package struct UpdateObservation: Sendable {
  /// The policy's network.
  package var shape: NetworkShape
  /// How observations reach it; nil for as they are.
  package var scaling: ObservationScaling?
  /// θ before the update.
  package var before: [Double]
  /// θ after it.
  package var after: [Double]
  /// ∇L at θ, from the batch.
  package var gradient: [Double]
  /// F Δθ, from the rows that the update took Fisher products over.
  package var fisherStep: [Double]
  /// The critic's network; nil where there is none.
  package var criticShape: NetworkShape?
  /// The critic's parameters.
  package var criticParameters: [Double]
  /// Where the environments stood when the batch was begun.
  package var places: [SavedEnvironment]
  /// Rows in the batch.
  package var rows: Int
  /// The record of the update.
  package var update: UpdateRecord
  /// How far its numbers are off by chance, as the batch itself shows it.
  package var spread: ObservedSpread
}

extension Trainer {
  /// The update that was just made.
  func observation(
    of update: UpdateRecord, from before: [Number], _ places: [SavedEnvironment]
  ) -> UpdateObservation {
    let step = zip(parameters, before).map { $0 - $1 }
    var product = [Number](repeating: 0, count: step.count)
    let rows = configuration.update.fisherRows(of: batch.rows)
    batch.fisherProduct(step, rows: rows, into: &product)
    return UpdateObservation(
      shape: shape, scaling: scaling, before: Number.doubles(before),
      after: Number.doubles(parameters), gradient: Number.doubles(batch.gradient()),
      fisherStep: Number.doubles(product), criticShape: critic?.shape,
      criticParameters: critic.map { Number.doubles($0.parameters) } ?? [], places: places,
      rows: batch.rows, update: update, spread: spread(step: step, fisherRows: rows))
  }
}

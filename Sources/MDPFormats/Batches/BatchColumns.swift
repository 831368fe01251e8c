internal import MDPCore

/// The columns of a batch while it is read.
///
/// A number that is a fault stands as NaN.
struct BatchColumns {
  var states: [Int] = []
  var pairs: [Int] = []
  var advantages: [Double] = []
  var weights: [Double] = []
  var trajectories: [Int] = []

  /// The batch.
  ///
  /// - Precondition: no fault was found.
  var batch: SampleBatch {
    SampleBatch(
      states: states, pairs: pairs, advantages: advantages, weights: weights,
      trajectories: trajectories)
  }

  /// The fault of the weights as a whole; nil if there is none.
  var weightFault: String? {
    let total = weights.reduce(0, +)
    guard !weights.isEmpty, !total.isNaN else { return nil }
    if total == 0 { return "every weight is 0; give some row a weight above 0" }
    return total.isFinite ? nil : "the weights sum to more than float64 can hold; scale them down"
  }

  /// Numbers of trajectories are whole and below this, where float64 tells every one from the next.
  static let trajectoryLimit = 1 << 53
}

internal import MonotoneArithmetic
internal import MDPCore
internal import NeuralTRPO

/// The rows of a batch that have weight, with weights that sum to 1.
struct AuditedRows {
  var states: [Int] = []
  var pairs: [Int] = []
  /// Â and A.
  var advantages: [Double] = []
  var exactAdvantages: [Double] = []
  var weights: [Double] = []
  var trajectories: [Int32] = []
  /// How far rounding may have moved any A.
  let resolution: Double

  init(_ batch: SampleBatch, _ truth: BatchTruth) {
    resolution = truth.resolution
    let total = batch.weights.reduce(0, +)
    for row in 0..<batch.count where batch.weights[row] > 0 {
      states.append(batch.states[row])
      pairs.append(batch.pairs[row])
      advantages.append(batch.advantages[row])
      exactAdvantages.append(truth.advantages[batch.pairs[row]])
      weights.append(batch.weights[row] / total)
      trajectories.append(batch.trajectories[row])
    }
  }

  var count: Int { states.count }

  /// The power of 2 next below the largest magnitude; 1 where all are 0.
  static func unit(of numbers: [Double]) -> Double {
    let largest = numbers.greatestMagnitude
    return largest > 0 ? largest.binade : 1
  }

  /// ⟨x⟩ with its error.
  func estimate(_ value: (_ rows: AuditedRows, _ row: Int) -> Double) -> BatchEstimate {
    BatchEstimate(
      Estimate(
        meanOf: states.indices.map { value(self, $0) }, weights: weights, clusters: trajectories))
  }

  /// ⟨x⟩.
  func mean(_ value: (_ row: Int) -> Double) -> Double {
    states.indices.reduce(0) { $0 + weights[$1] * value($1) }
  }

  /// The total variation between the rows' states and d.
  func distance(to truth: BatchTruth) -> Double {
    var excess = truth.stateShares.map { -$0 }
    for row in states.indices { excess[states[row]] += weights[row] }
    // Half the sum of magnitudes for distributions; 1 if d is none.
    return excess.reduce(0) { $0 + .greatest($1, 0) }
  }

  func gradientCosine(_ truth: BatchTruth) -> Double? {
    let space = truth.space
    // Squares of sums of these neither overflow nor vanish; a cosine has no unit.
    let unit = Self.unit(of: advantages)
    let exactUnit = Self.unit(of: truth.advantages)
    var sampled = [Double](repeating: 0, count: space.pairCount)
    var byState = [Double](repeating: 0, count: space.stateCount)
    for row in states.indices {
      sampled[pairs[row]] += weights[row] * (advantages[row] / unit)
      byState[states[row]] += weights[row] * (advantages[row] / unit)
    }
    var exact = sampled
    var size = 0.0
    for state in space.liveStates {
      for pair in space.pairs(of: state) {
        sampled[pair] -= byState[state] * truth.before[pair]
        let chance = truth.stateShares[state] * truth.before[pair]
        exact[pair] = chance * (truth.advantages[pair] / exactUnit)
        size += chance * chance
      }
    }
    // An exact gradient of nothing but rounding has no direction.
    guard Vectors.norm(exact) > resolution / exactUnit * size.squareRoot() else { return nil }
    return Vectors.cosine(sampled, exact)
  }
}

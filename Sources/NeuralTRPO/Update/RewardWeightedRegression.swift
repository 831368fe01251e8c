internal import RealModule

/// One update by reward-weighted regression: the policy is fitted to its own actions, those that led to much
/// reward weighing more.
///
///     maximise J(θ) = Σ w_i ln π_θ(a_i|s_i)      w_i ∝ v_i exp(z_i / τ),   Σ w_i = 1
///
/// with z the advantages, or returns where there is no critic, at mean 0 and standard deviation 1 over the
/// batch, v the weights of the states, and τ the temperature. This is the maximisation of an
/// expectation–maximisation algorithm, whose expectation are the weights; the old policy is nowhere in it.
///
/// By scoring: each round solves (F_w + λI) x ≈ ∇J by conjugate gradients, with F_w the Fisher matrix
/// under the weights w, and takes the first of x, ρx, ρ²x, … that gains. The rounds stop when none gains,
/// or nothing to speak of, and are few at most. For means that are linear in the parameters, with fixed deviations and without
/// damping, J is quadratic and F_w its curvature: the first round ends at the weighted least squares.
///
/// Source: Peters & Schaal, "Reinforcement learning by reward-weighted regression for operational space
/// control", 2007. Scoring: Fisher 1925.
public enum RewardWeightedRegression {
  /// The most rounds of an update.
  static let mostRounds = 10
  /// A gain of J, in nats, after which no more rounds are made.
  static let leastGain = 1e-10

  /// Updates parameters by rows of the policy that they are of.
  ///
  /// - Parameters:
  ///   - parameters: θ_old; θ afterwards.
  ///   - batch: A workspace; loaded with the rows and θ_old afterwards.
  ///   - rows: Actions drawn from the policy.
  ///   - temperature: τ.
  ///   - configuration: Conjugate gradients, damping, trials and ρ; the rest is not used.
  /// - Returns: Where "surrogate" is J, and the gradient, its direction and curvature are the first round's.
  static func perform<Number: NetworkNumber>(
    on parameters: inout [Number], _ batch: PolicyBatch<Number>, _ rows: BatchRows<Number>,
    temperature: Double, _ configuration: UpdateConfiguration
  ) -> UpdateRecord {
    var fitted = rows
    fitted.weights = weights(rows, temperature: temperature).map { Number($0) }
    fitted.advantages = [Number](repeating: 1, count: rows.advantages.count)
    var settings = configuration
    (settings.fisher, settings.fisherShare) = (.analytic, 1)
    let old = parameters
    var record: UpdateRecord?
    var gradient: [Number] = []
    for _ in 0..<mostRounds {
      batch.load(fitted, parameters)
      let slope = batch.gradient()
      let round = makeRound(along: slope, &parameters, batch, settings)
      if record == nil {
        (record, gradient) = (round, slope)
      } else {
        record?.trials += round.trials
        record?.surrogateGain += round.surrogateGain
        if round.outcome == .notFinite { record?.outcome = .notFinite }
      }
      guard round.outcome == .accepted, round.surrogateGain > leastGain else { break }
    }
    batch.load(rows, old)
    let values = batch.values(parameters)
    let step = zip(parameters, old).map { $0 - $1 }
    var product = step
    batch.fisherProduct(step, into: &product)
    record?.meanDivergence = values.meanDivergence
    record?.maximumDivergence = values.maximumDivergence
    record?.predictedDivergence = Number.dot(step, product) / 2
    record?.predictedGain = Number.dot(gradient, step)
    return record ?? UpdateRecord(outcome: .stationary, gradientNorm: 0)
  }

  /// w by row.
  static func weights<Number: NetworkNumber>(
    _ rows: BatchRows<Number>, temperature: Double
  ) -> [Double] {
    let scores = AdvantageNormalisation.apply(Number.doubles(rows.advantages))
    // Relative to the largest, so that none is infinite.
    let largest = scores.reduce(-.infinity) { max($0, $1) }
    let weights = zip(Number.doubles(rows.weights), scores).map {
      $0 * Double.exp(($1 - largest) / temperature)
    }
    let total = weights.reduce(0, +)
    return weights.map { $0 / total }
  }

  /// One round on a batch that was loaded with the parameters.
  private static func makeRound<Number: NetworkNumber>(
    along gradient: [Number], _ parameters: inout [Number], _ batch: PolicyBatch<Number>,
    _ configuration: UpdateConfiguration
  ) -> UpdateRecord {
    var record = UpdateRecord(along: gradient)
    guard record.outcome == .rejected else { return record }
    let direction = NaturalDirection(gradient, batch, configuration)
    record.take(direction)
    record.stepLength = 1
    guard direction.isFinite else {
      record.outcome = .notFinite
      return record
    }
    var share = 1.0
    for _ in 0..<configuration.trials {
      let trial = direction.moved(parameters, by: share)
      let gain = batch.likelihoodGain(trial)
      record.trials += 1
      if gain.isFinite, gain > 0 {
        record.outcome = .accepted
        record.stepShare = share
        record.surrogateGain = gain
        parameters = trial
        break
      }
      share *= configuration.backtrack
    }
    return record
  }
}

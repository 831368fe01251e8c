import MonotoneProbability
import MonotoneLinearAlgebra
import RealModule
import Testing

@testable import NeuralTRPO

/// Mistakes that published implementations of TRPO have made, each with a test that it would fail.
/// The numbers are those of the project's list of them; those not here concern rollouts and training.
@Suite("Pitfalls of networks, heads, conjugate gradients and updates")
struct PitfallTests {
  private static let gaussian = TestBatch(
    head: DiagonalGaussian(dimensions: 6), hidden: [6], inputs: 3, rows: 300, seed: 21)
  private static let factored = TestBatch(
    head: FactoredCategorical(choices: [3, 2, 4]), hidden: [5], inputs: 3, rows: 300, seed: 22)

  /// The mean divergence of the joint distribution of a batch, written out.
  private func divergence(_ test: TestBatch, _ parameters: [Double]) -> Double {
    var new = test.plain
    new.parameters = parameters
    let sum = (0..<test.rows).reduce(0) {
      $0 + test.plain.divergence(to: new, test.observation($1))
    }
    return sum / Double(test.rows)
  }

  /// An update and the parameters after it.
  private func update(
    _ test: TestBatch, _ configuration: UpdateConfiguration
  ) -> (record: UpdateRecord, parameters: [Double]) {
    var parameters = test.parameters
    let record = TrustRegionUpdate.perform(on: &parameters, test.loaded(), configuration)
    return (record, parameters)
  }

  @Test("1: the divergence is of the joint action, not the mean over its dimensions")
  func jointDivergence() {
    let (record, parameters) = update(
      Self.gaussian, UpdateConfiguration(fisherShare: 1, backtrack: 0.9))
    let joint = divergence(Self.gaussian, parameters)
    #expect(record.outcome == .accepted)
    // Cancellation leaves 1e-16 of terms of order 1.
    #expect(abs(joint - record.meanDivergence) < 1e-13)
    // Well above a sixth of δ: the step is not shortened either.
    #expect(joint <= 0.01 && joint > 0.005)
  }

  /// Of directions that are not conjugate, because one is changed while it is in use, the energy
  /// error would not fall as fast as the theory says: 2 ((√κ − 1)/(√κ + 1))ᵏ.
  @Test("2: conjugate gradients keep residual and direction apart")
  func separateStorage() {
    let order = 40
    let diagonal = (0..<order).map { 1 + 9 * Double($0) / Double(order - 1) }
    var random = RandomStream(seed: 23)
    let right = (0..<order).map { _ in random.normal() }
    var directions: [[Double]] = []
    let solution = ConjugateGradient.solve(right, .init(iterations: 10, tolerance: 0)) {
      vector, product in
      directions.append(vector)
      for index in vector.indices { product[index] = diagonal[index] * vector[index] }
    }
    func energy(_ x: [Double], _ y: [Double]) -> Double {
      (0..<order).reduce(0) { $0 + diagonal[$1] * x[$1] * y[$1] }
    }
    for i in 0..<10 {
      for j in 0..<i {
        let scale = energy(directions[i], directions[i]) * energy(directions[j], directions[j])
        #expect(abs(energy(directions[i], directions[j])) < 1e-12 * scale.squareRoot())
      }
    }
    let exact = (0..<order).map { right[$0] / diagonal[$0] }
    let error = zip(solution.vector, exact).map { $0 - $1 }
    let root = 10.0.squareRoot()
    let rate = Double.pow((root - 1) / (root + 1), 10)
    #expect(energy(error, error).squareRoot() <= 2 * rate * energy(exact, exact).squareRoot())
    for index in 0..<order {
      let residual = right[index] - diagonal[index] * solution.vector[index]
      #expect(abs(residual - solution.residual[index]) < 1e-13)
    }
  }

  /// Trial k must gain a share of ρᵏ times the full step's linear prediction; multiplying up the
  /// fractions of all trials would ask for ρ^{k(k+1)/2} times it. The trials are made again here, by
  /// both rules, in cases where they part.
  @Test("3: a trial is held against the prediction for its own length")
  func ownPrediction() {
    var parted = 0
    for test in TestBatch.all {
      for acceptRatio in [0.3, 0.5, 0.7, 0.8, 0.9] {
        let (record, parameters) = update(
          test,
          UpdateConfiguration(
            budget: 3, damping: 1e-3, fisherShare: 1, trials: 20, backtrack: 0.8,
            acceptRatio: acceptRatio))
        guard record.outcome == .accepted else { continue }
        let batch = test.loaded()
        let before = batch.oldSurrogate
        var accepted: Double?
        var acceptedByProduct: Double?
        var (share, product) = (1.0, 1.0)
        for _ in 0..<20 where accepted == nil {
          let trial = zip(test.parameters, parameters).map {
            $0 + share * ($1 - $0) / record.stepShare
          }
          let values = batch.values(trial)
          let gain = values.surrogate - before
          let full = record.predictedGain / record.stepShare
          if values.meanDivergence <= 3 && gain > 0 {
            if gain > acceptRatio * share * full { accepted = share }
            if gain > acceptRatio * product * full && acceptedByProduct == nil {
              acceptedByProduct = share
            }
          }
          share *= 0.8
          product *= share
        }
        #expect(record.stepShare == accepted)
        if acceptedByProduct != accepted { parted += 1 }
      }
    }
    #expect(parted > 0)
  }

  @Test("4: backtracking leaves nothing behind for the next update")
  func freshBacktracking() {
    let test = TestBatch.all[0]
    let batch = test.loaded()
    var first = test.parameters
    let long = TrustRegionUpdate.perform(
      on: &first, batch, UpdateConfiguration(budget: 20, fisherShare: 1, acceptRatio: 0.9))
    #expect(long.outcome == .accepted && long.stepShare < 1)
    batch.load(
      observations: test.observations, actions: test.actions, advantages: test.advantages,
      parameters: test.parameters)
    var second = test.parameters
    let configuration = UpdateConfiguration(damping: 0.1, fisherShare: 1, dampsStepLength: true)
    let short = TrustRegionUpdate.perform(on: &second, batch, configuration)
    let alone = update(test, configuration)
    #expect(short == alone.record && second == alone.parameters && short.stepShare == 1)
  }

  @Test("6: one ratio for the whole action, not one for each of its dimensions", arguments: 0..<2)
  func jointRatio(index: Int) {
    let test = [Self.gaussian, Self.factored][index]
    var new = test.plain
    new.parameters = test.moved(by: 0.4, test.direction(seed: 1))
    var expected = 0.0
    for row in 0..<test.rows {
      let (action, observation) = (test.action(row), test.observation(row))
      let ratio = Double.exp(
        new.logProbability(of: action, observation)
          - test.plain.logProbability(of: action, observation))
      expected += ratio * test.advantages[row] / Double(test.rows)
    }
    #expect(abs(test.loaded().values(new.parameters).surrogate - expected) < 1e-12)
  }

  @Test("8: what the line search says is what happens")
  func obeyed() {
    for test in TestBatch.all {
      let rejected = update(
        test, UpdateConfiguration(budget: 20, fisherShare: 1, trials: 1, acceptRatio: 0.999_9))
      #expect(rejected.record.outcome == .rejected && rejected.parameters == test.parameters)
      let (record, parameters) = update(
        test, UpdateConfiguration(budget: 1, damping: 1e-3, fisherShare: 1))
      #expect(record.outcome == .accepted && parameters != test.parameters)
      let batch = test.loaded()
      let values = batch.values(parameters)
      #expect(values.meanDivergence == record.meanDivergence)
      #expect(values.surrogate - batch.oldSurrogate == record.surrogateGain)
    }
  }

  /// The metric of ψ = ln σ is 2 and has no part in common with the means', so that a solved system
  /// has x_ψ = g_ψ/2.
  @Test("9: the deviations of a Gaussian take part in the natural gradient")
  func deviations() {
    let test = TestBatch(
      head: DiagonalGaussian(dimensions: 3), hidden: [], inputs: 2, rows: 300, seed: 24)
    let configuration = UpdateConfiguration(
      conjugateGradient: .init(iterations: 60, tolerance: 1e-13), fisherShare: 1)
    let (record, parameters) = update(test, configuration)
    let step = record.stepShare * record.stepLength
    for index in 0..<3 {
      var slope = 0.0
      for row in 0..<test.rows {
        let mean = test.plain.outputs(test.observation(row))[index]
        let distance = (test.actions[3 * row + index] - mean) / test.plain.deviations[index]
        slope += test.advantages[row] * (distance * distance - 1) / Double(test.rows)
      }
      let place = test.shape.parameterCount + index
      let moved = parameters[place] - test.parameters[place]
      #expect(abs(slope) > 1e-3)
      #expect(abs(moved - step * slope / 2) < 1e-10 * step)
    }
  }

  /// A policy so certain that its metric is 0, while the gradient is not: no direction has a curvature
  /// to measure a step by, and rounding may give it either sign.
  @Test("11: curvature that is not positive makes no step and no NaN", arguments: [0, 1e-3, 0.1])
  func noCurvature(damping: Double) {
    let rows = 10
    let batch = PolicyBatch<Float>(
      shape: NetworkShape(inputs: 1, hidden: [], outputs: 2),
      head: FactoredCategorical(choices: [2]), capacity: rows)
    let old: [Float] = [0.1, -0.1, 0, 1000]
    batch.load(
      observations: (0..<rows).map { Float($0) / 7 }, actions: [Float](repeating: 0, count: rows),
      advantages: (0..<rows).map { 1 + Float($0) }, parameters: old)
    var parameters = old
    let record = TrustRegionUpdate.perform(
      on: &parameters, batch, UpdateConfiguration(damping: damping, fisherShare: 1))
    #expect(record.gradientNorm > 1)
    if damping == 0 { #expect(record.outcome == .flat) }
    if record.outcome == .accepted {
      #expect(parameters.allSatisfy { $0.isFinite } && record.meanDivergence <= 0.01)
    } else {
      #expect(parameters == old && record.meanDivergence == 0)
    }
  }

  /// The step does not depend on the unit of the rewards.
  @Test("12: tiny gradients are solved for as well as large ones, zero ones not divided by")
  func tinyGradient() {
    let test = TestBatch.all[4]
    // Powers of two, so that scaling is exact.
    let steps = [1, 0x1p-40, 0x1p40].map { scale in
      let batch = PolicyBatch<Double>(shape: test.shape, head: test.head, capacity: test.rows)
      batch.load(
        observations: test.observations, actions: test.actions,
        advantages: test.advantages.map { scale * $0 }, parameters: test.parameters)
      var parameters = test.parameters
      let record = TrustRegionUpdate.perform(
        on: &parameters, batch, UpdateConfiguration(damping: 0.1, fisherShare: 1))
      #expect(record.outcome == .accepted && record.residualNorms.count == 11)
      return parameters
    }
    for other in steps.dropFirst() {
      for (x, y) in zip(steps[0], other) { #expect(abs(x - y) < 1e-12) }
    }
    let zero = ConjugateGradient.solve([0.0, 0], .init()) { $1 = $0 }
    #expect(zero.vector == [0, 0] && zero.residual == [0, 0] && zero.iterations == 0)
  }

  @Test("14: a rejected trial's divergence and gain are not reported")
  func rejectedTrials() {
    for test in TestBatch.all {
      let (record, _) = update(
        test, UpdateConfiguration(budget: 20, fisherShare: 1, trials: 1, acceptRatio: 0.999_9))
      #expect(record.outcome == .rejected && record.trials == 1)
      #expect(record.meanDivergence == 0 && record.surrogateGain == 0 && record.stepShare == 0)
      #expect(record.predictedDivergence == 0 && record.predictedGain == 0)
    }
  }

  /// The divergence at θ_old, which is always 0, is what others report. In Float too the divergence
  /// of a short step has digits: the logits it comes from differ by 1e-3 and are right to 1e-7.
  @Test("18: the divergence reported is that of the step", arguments: [1e-2, 1e-4, 1e-6])
  func realisedDivergence(budget: Double) {
    for test in TestBatch.all {
      let batch = PolicyBatch<Float>(shape: test.shape, head: test.head, capacity: test.rows)
      var parameters = test.parameters.map { Float($0) }
      batch.load(
        observations: test.observations.map { Float($0) }, actions: test.actions.map { Float($0) },
        advantages: test.advantages.map { Float($0) }, parameters: parameters)
      let record = TrustRegionUpdate.perform(
        on: &parameters, batch, UpdateConfiguration(budget: budget, damping: 0.1, fisherShare: 1))
      #expect(record.outcome == .accepted)
      let expected = record.stepShare * record.stepShare * budget
      #expect(abs(record.predictedDivergence / expected - 1) < 1e-3)
      let joint = divergence(test, parameters.map { Double($0) })
      #expect(abs(record.meanDivergence / joint - 1) < 0.01)
      // What the quadratic model leaves out grows with the step.
      #expect(abs(joint / expected - 1) < 5 * budget.squareRoot() + 0.01)
    }
  }

  @Test("19: divergence and probability of several choices are those of the joint choice")
  func jointChoice() {
    let test = Self.factored
    var new = test.plain
    new.parameters = test.moved(by: 1, test.direction(seed: 2))
    var divergence = 0.0
    let one = PolicyBatch<Double>(shape: test.shape, head: test.head, capacity: 24)
    for row in 0..<test.rows {
      let observation = test.observation(row)
      let (old, other) = (test.plain.quadrature(observation), new.quadrature(observation))
      #expect(old.count == 24)
      for (p, q) in zip(old, other) {
        divergence += p.weight * Double.log(p.weight / q.weight) / Double(test.rows)
      }
      guard row < 5 else { continue }
      // Every joint choice once, weighed by its probability, with the ratio for its advantage.
      one.load(
        observations: old.flatMap { _ in Array(observation) }, actions: old.flatMap { $0.action },
        advantages: [Double](repeating: 1, count: 24), weights: old.map { $0.weight },
        parameters: test.parameters)
      #expect(abs(one.values(new.parameters).surrogate - 1) < 1e-13)
    }
    #expect(abs(test.loaded().values(new.parameters).meanDivergence - divergence) < 1e-13)
  }
}

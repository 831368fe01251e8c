import MonotoneFiles
import MonotoneProbability
import MDPCore
import MDPFormats
import MDPSolvers
import NeuralTRPO
import RealModule
import TestSupport
import Testing

@testable import TRPOComparison
import TrainingRuns

/// Sweeps: what they find against enumerations and closed forms.
///
/// Where samples decide, the seed is fixed; a right sweep fails a test for mean zero with probability 1e-6, a
/// slope's interval of 95 % misses in one of twenty seeds.
@Suite(.tags(.slow)) struct SweepTests {
  /// A right estimator's noise falls like N^−½ and has mean zero; the fixed seed decides, and of the
  /// tests for mean zero a right one fails with probability 1e-6.
  @Test func noiseFallsLikeTheRootOfTheSampleSize() throws {
    let world = try TestWorld.tiny(timeLimit: 30)
    var configuration = ErrorSweep.Configuration()
    configuration.horizon = 6
    configuration.sizes = [10, 20, 40, 80, 160, 320]
    configuration.repeats = 8
    let estimators = StateWeighting.allCases.map {
      SweepEstimator(
        name: $0.rawValue, returns: ReturnEstimator(discount: 0.9, lambda: 0.9), weighting: $0,
        critic: world.critic)
    }
    let sweep = try ErrorSweep(
      world.policy, theory: try ExactDerivativeTests.theory(world), estimators, configuration)
    for curve in sweep.curves {
      let slope = try #require(curve.slope)
      #expect(slope.covers(-0.5) && slope.halfWidth < 0.3)
      #expect(curve.zeroMean.passes && curve.isConclusive)
      #expect(curve.noise.count == 6 && curve.bias > 0)
    }
    var wrong = sweep.curves[0]
    wrong.zeroMean.passes = false
    #expect(wrong.isRefuted && !sweep.curves[0].isRefuted)
    #expect(sweep.curves.map(\.isRatio) == StateWeighting.allCases.map { $0 == .undiscounted })
  }

  /// With logits a thousand times as large, what the rare actions would earn is half of every gradient
  /// and in no sample.
  @Test func nearlyCertainPoliciesAreNotJudgedBySamples() throws {
    let world = try TestWorld.tiny(timeLimit: 30)
    var policy = world.policy
    policy.parameters = policy.parameters.map { 1000 * $0 }
    var configuration = ErrorSweep.Configuration()
    configuration.horizon = 6
    configuration.sizes = [10, 20, 40]
    configuration.repeats = 2
    let estimator = SweepEstimator(
      name: "GAE", returns: ReturnEstimator(discount: 0.9, lambda: 0.9), weighting: .discounted,
      critic: world.critic)
    let sweep = try ErrorSweep(
      policy, theory: try ExactDerivativeTests.theory(world), [estimator], configuration)
    #expect(sweep.curves.allSatisfy { !$0.isConclusive })
  }

  private static func vine(
    _ world: TestWorld, _ choice: TrainingConfiguration.VineChoice, actions: Int = 4,
    shares: Bool = true,
    isSelfNormalised: Bool = true
  ) -> SweepEstimator {
    SweepEstimator(
      name: "\(choice)", returns: ReturnEstimator(discount: 0.9), weighting: .discounted,
      critic: world.critic,
      branches: .init(
        VineConfiguration(
          states: 1, actions: actions, choice: choice, horizon: 3, sharesRandomNumbers: shares),
        isSelfNormalised: isSelfNormalised))
  }

  @Test func vinesExpectTheirTwinsAtTheCostOfSinglePaths() throws {
    let world = try TestWorld.tiny(timeLimit: 30)
    var configuration = ErrorSweep.Configuration()
    configuration.horizon = 4
    configuration.sizes = [40, 80, 160, 320, 640, 1280]
    configuration.repeats = 10
    let path = SweepEstimator(
      name: "path", returns: ReturnEstimator(discount: 0.9), weighting: .discounted,
      critic: world.critic)
    let sweep = try ErrorSweep(
      world.policy, theory: try ExactDerivativeTests.theory(world),
      [
        path, Self.vine(world, .every), Self.vine(world, .every, shares: false),
        Self.vine(world, .policy, actions: 2),
        Self.vine(world, .uniform, isSelfNormalised: false),
      ], configuration)
    for curve in sweep.curves.dropFirst() {
      let slope = try #require(curve.slope)
      #expect(slope.covers(-0.5) && slope.halfWidth < 0.3, "\(curve.name): \(slope)")
      #expect(curve.zeroMean.passes && curve.isConclusive && curve.isBranched && !curve.isRatio)
      // Steps of some hundred trajectories scatter by a few per cent.
      let (own, path) = (curve.steps[5], sweep.curves[0].steps[5])
      #expect(abs(own / path - 1) < 0.15)
    }
    #expect(
      sweep.curves.map { $0.zeroMean.denominator != nil } == [false, false, false, false, true])
  }

  /// Of two draws from the policy each is half of the mean that is taken from it.
  @Test func tellsHalfOfAnAdvantageFromTheWhole() throws {
    let world = try TestWorld.tiny(timeLimit: 30)
    let theory = try ExactDerivativeTests.theory(world)
    let (two, every) = (Self.vine(world, .policy, actions: 2), Self.vine(world, .every))
    let sampler = GradientSampler(world.policy, [two], horizon: 4)
    let sums = (0..<20).map { sampler.sample(400, seed: UInt64($0))[0] }
    func passes(_ estimator: SweepEstimator) -> Bool {
      SweepTarget(world.policy, theory, estimator, horizon: 4)
        .zeroMean(sums, falseAlarm: 1e-6).passes
    }
    #expect(passes(two))
    #expect(!passes(every))
  }

  /// A denominator that expects something else is refuted, though every numerator is right.
  @Test func denominatorsAreTested() throws {
    let world = try TestWorld.tiny(timeLimit: 30)
    let estimator = Self.vine(world, .uniform, isSelfNormalised: false)
    let target = SweepTarget(
      world.policy, try ExactDerivativeTests.theory(world), estimator, horizon: 4)
    let sampler = GradientSampler(world.policy, [estimator], horizon: 4)
    let groups = (0..<20).map { seed in
      let sums = sampler.sample(800, seed: UInt64(seed))[0]
      return ZeroMeanTest.Group(
        numerator: sums.gradient, denominator: sums.denominator(estimator),
        count: sums.trajectories)
    }
    func test(_ factor: Double) -> ZeroMeanTest {
      ZeroMeanTest(
        groups, numerator: target.numerator,
        denominator: target.denominator.map { $0 * factor }, falseAlarm: 1e-6)
    }
    #expect(test(1).passes)
    #expect(!test(1.1).passes)
  }

  /// One episode in ten is over before it begins; that nobody plays it is no bias. The
  /// horizon's is 0.9⁴⁰⁰ = 5e-19.
  @Test func whatNobodyPlaysIsNoBias() throws {
    let world = try TestWorld.tiny()
    let estimator = SweepEstimator(
      name: "Monte Carlo", returns: ReturnEstimator(discount: 0.9), weighting: .discounted,
      critic: [0, 0, 0])
    let target = SweepTarget(
      world.policy, try ExactDerivativeTests.theory(world), estimator, horizon: 400)
    #expect(target.bias <= 1e-12)
  }

  /// Two states that look the same, in one of which there is a single action.
  @Test func statesThatLookAlikeAreToldApartByTheirActions() throws {
    let document = try MDPReader.read(
      InputBytes(
        """
        {"schema": "monotone/mdp/v1", "name": "alike", "discount": 0.9,
         "states": ["a", "b", "c"], "actions": ["x", "y"], "initial": {"a": 1},
         "features": [[1, 2], [1, 2], [0, 1]],
         "transitions": [
          {"from": "a", "action": "x", "to": {"b": 1}},
          {"from": "a", "action": "y", "to": {"c": 1}, "reward": 1},
          {"from": "b", "action": "y", "to": {"a": 0.5, "c": 0.5}},
          {"from": "c", "action": "x", "to": {"a": 1}}]}
        """, name: "alike.json"))
    let environment = SampledMDP(
      try FloatMDP(document), features: [[1, 2], [1, 2], [0, 1]], timeLimit: nil)
    let states = ObservedStates(environment)
    #expect(states.states(seen: states.observations, masks: states.masks) == [0, 1, 2])
    // Their scores are of the policy over the actions that there are.
    let policy = NetworkPolicy(
      states, shape: NetworkShape(inputs: 2, hidden: [], outputs: 2),
      parameters: [0.1, 0.2, 0.3, 0.4, 0.5, 0.6])
    let chunk = TrajectorySampler(policy, horizon: 20).chunk(5, seed: 1)
    let scores = ScoreTable(policy, along: [1, 2, 3, 4, 5, 6])
    for (state, action) in zip(chunk.states, chunk.rollout.actions) where state != 0 {
      // A single action is certain, whatever the parameters are.
      #expect(scores.score(state, action) == 0)
    }
  }

  /// Who does not want to wait ends any part of a sweep.
  @Test func sweepsEndWhenToldTo() throws {
    let world = try TestWorld.tiny(timeLimit: 30)
    var configuration = ErrorSweep.Configuration()
    (configuration.horizon, configuration.sizes, configuration.repeats) = (6, [10, 20, 40], 2)
    var settings = TrainingPreset.tabular.configuration
    (settings.discount, settings.batch) = (0.9, 100)
    let subject = PolicySweeps.Subject(
      PolicyEvaluator(world.document), world.policy, critic: world.critic, settings)
    for part in ["gradients", "biases of ratios", "Fisher products", "settings"] {
      var told: [String] = []
      do throws(SweepFailure) {
        _ = try PolicySweeps(subject, configuration) { progress throws(SweepFailure) in
          told.append(progress.part)
          if progress.part == part { throw .stopped }
        }
        Issue.record("\(part) went on")
      } catch {
        guard case .stopped = error else { throw error }
      }
      #expect(told.count { $0 == part } == 1 && told.last == part)
    }
  }

  // MARK: Biases of ratios

  /// Chunks of 13 trajectories, as a horizon of 100,000 steps makes them, though episodes end long before:
  /// groups of 16 and 32 lie across them, and vines have no more trajectories than one.
  @Test func groupsLieAcrossChunks() throws {
    let world = try TestWorld.tiny(timeLimit: 30)
    let theory = try ExactDerivativeTests.theory(world)
    let estimator = SweepEstimator(
      name: "path", returns: ReturnEstimator(discount: 0.9, lambda: 0.8), weighting: .undiscounted,
      critic: world.critic)
    let sizes = [4, 16, 32]
    let biases = try [30, 100_000].map { horizon in
      let subject = try #require(
        RatioBiasSubject(world.policy, estimator, theory: theory, horizon: horizon, seed: 1))
      return try #require(try subject.perRow(sizes: sizes, trajectories: 4000))
    }
    for (short, long) in zip(biases[0].bias, biases[1].bias) {
      // Five standard errors of a difference of two.
      let error =
        (short.standardError * short.standardError + long.standardError * long.standardError)
        .squareRoot()
      #expect(abs(short.mean - long.mean) <= 5 * error)
      #expect(long.standardError < 2 * short.standardError)
    }
    let vine = try #require(
      RatioBiasSubject(
        world.policy, Self.vine(world, .uniform), theory: theory, horizon: 100_000, seed: 2))
    #expect(try vine.selfNormalised(trajectories: 400, repeats: 3).bias.count == 3)
  }

  /// v·∇ln π by pair, by differences of ln π, which leave h² = 1e-10.
  private static func scores(_ policy: NetworkPolicy, _ direction: [Double]) -> [Double] {
    func logarithms(_ step: Double) -> [Double] {
      var moved = policy
      moved.parameters = zip(policy.parameters, direction).map { $0 + step * $1 }
      return moved.probabilities.probabilities.map { Double.log($0) }
    }
    return zip(logarithms(1e-5), logarithms(-1e-5)).map { ($0 - $1) / 2e-5 }
  }

  /// One and two trajectories, enumerated: the ratio's exact bias; then its slope.
  @Test func biasPerRowIsThatOfTheEnumeration() throws {
    let world = try TestWorld.tiny(timeLimit: 30)
    let horizon = 4
    let estimator = SweepEstimator(
      name: "path", returns: ReturnEstimator(discount: 0.9, lambda: 0.8), weighting: .undiscounted,
      critic: world.critic)
    let subject = try #require(
      RatioBiasSubject(
        world.policy, estimator, theory: try ExactDerivativeTests.theory(world), horizon: horizon,
        seed: 1))
    let gradient = subject.target.practice
    let size = gradient.reduce(0) { $0 + $1 * $1 }
    let scores = Self.scores(world.policy, gradient.map { $0 / size })
    let every = EnumeratedTrajectories(
      world.environment, world.policy.probabilities, steps: horizon, from: nil)
    // Alike ones together: a few hundred remain of each kind.
    let sums = every.all.map { probability, rows in
      let estimates = estimator.returns.estimates(
        every.rollout(rows), values: rows.map { world.critic[$0.state] },
        finalValues: rows.filter { $0.end == .truncated }.map { world.critic[$0.next] })
      let numerator = zip(rows, estimates.advantages).reduce(0) {
        $0 + $1.1 * scores[$1.0.pair]
      }
      return (probability, numerator, Double(rows.count))
    }
    // E (Σ G)/(Σ n) over two needs E (G₁ + G₂)/(n₁ + n₂) = 2 Σ_n E[G; n₁ = n] Σ_m P(n₂ = m)/(n + m).
    var (mass, weighed) = (
      [Double](repeating: 0, count: horizon + 1), [Double](repeating: 0, count: horizon + 1)
    )
    for (probability, numerator, rows) in sums {
      mass[Int(rows)] += probability
      weighed[Int(rows)] += probability * numerator
    }
    var exact = [-1.0, -1.0]
    for rows in 1...horizon {
      exact[0] += weighed[rows] / Double(rows)
      for others in 1...horizon {
        exact[1] += 2 * weighed[rows] * mass[others] / Double(rows + others)
      }
    }
    let bias = try #require(try subject.perRow(sizes: [1, 2], trajectories: 40_000)).bias
    for index in 0..<2 {
      // Five standard errors: 6e-7 each.
      #expect(abs(bias[index].mean - exact[index]) <= 5 * bias[index].standardError)
      #expect(abs(exact[index]) > 10 * bias[index].standardError)
    }
    let late = try #require(try subject.perRow(sizes: [8, 16, 32], trajectories: 20_000))
    #expect(late.variable == .trajectories && late.slope?.covers(-1) == true)
  }

  /// Every sequence of uniform draws, enumerated in every state.
  @Test func biasOfRelativeWeightsIsThatOfTheEnumeration() throws {
    let world = try TestWorld.tiny(timeLimit: 30)
    let evaluation = try PolicyEvaluator(world.document).evaluate(world.policy.exact)
    var estimator = Self.vine(world, .uniform)
    estimator.critic = evaluation.stateValues.map(\.value)
    let horizon = 4
    let subject = try #require(
      RatioBiasSubject(
        world.policy, estimator, theory: Twin(theory: evaluation), horizon: horizon, seed: 2))
    let gradient = subject.target.practice
    let size = gradient.reduce(0) { $0 + $1 * $1 }
    let scores = Self.scores(world.policy, gradient.map { $0 / size })
    let visits = PracticeTwin(
      world.environment, policy: world.policy.probabilities, critic: estimator.critic,
      plan: SamplingPlan(
        extent: .trajectories(horizon: horizon), returns: estimator.returns,
        weighting: .discounted)
    ).sums.visits
    let (space, pi) = (world.document.space, world.policy.probabilities)
    func exact(_ draws: Int) -> Double {
      var bias = 0.0
      for state in space.liveStates {
        let pairs = Array(space.pairs(of: state))
        // Beyond the branches values are exact, so that Q̂ expects Q.
        for code in 0..<Int(clamping: Double.pow(Double(pairs.count), draws).rounded()) {
          let drawn = (0..<draws).map { place in
            pairs[
              code / Int(clamping: Double.pow(Double(pairs.count), place).rounded()) % pairs.count]
          }
          let ratios = drawn.map { pi[$0] * Double(pairs.count) }
          let advantages = drawn.map { evaluation.advantages[$0].value }
          let total = ratios.reduce(0, +)
          let mean = zip(ratios, advantages).reduce(0) { $0 + $1.0 * $1.1 } / total
          let probability = Double.pow(1 / Double(pairs.count), draws)
          for place in drawn.indices {
            bias +=
              visits[state] * probability * ratios[place] * scores[drawn[place]]
              * ((advantages[place] - mean) / total - advantages[place] / Double(draws))
          }
        }
      }
      return bias
    }
    let found = try subject.selfNormalised(sizes: [2, 4, 8], trajectories: 400, repeats: 100)
    for (draws, bias) in zip(found.sizes, found.bias) {
      // Five standard errors of Student's t with 99 degrees of freedom: 3e-6 each.
      #expect(abs(bias.mean - exact(draws)) <= 5 * bias.standardError)
      #expect(abs(exact(draws)) > 5 * bias.standardError)
    }
    #expect(found.variable == .actions && found.slope != nil)
  }

  // MARK: Fisher products and settings

  /// Rows stand in the order of time: shares that were not drawn from all of them would miss late states
  /// however many there are, and their error would not fall.
  @Test func sharesOfTheRowsLoseNothingInTheLimit() throws {
    let world = try TestWorld.tiny(timeLimit: 30)
    var configuration = ErrorSweep.Configuration()
    configuration.horizon = 6
    configuration.sizes = [10, 20, 40, 80, 160, 320, 640, 1280]
    configuration.repeats = 10
    let theory = try ExactDerivativeTests.theory(world)
    let direction = try #require(ExactDirection(theory: theory, at: world.policy))
    let sweep = try FisherSweep(
      world.policy, direction: direction.vector, shares: [1, 0.1], configuration)
    for curve in sweep.curves {
      let slope = try #require(curve.slope)
      #expect(slope.covers(-0.5) && slope.halfWidth < 0.3, "\(curve.share): \(slope)")
    }
    for (all, few) in zip(sweep.curves[0].noise, sweep.curves[1].noise) {
      #expect(few.mean > 1.3 * all.mean)
    }
  }

  /// Σ d Σ π A ∂ln π over √(Σ d Σ π A² · Σ d Σ π (∂ln π)²): what a tabular softmax makes of it.
  @Test func efficiencyIsACosineOfScores() throws {
    let world = try TestWorld.tiny(timeLimit: 30)
    let theory = try ExactDerivativeTests.theory(world)
    let direction = try #require(ExactDirection(theory: theory, at: world.policy))
    let (space, pi) = (world.document.space, world.policy.probabilities)
    var stream = RandomStream(seed: 5)
    for _ in 0..<5 {
      let step = world.policy.parameters.map { _ in stream.normal() }
      let scores = Self.scores(world.policy, step)
      var (product, first, second) = (0.0, 0.0, 0.0)
      for state in space.liveStates {
        for pair in space.pairs(of: state) {
          let weight = theory.stateWeights[state] * pi[pair]
          product += weight * theory.advantages[pair] * scores[pair]
          first += weight * theory.advantages[pair] * theory.advantages[pair]
          second += weight * scores[pair] * scores[pair]
        }
      }
      // Differences of logarithms leave 1e-9 of scores near 1.
      let found = try #require(direction.efficiency(of: step))
      #expect(abs(found - product / (first * second).squareRoot()) <= 1e-7)
    }
    let best = try #require(direction.efficiency(of: direction.vector))
    #expect(abs(best - 1) <= 1e-9)
  }

  @Test func settingsAreSweptOnTheSameBatches() throws {
    let world = try TestWorld.tiny(timeLimit: 30)
    let theory = try ExactDerivativeTests.theory(world)
    let direction = try #require(ExactDirection(theory: theory, at: world.policy))
    let estimator = SweepEstimator(
      name: "GAE", returns: ReturnEstimator(discount: 0.9, lambda: 0.9), weighting: .discounted,
      critic: world.critic)
    let evaluator = PolicyEvaluator(world.document)
    let sweeps = try SettingSweeps.sample(
      StepJudge(evaluator, world.policy, direction), theory: theory, estimator,
      UpdateConfiguration(budget: 1e-3, fisherShare: 1), horizon: 20, trajectories: 40,
      repeats: 3, seed: 1
    ) { _, _ in }
    #expect(sweeps.sweeps.map(\.setting) == SettingSweep.Setting.allCases)
    func points(_ setting: SettingSweep.Setting) -> [SettingSweep.Point] {
      sweeps.sweeps.first { $0.setting == setting }?.points ?? []
    }
    for point in sweeps.sweeps.flatMap(\.points) {
      #expect(point.accepted == 3)
      let efficiency = try #require(point.efficiency)
      #expect(efficiency.mean > 0.2 && efficiency.mean <= 1)
      // A sampled mean of 1e-3 at most, of some hundred rows.
      #expect(point.meanKL.mean > 0 && point.meanKL.mean < 4e-3)
    }
    // The run's own values are the same update wherever they stand.
    let own = points(.fisherShare)[0]
    #expect(points(.damping)[0].efficiency == own.efficiency)
    #expect(points(.damping)[0].gain == own.gain)
    // The exact direction is solved for in a few iterations, and damping leads away from it.
    let iterations = points(.conjugateGradientIterations).compactMap(\.exactEfficiency)
    #expect(zip(iterations, iterations.dropFirst()).allSatisfy { $0 <= $1 + 1e-9 })
    let damped = points(.damping).compactMap(\.exactEfficiency)
    #expect(damped[0] > damped[7])
    // λ trades noise for bias; at 1 there is none but the horizon's.
    let lambdas = points(.lambda)
    #expect(lambdas.first.map(\.bias) ?? 0 > (lambdas.last.map(\.bias) ?? 1))
    #expect(lambdas.first.map(\.noise.mean) ?? 1 < (lambdas.last.map(\.noise.mean) ?? 0))
  }
}

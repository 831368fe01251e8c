import TRPOComparison
import MDPCore
import RealModule
import TestSupport
import Testing

@testable import NeuralTRPO
import TrainingRuns

/// Standard errors of an update's numbers, from its batch.
@Suite(.tags(.slow)) struct SpreadTests {
  // MARK: Against a plain computation

  /// A training whose policy is a table: what a row adds to anything can be written down.
  private static func settings(
    _ weighting: StateWeighting, batch: Int, fisherShare: Double = 1
  ) -> TrainingConfiguration {
    var settings = TrainingPreset.tabular.configuration
    settings.precision = .double
    settings.normalizesAdvantages = false
    settings.critic = .none
    settings.discount = 0.9
    settings.environments = 8
    settings.batch = batch
    settings.collection = weighting == .discounted ? .wholeEpisodes : .steps
    settings.weighting = weighting
    settings.fisherShare = fisherShare
    settings.steps = 1_000_000
    return settings
  }

  /// One update, and its rows once more.
  private static func update(
    _ world: TestWorld, _ settings: TrainingConfiguration
  ) throws -> (observation: UpdateObservation, rollout: Rollout<Double>) {
    func environments() -> [any VectorEnvironment] {
      [
        EnvironmentVector(
          world.environment, count: settings.environments, seed: UInt64(settings.seed))
      ]
    }
    let trainer = Trainer<Double>(settings, environments())
    // The first policy is uniform but for a hundredth.
    trainer.parameters = world.policy.parameters
    var found: [UpdateObservation] = []
    trainer.observer = { found.append($0) }
    _ = try trainer.advance()
    let collector = SinglePath<Double>(
      environments(), shape: trainer.shape, head: trainer.head, seed: UInt64(settings.seed))
    let rollout = collector.collect(
      settings.collection == .steps
        ? .steps(settings.batch / settings.environments) : .wholeEpisodes(atLeast: settings.batch),
      parameters: world.policy.parameters)
    return (found[0], rollout)
  }

  /// What each trajectory adds to the gradient, and so on; trajectories in the order of their first rows.
  private struct Sums {
    var gradient: [Double]
    var weight = 0.0
    var gain = 0.0
    var divergence = 0.0
    var curvature = 0.0
  }

  private static func sums(
    _ observation: UpdateObservation, _ rollout: Rollout<Double>, _ settings: TrainingConfiguration
  ) -> [Sums] {
    let rows = rollout.rows
    let (inputs, choices) = (observation.shape.inputs, observation.shape.outputs)
    let step = zip(observation.after, observation.before).map { $0 - $1 }
    // Advantages without critic: discounted rewards to the end of the episode or batch.
    var advantages = rollout.rewards
    var trajectory = [Int](repeating: 0, count: rows)
    var firsts: [Int] = []
    for row in 0..<rows {
      let before = (0..<row).last { rollout.slots[$0] == rollout.slots[row] }
      if let before, rollout.ends[before] == .none {
        trajectory[row] = trajectory[before]
      } else {
        trajectory[row] = firsts.count
        firsts.append(row)
      }
    }
    for row in (0..<rows).reversed() where rollout.ends[row] == .none {
      let next = (row + 1..<rows).first { rollout.slots[$0] == rollout.slots[row] } ?? row
      advantages[row] += 0.9 * settings.returnEstimator.lambda * advantages[next]
    }
    var sums = firsts.map { _ in Sums(gradient: step.map { _ in 0 }) }
    for row in 0..<rows {
      let state = (0..<inputs).first { rollout.observations[row * inputs + $0] == 1 } ?? 0
      func logits(_ theta: [Double]) -> [Double] {
        (0..<choices).map { theta[state * choices + $0] + theta[inputs * choices + $0] }
      }
      func probabilities(_ theta: [Double]) -> [Double] {
        let weights = logits(theta).map { Double.exp($0) }
        return weights.map { $0 / weights.reduce(0, +) }
      }
      let (old, new) = (probabilities(observation.before), probabilities(observation.after))
      let weight =
        settings.weighting == .discounted
        ? Double.pow(0.9, Int(rollout.times[row])) / Double(firsts.count) : 1 / Double(rows)
      let action = Int(rollout.actions[row])
      for choice in 0..<choices {
        let score = (choice == action ? 1 : 0) - old[choice]
        for index in [state * choices + choice, inputs * choices + choice] {
          sums[trajectory[row]].gradient[index] += weight * advantages[row] * score
        }
      }
      let moves = logits(step)
      let mean = zip(old, moves).reduce(0) { $0 + $1.0 * $1.1 }
      sums[trajectory[row]].weight += weight
      sums[trajectory[row]].gain += weight * (new[action] / old[action] - 1) * advantages[row]
      for choice in 0..<choices {
        let (p, move) = (old[choice], moves[choice] - mean)
        sums[trajectory[row]].divergence += weight * p * Double.log(p / new[choice])
        sums[trajectory[row]].curvature += weight * p * move * move
      }
    }
    return sums
  }

  /// √(B/(B − 1) Σ (X_b − X W_b)²).
  private static func error(_ parts: [Double], _ shares: [Double]) -> Double {
    let (count, total) = (Double(parts.count), parts.reduce(0, +))
    let squares = zip(parts, shares).map { ($0 - total * $1) * ($0 - total * $1) }
    return (count / (count - 1) * squares.reduce(0, +)).squareRoot()
  }

  /// Parts of several trajectories each: the i-th goes into part i mod the number of parts.
  private static func dealt(_ values: [Double], _ parts: Int) -> [Double] {
    (0..<min(parts, values.count)).map { part in
      stride(from: part, to: values.count, by: parts).reduce(0) { $0 + values[$1] }
    }
  }

  /// Few trajectories, each of which is a block; and many, dealt out.
  @Test(arguments: StateWeighting.allCases, [96, 480])
  func errorsAreThoseOfAPlainComputation(_ weighting: StateWeighting, _ batch: Int) throws {
    let world = try TestWorld.tiny(timeLimit: 12)
    for share in [1, 0.25] {
      let settings = Self.settings(weighting, batch: batch, fisherShare: share)
      let (observation, rollout) = try Self.update(world, settings)
      let sums = Self.sums(observation, rollout, settings)
      #expect((sums.count > 32) == (batch > 96))
      guard case .errors(let found) = observation.spread else {
        Issue.record("\(sums.count) trajectories are enough")
        return
      }
      let weights = sums.map(\.weight)
      let total = weights.reduce(0, +)
      let even = sums.map { _ in 1 / Double(sums.count) }
      let shares = weighting == .discounted ? even : weights
      let step = zip(observation.after, observation.before).map { $0 - $1 }
      let squares = step.indices.map { index in
        let error = Self.error(
          Self.dealt(sums.map { $0.gradient[index] }, 32), Self.dealt(shares, 32))
        return error * error
      }
      let predicted = Self.error(
        Self.dealt(sums.map { zip($0.gradient, step).reduce(0) { $0 + $1.0 * $1.1 } }, 32),
        Self.dealt(shares, 32))
      let gain = Self.error(sums.map(\.gain), shares)
      let divergence = Self.error(
        sums.map { $0.divergence / total }, weights.map { $0 / total })
      let curvature = Self.error(
        Self.dealt(sums.map { $0.curvature / total }, 32),
        Self.dealt(weights.map { $0 / total }, 32))
      // A few thousand roundings of numbers of these sizes.
      func agree(_ x: Double, _ y: Double) -> Bool { abs(x - y) <= 1e-9 * y && y > 0 }
      #expect(agree(found.gradient, squares.reduce(0, +).squareRoot()))
      #expect(agree(found.predictedGain, predicted))
      #expect(agree(found.surrogateGain, gain))
      #expect(agree(found.meanDivergence, divergence))
      // Of a quarter of the rows, in an order that only the trainer knows.
      if share == 1 { #expect(agree(found.curvature, curvature)) }
      if share < 1 { #expect(found.curvature > curvature / 2 && found.curvature < 6 * curvature) }
    }
  }

  @Test func fewTrajectoriesTellNoErrors() throws {
    let world = try TestWorld.sticky()
    var settings = Self.settings(.undiscounted, batch: 350)
    settings.environments = 7
    let (observation, _) = try Self.update(world, settings)
    #expect(observation.spread == .tooFewTrajectories(7))
  }

  // MARK: Against the noise itself

  /// Where batches are taken.
  struct Setting: Sendable {
    var world: @Sendable () throws -> TestWorld
    var environments = 32
    var extent = SinglePath<Double>.Extent.trajectories(horizon: 15)
    var weighting = StateWeighting.undiscounted
    var critic = true
  }

  /// Noise over its standard error in so many batches, at parameters that know nothing of them: of the
  /// gradient along a fixed direction, and of the KL and the surrogate's gain at another policy.
  private static func standardised(_ setting: Setting, batches: Int) throws -> [[Double]] {
    let world = try setting.world()
    let policy = world.policy
    let returns = ReturnEstimator(discount: 0.9, lambda: 0.95)
    let width = policy.states.width
    let critic = world.critic.map { setting.critic ? $0 : 0 }
    // Everywhere more of the first of two actions.
    let direction = policy.parameters.indices.map { $0.isMultiple(of: 2) ? 1.0 : 0 }
    let other = zip(policy.parameters, direction).map { $0 + 0.3 * $1 }
    var ratios: [[Double]] = [[], [], []]
    let batch = PolicyBatch<Double>(shape: policy.shape, head: policy.head, capacity: 3000)
    let sorted = PolicyBatch<Double>(shape: policy.shape, head: policy.head, capacity: 3000)
    for seed in 1...UInt64(batches) {
      let environments = EnvironmentVector(
        world.environment, count: setting.environments, seed: seed)
      let places = environments.saved
      let rollout = SinglePath<Double>(
        [environments], shape: policy.shape, head: policy.head, seed: seed
      ).collect(setting.extent, parameters: policy.parameters)
      func values(_ observations: [Double]) -> [Double] {
        stride(from: 0, to: observations.count, by: width).map { start in
          (0..<width).reduce(0) { $0 + observations[start + $1] * critic[$1] }
        }
      }
      let rows = BatchRows<Double>(
        observations: rollout.seen, actions: rollout.actions, masks: rollout.masks,
        advantages: returns.estimates(
          rollout, values: values(rollout.observations),
          finalValues: values(rollout.finalObservations)
        ).advantages, weights: setting.weighting.weights(of: rollout, discount: 0.9),
        clusters: rollout.trajectoryNumbers)
      let plan = SamplingPlan(
        extent: setting.extent.planned(places, timeLimit: world.environment.timeLimit),
        returns: returns, weighting: setting.weighting)
      let twin = PracticeTwin(
        world.environment, policy: policy.probabilities, critic: critic, plan: plan
      ).twin.batch(at: policy)
      batch.load(rows, policy.parameters)
      let blocks = ClusterBlocks(rows, fisherRows: rows.groups, weighting: setting.weighting)
      sorted.load(blocks.rows, policy.parameters)
      let slope = GradientParts(sorted, blocks).projected(on: direction)
      let exactSlope = zip(twin.gradient(), direction).reduce(0) { $0 + $1.0 * $1.1 }
      ratios[0].append((slope.value - exactSlope) / slope.standardError)
      let found = batch.estimates(
        at: other, clusters: rows.clusters, weighting: setting.weighting)
      let exact = twin.values(other)
      ratios[1].append(
        (found.meanDivergence.value - exact.meanDivergence) / found.meanDivergence.standardError)
      ratios[2].append(
        (found.surrogateGain.value - (exact.surrogate - twin.oldSurrogate))
          / found.surrogateGain.standardError)
    }
    return ratios
  }

  private static let settings: [Setting] = [
    .init(world: { try .sticky() }), .init(world: { try .sticky() }, weighting: .discounted),
    .init(world: { try .tiny(timeLimit: 30) }, extent: .steps(12)),
    .init(
      world: { try .tiny(timeLimit: 30) }, environments: 5, extent: .wholeEpisodes(atLeast: 400)),
    // All or nothing: the rows of a trajectory add to the gradient together.
    .init(world: { try .ladder() }, environments: 128, weighting: .discounted, critic: false),
  ]

  /// With 32 blocks the ratios are nearly Student's t with 31 degrees of freedom, of variance 31/29. The mean
  /// square of 250 of them leaves [0.66, 1.7] with probability below 1e-6, and so does their mean ±0.33;
  /// with fifteen of each, something right fails with probability 3e-5 at most.
  @Test(arguments: settings.indices) func standardErrorsAreTheNoisesOwn(_ index: Int) throws {
    for values in try Self.standardised(Self.settings[index], batches: 250) {
      let square = values.reduce(0) { $0 + $1 * $1 } / 250
      #expect(square > 0.66 && square < 1.7)
      #expect(abs(values.reduce(0, +)) / 250 < 0.33)
    }
  }
}

extension SinglePath.Extent {
  /// The same as a twin takes it.
  func planned(_ places: [SavedEnvironment], timeLimit: Int?) -> SamplingPlan.Extent {
    switch self {
    case .steps(let count):
      .steps(count, from: places.map { .init(state: Int($0.state.first ?? 0), time: $0.time) })
    case .trajectories(let horizon): .trajectories(horizon: horizon)
    case .wholeEpisodes: .wholeEpisodes(limit: timeLimit ?? 1)
    }
  }
}

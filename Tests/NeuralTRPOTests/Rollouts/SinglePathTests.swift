import MonotoneProbability
import Testing

@testable import NeuralTRPO

@Suite("Single paths")
struct SinglePathTests {
  /// A policy for an environment, far enough from uniform to be told from it.
  static func policy(for environment: any Environment, seed: UInt64 = 60) -> PlainPolicy {
    let head: any PolicyHead =
      switch environment.actionSpace {
      case .discrete(let choices): FactoredCategorical(choices: choices)
      case .box(let low, _): DiagonalGaussian(dimensions: low.count)
      }
    let shape = NetworkShape(
      inputs: environment.observationWidth, hidden: [5, 4], outputs: head.outputs)
    var random = RandomStream(seed: seed)
    return PlainPolicy(
      shape: shape, head: head,
      parameters: (0..<(shape.parameterCount + head.parameterCount)).map { _ in
        0.7 * random.normal()
      })
  }

  static func collector(
    _ environment: some Environment, _ policy: PlainPolicy, count: Int, threads: Int = 1
  ) -> (path: SinglePath<Double>, environments: [any VectorEnvironment]) {
    let environments = EnvironmentCatalogue.make(
      environment, count: count, threads: threads, seed: 61)
    return (
      SinglePath(environments, shape: policy.shape, head: policy.head, seed: 62), environments
    )
  }

  /// Terminations, truncations, unavailable actions, continuous actions.
  static let kinds: [any Environment] = [
    CartPole(timeLimit: 13), Pendulum(timeLimit: 7),
    Models.sampled("racing", timeLimit: 5), Models.sampled("recycling-robot", timeLimit: 9),
  ]

  static let extents: [SinglePath<Double>.Extent] = [
    .steps(1), .steps(20), .wholeEpisodes(atLeast: 1), .wholeEpisodes(atLeast: 60),
    .trajectories(horizon: 1), .trajectories(horizon: 6), .trajectories(horizon: 40),
  ]

  /// Sums in another order differ in the last bits; over at most 40 steps of unstable dynamics that
  /// becomes 1e-16 · e^{40 · 0.02 · 4} for the pole and less for the others.
  private static let tolerance = 1e-12

  private func expectEqual<E>(
    _ rollout: Rollout<Double>, _ rows: [PlainPath<E>.Row],
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    func expectClose(_ values: [Double], _ expected: [Double]) {
      #expect(values.count == expected.count, sourceLocation: sourceLocation)
      #expect(
        zip(values, expected).allSatisfy { abs($0 - $1) <= Self.tolerance * max(1, abs($1)) },
        sourceLocation: sourceLocation)
    }
    #expect(rollout.slots.map(Int.init) == rows.map(\.slot), sourceLocation: sourceLocation)
    #expect(rollout.times.map(Int.init) == rows.map(\.time), sourceLocation: sourceLocation)
    #expect(rollout.ends == rows.map(\.end), sourceLocation: sourceLocation)
    #expect(rollout.masks == rows.flatMap(\.mask), sourceLocation: sourceLocation)
    expectClose(rollout.rewards, rows.map(\.reward))
    expectClose(rollout.observations, rows.flatMap(\.seen))
    expectClose(rollout.actions, rows.flatMap(\.action))
    expectClose(
      rollout.finalObservations, rows.filter { $0.end == .truncated }.flatMap(\.after))
  }

  @Test("Batches are what following the policy a row at a time gives", arguments: 0..<4, extents)
  func rows(kind: Int, extent: SinglePath<Double>.Extent) {
    func check<E: Environment>(_ environment: E) {
      let policy = Self.policy(for: environment)
      let (path, environments) = Self.collector(environment, policy, count: 4)
      let plain = PlainPath(environment, policy, count: 4, seed: 61, policySeed: 62)
      // Three batches, one after the other.
      for _ in 0..<3 {
        let rollout = path.collect(extent, parameters: policy.parameters)
        let rows = plain.collect(extent)
        expectEqual(rollout, rows)
        #expect(rollout.rawObservations.isEmpty)
        // Streams stand where each environment's own rows left them.
        #expect(path.streamPositions == plain.places.map(\.policyChance.position))
        #expect(
          environments[0].saved.map(\.streamPosition) == plain.places.map(\.chance.position))
        let resting = (0..<4).filter { environments[0].steps.isResting[$0] }
        #expect(resting.isEmpty)
      }
    }
    check(Self.kinds[kind])
  }

  @Test("Extents: whole episodes are whole, and counted once")
  func wholeEpisodes() {
    let environment = CartPole(timeLimit: 13)
    let policy = Self.policy(for: environment)
    let (path, _) = Self.collector(environment, policy, count: 4)
    let rollout = path.collect(.wholeEpisodes(atLeast: 100), parameters: policy.parameters)
    #expect(rollout.rows >= 100 && rollout.rows < 100 + 4 * 13)
    #expect(rollout.episodes.reduce(0) { $0 + $1.length } == rollout.rows)
    #expect(rollout.episodes == rollout.trajectories)
    #expect(rollout.times.count { $0 == 0 } == rollout.episodes.count)
  }

  /// Environment by environment, to the bit; batches of other numbers of rows may differ in the last.
  @Test("The number of threads changes nothing but the order of rows", arguments: 0..<4)
  func threads(kind: Int) {
    func check(_ environment: some Environment) {
      let policy = Self.policy(for: environment)
      func bySlot(_ rollout: Rollout<Double>) -> [[Double]] {
        var lists = [[Double]](repeating: [], count: rollout.slotCount)
        for row in 0..<rollout.rows {
          let width = rollout.actionWidth
          lists[Int(rollout.slots[row])] +=
            rollout.actions[(row * width)..<((row + 1) * width)] + [rollout.rewards[row]]
        }
        return lists
      }
      func collected(threads: Int) -> [[Double]] {
        let (path, _) = Self.collector(environment, policy, count: 6, threads: threads)
        return bySlot(path.collect(.steps(25), parameters: policy.parameters))
      }
      let alone = collected(threads: 1)
      for threads in [2, 3, 6] {
        for (x, y) in zip(alone.joined(), collected(threads: threads).joined()) {
          #expect(abs(x - y) <= Self.tolerance * max(1, abs(x)))
        }
      }
      #expect(collected(threads: 3) == collected(threads: 3))
    }
    check(Self.kinds[kind])
  }

  /// To the bit.
  @Test("A collector goes on from where it was saved", arguments: 0..<4)
  func restoration(kind: Int) throws {
    func check(_ environment: some Environment) throws {
      let policy = Self.policy(for: environment)
      let (path, environments) = Self.collector(environment, policy, count: 5, threads: 2)
      _ = path.collect(.steps(11), parameters: policy.parameters)
      let (saved, positions) = (environments.map(\.saved), path.streamPositions)
      let expected = path.collect(.steps(12), parameters: policy.parameters)
      let (other, others) = Self.collector(environment, policy, count: 5, threads: 2)
      other.streamPositions = positions
      for (vector, state) in zip(others, saved) { try vector.restore(state) }
      let rollout = other.collect(.steps(12), parameters: policy.parameters)
      #expect(rollout.observations == expected.observations)
      #expect(rollout.actions == expected.actions && rollout.rewards == expected.rewards)
      #expect(rollout.times == expected.times && rollout.ends == expected.ends)
      #expect(rollout.finalObservations == expected.finalObservations)
      #expect(rollout.episodes == expected.episodes)
    }
    try check(Self.kinds[kind])
  }

  @Test("The most likely action instead of a drawn one, which moves no stream", arguments: 0..<4)
  func modes(kind: Int) {
    func check<E: Environment>(_ environment: E) {
      let policy = Self.policy(for: environment)
      let (path, _) = Self.collector(environment, policy, count: 3)
      let before = path.streamPositions
      let rollout = path.collect(.steps(20), .mode, parameters: policy.parameters)
      let plain = PlainPath(
        environment, policy, count: 3, seed: 61, policySeed: 62, isSampled: false)
      expectEqual(rollout, plain.collect(.steps(20)))
      #expect(path.streamPositions == before)
    }
    check(Self.kinds[kind])
  }

  /// The policy sees (x − shift) · factor within ±bound, and the batch keeps that; rewards and
  /// dynamics know nothing of it.
  @Test("Scaled observations are what the policy sees and the batch keeps, beside what they were")
  func scaling() {
    let environment = Pendulum(timeLimit: 7)
    let policy = Self.policy(for: environment)
    let scaling = ObservationScaling(shift: [0.5, 0, -1], factor: [3, 0.5, 2], bound: 1.25)
    let (path, _) = Self.collector(environment, policy, count: 3)
    let rollout = path.collect(.steps(20), parameters: policy.parameters, scaling: scaling)
    var isClipped = false
    for index in rollout.observations.indices {
      let scaled =
        (rollout.rawObservations[index] - scaling.shift[index % 3]) * scaling.factor[index % 3]
      #expect(rollout.observations[index] == min(max(scaled, -1.25), 1.25))
      isClipped = isClipped || abs(scaled) > 1.25
    }
    #expect(isClipped)
    for row in 0..<rollout.rows {
      let raw = rollout.rawObservations[(3 * row)..<(3 * row + 3)]
      #expect(abs(raw[3 * row] * raw[3 * row] + raw[3 * row + 1] * raw[3 * row + 1] - 1) < 1e-15)
    }
    // What was seen last is scaled as well: with a factor of 0 nothing is seen.
    let blind = ObservationScaling(shift: [0, 0, 0], factor: [0, 0, 0])
    let dark = path.collect(.steps(8), parameters: policy.parameters, scaling: blind)
    #expect(dark.observations.allSatisfy { $0 == 0 } && dark.finalObservations.count >= 9)
    #expect(dark.finalObservations.allSatisfy { $0 == 0 })
  }

  @Test("What is not a number is not clipped away")
  func notANumber() {
    let scaling = ObservationScaling(shift: [0, 0], factor: [1, 1], bound: 2)
    let seen = ObservationScaling.rows(scaling, of: [.nan, 9], width: 2)
    #expect(seen[0].isNaN && seen[1] == 2)
  }
}

import MonotoneFiles
import MonotoneProbability
import MDPCore
import Testing

@testable import NeuralTRPO

@Suite("Environments side by side")
struct EnvironmentVectorTests {
  /// What an environment shows and gives, step by step.
  struct Record: Equatable {
    var observation: [Double]
    var reward: Double
    var end: StepEnd
    /// What was seen last, of an episode that ended.
    var last: [Double]
  }

  /// Environments with episodes that terminate, that are truncated, and both.
  static let kinds: [any Environment] = [
    CartPole(timeLimit: 13), Pendulum(timeLimit: 7),
    Models.sampled("racing", timeLimit: 5), Models.sampled("frozen-lake-4x4", timeLimit: nil),
  ]

  /// The action of environment `index` at a time: whatever, as long as it depends on nothing else.
  static func action(_ index: Int, _ time: Int, _ space: ActionSpace) -> Double {
    var random = RandomStream(seed: 45, stream: UInt64(1000 * index + time))
    return switch space {
    case .discrete(let choices): Double(random.integer(below: choices[0]))
    case .box(let low, let high): low[0] + (high[0] - low[0]) * 2 * (random.uniform() - 0.25)
    }
  }

  /// One environment followed by itself, straight from the protocol.
  static func alone<E: Environment>(
    _ environment: E, _ index: Int, seed: UInt64, steps: Int
  ) -> [Record] {
    var stream = RandomStream(seed: seed, stream: UInt64(index))
    var state = environment.start(&stream)
    var time = 0
    func seen(_ state: E.State) -> [Double] {
      var row = [Double](repeating: 0, count: environment.observationWidth)
      environment.observe(state, into: &row)
      return row
    }
    return (0..<steps).map { step in
      let observation = seen(state)
      let result = environment.step(
        &state, [action(index, step, environment.actionSpace)], &stream)
      time += 1
      var record = Record(observation: observation, reward: result.reward, end: .none, last: [])
      if result.isTerminal {
        record.end = .terminated
      } else if let limit = environment.timeLimit, time == limit {
        record.end = .truncated
      }
      if record.end != .none {
        record.last = seen(state)
        state = environment.start(&stream)
        time = 0
      }
      return record
    }
  }

  /// The same of environments side by side; `first` is the number of the first.
  static func together(
    _ vector: any VectorEnvironment, first: Int = 0, from start: Int = 0, steps: Int
  ) -> [[Record]] {
    let width = vector.observationWidth
    func row(_ rows: UnsafeMutablePointer<Double>, _ index: Int) -> [Double] {
      Array(UnsafeBufferPointer(start: rows + index * width, count: width))
    }
    var records = [[Record]](repeating: [], count: vector.steps.count)
    for step in start..<(start + steps) {
      for index in records.indices {
        vector.steps.actions[index] = action(first + index, step, vector.actionSpace)
        records[index].append(
          Record(
            observation: row(vector.steps.observations, index), reward: 0, end: .none, last: []))
      }
      vector.step()
      for index in records.indices {
        let end = vector.steps.ends[index]
        records[index][records[index].count - 1].reward = vector.steps.rewards[index]
        records[index][records[index].count - 1].end = end
        if end != .none {
          records[index][records[index].count - 1].last = row(vector.steps.finalObservations, index)
        }
      }
    }
    return records
  }

  /// To the bit: what an environment does depends on its own stream and actions alone, and the first
  /// of an episode comes with the last of the one before.
  @Test(
    "Environments do what they do alone, however many and on however many threads", arguments: 0..<4
  )
  func independence(kind: Int) {
    func check<E: Environment>(_ environment: E) {
      let alone = (0..<6).map { Self.alone(environment, $0, seed: 46, steps: 60) }
      let ends = alone.joined().map(\.end)
      #expect(ends.contains(.terminated) == (kind != 1))
      #expect(ends.contains(.truncated) == (kind != 3))
      for threads in [1, 2, 4, 6, 9] {
        let vectors = EnvironmentCatalogue.make(environment, count: 6, threads: threads, seed: 46)
        #expect(vectors.count == min(threads, 6))
        var first = 0
        for vector in vectors {
          let records = Self.together(vector, first: first, steps: 60)
          #expect(records == Array(alone[first..<(first + vector.steps.count)]))
          first += vector.steps.count
        }
        #expect(first == 6)
      }
    }
    check(Self.kinds[kind])
  }

  /// To the bit, from the middle of episodes.
  @Test("Environments go on from where they were saved", arguments: 0..<4)
  func restoration(kind: Int) throws {
    func check(_ environment: some Environment) throws {
      let vector = EnvironmentVector(environment, count: 5, seed: 47, firstStream: 3)
      _ = Self.together(vector, steps: 17)
      let saved = vector.saved
      let times = vector.times
      let expected = Self.together(vector, from: 17, steps: 40)
      let finished = vector.steps.finished
      let other = EnvironmentVector(environment, count: 5, seed: 47, firstStream: 3)
      _ = Self.together(other, steps: 4)
      try other.restore(saved)
      #expect(other.saved == saved && other.times == times && other.steps.finished.isEmpty)
      #expect(Self.together(other, from: 17, steps: 40) == expected)
      // Totals and lengths go on too.
      #expect(other.steps.finished == Array(finished.suffix(other.steps.finished.count)))
      #expect(other.saved == vector.saved)
    }
    try check(Self.kinds[kind])
  }

  @Test("Episodes are told with their rewards and lengths, those under way when they end")
  func finished() {
    for environment in Self.kinds {
      let vector = EnvironmentCatalogue.make(environment, count: 4, seed: 48)[0]
      let records = Self.together(vector, steps: 50)
      var expected: [Episode] = []
      for step in 0..<50 {
        for index in 0..<4 where records[index][step].end != .none {
          let begin = (0..<step).last { records[index][$0].end != .none }.map { $0 + 1 } ?? 0
          let rewards = records[index][begin...step].map(\.reward)
          expected.append(Episode(totalReward: rewards.reduce(0, +), length: rewards.count))
        }
      }
      #expect(vector.steps.finished == expected)
    }
  }

  @Test("To restart is to begin episodes from the streams as they stand")
  func restart() {
    let vector = EnvironmentVector(CartPole(), count: 2, seed: 49)
    _ = Self.together(vector, steps: 3)
    vector.restart()
    #expect(vector.times == [0, 0])
    for index in 0..<2 {
      var stream = RandomStream(seed: 49, stream: UInt64(index))
      _ = CartPole().start(&stream)
      #expect(vector.saved[index].state == CartPole().start(&stream).numbers)
    }
  }

  @Test("Environments that rest stay as they are")
  func resting() {
    let vector = EnvironmentVector(Models.sampled("racing", timeLimit: 5), count: 3, seed: 50)
    vector.steps.isResting[1] = true
    let before = vector.saved
    _ = Self.together(vector, steps: 20)
    #expect(vector.saved[1] == before[1])
    #expect(vector.saved[0].streamPosition >= before[0].streamPosition + 20)
    vector.steps.isResting[1] = false
    let alone = Self.alone(Models.sampled("racing", timeLimit: 5), 1, seed: 50, steps: 1)
    #expect(Self.together(vector, steps: 1)[1] == alone)
  }

  @Test("Catalogue: names, limits, shares")
  func catalog() throws {
    for name in EnvironmentCatalogue.names {
      let vectors = try #require(EnvironmentCatalogue.make(name, count: 5, threads: 2, seed: 1))
      #expect(vectors.map(\.steps.count) == [3, 2] && vectors.allSatisfy { $0.id == name })
    }
    #expect(EnvironmentCatalogue.make("Hopper-v5", count: 1, seed: 1) == nil)
    let short = try #require(
      EnvironmentCatalogue.make("Pendulum-v1", count: 1, seed: 1, timeLimit: 3))
    #expect(Self.together(short[0], steps: 3)[0].map(\.end) == [.none, .none, .truncated])
  }

  /// Each says which environment and what of it.
  @Test("Saved environments that make no sense are refused")
  func faults() throws {
    func refuses(_ environment: some Environment, _ saved: SavedEnvironment) {
      let vector = EnvironmentVector(environment, count: 1, seed: 1)
      let before = vector.saved
      #expect(throws: SavedEnvironment.Fault.self) { try vector.restore([saved]) }
      #expect(vector.saved == before)
    }
    func saved(_ state: [Double], time: Int = 0, total: Double = 0) -> SavedEnvironment {
      SavedEnvironment(state: state, time: time, totalReward: total, streamPosition: 0)
    }
    for state in [
      [], [0, 0, 0], [0, 0, 0, 0, 0], [.nan, 0, 0, 0], [0, .infinity, 0, 0], [2.5, 0, 0, 0],
      [0, 0, -0.3, 0], [0, 0, .nan, 0], [0, 0, 0, .nan],
    ] as [[Double]] { refuses(CartPole(), saved(state)) }
    for state in [[0], [.nan, 0], [.infinity, 0], [0, 8.1], [0, .nan], [0, 0, 0]] as [[Double]] {
      refuses(Pendulum(), saved(state))
    }
    // "overheated", the third of racing's states, is terminal.
    for state in [[], [0.5], [-1], [2], [3], [1e300], [.nan], [0, 0]] as [[Double]] {
      refuses(Models.sampled("racing", timeLimit: 5), saved(state))
    }
    refuses(CartPole(timeLimit: 9), saved([0, 0, 0, 0], time: -1))
    refuses(CartPole(timeLimit: 9), saved([0, 0, 0, 0], time: 9))
    refuses(CartPole(), saved([0, 0, 0, 0], total: .nan))
    let vector = EnvironmentVector(CartPole(), count: 2, seed: 1)
    #expect(throws: SavedEnvironment.Fault.self) { try vector.restore([saved([0, 0, 0, 0])]) }
    do {
      try vector.restore([saved([0, 0, 0, 0]), saved([3, 0, 0, 0])])
    } catch {
      #expect("\(error)" == "environment 1: [3.0, 0.0, 0.0, 0.0] is no state of CartPole-v1")
    }
  }
}

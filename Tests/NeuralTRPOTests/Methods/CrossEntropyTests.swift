import MonotoneProbability
import TestSupport
import Testing

@testable import NeuralTRPO

@Suite("The cross-entropy method")
struct CrossEntropyTests {
  /// One step, worth −(a − 2)²: of a policy with no chance to speak of a function of its parameters.
  struct Parabola: Environment {
    struct State: EnvironmentState {
      var numbers: [Double] { [0] }
      init() {}
      init?(numbers: [Double]) {
        guard numbers == [0] else { return nil }
      }
    }

    let id = "Parabola"
    let observationWidth = 1
    let actionSpace = ActionSpace.box(low: [-1e3], high: [1e3])
    let timeLimit: Int? = 10

    func isValid(_ state: State) -> Bool { true }
    func start(_ stream: inout RandomStream) -> State { State() }
    func observe(_ state: State, into observation: UnsafeMutablePointer<Double>) {
      observation[0] = 0.5
    }
    func step(
      _ state: inout State, _ action: UnsafePointer<Double>, _ stream: inout RandomStream
    ) -> Step {
      Step(reward: -(action[0] - 2) * (action[0] - 2), isTerminal: true)
    }
  }

  static func configuration(
    _ change: (inout TrainingConfiguration) -> Void = { _ in }
  ) -> TrainingConfiguration {
    var configuration = TrainingConfiguration()
    configuration.method = .crossEntropy
    configuration.hidden = []
    configuration.critic = .none
    configuration.learnsDeviation = false
    configuration.deviation = 1e-6
    configuration.population = 20
    configuration.eliteShare = 0.25
    configuration.steps = 1_000_000
    change(&configuration)
    return configuration
  }

  @Test("An elite is the best, the earlier of equals, and at least one")
  func elite() {
    typealias Search = CrossEntropySearch<Double>
    #expect(Search.elite(of: [1, 5, 3, 5, -2], share: 0.6) == [1, 3, 2])
    #expect(Search.elite(of: [1, 5, 3, 5, -2], share: 0.5) == [1, 3, 2])
    #expect(Search.elite(of: [1, 5, 3], share: 1) == [1, 2, 0])
    #expect(Search.elite(of: [0, 0, 0], share: 0.01) == [0])
  }

  /// Of 1, 2 and 6 the mean is 3 and the variance 14/3; of −1, −1 and 5 they are 1 and 8.
  @Test("A distribution is the elite's mean and deviation, and noise that falls to nothing")
  func fit() {
    for (generation, share) in [(1, 0.98), (25, 0.5), (50, 0), (51, 0)] {
      var search = CrossEntropySearch<Double>(2, deviation: 7)
      let mean = search.fit(
        to: [[1, -1], [2, -1], [6, 5]], noise: 3, generation: generation)
      #expect(mean == [3, 1])
      #expect(abs(search.deviations[0] - (14.0 / 3 + 9 * share).squareRoot()) < 1e-14)
      #expect(abs(search.deviations[1] - (8 + 9 * share).squareRoot()) < 1e-14)
    }
  }

  /// Members are normal: the mean of 4,000 coordinates is within 5 of its standard errors, and so is that of
  /// their squares, whose deviation is √2; each fails once in a million seeds.
  @Test("Members are drawn with the mean and deviations, each from a stream of its own")
  func members() {
    let search = CrossEntropySearch<Double>(4_000, deviation: 3)
    let mean = [Double](repeating: 10, count: 4_000)
    let one = search.member(4, generation: 2, around: mean, seed: 5)
    let normal = one.map { ($0 - 10) / 3 }
    let count = 4_000.0
    #expect(abs(normal.reduce(0, +)) < 5 * count.squareRoot())
    #expect(abs(normal.reduce(-count) { $0 + $1 * $1 }) < 5 * (2 * count).squareRoot())
    for other in [
      search.member(5, generation: 2, around: mean, seed: 5),
      search.member(4, generation: 3, around: mean, seed: 5),
      search.member(4, generation: 2, around: mean, seed: 6),
    ] {
      let products = zip(normal, other).reduce(0) { $0 + $1.0 * ($1.1 - 10) / 3 }
      #expect(abs(products) < 5 * count.squareRoot())
    }
    #expect(search.member(4, generation: 2, around: mean, seed: 5) == one)
  }

  /// Returns to 1e-5 are known from the parameters: a member's action is w/2 + b.
  @Test("A generation moves to its elite's mean")
  func generation() throws {
    let configuration = Self.configuration { $0.parameterNoise = 0.5 }
    let trainer = Trainer<Double>(configuration, in: Parabola())
    for number in 1...8 {
      let (mean, search) = (trainer.parameters, try #require(trainer.search))
      let members = (0..<20).map {
        search.member($0, generation: number, around: mean, seed: 0)
      }
      func distance(_ member: [Double]) -> Double { abs(member[0] / 2 + member[1] - 2) }
      let elite = members.sorted { distance($0) < distance($1) }.prefix(5)
      let record = try trainer.advance()
      let after = try #require(trainer.search)
      for index in 0..<2 {
        let center = elite.reduce(0) { $0 + $1[index] } / 5
        let variance = elite.reduce(0) { $0 + ($1[index] - center) * ($1[index] - center) } / 5
        let noise = 0.25 * (1 - Double(number) / 50)
        #expect(abs(trainer.parameters[index] - center) < 1e-12)
        #expect(abs(after.deviations[index] - (variance + noise).squareRoot()) < 1e-12)
      }
      let best = try #require(elite.map(distance).min())
      let generation = try #require(record.generation)
      #expect(abs(generation.bestReturn + best * best) < 1e-4)
      #expect(record.steps == 20 * number && record.episodes == 20 * number)
      #expect(record.update == nil && record.entropy == nil)
    }
    #expect(abs(trainer.parameters[0] / 2 + trainer.parameters[1] - 2) < 0.5)
  }

  @Test("Equal members earn the same by common random numbers, other each generation")
  func commonRandomNumbers() throws {
    let trainer = Corridor().trainer(
      Corridor.configuration {
        $0.method = .crossEntropy
        $0.critic = .none
        $0.population = 6
        // The mean of all is the best only where all are equal.
        $0.eliteShare = 1
        $0.parameterDeviation = 1e-12
        $0.environments = 4
      })
    var returns: Set<Double> = []
    for _ in 0..<6 {
      let generation = try #require(try trainer.advance().generation)
      #expect(generation.bestReturn == generation.eliteReturn)
      returns.insert(generation.bestReturn)
    }
    #expect(returns.count > 1)
    // Each member plays an episode in every environment.
    #expect(trainer.episodes == 6 * 6 * 4)
  }

  @Test("Threads change nothing")
  func threads() throws {
    let trainers = [1, 2, 3].map { threads in
      Corridor().trainer(
        Corridor.configuration {
          $0.method = .crossEntropy
          $0.population = 5
          $0.threads = threads
          $0.normalizesObservations = true
        })
    }
    for trainer in trainers {
      for _ in 0..<3 { _ = try trainer.advance() }
      #expect(trainer.parameters == trainers[0].parameters)
      #expect(trainer.steps == trainers[0].steps)
    }
  }
}

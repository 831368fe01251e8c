import MonotoneFiles
import MonotoneProbability
import MDPCore
import NeuralTRPO
import Testing

@testable import MDPTesting

/// The conformance suites pass what is right and catch what is wrong.
@Suite("Conformance")
struct ConformanceTests {
  /// Samples a model, with a fault if one is chosen.
  private struct Sampler: FiniteEnvironment {
    enum Fault: CaseIterable {
      case none, paysNothing, neverEnds, forgetsSeed, evenOdds
    }

    let model: TabularModel
    let fault: Fault
    var stream = RandomStream(seed: 0)
    var state = 0
    nonisolated(unsafe) static var resets: UInt64 = 0

    mutating func reset(seed: UInt64) -> Int {
      Self.resets += 1
      stream = RandomStream(seed: fault == .forgetsSeed ? Self.resets : seed)
      state = choose(model.initial)
      return state
    }

    mutating func step(_ action: Int) -> FiniteStep {
      let row = model.transitions[state][action]
      let reward = model.rewards[state][action]
      state = choose(fault == .evenOdds ? row.map { $0 > 0 ? 1 : 0 } : row)
      return FiniteStep(
        next: state, reward: fault == .paysNothing ? 0 : reward,
        isTerminal: fault != .neverEnds && model.isTerminal(state))
    }

    private mutating func choose(_ weights: [Double]) -> Int {
      var rest = stream.uniform() * weights.reduce(0, +)
      var last = 0
      for (outcome, weight) in weights.enumerated() where weight > 0 {
        last = outcome
        rest -= weight
        if rest < 0 { break }
      }
      return last
    }
  }

  private func failure(_ body: () throws(PropertyFailure) -> Void) -> PropertyFailure? {
    do throws(PropertyFailure) {
      try body()
      return nil
    } catch {
      return error
    }
  }

  @Test("An environment that samples its model passes, one with a fault does not")
  func environments() {
    var models = ModelConfiguration()
    models.states = 2...4
    models.actions = 1...2
    models.rewards = [.whole, .sparse, .state]
    for fault in Sampler.Fault.allCases {
      let failure = failure { () throws(PropertyFailure) in
        try checkEnvironment("sampler", matches: models, count: 15, steps: 1500) {
          Sampler(model: $0, fault: fault)
        }
      }
      #expect((failure == nil) == (fault == .none), "\(fault): \(failure?.description ?? "passed")")
      if let failure {
        let states = failure.shrunkInput.split(separator: " ").dropFirst().first.flatMap { Int($0) }
        #expect(states.map { $0 <= 3 } == true, "\(failure)")
      }
    }
  }

  /// The environment that training samples models with, one step at a time.
  private struct TrainingEnvironment: FiniteEnvironment {
    let environment: SampledMDP
    var stream = RandomStream(seed: 0)
    var state = SampledMDP.State(index: 0)

    init(_ document: MDPDocument) throws {
      environment = SampledMDP(try FloatMDP(document), timeLimit: nil)
    }

    mutating func reset(seed: UInt64) -> Int {
      stream = RandomStream(seed: seed)
      state = environment.start(&stream)
      return state.index
    }

    mutating func step(_ action: Int) -> FiniteStep {
      let space = environment.model.space
      let choice = Double(space.pairAction[space.pairStart[state.index] + action])
      let step = withUnsafePointer(to: choice) { environment.step(&state, $0, &stream) }
      return FiniteStep(next: state.index, reward: step.reward, isTerminal: step.isTerminal)
    }
  }

  @Test("The environments of training sample the models that they are made of")
  func training() throws {
    var models = ModelConfiguration()
    models.states = 2...5
    var convention = EnvironmentConvention()
    convention.paysExpectedReward = true
    convention.startsAlive = true
    try checkEnvironment(
      "SampledMDP", matches: models, count: 25, steps: 1500, convention: convention
    ) { try TrainingEnvironment($0.document) }
  }

  /// Generalised advantage estimation, with or without a fault.
  private func gae(_ run: AdvantageRun, lambda: Double, forgetsBootstrap: Bool = false) -> [Double]
  {
    var estimates = run.rewards
    var next = 0.0
    for step in run.rewards.indices.reversed() {
      let isLast = step == run.rewards.count - 1
      let future = isLast && forgetsBootstrap ? 0 : run.values[step + 1]
      let error = run.rewards[step] + run.discount * future - run.values[step]
      next = error + run.discount * lambda * next
      estimates[step] = next
    }
    return estimates
  }

  @Test("Advantage estimation is unbiased for every λ; without its bootstrap it is not")
  func estimators() {
    for lambda in [0, 0.9, 1] {
      let failure = failure { () throws(PropertyFailure) in
        try checkAdvantageEstimator("gae", count: 10, runs: 150) { gae($0, lambda: lambda) }
      }
      #expect(failure == nil, "λ = \(lambda): \(failure?.description ?? "")")
    }
    let biased = failure { () throws(PropertyFailure) in
      try checkAdvantageEstimator("biased", count: 10, runs: 150) {
        gae($0, lambda: 1, forgetsBootstrap: true)
      }
    }
    #expect(biased?.shrunkInput.contains("1 states, 1 actions") == true)
  }

  @Test("A rule that keeps its promises passes, one that breaks them does not")
  func rules() {
    var promises = RulePromises()
    promises.maxDivergence = 0.1
    let still = failure { () throws(PropertyFailure) in
      try checkPolicyImprovementRule("still", promises: promises, count: 40) { _, policy in policy }
    }
    #expect(still == nil, "\(still?.description ?? "")")
    let greedy = failure { () throws(PropertyFailure) in
      try checkPolicyImprovementRule("first", promises: promises, count: 40) { _, policy in
        policy.map { row in row.indices.map { $0 == 0 ? 1 : 0 } }
      }
    }
    #expect(
      greedy?.shrunkInput.contains("1 states, 2 actions") == true, "\(greedy?.description ?? "")")
    let short = failure { () throws(PropertyFailure) in
      try checkPolicyImprovementRule("short", promises: promises, count: 40) { _, policy in
        policy.map { $0.map { 0.9 * $0 } }
      }
    }
    #expect(
      short?.shrunkReason.hasSuffix("the row sums to 0.9") == true, "\(short?.description ?? "")")
  }
}

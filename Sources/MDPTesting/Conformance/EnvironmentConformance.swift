internal import MonotoneArithmetic
internal import MDPCore

/// An environment over the states of a finite model, as somebody else wrote it.
public protocol FiniteEnvironment {
  /// Starts an episode.
  ///
  /// - Returns: The first state, by number.
  mutating func reset(seed: UInt64) -> Int
  /// Moves on by an action, the k-th of those that the present state offers.
  mutating func step(_ action: Int) -> FiniteStep
}

/// The result of one step of a finite environment.
public struct FiniteStep: Sendable, Equatable {
  /// s'.
  public var next: Int
  /// r.
  public var reward: Double
  /// Whether the process ended.
  public var isTerminal: Bool

  /// A step to a state, with its reward, and whether that state is terminal.
  public init(next: Int, reward: Double, isTerminal: Bool) {
    self.next = next
    self.reward = reward
    self.isTerminal = isTerminal
  }
}

/// The conventions that differ between environments.
public struct EnvironmentConvention: Sendable {
  /// Whether a step pays r(s,a), the mean over next states, rather than r(s,a,s').
  public var paysExpectedReward = false
  /// Whether no episode starts in a terminal state: ρ₀ counts given that it is not.
  public var startsAlive = false

  /// The usual conventions.
  public init() {}
}

/// Checks that environments sample the models that they are made for.
///
/// On each model, episodes of random actions must start, move, reward and end as the model says: no
/// transition without probability, the reward of each transition exact to rounding, an end exactly at
/// terminal states, the same episode again under the same seed, and frequencies within Hoeffding's bound
/// of their probabilities.
///
/// - Parameters:
///   - name: What the environment is called.
///   - models: The models to make environments for.
///   - count: How many models.
///   - steps: How many steps on each.
///   - convention: How the environment starts and pays.
///   - configuration: Seed, replay, folder of regressions.
///   - falseAlarm: The probability that all of a correct environment's models pass is at least 1 less
///     this.
///   - make: An environment for a model.
/// - Throws: ``PropertyFailure`` with the model at which the environment fails, shrunk.
public func checkEnvironment<E: FiniteEnvironment>(
  _ name: String, matches models: ModelConfiguration = .init(), count: Int = 50,
  steps: Int = 4000, convention: EnvironmentConvention = .init(),
  configuration: PropertyConfiguration = .init(fixedSeed: 1),
  falseAlarm: Double = 1e-9, _ make: (TabularModel) throws -> E
) throws(PropertyFailure) {
  try propertyCheck(name, count: count, input: Gen.mdp(models), configuration: configuration) {
    document in
    let model = try TabularModel(document)
    let check = EnvironmentCheck(
      model: model, steps: steps, convention: convention, falseAlarm: falseAlarm / Double(count))
    // Nothing ever happens in a model that is over before it begins.
    guard check.start.contains(where: { $0 > 0 }) else { return }
    try check.run(try make(model))
  }
}

/// The episodes of one environment against one model.
private struct EnvironmentCheck {
  let model: TabularModel
  let steps: Int
  let convention: EnvironmentConvention
  let falseAlarm: Double

  /// Where episodes start.
  var start: [Double] {
    guard convention.startsAlive else { return model.initial }
    let live = model.initial.indices.map { model.isTerminal($0) ? 0 : model.initial[$0] }
    let total = live.reduce(0, +)
    return total > 0 ? live.map { $0 / total } : live
  }

  func run<E: FiniteEnvironment>(_ made: E) throws(Broken) {
    var environment = made
    var replay = made
    let count = model.initial.count
    var starts = [Int](repeating: 0, count: count)
    var moves = model.transitions.map { $0.map { [Int](repeating: 0, count: $0.count) } }
    var done = 0
    var episode: UInt64 = 0
    while done < steps {
      var state = environment.reset(seed: episode)
      guard replay.reset(seed: episode) == state else {
        throw Broken(description: "the same seed starts in another state")
      }
      guard (0..<count).contains(state) else {
        throw Broken(description: "state \(state) of \(count)")
      }
      starts[state] += 1
      done += 1
      // Short episodes, so that starts are seen as often as anything.
      for time in 0..<8 where !model.isTerminal(state) {
        let action =
          Int(truncatingIfNeeded: episode &* 31 &+ UInt64(time) &* 17)
          % model.transitions[state].count
        let step = environment.step(action)
        guard replay.step(action) == step else {
          throw Broken(description: "the same seed takes another step")
        }
        try check(step, state, action)
        moves[state][action][step.next] += 1
        done += 1
        state = step.next
      }
      episode += 1
    }
    try compare(starts, start, "starts")
    for state in moves.indices {
      for action in moves[state].indices {
        try compare(
          moves[state][action], model.transitions[state][action],
          "moves from state \(state) by action \(action)")
      }
    }
  }

  private func check(_ step: FiniteStep, _ state: Int, _ action: Int) throws(Broken) {
    let row = model.transitions[state][action]
    guard row.indices.contains(step.next), row[step.next] > 0 else {
      throw Broken(
        description: "action \(action) in state \(state) leads to \(step.next), which is impossible"
      )
    }
    guard step.isTerminal == model.isTerminal(step.next) else {
      throw Broken(
        description: "the process \(step.isTerminal ? "ends" : "goes on") in state \(step.next)")
    }
    let expected = reward(state, action, step.next)
    guard abs(step.reward - expected) <= 1e-9 * max(1, abs(expected)) else {
      throw Broken(
        description: """
          action \(action) in state \(state) pays \(step.reward) on the way to \(step.next), not \
          \(expected)
          """)
    }
  }

  /// r(s,a,s').
  private func reward(_ state: Int, _ action: Int, _ next: Int) -> Double {
    guard !convention.paysExpectedReward else { return model.rewards[state][action] }
    let document = model.document
    let pair = document.space.pairStart[state] + action
    var reward = 0.0
    if !document.stateRewards.isEmpty { reward += document.stateRewards[state].approximation }
    if !document.actionRewards.isEmpty { reward += document.actionRewards[pair].approximation }
    let table = document.transitions
    if !document.transitionRewards.isEmpty,
      let entry = (table.rowStart[pair]..<table.rowStart[pair + 1]).first(where: {
        Int(table.nextState[$0]) == next
      })
    {
      reward += document.transitionRewards[entry].approximation
    }
    return reward
  }

  /// Hoeffding: |p̂ − p| exceeds √(ln(2/δ)/(2n)) with probability δ at most.
  private func compare(
    _ counts: [Int], _ probabilities: [Double], _ name: String
  ) throws(Broken) {
    let total = counts.reduce(0, +)
    guard total > 0 else { return }
    let tests = Double(model.initial.count * (1 + model.rewards.reduce(0) { $0 + $1.count }))
    let room = Double.logarithm(2 * tests / falseAlarm) / (2 * Double(total))
    for (outcome, probability) in probabilities.enumerated() {
      let frequency = Double(counts[outcome]) / Double(total)
      guard (frequency - probability) * (frequency - probability) <= room else {
        throw Broken(
          description: "\(name): \(frequency) of \(total) go to \(outcome), not \(probability)")
      }
    }
  }
}

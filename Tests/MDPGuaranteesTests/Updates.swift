import MonotoneArithmetic
import MDPGuarantees
import MDPCore
import MDPSolvers
import MDPTesting

/// Updates to test on: models and policies written in code.
enum Updates {
  /// The update in float64 with error bounds.
  static func tracked(
    _ document: MDPDocument, _ current: ExactPolicy, _ candidate: ExactPolicy
  ) throws -> PolicyUpdate<TrackedDouble> {
    let evaluator = PolicyEvaluator(document)
    return PolicyUpdate(
      current: try evaluator.evaluate(current), candidate: try evaluator.evaluate(candidate))
  }

  /// The update in rigorous balls.
  static func certified(
    _ document: MDPDocument, _ current: ExactPolicy, _ candidate: ExactPolicy
  ) throws -> PolicyUpdate<Ball> {
    let evaluator = PolicyEvaluator(document)
    return PolicyUpdate(
      current: try evaluator.refine(current), candidate: try evaluator.refine(candidate))
  }

  /// The update in rational numbers.
  static func exact(
    _ document: MDPDocument, _ current: ExactPolicy, _ candidate: ExactPolicy
  ) throws -> PolicyUpdate<Rational> {
    let evaluator = PolicyEvaluator(document)
    return PolicyUpdate(
      current: try evaluator.solveExactly(current), candidate: try evaluator.solveExactly(candidate)
    )
  }

  /// A model in which every pair leads to one state, starting in state 0.
  static func deterministic(
    next: [[Int]], rewards: [[Rational]], discount: Rational
  ) -> MDPDocument {
    let count = next.count
    let actions = next.first?.count ?? 0
    return MDPDocument(
      name: "deterministic", discount: ExactNumber(discount),
      space: StateActionSpace(
        states: Names(count: count), actions: Names(count: actions),
        isTerminal: [Bool](repeating: false, count: count),
        pairStart: (0...count).map { $0 * actions },
        pairAction: (0..<count * actions).map { Int32($0 % actions) }),
      initial: ExactNumberArray((0..<count).map { ExactNumber($0 == 0 ? 1 : 0) }),
      transitions: TransitionTable(
        rowStart: Array(0...count * actions), nextState: next.joined().map { Int32($0) },
        probability: ExactNumberArray((0..<count * actions).map { _ in ExactNumber(1) })),
      actionRewards: ExactNumberArray(rewards.joined().map { ExactNumber($0) }))
  }

  /// The policy with the same distribution in every state of a model with all actions available.
  static func constant(_ space: StateActionSpace, _ row: [Rational]) -> ExactPolicy {
    ExactPolicy(
      space: space, probabilities: space.states.indices.flatMap { _ in row })
  }

  /// A Garnet model.
  static func garnet(
    states: Int = 6, actions: Int = 3, branching: Int = 3, seed: Int, discount: String
  ) throws -> MDPDocument {
    Garnet.generate(
      GarnetConfiguration(
        states: states, actions: actions, branching: branching, seed: UInt64(seed),
        discount: try ExactNumber(parsing: discount),
        rewards: GarnetRewards.allCases[seed % GarnetRewards.allCases.count], resolution: 64))
  }

  /// The same model with its last state made terminal.
  static func ended(_ document: MDPDocument) -> MDPDocument {
    let space = document.space
    let last = space.stateCount - 1
    let pairs = 0..<space.pairStart[last]
    let entries = 0..<document.transitions.rowStart[pairs.upperBound]
    var ended = document
    ended.space = StateActionSpace(
      states: space.states, actions: space.actions,
      isTerminal: space.isTerminal.indices.map { $0 == last },
      pairStart: Array(space.pairStart[0...last]) + [pairs.upperBound],
      pairAction: Array(space.pairAction[pairs]))
    ended.transitions = TransitionTable(
      rowStart: Array(document.transitions.rowStart[0...pairs.upperBound]),
      nextState: Array(document.transitions.nextState[entries]),
      probability: ExactNumberArray(entries.map { document.transitions.probability[$0] }))
    if !document.actionRewards.isEmpty {
      ended.actionRewards = ExactNumberArray(pairs.map { document.actionRewards[$0] })
    }
    if !document.transitionRewards.isEmpty {
      ended.transitionRewards = ExactNumberArray(entries.map { document.transitionRewards[$0] })
    }
    if !document.stateRewards.isEmpty { ended.stateRewards[last] = ExactNumber(0) }
    return ended
  }
}

extension PolicyUpdate {
  /// The quantities without logarithms, by their names in goldens.
  var numbers: [String: Number] {
    var numbers: [String: Number] = [:]
    for quantity in UpdateQuantity.allCases {
      if case .number(let number) = self[quantity] { numbers[quantity.rawValue] = number }
    }
    return numbers
  }

  /// Those with logarithms.
  var reals: [String: Extended<Number.Real>] {
    var reals: [String: Extended<Number.Real>] = [:]
    for quantity in UpdateQuantity.allCases {
      if case .real(let real) = self[quantity] { reals[quantity.rawValue] = real }
    }
    return reals
  }
}

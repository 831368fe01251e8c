internal import MonotoneProbability

/// Draws the drafts of random models, without policies.
struct ModelDrawing {
  var configuration: ModelConfiguration
  var stream: RandomStream

  mutating func draw() -> ModelDraft {
    let kind = pick(configuration.kinds)
    let fewest = kind == .episodic ? 2 : 1
    let count = max(fewest, integer(configuration.states))
    let actions = integer(configuration.actions)
    let style = pick(configuration.rewards)
    var states = [ModelDraft.StateDraft](repeating: .init(), count: count)
    let terminals = kind == .episodic ? terminalStates(of: count) : []
    for state in 0..<count where !terminals.contains(state) {
      let available = kind == .unavailable ? subset(of: actions) : Array(0..<actions)
      let isTrap = kind == .trap && integer(0...2) == 0
      let stateReward = reward(style)
      for action in available {
        let next: Weights =
          isTrap
          ? .point(state, of: count)
          : self.next(kind, state: state, action: action, actions: actions, count: count)
        states[state].pairs.append(
          .init(
            action: action, next: next, reward: style == .state ? stateReward : reward(style),
            nextRewards: style == .next ? (0..<count).map { _ in reward(.whole) } : []))
      }
    }
    return ModelDraft(
      name: kind.rawValue, discount: pick(configuration.discounts).fraction,
      initial: start(count), states: states, policyMinimum: 0)
  }

  private mutating func terminalStates(of count: Int) -> Set<Int> {
    var terminals: Set = [count - 1]
    if count > 2, integer(0...1) == 0 { terminals.insert(integer(0...count - 1)) }
    return terminals
  }

  /// P(·|s,a).
  private mutating func next(
    _ kind: ModelKind, state: Int, action: Int, actions: Int, count: Int
  ) -> Weights {
    switch kind {
    case .garnet, .episodic, .unavailable, .trap:
      return spread(over: stream.subset(of: count, count: integer(1...min(3, count))), of: count)
    case .dense: return spread(over: Array(0..<count), of: count)
    case .deterministic: return .point(integer(0...count - 1), of: count)
    case .chain:
      let target = action % 2 == 0 ? max(state - 1, 0) : min(state + 1, count - 1)
      var weights = [Int](repeating: 0, count: count)
      weights[target] += 9
      weights[action % 3 == 2 ? 0 : state] += 1
      return Weights(weights)
    case .grid: return .point(gridStep(from: state, action: action, count: count), of: count)
    case .periodic:
      // Classes of states by remainder; a period of 2 or 3 as the size allows.
      let period = count % 3 == 0 ? 3 : count % 2 == 0 ? 2 : count
      let successors = (0..<count).filter { $0 % period == (state + 1) % period }
      return spread(over: successors, of: count)
    case .nearReducible:
      var weights = spread(over: Array(0..<count), of: count).values
      for other in 0..<count where (other < count / 2) == (state < count / 2) {
        weights[other] *= 10_000
      }
      return Weights(weights)
    }
  }

  private func gridStep(from state: Int, action: Int, count: Int) -> Int {
    let width = (1...count).first { $0 * $0 >= count } ?? 1
    let target =
      switch action % 4 {
      case 0: state % width == 0 ? state : state - 1
      case 1: state % width == width - 1 ? state : state + 1
      case 2: state - width
      default: state + width
      }
    return target >= 0 && target < count ? target : state
  }

  /// Random weights on some outcomes: small ones, even ones, or nearly all on one.
  private mutating func spread(over outcomes: [Int], of count: Int) -> Weights {
    var weights = [Int](repeating: 0, count: count)
    let style = integer(0...9)
    for outcome in outcomes {
      weights[outcome] = style == 0 ? 1 : style == 1 ? 1 : integer(1...9)
    }
    if style == 1 { weights[outcomes[integer(0...outcomes.count - 1)]] = 9_999 }
    return Weights(weights)
  }

  private mutating func start(_ count: Int) -> Weights {
    switch integer(0...2) {
    case 0: .point(integer(0...count - 1), of: count)
    case 1: .uniform(count)
    default: spread(over: Array(0..<count), of: count)
    }
  }

  private mutating func reward(_ style: RewardStyle) -> Fraction {
    switch style {
    case .whole, .state, .next: Fraction(integer(-3...3))
    case .tenths: Fraction(integer(-10...10), over: 10)
    case .sparse: integer(0...3) == 0 ? Fraction(integer(-1...1)) : .zero
    case .large: Fraction(1000 * integer(-9...9))
    }
  }

  private mutating func subset(of count: Int) -> [Int] {
    stream.subset(of: count, count: integer(1...count))
  }

  mutating func pick<T>(_ values: [T]) -> T { values[stream.integer(below: values.count)] }

  mutating func integer(_ range: ClosedRange<Int>) -> Int {
    range.lowerBound + stream.integer(below: range.count)
  }
}

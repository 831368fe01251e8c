public import Distributions
public import MDPCore

/// A finite MDP as an environment.
///
/// A step's reward is the model's r(s,a): where a file gives rewards by next state, their
/// expectation, which leaves every return's expectation as it is and only takes away noise. Entering
/// a terminal state terminates the episode. Where ρ₀ itself gives terminal states some weight, episodes
/// begin in the others: those that would be over before they begin are not played, and a mean over
/// episodes times ``liveStart`` is the mean over all.
///
/// An observation is the state, one-hot over all states, or a row of features.
public struct SampledMDP: Environment {
  /// A state by its index.
  public struct State: EnvironmentState {
    public var index: Int

    public init(index: Int) { self.index = index }

    public var numbers: [Double] { [Double(index)] }

    public init?(numbers: [Double]) {
      guard numbers.count == 1, let index = Int(exactly: numbers[0]) else { return nil }
      self.index = index
    }
  }

  /// The model.
  public let model: FloatMDP
  public let timeLimit: Int?
  /// One row a state; nil for one-hot.
  private let features: [[Double]]?
  /// The probability that an episode is not over before it begins.
  public let liveStart: Double
  private let initial: AliasTable
  /// By pair: where a step may lead.
  private let outcomes: [Outcomes]
  /// By state and action: the pair, or −1 where the action is unavailable.
  private let pairs: [Int32]
  private let actionCount: Int

  /// A pair's reward and next states.
  private struct Outcomes: Sendable {
    var reward: Double
    var states: [Int32]
    var table: AliasTable
  }

  /// A model to sample.
  ///
  /// - Precondition: some episode is not over before it begins.
  /// - Parameters:
  ///   - features: A row for each state; nil for one-hot observations.
  ///   - timeLimit: After how many steps an episode is truncated; nil for never.
  public init(_ model: FloatMDP, features: [[Double]]? = nil, timeLimit: Int?) {
    precondition(
      features.map { rows in
        rows.count == model.stateCount && Set(rows.map(\.count)).count == 1
      } ?? true, "\(features?.count ?? 0) rows of features for \(model.stateCount) states")
    let space = model.space
    self.model = model
    self.features = features
    self.timeLimit = timeLimit
    let live = model.initial.indices.map { space.isTerminal[$0] ? 0 : model.initial[$0] }
    initial = AliasTable(live)
    liveStart = live.reduce(0, +)
    actionCount = space.actions.count
    outcomes = (0..<space.pairCount).map { pair in
      let entries = model.transitions.rowStart[pair]..<model.transitions.rowStart[pair + 1]
      return Outcomes(
        reward: model.expectedReward[pair],
        states: Array(model.transitions.columns[entries]),
        table: AliasTable(Array(model.transitions.values[entries])))
    }
    var pairs = [Int32](repeating: -1, count: space.stateCount * space.actions.count)
    for state in 0..<space.stateCount {
      for pair in space.pairs(of: state) {
        pairs[state * space.actions.count + Int(space.pairAction[pair])] = Int32(pair)
      }
    }
    self.pairs = pairs
    hasUnavailableActions = space.liveStates.contains {
      space.pairs(of: $0).count < space.actions.count
    }
  }

  public let hasUnavailableActions: Bool
  public var id: String { model.name }
  public var observationWidth: Int { features?[0].count ?? model.stateCount }
  public var actionSpace: ActionSpace { .discrete(choices: [actionCount]) }

  public func isValid(_ state: State) -> Bool {
    model.space.isTerminal.indices.contains(state.index) && !model.space.isTerminal[state.index]
  }

  public func start(_ stream: inout RandomStream) -> State {
    State(index: initial.sample(&stream))
  }

  public func observe(_ state: State, into observation: UnsafeMutablePointer<Double>) {
    if let features {
      observation.update(from: features[state.index], count: features[state.index].count)
    } else {
      observation.update(repeating: 0, count: model.stateCount)
      observation[state.index] = 1
    }
  }

  public func availability(_ state: State, into mask: UnsafeMutablePointer<Bool>) {
    for action in 0..<actionCount {
      mask[action] = pairs[state.index * actionCount + action] >= 0
    }
  }

  public func step(
    _ state: inout State, _ action: UnsafePointer<Double>, _ stream: inout RandomStream
  ) -> Step {
    let choice = Int(action[0])
    precondition(choice >= 0 && choice < actionCount, "action \(choice) of \(actionCount)")
    let pair = pairs[state.index * actionCount + choice]
    precondition(
      pair >= 0,
      "action \(model.space.actions[choice]) in state \(model.space.states[state.index])")
    let next = outcomes[Int(pair)].table.sample(&stream)
    state.index = Int(outcomes[Int(pair)].states[next])
    return Step(
      reward: outcomes[Int(pair)].reward, isTerminal: model.space.isTerminal[state.index])
  }
}

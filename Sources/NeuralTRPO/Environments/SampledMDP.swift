public import MonotoneProbability
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
    /// The index in the order of the model's states.
    public var index: Int

    /// The state of an index.
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
  /// By state and action.
  private let pairs: [Pair]
  /// The alias tables of all pairs, one after the other.
  private let cells: [Cell]
  private let actionCount: Int

  /// A pair's reward, and where its table stands; without cells where the action is unavailable.
  private struct Pair: Sendable {
    var reward = 0.0
    var firstCell: Int32 = 0
    var cellCount: Int32 = 0
  }

  /// Where a step leads below a cell's threshold, and above it.
  private struct Cell: Sendable {
    var threshold: Double
    var state: Int32
    var alias: Int32
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
    var pairs = [Pair](repeating: Pair(), count: space.stateCount * space.actions.count)
    var cells: [Cell] = []
    for state in 0..<space.stateCount {
      for pair in space.pairs(of: state) {
        let entries = model.transitions.rowStart[pair]..<model.transitions.rowStart[pair + 1]
        let states = Array(model.transitions.columns[entries])
        let table = AliasTable(Array(model.transitions.values[entries]))
        pairs[state * space.actions.count + Int(space.pairAction[pair])] = Pair(
          reward: model.expectedReward[pair], firstCell: Int32(cells.count),
          cellCount: Int32(table.count))
        cells += states.indices.map {
          Cell(
            threshold: table.threshold[$0], state: states[$0], alias: states[Int(table.alias[$0])])
        }
      }
    }
    (self.pairs, self.cells) = (pairs, cells)
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
      mask[action] = pairs[state.index * actionCount + action].cellCount > 0
    }
  }

  public func step(
    _ state: inout State, _ action: UnsafePointer<Double>, _ stream: inout RandomStream
  ) -> Step {
    let choice = Int(action[0])
    precondition(choice >= 0 && choice < actionCount, "action \(choice) of \(actionCount)")
    let pair = pairs[state.index * actionCount + choice]
    precondition(
      pair.cellCount > 0,
      "action \(model.space.actions[choice]) in state \(model.space.states[state.index])")
    let (place, part) = AliasTable.place(among: Int(pair.cellCount), &stream)
    let cell = cells[Int(pair.firstCell) + place]
    state.index = Int(part < cell.threshold ? cell.state : cell.alias)
    return Step(reward: pair.reward, isTerminal: model.space.isTerminal[state.index])
  }
}

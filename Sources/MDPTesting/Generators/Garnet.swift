public import MonotoneArithmetic
internal import MonotoneProbability
public import MDPCore

/// The size and shape of a random Garnet model.
public struct GarnetConfiguration: Sendable, Equatable {
  /// |S|.
  public var states: Int
  /// |A|; every action is available in every state.
  public var actions: Int
  /// The number of next states of each pair.
  public var branching: Int
  /// The seed of all draws.
  public var seed: UInt64
  /// γ.
  public var discount: ExactNumber
  /// How rewards are drawn.
  public var rewards: GarnetRewards
  /// Probabilities and rewards are multiples of 1/resolution.
  public var resolution: Int

  /// A configuration; γ = 0.95 and rewards by state and action unless said otherwise.
  public init(
    states: Int, actions: Int, branching: Int, seed: UInt64,
    discount: ExactNumber = ExactNumber(numerator: 95, denominator: 100),
    rewards: GarnetRewards = .stateAction, resolution: Int = 1000
  ) {
    self.states = states
    self.actions = actions
    self.branching = branching
    self.seed = seed
    self.discount = discount
    self.rewards = rewards
    self.resolution = resolution
  }

  /// The most states, and the most actions.
  private static let largestCount = 10_000_000
  /// The most transitions: as files they take about 30 bytes each.
  private static let mostTransitions = 100_000_000
  /// Numerators and denominators of so many parts are machine integers that can be multiplied.
  private static let largestResolution = 1_000_000_000

  /// The faults of the configuration; empty if it is good.
  public var faults: [String] {
    var faults: [String] = []
    let count = Self.largestCount
    if states < 1 || states > count {
      faults.append("the number of states must lie in 1 ... \(count), not \(states)")
    }
    if actions < 1 || actions > count {
      faults.append("the number of actions must lie in 1 ... \(count), not \(actions)")
    }
    let transitions = [actions, max(branching, 1)].reduce((states, false)) { product, factor in
      let next = product.0.multipliedReportingOverflow(by: factor)
      return (next.partialValue, product.1 || next.overflow)
    }
    if faults.isEmpty, transitions.1 || transitions.0 > Self.mostTransitions {
      faults.append("a model has at most \(Self.mostTransitions) transitions; reduce its size")
    }
    if resolution > Self.largestResolution {
      faults.append("the resolution must be at most \(Self.largestResolution), not \(resolution)")
    }
    if branching < 1 || branching > states {
      faults.append("branching must lie in 1 ... \(states) (the states), not \(branching)")
    }
    if resolution < max(branching, 1) {
      faults.append("a resolution of \(resolution) cannot split into \(branching) positive parts")
    }
    if discount < ExactNumber(0) || discount >= ExactNumber(1) {
      faults.append("the discount must lie in [0, 1), not \(discount)")
    }
    return faults
  }
}

/// How the rewards of a Garnet model are drawn.
public enum GarnetRewards: String, Sendable, CaseIterable {
  /// r(s), uniform on [0, 1].
  case state
  /// r(s,a), uniform on [0, 1].
  case stateAction = "state-action"
  /// r(s,a,s'), uniform on [0, 1].
  case transition
  /// r(s) = 1 in one state of ten (at least one), 0 elsewhere.
  case sparse
}

/// Random models of a given size and branching, all numbers rational.
///
/// For each pair `branching` different next states are drawn, and the unit interval is cut at
/// branching − 1 different random points into their probabilities. The start is uniform.
///
/// Source: Archibald, McKinnon & Thomas, "On the generation of Markov decision processes", JORS
/// 46, 1995.
public enum Garnet {
  /// A model of a configuration: the same configuration, the same model.
  ///
  /// - Precondition: the configuration has no faults.
  public static func generate(_ configuration: GarnetConfiguration) -> MDPDocument {
    precondition(configuration.faults.isEmpty, configuration.faults.joined(separator: "; "))
    let (states, actions) = (configuration.states, configuration.actions)
    // Transitions and rewards draw from streams of their own, so that the kind of reward does
    // not change the kernel.
    var kernel = RandomStream(seed: configuration.seed, stream: 0)
    var rewards = RandomStream(seed: configuration.seed, stream: 1)

    var table = TransitionTable()
    for _ in 0..<states * actions {
      let next = kernel.subset(of: states, count: configuration.branching)
      let cuts =
        kernel.subset(of: configuration.resolution - 1, count: configuration.branching - 1)
        .map { $0 + 1 } + [configuration.resolution]
      var previous = 0
      for (state, cut) in zip(next, cuts) {
        table.nextState.append(Int32(state))
        table.probability.append(
          ExactNumber(numerator: cut - previous, denominator: configuration.resolution))
        previous = cut
      }
      table.rowStart.append(table.nextState.count)
    }
    func draws(_ count: Int) -> ExactNumberArray {
      ExactNumberArray(
        (0..<count).map { _ in
          ExactNumber(
            numerator: rewards.integer(below: configuration.resolution + 1),
            denominator: configuration.resolution)
        })
    }
    var document = MDPDocument(
      name: "garnet-\(states)-\(actions)-\(configuration.branching)-\(configuration.seed)",
      description:
        "Random model: \(states) states, \(actions) actions, \(configuration.branching) next "
        + "states a pair, \(configuration.rewards.rawValue) rewards, seed \(configuration.seed).",
      source: "Archibald, McKinnon & Thomas 1995; generated by monotone",
      discount: configuration.discount,
      space: StateActionSpace(
        states: Names(count: states), actions: Names(count: actions),
        isTerminal: [Bool](repeating: false, count: states),
        pairStart: (0...states).map { $0 * actions },
        pairAction: (0..<states * actions).map { Int32($0 % actions) }),
      initial: ExactNumberArray(
        (0..<states).map { _ in ExactNumber(numerator: 1, denominator: states) }),
      transitions: table)
    switch configuration.rewards {
    case .state: document.stateRewards = draws(states)
    case .stateAction: document.actionRewards = draws(states * actions)
    case .transition: document.transitionRewards = draws(table.nextState.count)
    case .sparse:
      let rewarded = Set(rewards.subset(of: states, count: max(1, states / 10)))
      document.stateRewards = ExactNumberArray(
        (0..<states).map { ExactNumber(rewarded.contains($0) ? 1 : 0) })
    }
    return document
  }
}

public import MonotoneProbability

/// A pole on a cart that is pushed by a force of any strength: `CartPole-paper`, for the experiments of Schulman
/// et al. 2015.
///
/// There a linear policy with six parameters balances the pole: four weights, a bias and a log deviation, hence one
/// continuous action. For masses, lengths and limits the paper refers to Barto, Sutton & Anderson 1983, whose force
/// has only two values; how it is made continuous, the reward, the start and the length of an episode are not
/// published. Here the action is the force in newtons, clipped to the ±10 of 1983; everything else is that of
/// ``CartPole``: reward 1 a step, 500 steps at most.
///
/// Source: Schulman et al. 2015, section 8.1; Barto, Sutton & Anderson 1983.
public struct PaperCartPole: Environment {
  public typealias State = CartPole.State

  private let discrete: CartPole

  public var timeLimit: Int?

  /// The environment.
  ///
  /// - Parameter timeLimit: After how many steps an episode is truncated; 500 unless given.
  public init(timeLimit: Int? = nil) {
    discrete = CartPole(timeLimit: timeLimit)
    self.timeLimit = discrete.timeLimit
  }

  static let kind = EnvironmentKind(
    "CartPole-paper", "a pole on a cart that is pushed by a force, for Schulman et al. 2015"
  ) {
    PaperCartPole(timeLimit: $0)
  }

  public var id: String { "CartPole-paper" }
  public var observationWidth: Int { discrete.observationWidth }
  public var actionSpace: ActionSpace { .box(low: [-CartPole.force], high: [CartPole.force]) }

  public func isValid(_ state: State) -> Bool { discrete.isValid(state) }

  public func start(_ stream: inout RandomStream) -> State { discrete.start(&stream) }

  public func observe(_ state: State, into observation: UnsafeMutablePointer<Double>) {
    discrete.observe(state, into: observation)
  }

  public func step(
    _ state: inout State, _ action: UnsafePointer<Double>, _ stream: inout RandomStream
  ) -> Step {
    CartPole.move(&state, force: min(max(action[0], -CartPole.force), CartPole.force))
    return Step(reward: 1, isTerminal: !CartPole.stands(state))
  }
}

public import MonotoneProbability

/// An environment in the sense of Gymnasium, as a function of state, action and chance.
///
/// A state is a value: to copy it is to save the environment, to assign it is to restore it. Branching
/// off a state, as `vine` does, stepping many at once and saving a run therefore need nothing of an
/// environment but this.
///
/// `step` says only whether the process itself ended (*terminated*: the value beyond is 0). A time
/// limit *truncates*, which says nothing about the value beyond; whoever counts the steps sees to it.
///
/// The last two requirements are loops over many environments. Their default implementations are
/// requirements so that each environment gets machine code of its own.
public protocol Environment: Sendable {
  /// Everything that the future depends on.
  associatedtype State: EnvironmentState

  /// The name of the environment: `CartPole-v1`, or the model's name.
  var id: String { get }
  /// How many numbers make an observation.
  var observationWidth: Int { get }
  /// The shape of an observation that is an image; nil for any other.
  var image: ImageShape? { get }
  /// The space of the actions: choices, or coordinates between bounds.
  var actionSpace: ActionSpace { get }
  /// After how many steps an episode is truncated; nil for never.
  var timeLimit: Int? { get }
  /// Whether some state offers only some of the choices.
  var hasUnavailableActions: Bool { get }

  /// Whether an episode can be in a state; a terminal state ends one.
  func isValid(_ state: State) -> Bool

  /// Draws a first state.
  func start(_ stream: inout RandomStream) -> State

  /// Writes what is seen of a state.
  func observe(_ state: State, into observation: UnsafeMutablePointer<Double>)

  /// Writes whether each choice is available; called only where ``hasUnavailableActions``.
  func availability(_ state: State, into mask: UnsafeMutablePointer<Bool>)

  /// Moves on by one action.
  func step(
    _ state: inout State, _ action: UnsafePointer<Double>, _ stream: inout RandomStream
  ) -> Step

  /// Moves each of some environments on by its action, starting anew those whose episodes end, and
  /// leaving alone those that rest.
  func advance(_ slots: inout [EnvironmentSlot<State>], _ steps: VectorStep)

  /// Writes the observations, and masks where there are any, of some environments.
  func observe(_ slots: [EnvironmentSlot<State>], _ steps: VectorStep)
}

/// The result of one step.
public struct Step: Sendable, Equatable {
  /// r.
  public var reward: Double
  /// Whether the process ended.
  public var isTerminal: Bool

  /// The result of one step.
  public init(reward: Double, isTerminal: Bool) {
    self.reward = reward
    self.isTerminal = isTerminal
  }
}

/// A state that can be written down.
public protocol EnvironmentState: Sendable, Equatable {
  /// The state as numbers, always equally many.
  var numbers: [Double] { get }
  /// The state that ``numbers`` wrote down; nil if they describe none.
  init?(numbers: [Double])
}

extension Environment {
  public var image: ImageShape? { nil }

  public var hasUnavailableActions: Bool { false }

  public func availability(_ state: State, into mask: UnsafeMutablePointer<Bool>) {}

  public func advance(_ slots: inout [EnvironmentSlot<State>], _ steps: VectorStep) {
    let limit = timeLimit ?? .max
    for index in slots.indices where !steps.isResting[index] {
      advance(&slots[index], index, limit, steps)
    }
  }

  @inline(__always)
  private func advance(
    _ slot: inout EnvironmentSlot<State>, _ index: Int, _ limit: Int, _ steps: VectorStep
  ) {
    let result = step(&slot.state, steps.actions + index * steps.actionWidth, &slot.stream)
    slot.time += 1
    slot.totalReward += result.reward
    steps.rewards[index] = result.reward
    guard result.isTerminal || slot.time >= limit else {
      steps.ends[index] = .none
      return
    }
    steps.ends[index] = result.isTerminal ? .terminated : .truncated
    observe(slot.state, into: steps.finalObservations + index * steps.observationWidth)
    steps.finished.append(Episode(totalReward: slot.totalReward, length: slot.time))
    let first = start(&slot.stream)
    slot.begin(first)
  }

  public func observe(_ slots: [EnvironmentSlot<State>], _ steps: VectorStep) {
    let (width, choices) = (steps.observationWidth, steps.choiceCount)
    for index in slots.indices {
      observe(slots[index].state, into: steps.observations + index * width)
      if choices > 0 { availability(slots[index].state, into: steps.masks + index * choices) }
    }
  }
}

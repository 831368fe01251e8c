internal import MonotoneProbability

/// Environments of one kind side by side, whatever the kind.
///
/// Gymnasium calls this way of starting anew SAME_STEP autoreset.
package protocol VectorEnvironment: AnyObject {
  /// The name of the environment.
  var id: String { get }
  /// How many numbers make an observation.
  var observationWidth: Int { get }
  /// The shape of an observation that is an image; nil for any other.
  var image: ImageShape? { get }
  /// The space of the actions.
  var actionSpace: ActionSpace { get }
  /// The actions that go in, and the observations and rewards that come out.
  var steps: VectorStep { get }
  /// Steps by `steps.actions`, and shows the states after it.
  func step()
  /// Does what steps many times in a row, on this thread.
  func stepping(_ body: () -> Void)
  /// Starts every environment anew from its stream, and shows the first states.
  func restart()
  /// Why the environments cannot go on, after which no number of theirs means anything; nil while they can.
  var failure: EnvironmentFailure? { get }
  /// Steps since each environment's episode began.
  var times: [Int] { get }
  /// Keeps the present states of some environments, after those kept before, to branch off them.
  func keep(_ environments: Range<Int>)
  /// How many states were kept.
  var keptCount: Int { get }
  /// Forgets the states kept.
  func forgetKept()
  /// Environments in states that were kept, as far into their episodes as they were, to go their own
  /// ways.
  ///
  /// - Parameters:
  ///   - kept: Which states, by the order in which they were kept; any of them several times.
  ///   - streams: Of each new environment, the number of the stream that it draws its chance from.
  func branches(at kept: [Int], seed: UInt64, streams: [UInt64]) -> any VectorEnvironment
  /// Each environment, written down.
  var saved: [SavedEnvironment] { get }
  /// Puts every environment where it was written down.
  ///
  /// - Throws: ``SavedEnvironment/Fault`` if what was written does not describe these environments.
  func restore(_ saved: [SavedEnvironment]) throws(SavedEnvironment.Fault)
}

extension VectorEnvironment {
  package var image: ImageShape? { nil }
  package func stepping(_ body: () -> Void) { body() }
  /// Environments of this process do not fail.
  package var failure: EnvironmentFailure? { nil }
}

/// An environment in the middle of an episode, written down.
package struct SavedEnvironment: Sendable, Equatable, Codable {
  /// Its state; empty where an environment cannot give it.
  package var state: [Double]
  /// Steps since the episode began.
  package var time: Int
  /// Rewards since the episode began.
  package var totalReward: Double
  /// How much of its stream was used.
  package var streamPosition: UInt64

  package init(state: [Double], time: Int, totalReward: Double, streamPosition: UInt64) {
    self.state = state
    self.time = time
    self.totalReward = totalReward
    self.streamPosition = streamPosition
  }

  /// Why something written down cannot be restored.
  package struct Fault: Error, CustomStringConvertible {
    package var description: String

    package init(description: String) { self.description = description }
  }
}

/// Environments of a kind, each with a stream of its own number of a seed.
public final class EnvironmentVector<E: Environment>: VectorEnvironment {
  /// The environment that each state is a state of.
  package let environment: E
  public let steps: VectorStep
  private let seed: UInt64
  private let streams: [UInt64]
  private var slots: [EnvironmentSlot<E.State>]
  private var kept: [EnvironmentSlot<E.State>] = []

  /// Environments at the beginning of their first episodes, the i-th with stream `firstStream` + i.
  public convenience init(_ environment: E, count: Int, seed: UInt64, firstStream: UInt64 = 0) {
    precondition(count > 0, "\(count) environments")
    precondition(
      environment.timeLimit ?? 1 > 0, "episodes of \(environment.timeLimit ?? 0) steps")
    let streams = (0..<count).map { firstStream + UInt64($0) }
    self.init(
      environment, seed: seed, streams: streams,
      streams.map {
        var stream = RandomStream(seed: seed, stream: $0)
        return EnvironmentSlot(state: environment.start(&stream), stream: stream)
      })
  }

  private init(
    _ environment: E, seed: UInt64, streams: [UInt64], _ slots: [EnvironmentSlot<E.State>]
  ) {
    self.environment = environment
    self.seed = seed
    self.streams = streams
    self.slots = slots
    steps = VectorStep(environment, count: slots.count)
    environment.observe(slots, steps)
  }

  package var id: String { environment.id }
  package var observationWidth: Int { environment.observationWidth }
  package var image: ImageShape? { environment.image }
  package var actionSpace: ActionSpace { environment.actionSpace }
  package var times: [Int] { slots.map(\.time) }

  public func step() {
    environment.advance(&slots, steps)
    environment.observe(slots, steps)
  }

  package func restart() {
    for index in slots.indices {
      let first = environment.start(&slots[index].stream)
      slots[index].begin(first)
    }
    environment.observe(slots, steps)
  }

  package func keep(_ environments: Range<Int>) { kept += slots[environments] }

  package var keptCount: Int { kept.count }

  package func forgetKept() { kept = [] }

  package func branches(
    at kept: [Int], seed: UInt64, streams: [UInt64]
  ) -> any VectorEnvironment {
    precondition(
      kept.count == streams.count, "\(streams.count) streams for \(kept.count) branches")
    let slots = zip(kept, streams).map { index, stream in
      var slot = self.kept[index]
      slot.stream = RandomStream(seed: seed, stream: stream)
      return slot
    }
    return EnvironmentVector(environment, seed: seed, streams: streams, slots)
  }

  package var saved: [SavedEnvironment] {
    slots.map {
      SavedEnvironment(
        state: $0.state.numbers, time: $0.time, totalReward: $0.totalReward,
        streamPosition: $0.stream.position)
    }
  }

  package func restore(_ saved: [SavedEnvironment]) throws(SavedEnvironment.Fault) {
    guard saved.count == slots.count else {
      throw .init(description: "\(saved.count) saved environments for \(slots.count)")
    }
    var restored: [EnvironmentSlot<E.State>] = []
    for (index, one) in saved.enumerated() {
      guard let state = E.State(numbers: one.state), environment.isValid(state) else {
        throw .init(
          description: "environment \(index): \(one.state) is no state of \(environment.id)")
      }
      guard one.time >= 0, one.time < environment.timeLimit ?? .max, one.totalReward.isFinite else {
        throw .init(
          description: "environment \(index): \(one.totalReward) earned in \(one.time) steps")
      }
      var slot = EnvironmentSlot(
        state: state,
        stream: RandomStream(seed: seed, stream: streams[index], position: one.streamPosition))
      (slot.time, slot.totalReward) = (one.time, one.totalReward)
      restored.append(slot)
    }
    slots = restored
    steps.finished = []
    environment.observe(slots, steps)
  }
}

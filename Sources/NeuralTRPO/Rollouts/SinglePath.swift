internal import Dispatch
internal import Distributions

/// Follows the policy in environments side by side: the `single path` of the paper.
///
/// Every environment has two streams, one of its own chance and one of the policy's, so that what
/// happens in it depends neither on the others nor on the number of threads.
///
/// Source: Schulman et al. 2015, §5.1.
public final class SinglePath<Number: NetworkNumber> {
  /// When to stop.
  public enum Extent: Sendable, Equatable {
    /// So many steps of every environment, episodes going on from batch to batch. The last row of
    /// each environment is truncated.
    case steps(Int)
    /// Whole episodes from their starts, until there are at least so many steps in all.
    case wholeEpisodes(atLeast: Int)
    /// One trajectory from the start in every environment, truncated after so many steps.
    case trajectories(horizon: Int)
  }

  private let workers: [Worker]

  /// A collector over one vector of environments for each thread.
  ///
  /// - Parameters:
  ///   - environments: Which environments; each vector is worked on by a thread of its own.
  ///   - shape: The policy's network.
  ///   - head: Its distribution.
  ///   - seed: Of the policy's chance. The i-th environment's policy draws from stream 2³² + i.
  public init(
    _ environments: [any VectorEnvironment], shape: NetworkShape, head: any PolicyHead, seed: UInt64
  ) {
    precondition(!environments.isEmpty, "no environments")
    var first: UInt64 = 1 << 32
    workers = environments.map { vector in
      defer { first += UInt64(vector.steps.count) }
      return Worker(vector, shape: shape, head: head, seed: seed, firstStream: first)
    }
  }

  /// Where the policies' streams stand, environment by environment.
  public var streamPositions: [UInt64] {
    get { workers.flatMap { $0.streams.map(\.position) } }
    set {
      var rest = newValue[...]
      for worker in workers {
        worker.moveStreams(to: Array(rest.prefix(worker.streams.count)))
        rest = rest.dropFirst(worker.streams.count)
      }
    }
  }

  /// Steps all environments under a policy.
  public func collect(
    _ extent: Extent, _ choice: Actor<Number>.Choice = .sampled, parameters: [Number],
    scaling: ObservationScaling? = nil
  ) -> Rollout<Number> {
    if workers.count == 1 {
      workers[0].collect(extent, choice, parameters, scaling)
    } else {
      let share =
        switch extent {
        case .wholeEpisodes(let steps):
          Extent.wholeEpisodes(atLeast: (steps + workers.count - 1) / workers.count)
        default: extent
        }
      nonisolated(unsafe) let workers = workers
      // Threads sleep while they wait: a spinning barrier would take the core from who needs it.
      DispatchQueue.concurrentPerform(iterations: workers.count) {
        workers[$0].collect(share, choice, parameters, scaling)
      }
    }
    var rollout = workers[0].rollout
    for worker in workers.dropFirst() { rollout.append(worker.rollout) }
    return rollout
  }
}

extension SinglePath {
  /// A thread's environments, and the policy's workspace for them.
  private final class Worker {
    let environments: any VectorEnvironment
    let actor: Actor<Number>
    let seed: UInt64
    let firstStream: UInt64
    var streams: [RandomStream]
    var rollout: Rollout<Number>
    private var actions: [Number]

    init(
      _ environments: any VectorEnvironment, shape: NetworkShape, head: any PolicyHead,
      seed: UInt64, firstStream: UInt64
    ) {
      precondition(
        shape.inputs == environments.observationWidth
          && head.actionWidth == environments.actionSpace.width,
        """
        a policy from \(shape.inputs) to \(head.actionWidth) numbers for an environment from \
        \(environments.observationWidth) to \(environments.actionSpace.width)
        """)
      let count = environments.steps.count
      self.environments = environments
      self.seed = seed
      self.firstStream = firstStream
      actor = Actor(shape: shape, head: head, capacity: count)
      streams = (0..<count).map { RandomStream(seed: seed, stream: firstStream + UInt64($0)) }
      rollout = Rollout(
        observationWidth: environments.observationWidth,
        actionWidth: environments.actionSpace.width)
      actions = [Number](repeating: 0, count: count * head.actionWidth)
    }

    func moveStreams(to positions: [UInt64]) {
      streams = positions.enumerated().map { index, position in
        RandomStream(seed: seed, stream: firstStream + UInt64(index), position: position)
      }
    }

    func collect(
      _ extent: Extent, _ choice: Actor<Number>.Choice, _ parameters: [Number],
      _ scaling: ObservationScaling?
    ) {
      rollout = Rollout(
        observationWidth: rollout.observationWidth, actionWidth: rollout.actionWidth)
      let steps = environments.steps
      if extent.startsAnew { environments.restart() }
      steps.finished = []
      var times = environments.times.map(Int32.init(truncatingIfNeeded:))
      var active = [Bool](repeating: true, count: steps.count)
      var made = 0
      while active.contains(true) {
        let before = rollout.rows
        act(choice, parameters, scaling, active, times)
        environments.step()
        made += 1
        finish(extent, made, before, &active, &times, scaling)
      }
      rollout.episodes = steps.finished
      steps.finished = []
    }

    /// Chooses actions, and keeps what was seen and done.
    private func act(
      _ choice: Actor<Number>.Choice, _ parameters: [Number], _ scaling: ObservationScaling?,
      _ active: [Bool], _ times: [Int32]
    ) {
      let steps = environments.steps
      let count = steps.count
      scale(scaling, rows: count, steps.observations, into: actor.observations)
      let mask = steps.choiceCount > 0 ? UnsafePointer(steps.masks) : nil
      actions.withUnsafeMutableBufferPointer { actions in
        guard let base = actions.baseAddress else { return }
        actor.act(
          choice, rows: count, mask: mask, parameters: parameters, streams: &streams, into: base)
        for index in 0..<actions.count { steps.actions[index] = Double(base[index]) }
      }
      let (width, actionWidth) = (rollout.observationWidth, rollout.actionWidth)
      for slot in 0..<count where active[slot] {
        rollout.observations += UnsafeBufferPointer(
          start: actor.observations + slot * width, count: width)
        rollout.actions += actions[slot * actionWidth..<(slot + 1) * actionWidth]
        rollout.slots.append(Int32(slot))
        rollout.times.append(times[slot])
        if steps.choiceCount > 0 {
          rollout.masks += UnsafeBufferPointer(
            start: steps.masks + slot * steps.choiceCount, count: steps.choiceCount)
        }
        if scaling != nil {
          rollout.rawObservations += UnsafeBufferPointer(
            start: steps.observations + slot * width, count: width)
        }
      }
    }

    /// Keeps what was earned, and finds who is done.
    private func finish(
      _ extent: Extent, _ made: Int, _ before: Int, _ active: inout [Bool],
      _ times: inout [Int32], _ scaling: ObservationScaling?
    ) {
      let steps = environments.steps
      let width = rollout.observationWidth
      for slot in 0..<steps.count where active[slot] {
        var end = steps.ends[slot]
        let hasEnded = end != .none
        let isCut = !hasEnded && extent.cuts(after: made)
        if isCut { end = .truncated }
        rollout.rewards.append(steps.rewards[slot])
        rollout.ends.append(end)
        times[slot] = hasEnded ? 0 : times[slot] + 1
        if end == .truncated {
          let seen = isCut ? steps.observations : steps.finalObservations
          rollout.finalObservations += [Number](unsafeUninitializedCapacity: width) {
            if let base = $0.baseAddress {
              scale(scaling, rows: 1, seen + slot * width, into: base)
            }
            $1 = width
          }
        }
        active[slot] = extent.goesOn(hasEnded: hasEnded, made: made, rows: rollout.rows)
      }
    }

    private func scale(
      _ scaling: ObservationScaling?, rows: Int, _ raw: UnsafePointer<Double>,
      into scaled: UnsafeMutablePointer<Number>
    ) {
      if let scaling {
        scaling.apply(rows, raw, into: scaled)
      } else {
        for index in 0..<rows * rollout.observationWidth { scaled[index] = Number(raw[index]) }
      }
    }
  }
}

extension SinglePath.Extent {
  /// Whether environments begin an episode first.
  var startsAnew: Bool {
    if case .steps = self { false } else { true }
  }

  /// Whether an episode that goes on is cut after so many steps.
  func cuts(after made: Int) -> Bool {
    switch self {
    case .steps(let count), .trajectories(let count): made >= count
    case .wholeEpisodes: false
    }
  }

  /// Whether an environment takes another step.
  func goesOn(hasEnded: Bool, made: Int, rows: Int) -> Bool {
    switch self {
    case .steps(let count): made < count
    case .trajectories(let horizon): !hasEnded && made < horizon
    case .wholeEpisodes(let steps): !(hasEnded && rows >= steps)
    }
  }
}

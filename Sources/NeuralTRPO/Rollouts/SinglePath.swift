internal import Dispatch

/// Follows the policy in environments side by side: the `single path` of the paper.
///
/// Every environment has two streams, one of its own chance and one of the policy's, so that what
/// happens in it depends neither on the others nor on the number of threads. Only how long it is
/// followed may: whole episodes are followed until all of them together are long enough.
///
/// Source: Schulman et al. 2015, §5.1.
public final class SinglePath<Number: NetworkNumber> {
  /// When to stop.
  public enum Extent: Sendable, Equatable {
    /// So many steps of every environment, episodes going on from batch to batch. The last row of
    /// each environment is truncated.
    case steps(Int)
    /// Whole episodes from their starts, until there are at least so many steps in all: once there
    /// are, no environment begins another episode. Each thread has its share of the steps.
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
  package init(
    _ environments: [any VectorEnvironment], shape: NetworkShape, head: any PolicyHead, seed: UInt64
  ) {
    precondition(!environments.isEmpty, "no environments")
    var first: UInt64 = 1 << 32
    workers = environments.map { vector in
      defer { first += UInt64(vector.steps.count) }
      return Worker(vector, shape: shape, head: head, seed: seed, firstStream: first)
    }
  }

  /// A collector over copies of one environment, shared out among threads.
  ///
  /// - Parameters:
  ///   - count: How many copies in all.
  ///   - seed: The seed of the environments' chance and of the policy's.
  public convenience init(
    _ environment: some Environment, count: Int, threads: Int = 1, shape: NetworkShape,
    head: any PolicyHead, seed: UInt64
  ) {
    self.init(
      EnvironmentCatalogue.make(environment, count: count, threads: threads, seed: seed),
      shape: shape, head: head, seed: seed)
  }

  /// Where the policies' streams stand, environment by environment.
  package var streamPositions: [UInt64] {
    get { workers.flatMap { $0.streams.map(\.position) } }
    set {
      precondition(
        newValue.count == workers.reduce(0) { $0 + $1.streams.count },
        "\(newValue.count) positions for other environments")
      var rest = newValue[...]
      for worker in workers {
        worker.moveStreams(to: Array(rest.prefix(worker.streams.count)))
        rest = rest.dropFirst(worker.streams.count)
      }
    }
  }

  /// The rollout of a policy that samples its actions, observations as they come.
  ///
  /// - Parameter parameters: θ, the network's and then the head's.
  public func collect(_ extent: Extent, parameters: [Number]) -> Rollout<Number> {
    collect(extent, .sampled, parameters: parameters)
  }

  /// Steps all environments under a policy.
  ///
  /// - Parameters:
  ///   - parameters: θ, the network's and then the head's.
  ///   - scaling: What is done to observations before the policy sees them.
  ///   - keepingStates: Whether the environments keep the state of each row, for ``Vine`` to branch
  ///     off.
  package func collect(
    _ extent: Extent, _ choice: PolicyActor<Number>.Choice = .sampled, parameters: [Number],
    scaling: ObservationScaling? = nil, keepingStates: Bool = false
  ) -> Rollout<Number> {
    if workers.count == 1 {
      workers[0].collect(extent, choice, parameters, scaling, keepingStates)
    } else {
      let share =
        switch extent {
        case .wholeEpisodes(let steps):
          Extent.wholeEpisodes(atLeast: (steps + workers.count - 1) / workers.count)
        default: extent
        }
      // The rows of the others will join the first one's.
      workers[0].reserve(
        rows: extent.rows(of: workers.reduce(0) { $0 + $1.environments.steps.count }))
      nonisolated(unsafe) let workers = workers
      // Threads sleep while they wait: a spinning barrier would take the core from who needs it.
      DispatchQueue.concurrentPerform(iterations: workers.count) {
        workers[$0].collect(share, choice, parameters, scaling, keepingStates)
      }
    }
    var rollout = workers[0].takeRollout()
    for worker in workers.dropFirst() { rollout.append(worker.takeRollout()) }
    return rollout
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

  /// The rows of so many environments, where that is known.
  func rows(of environments: Int) -> Int {
    switch self {
    case .steps(let count): count * environments
    case .wholeEpisodes(let steps): steps
    case .trajectories: 0
    }
  }
}

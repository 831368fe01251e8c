internal import Dispatch
internal import MonotoneProbability

/// Branches off single paths: the `vine` of the paper.
///
/// Of a rollout's rows N states are drawn, each set of them as likely: the *rollout set*. In each of
/// them some actions are tried, and each is followed under the policy. What a state's branches earn
/// differs by little but the action, the more so where they share their chance, so that their
/// advantages are known better than a single path's, at the price of more steps.
///
/// The number of a stream is made of the batch's and of the state's or the branch's, so that a vine
/// keeps nothing from batch to batch.
///
/// Source: Schulman et al. 2015, §5.2.
package final class Vine<Number: NetworkNumber> {
  private let workers: [Worker]
  private let actor: PolicyActor<Number>
  private let seed: UInt64

  /// Branches off the environments that a ``SinglePath`` follows.
  ///
  /// - Parameters:
  ///   - environments: The environments of that single path; each vector's branches are worked on by
  ///     a thread of their own.
  ///   - shape: The policy's network.
  ///   - head: Its distribution.
  ///   - seed: Of all chance in branches, drawn from streams from 2⁶¹ on.
  package init(
    _ environments: [any VectorEnvironment], shape: NetworkShape, head: any PolicyHead, seed: UInt64
  ) {
    precondition(!environments.isEmpty, "no environments")
    self.seed = seed
    actor = PolicyActor(shape: shape, head: head, capacity: Self.rowsAtATime)
    workers = environments.map { Worker($0, shape: shape, head: head, seed: seed) }
  }

  /// How many branches are followed side by side, on each thread.
  static var rowsAtATime: Int { 256 }

  /// Branches off a rollout whose states were kept.
  ///
  /// - Precondition: the rollout is the environments' latest, collected with `keepingStates` and the
  ///   same parameters and scaling.
  /// - Parameters:
  ///   - batch: A number that no other rollout of the run has, below 2³⁰.
  ///   - discount: γ.
  ///   - weighting: What the states weigh.
  package func grow(
    from rollout: Rollout<Number>, batch: Int, parameters: [Number],
    scaling: ObservationScaling? = nil, discount: Double, weighting: StateWeighting = .undiscounted,
    _ configuration: VineConfiguration
  ) -> VineRollout<Number> {
    let kept = workers.map(\.environments.keptCount)
    precondition(
      rollout.rows > 0 && kept.reduce(0, +) == rollout.rows,
      "\(kept.reduce(0, +)) states kept of \(rollout.rows) rows")
    var selection = RandomStream(seed: seed, stream: VineStream.selection.number(batch, 0))
    let set = selection.subset(of: rollout.rows, count: min(configuration.states, rollout.rows))
    var vine = VineRollout(rollout, set, configuration.choice, weighting, discount)
    vine.chooseActions(
      actor, parameters, count: configuration.actions, seed: seed, batch: batch)

    var branch = 0
    var firstRow = 0
    for (worker, count) in zip(workers, kept) {
      // Rows are in the order of the workers, and so are the states drawn, which ascend.
      var share: [Branch] = []
      while branch < vine.branchCount, set[vine.states[branch]] < firstRow + count {
        let index = configuration.sharesRandomNumbers ? vine.states[branch] : branch
        share.append(
          Branch(
            kept: set[vine.states[branch]] - firstRow, action: vine.action(branch),
            environmentStream: VineStream.environment.number(batch, index),
            policyStream: VineStream.policy.number(batch, index)))
        branch += 1
      }
      worker.branches = share
      firstRow += count
    }
    nonisolated(unsafe) let workers = workers
    DispatchQueue.concurrentPerform(iterations: workers.count) {
      workers[$0].follow(parameters, scaling, discount, horizon: configuration.horizon)
    }
    for worker in workers { vine.append(worker.takeOutcomes()) }
    return vine
  }

  /// Where a branch begins.
  struct Branch {
    /// Its state, by the order in which the environments kept it.
    var kept: Int
    var action: ArraySlice<Number>
    var environmentStream: UInt64
    var policyStream: UInt64
  }
}

/// The random streams of a vine, by their purpose.
enum VineStream: UInt64 {
  case environment = 1
  case policy, action, selection

  /// The stream of a batch's state or branch.
  func number(_ batch: Int, _ index: Int) -> UInt64 {
    precondition(batch >= 0 && batch < 1 << 30 && index < 1 << 30, "branch \(index) of \(batch)")
    return rawValue << 61 | UInt64(batch) << 30 | UInt64(index)
  }
}

/// An environment whose first episode is written down while it is played.
package final class EpisodeRecorder: VectorEnvironment {
  /// The states of the episode before each step, as numbers; empty where there are none to be had.
  package private(set) var states: [[Double]] = []
  /// The actions, as the policy chose them.
  package private(set) var actions: [[Double]] = []
  /// The rewards so far.
  package private(set) var totalReward = 0.0
  private let environment: any VectorEnvironment
  private var hasEnded = false

  /// - Parameter environment: A vector of one environment.
  package init(_ environment: any VectorEnvironment) {
    precondition(environment.steps.count == 1, "\(environment.steps.count) environments")
    self.environment = environment
  }

  package func step() {
    let isWatched = !hasEnded && !steps.isResting[0]
    if isWatched {
      states += environment.saved.map(\.state)
      actions.append(
        Array(UnsafeBufferPointer(start: steps.actions, count: steps.actionWidth)))
    }
    environment.step()
    guard isWatched else { return }
    totalReward += steps.rewards[0]
    hasEnded = steps.ends[0] != .none
  }

  package var id: String { environment.id }
  package var observationWidth: Int { environment.observationWidth }
  package var image: ImageShape? { environment.image }
  package var actionSpace: ActionSpace { environment.actionSpace }
  package var steps: VectorStep { environment.steps }
  package func stepping(_ body: () -> Void) { environment.stepping(body) }
  package var failure: EnvironmentFailure? { environment.failure }
  package func restart() { environment.restart() }
  package var times: [Int] { environment.times }
  package func keep(_ environments: Range<Int>) { environment.keep(environments) }
  package var keptCount: Int { environment.keptCount }
  package func forgetKept() { environment.forgetKept() }
  package func branches(
    at kept: [Int], seed: UInt64, streams: [UInt64]
  ) -> any VectorEnvironment {
    environment.branches(at: kept, seed: seed, streams: streams)
  }
  package var saved: [SavedEnvironment] { environment.saved }
  package func restore(_ saved: [SavedEnvironment]) throws(SavedEnvironment.Fault) {
    try environment.restore(saved)
  }
}

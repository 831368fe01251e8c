internal import MDPCore

/// How much of an expectation hangs on what a sample hardly ever sees.
///
/// Under a policy that is nearly certain, a gradient is the difference of two equal parts: the usual
/// action's, which every sample shows, and the rare ones', which none may. The samples' scatter then
/// says nothing about their error, and neither a slope nor a test for mean zero means anything.
struct RareEvents {
  /// The summand of each pair in Σ W π |Â| (1 − π), the size of the logits' scores, and how often a
  /// trajectory shows it.
  private let pairs: [Event]
  private let all: Double

  private struct Event {
    var size: Double
    var count: Double
  }

  /// Fewer expected occurrences than this are not seen reliably: none at all has probability e⁻³⁰.
  private static let reliable = 30.0

  /// The largest share that is still below what a sweep's standard errors resolve.
  static let largestShare = 0.01

  init(_ twin: PracticeTwin, _ policy: TabularPolicy<Double>) {
    let space = policy.space
    pairs = space.liveStates.flatMap { state in
      space.pairs(of: state).map { pair in
        Event(
          size: policy[pair] * abs(twin.sums.returns[pair]) * (1 - policy[pair]),
          count: twin.sums.visits[state] * policy[pair])
      }
    }
    all = pairs.reduce(0) { $0 + $1.size }
  }

  /// The share that is due to pairs that so many trajectories show too rarely.
  func share(trajectories: Double) -> Double {
    let rare = pairs.reduce(0) { $1.count * trajectories < Self.reliable ? $0 + $1.size : $0 }
    return all > 0 ? rare / all : 0
  }
}

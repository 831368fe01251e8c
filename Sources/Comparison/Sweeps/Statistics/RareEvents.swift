internal import MDPCore

/// How much of an expectation hangs on what a sample hardly ever sees.
///
/// Under a policy that is nearly certain, a gradient is the difference of two equal parts: the usual
/// action's, which every sample shows, and the rare ones', which none may. The samples' scatter then
/// says nothing about their error, and neither a slope nor a test for mean zero means anything.
enum RareEvents {
  /// Fewer expected occurrences than this are not seen reliably: none at all has probability e⁻³⁰.
  static var reliable: Double { 30 }

  /// The largest share that is still below what a sweep's standard errors resolve.
  static var largestShare: Double { 0.01 }

  /// The share of Σ W π |Â| (1 − π), the size of the logits' scores, that is due to pairs that so many
  /// trajectories show too rarely.
  static func share(
    of twin: PracticeTwin, policy: TabularPolicy<Double>, trajectories: Double
  ) -> Double {
    let space = policy.space
    var (rare, all) = (0.0, 0.0)
    for state in space.liveStates {
      for pair in space.pairs(of: state) {
        let count = twin.sums.visits[state] * policy[pair]
        let size = policy[pair] * abs(twin.sums.returns[pair]) * (1 - policy[pair])
        all += size
        if count * trajectories < reliable { rare += size }
      }
    }
    return all > 0 ? rare / all : 0
  }
}

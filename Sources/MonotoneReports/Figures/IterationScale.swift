internal import MDPVerification

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// A logarithmic scale of i + 1 for iterations: the start has a place, and the first steps are as wide as the
/// last hundred.
struct IterationScale {
  /// The last iteration on the axis, from 1.
  let last: Int

  /// The least distance of two ticks, as a share of the axis.
  private static let tickDistance = 0.07

  /// The scale of everything that some rules did on a model.
  init(_ rules: [RuleVerification]) {
    last = max(1, (rules.map(\.returns.count).max() ?? 0) - 1)
  }

  init(last: Int) { self.last = last }

  /// Where an iteration stands, as a share of the axis.
  func position(_ iteration: Int) -> Double {
    log10(Double(iteration) + 1) / log10(Double(last) + 1)
  }

  /// The axis, with ticks at 0, 1, 2, 5, 10, … as far as they fit.
  var axis: Plot.Axis {
    .init(label: "iteration", ticks: ticks.map { .init(position: position($0), label: "\($0)") })
  }

  /// The iterations with ticks.
  var ticks: [Int] {
    var ticks = [0]
    var decade = 1
    while decade <= last {
      for tick in [decade, 2 * decade, 5 * decade] where tick <= last {
        if position(tick) - position(ticks[ticks.count - 1]) >= Self.tickDistance {
          ticks.append(tick)
        }
      }
      decade *= 10
    }
    return ticks
  }
}

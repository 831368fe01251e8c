internal import RealModule

/// The root of a decreasing function of one variable, by Newton's method inside a bracket.
///
/// The convex rules look for multipliers and divergences on logarithmic scales, where their
/// functions are nearly straight: Newton takes a handful of steps, and the bracket only serves
/// where it would leave the region in which that is true.
enum MonotoneRoot {
  /// A function's value and slope.
  struct Sample {
    var value: Double
    var slope: Double
  }

  private static let iterationLimit = 200

  /// x with f(x) = 0 to within a few roundings.
  ///
  /// - Parameters:
  ///   - start: Where to begin.
  ///   - sample: f and f'; f is decreasing.
  static func solve(from start: Double, _ sample: (Double) -> Sample) -> Double {
    var (low, high) = (-Double.infinity, Double.infinity)
    var x = start
    for _ in 0..<iterationLimit {
      let here = sample(x)
      if here.value == 0 { return x }
      if here.value > 0 { low = x } else { high = x }
      var next = x - here.value / here.slope
      if !(next > low && next < high) || !next.isFinite {
        next =
          low.isFinite && high.isFinite
          ? low + (high - low) / 2 : here.value > 0 ? x + widening : x - widening
      }
      next = min(max(next, x - longestStep), x + longestStep)
      if abs(next - x) <= tolerance * max(1, abs(x)) { return next }
      x = next
    }
    return x
  }

  /// A factor of e on the logarithmic scale: how far to look where nothing better is known.
  private static let widening = 1.0

  /// A longer step than e^16 on the logarithmic scale is Newton's error.
  private static let longestStep = 16.0

  /// On a logarithmic scale: the relative error of the root.
  private static let tolerance = 0x1p-50
}

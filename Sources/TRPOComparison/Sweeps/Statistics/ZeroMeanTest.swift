internal import MonotoneProbability
internal import RealModule

/// Whether sums over trajectories expect what they should.
///
/// The noise is projected on a few directions drawn beforehand; along each, the mean over all
/// trajectories is divided by its standard error, which the groups' own scatter tells. With G groups the
/// quotient is nearly Student's with G − 1 degrees of freedom. What stands below a fraction is tested
/// likewise. The largest quotient is compared with a limit that right estimators pass with the stated
/// probability at most, shared among all quotients (Bonferroni).
package struct ZeroMeanTest: Sendable, Equatable, Codable {
  /// The largest quotient of the numerators, in standard errors.
  package var largest: Double
  /// The quotient of the denominator; nil where that is certain.
  package var denominator: Double?
  /// The largest value with which the test passes.
  package var limit: Double
  /// Whether they do not.
  package var passes: Bool

  private static let directions = 8

  /// Sums over a group of trajectories.
  struct Group {
    var numerator: [Double]
    /// nil where it is certain.
    var denominator: Double?
    /// How many trajectories.
    var count: Double
  }

  /// - Parameters:
  ///   - numerator: What one trajectory expects.
  ///   - denominator: The same; nil where that is certain.
  ///   - falseAlarm: The probability with which a right estimator may fail.
  init(
    _ groups: [Group], numerator: [Double], denominator: Double?, falseAlarm: Double
  ) {
    var largest = 0.0
    for index in 0..<Self.directions {
      var stream = RandomStream(seed: 0x5EED, stream: UInt64(index))
      let direction = numerator.map { _ in stream.normal() }
      let target = Vectors.dot(direction, numerator)
      largest = max(
        largest,
        Self.quotient(
          groups.map { Vectors.dot(direction, $0.numerator) / $0.count }, target,
          groups.map(\.count)))
    }
    self.largest = largest
    if let denominator {
      self.denominator = Self.quotient(
        groups.map { ($0.denominator ?? .nan) / $0.count }, denominator, groups.map(\.count))
    }
    let tests = Self.directions + (denominator == nil ? 0 : 1)
    limit = Self.limit(falseAlarm / Double(tests), freedom: groups.count - 1)
    passes = max(largest, self.denominator ?? 0) <= limit
  }

  /// |mean − target| over its standard error, of means over groups of so many.
  ///
  /// Where all is certain, rounding errors are all that there is, and nothing scatters: a difference of
  /// no more than those is none, and any other is beyond every limit.
  private static func quotient(_ values: [Double], _ target: Double, _ counts: [Double]) -> Double {
    let means = values.map { $0 - target }
    let all = counts.reduce(0, +)
    let mean = zip(means, counts).reduce(0) { $0 + $1.0 * $1.1 } / all
    let largest = values.reduce(abs(target)) { max($0, abs($1)) }
    if abs(mean) <= SlopeFit.rounding * largest { return 0 }
    // Each group's mean has a variance of σ² over its count.
    let variance =
      zip(means, counts).reduce(0) { $0 + ($1.0 - mean) * ($1.0 - mean) * $1.1 }
      / Double(max(1, counts.count - 1))
    let quotient = abs(mean) / (variance / all).squareRoot()
    return quotient.isFinite ? quotient : .greatestFiniteMagnitude
  }

  /// A bound that |t| of Student's distribution exceeds with this probability at most.
  ///
  /// The normal quantile, by its tail bound P(|Z| > z) ≤ exp(−z²/2), widened by the expansion in 1/freedom
  /// (Abramowitz & Stegun 26.7.5); where there is too little freedom for that, by a bound on t's own
  /// tail: as 1 + t²/f > t²/f, with c its density at 0, P(|T| > t) ≤ 2c f^((f−1)/2) t^−f.
  static func limit(_ falseAlarm: Double, freedom: Int) -> Double {
    let z = (-2 * Double.log(falseAlarm)).squareRoot()
    let f = Double(max(1, freedom))
    let (first, second) = (
      (z * z * z + z) / 4, (5 * Double.pow(z, 5) + 16 * z * z * z + 3 * z) / 96
    )
    let expanded = z + first / f + second / (f * f)
    guard freedom < Self.expandable else { return expanded }
    let density =
      Double.logGamma((f + 1) / 2) - Double.logGamma(f / 2) - Double.log(f * .pi) / 2
    let tail = Double.log(2) + density + (f - 1) / 2 * Double.log(f) - Double.log(falseAlarm)
    return max(expanded, Double.exp(tail / f))
  }

  /// From so much freedom on the expansion exceeds the quantile, down to probabilities of 1e-12.
  private static let expandable = 30
}

internal import Distributions
internal import RealModule

/// Whether sums over trajectories expect what they should.
///
/// The noise is projected on a few directions drawn beforehand; along each, the mean over all
/// trajectories is divided by its standard error, which the groups' own scatter tells. With G groups the
/// quotient is nearly Student's with G − 1 degrees of freedom. The largest is compared with a limit that
/// right estimators pass with the stated probability at most, shared among directions (Bonferroni).
public struct ZeroMeanTest: Sendable, Equatable, Codable {
  /// The largest quotient, in standard errors.
  public var largest: Double
  /// What it must not exceed.
  public var limit: Double
  /// Whether it does not.
  public var passes: Bool

  private static let directions = 8

  /// - Parameters:
  ///   - groups: Sums over groups of trajectories, and how many each group has.
  ///   - expected: What one trajectory expects.
  ///   - falseAlarm: The probability with which a right estimator may fail.
  init(
    _ groups: [(sum: [Double], count: Double)], expected: [Double], falseAlarm: Double
  ) {
    var largest = 0.0
    let all = groups.reduce(0) { $0 + $1.count }
    for index in 0..<Self.directions {
      var stream = RandomStream(seed: 0x5EED, stream: UInt64(index))
      let direction = expected.map { _ in stream.normal() }
      let target = Vectors.dot(direction, expected)
      let means = groups.map { Vectors.dot(direction, $0.sum) / $0.count - target }
      let mean = zip(means, groups).reduce(0) { $0 + $1.0 * $1.1.count } / all
      // Each group's mean has a variance of σ² over its count.
      let variance =
        zip(means, groups).reduce(0) { $0 + ($1.0 - mean) * ($1.0 - mean) * $1.1.count }
        / Double(max(1, groups.count - 1))
      if variance > 0 { largest = max(largest, abs(mean) / (variance / all).squareRoot()) }
    }
    self.largest = largest
    limit = Self.limit(falseAlarm / Double(Self.directions), freedom: groups.count - 1)
    passes = largest <= limit
  }

  /// A bound on the two-sided quantile of Student's t: the normal one, by its tail bound
  /// P(|Z| > z) ≤ exp(−z²/2), widened by the expansion in 1/freedom (Abramowitz & Stegun 26.7.5).
  private static func limit(_ falseAlarm: Double, freedom: Int) -> Double {
    let z = (-2 * Double.log(falseAlarm)).squareRoot()
    let f = Double(max(1, freedom))
    let (first, second) = (
      (z * z * z + z) / 4, (5 * Double.pow(z, 5) + 16 * z * z * z + 3 * z) / 96
    )
    return z + first / f + second / (f * f)
  }
}

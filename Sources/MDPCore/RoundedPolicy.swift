public import MonotoneArithmetic

/// A policy in float64, and how far its probabilities may be from the exact ones.
///
/// For proofs about models of any size, beside ``RoundedMDP``.
public struct RoundedPolicy: Sendable {
  /// The policy, every probability rounded.
  public let policy: TabularPolicy<Double>
  /// The largest of |π̂ − π| / π̂ over all probabilities that are not 0; +∞ where float64 holds one of them as 0.
  public let relativeError: Double
  /// The largest of |π̂ − π|.
  public let error: Double

  /// A policy, rounded.
  ///
  /// - Throws: ``NumberOutOfRange`` where a probability leaves the range of float64.
  public init(_ policy: ExactPolicy) throws(NumberOutOfRange) {
    let tracked = try policy.converted(to: TrackedDouble.self)
    var (share, largest) = (0.0, 0.0)
    for number in tracked.probabilities where number.error > 0 {
      share = .greatest(share, number.error / number.value)
      largest = .greatest(largest, number.error)
    }
    self.policy = tracked.map { $0.value }
    // The quotient was rounded, too.
    relativeError = share.nextUp
    error = largest
  }
}

/// Brings observations to mean 0 and variance 1, by what was seen so far.
///
///     x̂ = clip((x − μ) / √(σ² + 10⁻⁸), ±bound)
///
/// **What is seen changes nothing until it is committed.** ``scaling`` is the same from one
/// ``commit()`` to the next, so that the policy that acted and the policy that is updated see the
/// same numbers and their ratio is 1 where the update begins. Commit after the update.
///
/// Before the first commit observations pass as they are, but for the bound. The committed moments
/// are all there is to save: a policy without them is another policy.
package struct RunningNormaliser: Sendable, Equatable {
  /// The largest absolute value that comes out.
  package let bound: Double
  /// The moments that ``scaling`` is computed from.
  package private(set) var committed: RunningMoments
  /// The moments of the rows since the last commit.
  package private(set) var pending: RunningMoments

  /// A normaliser of rows of so many numbers.
  package init(width: Int, bound: Double = 10) {
    self.init(committed: RunningMoments(width: width), bound: bound)
  }

  /// A normaliser that was saved.
  package init(committed: RunningMoments, bound: Double = 10) {
    precondition(bound > 0, "numbers of at most \(bound)")
    self.committed = committed
    self.bound = bound
    pending = RunningMoments(width: committed.width)
  }

  /// Keeps rows as they came, before scaling, for the next commit.
  package mutating func observe(_ rows: [Double]) { pending.add(rows) }

  /// Goes by all that was seen from now on.
  package mutating func commit() {
    committed.merge(pending)
    pending = RunningMoments(width: committed.width)
  }

  /// The scaling of observations until the next commit.
  package var scaling: ObservationScaling {
    ObservationScaling(
      shift: committed.mean, factor: committed.factors, bound: bound)
  }
}

extension RunningMoments {
  /// Added to variances, lest what hardly varies be blown up.
  static let leastVariance = 1e-8

  /// One over the standard deviations; 1 before there are rows.
  var factors: [Double] {
    count > 0 ? variance.map { 1 / ($0 + Self.leastVariance).squareRoot() } : variance
  }
}

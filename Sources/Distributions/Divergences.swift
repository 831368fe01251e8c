public import Arithmetic

/// Distances between two distributions over the same finite set, given entry by entry.
public enum Divergences {
  /// The total variation distance ½ Σ |p − q|, in [0, 1].
  @inlinable public static func totalVariation<Number: Scalar>(
    _ entries: Range<Int>, _ p: (Int) -> Number, _ q: (Int) -> Number
  ) -> Number {
    var sum = Number.zero
    for entry in entries { sum += (p(entry) - q(entry)).magnitude }
    return sum / Number(2)
  }

  /// The Kullback–Leibler divergence KL(p‖q) = Σ p ln(p/q); +∞ where q = 0 < p.
  ///
  /// Summed as Σ_{p>0} p (x − ln(1 + x)) + Σ_{p=0} q with x = (q − p)/p: equal because both sum
  /// to 1, every term is non-negative, and nothing cancels, so that a divergence of 1e-14 still
  /// has its digits, where the textbook sum has none.
  @inlinable public static func kullbackLeibler<Number: Scalar>(
    _ entries: Range<Int>, _ p: (Int) -> Number, _ q: (Int) -> Number
  ) -> Extended<Number.Real> {
    var sum = Number.Real.zero
    for entry in entries {
      let (before, after) = (p(entry), q(entry))
      if before.isExactlyZero {
        sum += after.real
      } else if after.isExactlyZero {
        return .infinity
      } else {
        let excess = Number.Real.logarithmicExcess(((after - before) / before).real)
        sum += before.real * excess
      }
    }
    return .finite(sum)
  }
}

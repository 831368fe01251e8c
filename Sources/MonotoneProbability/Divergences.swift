package import MonotoneArithmetic

/// Distances between two distributions over the same finite set, given entry by entry.
package enum Divergences {
  /// The total variation distance ½ Σ |p − q|, in [0, 1].
  @inlinable package static func totalVariation<Number: Scalar>(
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
  @inlinable package static func kullbackLeibler<Number: Scalar>(
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
        sum += before.real * excess(from: before, to: after)
      }
    }
    return .finite(sum)
  }

  /// x − ln(1 + x) with x = (q − p)/p.
  ///
  /// Where q is a small part of p, 1 + x = q/p is taken from q and p themselves: x alone no longer
  /// tells q from 0, and the divergence from +∞.
  @inlinable static func excess<Number: Scalar>(
    from before: Number, to after: Number
  ) -> Number.Real {
    let relative = (after - before) / before
    guard relative.approximation < -0.5 else {
      return Number.Real.logarithmicExcess(relative.real)
    }
    return relative.real - Number.Real.logarithm((after / before).real)
  }
}

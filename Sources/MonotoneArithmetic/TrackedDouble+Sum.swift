extension TrackedDouble {
  /// Σ_i left(i) · right(i), its own rounding that of a ``CompensatedSum``: a long sum is as sharp as its terms.
  ///
  /// The errors of the operands add up as for single products, |a| e_b + |b| e_a + e_a e_b each. A term of which a
  /// factor is zero without error counts for nothing, whatever the other is; where all do, so does the sum.
  @inlinable public static func sum(
    over indices: Range<Int>, _ left: (Int) -> Self, times right: (Int) -> Self
  ) -> Self {
    var sum = CompensatedSum()
    var (terms, magnitude, propagated) = (0, 0.0, 0.0)
    for index in indices {
      let (a, b) = (left(index), right(index))
      if a.isExactlyZero || b.isExactlyZero { continue }
      terms += 1
      sum.add(a.value, times: b.value)
      magnitude += abs(a.value * b.value)
      propagated += abs(a.value) * b.error + abs(b.value) * a.error + a.error * b.error
    }
    guard terms > 0 else { return TrackedDouble(value: 0, error: 0) }
    // Of the bounds themselves: each is a sum of non-negative terms that go through fewer than this many
    // roundings, and three products a term may be lost to underflow.
    let inflation = 1 + Double(terms + 8) * 0x1p-52
    let underflow = Double(terms) * 0x1p-1070
    return TrackedDouble(sum.high)
      + TrackedDouble(
        value: sum.low,
        error: (propagated
          + CompensatedSum.errorBound(terms: terms, magnitude: magnitude * inflation + underflow))
          * inflation + underflow)
  }
}

extension FloatBall {
  /// As of tracked numbers.
  @inlinable public static func sum(
    over indices: Range<Int>, _ left: (Int) -> Self, times right: (Int) -> Self
  ) -> Self {
    Self(TrackedDouble.sum(over: indices, { left($0).tracked }, times: { right($0).tracked }))
  }
}

extension Double {
  /// The larger of two numbers; NaN as soon as one of them is.
  ///
  /// Swift's `max` drops a NaN that comes second and `Double.maximum` any: an error that nobody knows
  /// would vanish from the largest of many, and a bound that rests on it would be false.
  @inlinable public static func greatest(_ a: Double, _ b: Double) -> Double {
    a > b || a.isNaN ? a : b
  }

  /// The smaller of two numbers; NaN as soon as one of them is.
  @inlinable public static func least(_ a: Double, _ b: Double) -> Double {
    a < b || a.isNaN ? a : b
  }
}

extension Sequence<Double> {
  /// The largest magnitude: 0 for no numbers, NaN as soon as one of them is.
  @inlinable public var greatestMagnitude: Double {
    reduce(0) { Double.greatest($0, abs($1)) }
  }
}

/// Conversions of floating-point numbers to integers that never trap.
///
/// The standard library's `Int(x)` ends the process where x is NaN or beyond the range. Within this
/// package it is therefore deprecated, which the compiler, for which warnings are errors, holds every
/// module to: write `Int(exactly:)` where another number is a fault, and ``Swift/Int/init(clamping:to:)``
/// where the nearest integer of a range is meant.
extension Int {
  /// A number without its fraction, or the nearest end of a range; NaN is its lower end.
  @inlinable public init(clamping value: Double, to range: ClosedRange<Int> = .min ... .max) {
    // Int(exactly:) knows what fits: the largest Int is no Double.
    if let integer = Int(exactly: value.rounded(.towardZero)) {
      self = Swift.min(Swift.max(integer, range.lowerBound), range.upperBound)
    } else {
      self = value > 0 ? range.upperBound : range.lowerBound
    }
  }
}

extension Int {
  @available(
    *, deprecated, message: "traps on NaN and overflow; use init(exactly:) or Int(clamping:to:)"
  )
  package init(_ value: Double) { self = Self(exactly: value.rounded(.towardZero)) ?? 0 }

  @available(
    *, deprecated, message: "traps on NaN and overflow; use init(exactly:) or Int(clamping:to:)"
  )
  package init(_ value: Float) { self = Self(exactly: value.rounded(.towardZero)) ?? 0 }
}

extension Int64 {
  @available(
    *, deprecated, message: "traps on NaN and overflow; use init(exactly:) or Int(clamping:to:)"
  )
  package init(_ value: Double) { self = Self(exactly: value.rounded(.towardZero)) ?? 0 }

  @available(
    *, deprecated, message: "traps on NaN and overflow; use init(exactly:) or Int(clamping:to:)"
  )
  package init(_ value: Float) { self = Self(exactly: value.rounded(.towardZero)) ?? 0 }
}

extension Int32 {
  @available(
    *, deprecated, message: "traps on NaN and overflow; use init(exactly:) or Int(clamping:to:)"
  )
  package init(_ value: Double) { self = Self(exactly: value.rounded(.towardZero)) ?? 0 }

  @available(
    *, deprecated, message: "traps on NaN and overflow; use init(exactly:) or Int(clamping:to:)"
  )
  package init(_ value: Float) { self = Self(exactly: value.rounded(.towardZero)) ?? 0 }
}

extension UInt {
  @available(
    *, deprecated, message: "traps on NaN and overflow; use init(exactly:) or Int(clamping:to:)"
  )
  package init(_ value: Double) { self = Self(exactly: value.rounded(.towardZero)) ?? 0 }

  @available(
    *, deprecated, message: "traps on NaN and overflow; use init(exactly:) or Int(clamping:to:)"
  )
  package init(_ value: Float) { self = Self(exactly: value.rounded(.towardZero)) ?? 0 }
}

extension UInt64 {
  @available(
    *, deprecated, message: "traps on NaN and overflow; use init(exactly:) or Int(clamping:to:)"
  )
  package init(_ value: Double) { self = Self(exactly: value.rounded(.towardZero)) ?? 0 }

  @available(
    *, deprecated, message: "traps on NaN and overflow; use init(exactly:) or Int(clamping:to:)"
  )
  package init(_ value: Float) { self = Self(exactly: value.rounded(.towardZero)) ?? 0 }
}

extension UInt32 {
  @available(
    *, deprecated, message: "traps on NaN and overflow; use init(exactly:) or Int(clamping:to:)"
  )
  package init(_ value: Double) { self = Self(exactly: value.rounded(.towardZero)) ?? 0 }

  @available(
    *, deprecated, message: "traps on NaN and overflow; use init(exactly:) or Int(clamping:to:)"
  )
  package init(_ value: Float) { self = Self(exactly: value.rounded(.towardZero)) ?? 0 }
}

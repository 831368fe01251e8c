/// A non-negative number or +∞: what a divergence between distributions can be.
///
/// A KL divergence is infinite where the candidate drops an action that the current policy takes.
/// Keeping infinity out of the number itself means that no arithmetic ever sees ∞ − ∞. For the same
/// reason there is no −∞ here: the one result that can be −∞, a lower bound that says nothing, is an end
/// of an interval (`Bound` of the guarantees), with which nothing is computed.
public enum Extended<Number: Scalar>: Sendable {
  /// A number.
  case finite(Number)
  /// +∞.
  case infinity

  /// 0.
  @inlinable public static var zero: Self { .finite(.zero) }

  /// Whether this is +∞.
  @inlinable public var isInfinite: Bool {
    if case .infinity = self { true } else { false }
  }

  /// The number, or nil for +∞.
  @inlinable public var number: Number? {
    if case .finite(let number) = self { number } else { nil }
  }

  /// The float64 number to compare and choose by; NaN where nothing is known.
  @inlinable public var approximation: Double {
    switch self {
    case .finite(let number): number.approximation
    case .infinity: .infinity
    }
  }

  @inlinable public static func + (a: Self, b: Self) -> Self {
    guard case .finite(let x) = a, case .finite(let y) = b else { return .infinity }
    return .finite(x + y)
  }

  /// weight · value with 0 · ∞ = 0: a state that is never visited, or a penalty whose coefficient
  /// is zero, does not count.
  @inlinable public static func * (weight: Number, value: Self) -> Self {
    if weight.isExactlyZero { return .zero }
    guard case .finite(let x) = value else { return .infinity }
    return .finite(weight * x)
  }

  /// The larger of the two.
  @inlinable public static func maximum(_ a: Self, _ b: Self) -> Self {
    guard case .finite(let x) = a, case .finite(let y) = b else { return .infinity }
    return .finite(Number.maximum(x, y))
  }

  /// The smaller of the two.
  @inlinable public static func minimum(_ a: Self, _ b: Self) -> Self {
    switch (a, b) {
    case (.finite(let x), .finite(let y)): .finite(Number.minimum(x, y))
    case (.finite, .infinity): a
    case (.infinity, _): b
    }
  }
}

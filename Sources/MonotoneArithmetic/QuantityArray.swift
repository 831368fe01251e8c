/// An array of numbers as results show them, without an object a number: float64 numbers and their radii, made
/// into quantities when they are asked for.
public struct QuantityArray: Sendable, Equatable {
  @usableFromInline let arithmetic: ArithmeticKind
  /// 0 where nothing is known.
  @usableFromInline var values: [Double] = []
  /// +∞ where nothing is known.
  @usableFromInline var errors: [Double] = []
  /// Of exact arithmetic, all that there is.
  @usableFromInline var fractions: [Quantity] = []

  /// The numbers of a collection, in its order.
  @inlinable public init<Number: Scalar>(_ numbers: some Collection<Number>) {
    arithmetic = Number.arithmetic
    guard arithmetic != .exact else {
      fractions = numbers.map(\.quantity)
      return
    }
    values.reserveCapacity(numbers.count)
    errors.reserveCapacity(numbers.count)
    for number in numbers {
      let (value, error) = (number.approximation, number.radius)
      let isKnown = value.isFinite && error.isFinite
      values.append(isKnown ? value : 0)
      errors.append(isKnown ? error : .infinity)
    }
  }

  /// The float64 numbers: NaN where nothing is known.
  public var approximations: [Double] {
    arithmetic == .exact
      ? fractions.map(\.approximation) : zip(values, errors).map { $1.isFinite ? $0 : .nan }
  }

  /// By how much ``approximations`` may miss the numbers.
  public var radii: [Double] { arithmetic == .exact ? fractions.map(\.radius) : errors }
}

extension QuantityArray: RandomAccessCollection {
  public var startIndex: Int { 0 }
  public var endIndex: Int { arithmetic == .exact ? fractions.count : values.count }

  public subscript(index: Int) -> Quantity {
    if arithmetic == .exact { return fractions[index] }
    guard errors[index].isFinite else { return .unknown }
    return arithmetic == .float64
      ? .number(values[index]) : Quantity(midpoint: values[index], radius: errors[index])
  }
}

extension Quantity {
  /// By how much ``approximation`` may miss the number; NaN for a float64 number, which does not say.
  package var radius: Double {
    switch self {
    case .number: .nan
    case .enclosure(_, let radius): radius
    case .exact(_, let approximate):
      // The nearest float64 number misses by at most half a unit in the last place.
      approximate.map { $0 == 0 ? 0 : $0.ulp / 2 } ?? .infinity
    case .infinity, .negativeInfinity: 0
    case .unknown: .infinity
    }
  }
}

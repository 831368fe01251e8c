/// An array of numbers as results show them, without an object a number: float64 numbers and their radii, made
/// into quantities when they are asked for.
public struct QuantityArray: Sendable, Equatable {
  @usableFromInline let arithmetic: ArithmeticKind
  /// 0 where nothing is known.
  @usableFromInline var values: [Double] = []
  /// +∞ where nothing is known; one alone stands for all.
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

  /// Enclosures of numbers.
  ///
  /// - Parameters:
  ///   - values: Float64 numbers near them.
  ///   - error: A bound on the distance of each; +∞ where nothing is known.
  public init(_ values: [Double], within error: Double) {
    guard error.isFinite, values.allSatisfy(\.isFinite) else {
      self.init(values, within: [Double](repeating: error, count: values.count))
      return
    }
    self.init([], within: [])
    self.values = values
    errors = [error]
  }

  /// Enclosures of numbers, each with a bound of its own.
  public init(_ values: [Double], within errors: [Double]) {
    precondition(
      values.count == errors.count, "\(values.count) numbers with \(errors.count) bounds")
    arithmetic = .certified
    self.values = zip(values, errors).map { $0.isFinite && $1.isFinite ? $0 : 0 }
    self.errors = zip(values, errors).map { $0.isFinite && $1.isFinite ? $1 : .infinity }
  }

  /// The float64 numbers: NaN where nothing is known.
  public var approximations: [Double] {
    arithmetic == .exact
      ? fractions.map(\.approximation) : zip(values, radii).map { $1.isFinite ? $0 : .nan }
  }

  /// By how much ``approximations`` may miss the numbers.
  public var radii: [Double] {
    if arithmetic == .exact { return fractions.map(\.radius) }
    return errors.count == values.count
      ? errors : [Double](repeating: errors[0], count: values.count)
  }
}

extension QuantityArray: RandomAccessCollection {
  public var startIndex: Int { 0 }
  public var endIndex: Int { arithmetic == .exact ? fractions.count : values.count }

  public subscript(index: Int) -> Quantity {
    if arithmetic == .exact { return fractions[index] }
    let error = errors.count == 1 ? errors[0] : errors[index]
    guard error.isFinite else { return .unknown }
    return arithmetic == .float64
      ? .number(values[index]) : Quantity(midpoint: values[index], radius: error)
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

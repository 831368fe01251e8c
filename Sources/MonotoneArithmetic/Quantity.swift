/// A number as results show it, whatever arithmetic it was computed in.
///
/// In JSON: float64 a number; certified `{"midpoint", "radius"}`; exact `{"exact": "p/q",
/// "approximate"}`, the latter null beyond the range of float64; ±∞ the strings `"infinity"` and
/// `"-infinity"`; unknown null.
public enum Quantity: Sendable, Equatable {
  /// A float64 number, without a statement of its error.
  case number(Double)
  /// Holds as it is printed: made by ``init(midpoint:radius:)``.
  case enclosure(midpoint: Double, radius: Double)
  /// p/q in lowest terms, and the nearest float64 number; nil where that is infinite, or 0 and the
  /// number is not.
  case exact(String, approximate: Double?)
  /// +∞.
  case infinity
  /// −∞.
  case negativeInfinity
  /// Nothing is known of the number: see ``unknownReason``.
  case unknown

  /// The float64 number to sort and plot by: infinite for exact numbers beyond float64, NaN where
  /// nothing is known.
  public var approximation: Double {
    switch self {
    case .number(let value): value
    case .enclosure(let midpoint, _): midpoint
    case .exact(_, let approximate): approximate ?? rational?.doubleValue ?? .nan
    case .infinity: .infinity
    case .negativeInfinity: -.infinity
    case .unknown: .nan
    }
  }

  /// Why a number is unknown.
  public static let unknownReason =
    "the number or its error bound is beyond the range of float64 (1.8e308)"

  /// A float64 number that may be infinite, or no number at all.
  public init(_ value: Double) {
    self =
      value.isFinite
      ? .number(value) : value.isNaN ? .unknown : value > 0 ? .infinity : .negativeInfinity
  }

  /// Whether this is a number, known within a finite error.
  public var isKnown: Bool {
    switch self {
    case .number, .enclosure, .exact: true
    case .infinity, .negativeInfinity, .unknown: false
    }
  }

  /// Whether this number is larger than another, as far as can be told; false where one is unknown.
  public func isAbove(_ other: Quantity) -> Bool {
    let (mine, theirs) = (approximation, other.approximation)
    // Numbers beyond float64 are exact.
    guard mine == theirs, let first = rational, let second = other.rational else {
      return mine > theirs
    }
    return first > second
  }

  /// The exact number; nil for any other quantity, and for a text that is no number, from a document
  /// that was changed by hand.
  public var rational: Rational? {
    guard case .exact(let text, _) = self else { return nil }
    return Rational(fraction: text)
  }
}

extension Quantity: Codable {
  private enum Key: String, CodingKey { case midpoint, radius, exact, approximate }

  public init(from decoder: any Decoder) throws {
    if let container = try? decoder.container(keyedBy: Key.self) {
      if container.contains(.exact) {
        self = .exact(
          try container.decode(String.self, forKey: .exact),
          approximate: try container.decode(Double?.self, forKey: .approximate))
      } else {
        self = .enclosure(
          midpoint: try container.decode(Double.self, forKey: .midpoint),
          radius: try container.decode(Double.self, forKey: .radius))
      }
      return
    }
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .unknown
      return
    }
    if let value = try? container.decode(Double.self) {
      self = .number(value)
      return
    }
    switch try container.decode(String.self) {
    case "infinity": self = .infinity
    case "-infinity": self = .negativeInfinity
    case let text:
      throw DecodingError.typeMismatch(
        Double.self,
        .init(codingPath: container.codingPath, debugDescription: "found \"\(text)\""))
    }
  }

  public func encode(to encoder: any Encoder) throws {
    switch self {
    case .number(let value):
      var container = encoder.singleValueContainer()
      try container.encode(value)
    case .infinity, .negativeInfinity:
      var container = encoder.singleValueContainer()
      try container.encode(self == .infinity ? "infinity" : "-infinity")
    case .unknown:
      var container = encoder.singleValueContainer()
      try container.encodeNil()
    case .enclosure(let midpoint, let radius):
      var container = encoder.container(keyedBy: Key.self)
      try container.encode(midpoint, forKey: .midpoint)
      try container.encode(radius, forKey: .radius)
    case .exact(let text, let approximate):
      var container = encoder.container(keyedBy: Key.self)
      try container.encode(text, forKey: .exact)
      try container.encode(approximate, forKey: .approximate)
    }
  }
}

extension Scalar {
  /// Whether x > 0.
  @inlinable public var isPositive: Decision {
    switch (-self).isNonNegative {
    case .yes: .no
    case .no: .yes
    case .undecided: .undecided
    }
  }
}

extension Extended {
  /// The number as results show it.
  public var quantity: Quantity {
    switch self {
    case .finite(let number): number.quantity
    case .infinity: .infinity
    }
  }
}

/// A number as results show it, whatever arithmetic it was computed in.
///
/// In JSON: float64 a number; certified `{"midpoint", "radius"}`; exact `{"exact": "p/q",
/// "approximate"}`; ±∞ the strings `"infinity"` and `"-infinity"`.
public enum Quantity: Sendable, Equatable {
  case number(Double)
  case enclosure(midpoint: Double, radius: Double)
  case exact(String, approximate: Double)
  case infinity
  case negativeInfinity

  /// The float64 number to show, sort and plot by.
  public var approximation: Double {
    switch self {
    case .number(let value): value
    case .enclosure(let midpoint, _): midpoint
    case .exact(_, let approximate): approximate
    case .infinity: .infinity
    case .negativeInfinity: -.infinity
    }
  }

  /// A number of which nothing is known: any that float64 can hold.
  public static let unknown = Quantity.enclosure(midpoint: 0, radius: .greatestFiniteMagnitude)

  /// A float64 number that may be infinite, or no number at all.
  public init(_ value: Double) {
    self =
      value.isFinite
      ? .number(value) : value.isNaN ? .unknown : value > 0 ? .infinity : .negativeInfinity
  }
}

extension Quantity: Codable {
  private enum Key: String, CodingKey { case midpoint, radius, exact, approximate }

  public init(from decoder: any Decoder) throws {
    if let container = try? decoder.container(keyedBy: Key.self) {
      if container.contains(.exact) {
        self = .exact(
          try container.decode(String.self, forKey: .exact),
          approximate: try container.decode(Double.self, forKey: .approximate))
      } else {
        self = .enclosure(
          midpoint: try container.decode(Double.self, forKey: .midpoint),
          radius: try container.decode(Double.self, forKey: .radius))
      }
      return
    }
    let container = try decoder.singleValueContainer()
    if let value = try? container.decode(Double.self) {
      self = .number(value)
      return
    }
    switch try container.decode(String.self) {
    case "infinity": self = .infinity
    case "-infinity": self = .negativeInfinity
    case let text:
      throw DecodingError.dataCorruptedError(
        in: container,
        debugDescription: "expected a number, \"infinity\" or \"-infinity\", found \"\(text)\"")
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

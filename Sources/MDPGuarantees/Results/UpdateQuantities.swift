public import MonotoneArithmetic

/// The quantities of one update, as results show them.
public struct UpdateQuantities: Sendable, Equatable {
  private var values: [UpdateQuantity: Quantity] = [:]

  /// The quantities of an update.
  public init<Number: Scalar>(_ update: PolicyUpdate<Number>) {
    for quantity in UpdateQuantity.allCases { values[quantity] = update[quantity].quantity }
  }

  /// The value of a quantity.
  public subscript(quantity: UpdateQuantity) -> Quantity { values[quantity] ?? .unknown }

  /// The quantities of which nothing is known.
  public var unknown: [UpdateQuantity] { UpdateQuantity.allCases.filter { self[$0] == .unknown } }
}

extension UpdateQuantities: Codable {
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: UpdateQuantity.self)
    for quantity in UpdateQuantity.allCases {
      values[quantity] = try container.decode(Quantity.self, forKey: quantity)
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: UpdateQuantity.self)
    for quantity in UpdateQuantity.allCases {
      try container.encode(self[quantity], forKey: quantity)
    }
  }
}

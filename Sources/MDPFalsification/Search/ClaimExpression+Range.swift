public import MonotoneArithmetic
internal import MDPGuarantees

extension ClaimExpression {
  /// Refuses what has no value whatever the update, such as 1/0 or the root of −1, and numbers too long
  /// to compute with.
  ///
  /// - Parameter parameters: The parameters with a value; others may have any.
  /// - Throws: ``ClaimExpressionError``.
  public func requireValue(_ parameters: [String: ExactNumber]) throws(ClaimExpressionError) {
    var numbers: [String: ExactReal] = [:]
    for (name, value) in parameters { numbers[name] = try? ExactReal(value) }
    for side in [larger, smaller] {
      guard side.bits(parameters) <= Self.largestNumber else {
        throw ClaimExpressionError(
          text: text, position: 0,
          reason: "numbers of more than \(Self.largestNumber) bits would arise; use smaller "
            + "exponents")
      }
      if let part = side.valueless(numbers) {
        throw ClaimExpressionError(
          text: text, position: 0,
          reason: "\(part) has no value, so the claim says nothing of any update")
      }
    }
  }

  /// The most bits of a number, by a rough estimate.
  private static let largestNumber = 1 << 22
}

extension ExpressionNode {
  /// About how many bits the value has, a quantity having 64.
  fileprivate func bits(_ parameters: [String: ExactNumber]) -> Int {
    func size(_ number: ExactNumber) -> Int { max(64, 8 * number.storedBytes) }
    func sum(_ nodes: [ExpressionNode]) -> Int {
      nodes.reduce(0) { ($0 + $1.bits(parameters)).clampedToWord }
    }
    switch self {
    case .number(let number): return size(number)
    case .parameter(let name): return parameters[name].map(size) ?? 64
    case .quantity, .discount: return 64
    case .negative(let a): return a.bits(parameters)
    case .sum(let a, let b), .difference(let a, let b), .product(let a, let b),
      .quotient(let a, let b):
      return sum([a, b])
    case .power(let base, let exponent):
      return (base.bits(parameters) * Int(exponent.magnitude)).clampedToWord
    case .call(.abs, let arguments), .call(.min, let arguments), .call(.max, let arguments):
      return sum(arguments)
    // The values of the others are enclosed to a fixed precision.
    case .call: return 64
    }
  }

  /// The text of a part that has no value though all its numbers are known; nil if there is none.
  fileprivate func valueless(_ parameters: [String: ExactReal]) -> String? {
    for part in parts {
      if let found = part.valueless(parameters) { return found }
    }
    guard isConstant(parameters) else { return nil }
    let value: ExpressionValue<ExactReal> = value(
      { _ in .undefined }, discount: .undefined, parameters)
    return value.isUndefined ? description : nil
  }

  private func isConstant(_ parameters: [String: ExactReal]) -> Bool {
    switch self {
    case .quantity, .discount: false
    case .parameter(let name): parameters[name] != nil
    default: parts.allSatisfy { $0.isConstant(parameters) }
    }
  }

  private var parts: [ExpressionNode] {
    switch self {
    case .number, .quantity, .discount, .parameter: []
    case .negative(let a), .power(let a, _): [a]
    case .sum(let a, let b), .difference(let a, let b), .product(let a, let b),
      .quotient(let a, let b):
      [a, b]
    case .call(_, let arguments): arguments
    }
  }
}

extension ExpressionNode: CustomStringConvertible {
  /// The expression, every operation in parentheses.
  var description: String {
    switch self {
    case .number(let number): "\(number)"
    case .quantity(let name): name.rawValue
    case .discount: Self.discountName
    case .parameter(let name): name
    case .negative(let a): "-\(a)"
    case .sum(let a, let b): "(\(a) + \(b))"
    case .difference(let a, let b): "(\(a) - \(b))"
    case .product(let a, let b): "(\(a) * \(b))"
    case .quotient(let a, let b): "(\(a) / \(b))"
    case .power(let a, let exponent): "\(a)^\(exponent)"
    case .call(let function, let arguments):
      "\(function.rawValue)(\(arguments.map(\.description).joined(separator: ", ")))"
    }
  }
}

extension Int {
  /// Products of two such numbers fit 64 bits.
  fileprivate var clampedToWord: Int { Swift.min(self, 1 << 31) }
}

internal import MonotoneArithmetic
internal import MDPGuarantees

/// A claimed inequality between quantities of a policy update, as text gives it.
///
///     returnCandidate >= surrogate - c * maxAdvantage * discount / (1-discount)^2 * maxKL
///
/// Names are the keys of `quantities` in `check --json`, `discount`, and parameters. Numbers are exact.
/// Operators are `+ - * /`, `^` with a whole exponent, parentheses, and the functions `abs`, `min`,
/// `max`, `sqrt`, `log`, `exp`. The comparison is one of `>=` `<=` `>` `<`.
public struct ClaimExpression: Sendable {
  /// The text.
  public let text: String
  /// The parameters that the claim has, in the order of their first use.
  public let parameters: [String]
  let larger: ExpressionNode
  let smaller: ExpressionNode
  /// Whether equality breaks the claim.
  let isStrict: Bool

  /// The names of the quantities that claims may use.
  public static let quantityNames =
    UpdateQuantity.allCases.map(\.rawValue) + [ExpressionNode.discountName]
}

/// A part of an expression.
indirect enum ExpressionNode: Sendable, Equatable {
  case number(ExactNumber)
  case quantity(UpdateQuantity)
  /// γ, which belongs to the model.
  case discount
  case parameter(String)
  case negative(ExpressionNode)
  case sum(ExpressionNode, ExpressionNode)
  case difference(ExpressionNode, ExpressionNode)
  case product(ExpressionNode, ExpressionNode)
  case quotient(ExpressionNode, ExpressionNode)
  case power(ExpressionNode, Int)
  case call(ExpressionFunction, [ExpressionNode])

  /// The name of γ.
  static let discountName = "discount"
}

/// A function that expressions may use.
enum ExpressionFunction: String, CaseIterable, Sendable {
  case abs, min, max, sqrt, log, exp

  var arity: Int { self == .min || self == .max ? 2 : 1 }
}

/// The fault in the text of a claim, and its place.
public struct ClaimExpressionError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The text.
  public let text: String
  /// The position of the fault, in characters.
  public let position: Int
  /// The fault, in words.
  public let reason: String

  public var description: String {
    "\(reason)\n  \(text)\n  \(String(repeating: " ", count: position))^"
  }
}

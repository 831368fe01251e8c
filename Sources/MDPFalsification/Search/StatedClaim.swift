package import MonotoneArithmetic
package import MDPGuarantees

/// A claim as a text states it, with numbers for its parameters, to be checked like those of the theory.
package struct StatedClaim: Claim {
  /// Why a claim without a value is not decided: ∞ − ∞, a division by what may be 0.
  package static let noValue = "the claim has no value on this update that the arithmetic can tell"

  private let expression: ClaimExpression
  private let parameters: [String: ExactNumber]

  package init(_ expression: ClaimExpression, parameters: [String: ExactNumber]) {
    self.expression = expression
    self.parameters = parameters
  }

  /// The text: a claim has no other name.
  package var id: String { expression.text }
  package let kind = ClaimKind.inequality
  package var statement: String {
    let values = expression.parameters.compactMap { name in
      parameters[name].map { "\(name) = \($0)" }
    }
    return ([expression.text] + values).joined(separator: ", ")
  }
  package let source = "stated on the command line"

  package func check<Number: Scalar>(_ update: PolicyUpdate<Number>) -> Finding<Number.Real> {
    let sides = expression.sides(update, parameters)
    let decision = sides.decision(strictly: expression.isStrict)
    guard decision != .undecided else {
      return Finding(
        verdict: .undecided, margin: sides.margin.extended,
        assumption: sides.margin.isUndefined ? Self.noValue : nil)
    }
    return Finding(
      verdict: Verdict(decision), margin: sides.margin.extended,
      assumption: decision == .no && sides.margin.extended == nil
        ? "the side that should be smaller is infinite" : nil)
  }
}

public import MonotoneArithmetic
internal import NeuralTRPO

/// The estimate of a number from samples, with its standard error.
public struct BatchEstimate: Sendable, Equatable, Codable {
  /// The estimate.
  public var value: Quantity
  /// Its standard error; infinite for a single trajectory, which says nothing of how they differ.
  public var standardError: Quantity

  package init(value: Quantity, standardError: Quantity) {
    self.value = value
    self.standardError = standardError
  }

  init(_ estimate: Estimate) {
    value = Quantity(estimate.value)
    // ∞ has no distance from its mean.
    standardError =
      estimate.value.isFinite ? Quantity(estimate.standardError) : .infinity
  }
}

public import MonotoneArithmetic

/// The counts and extremes over the batches of a chain.
public struct BatchSummary: Sendable, Equatable, Codable {
  /// Updates that come with a batch.
  public var updates = 0
  /// Batches with rows that the policy before could not have made: see ``BatchAudit/isForeign``.
  public var foreign = 0
  /// The lowest cosine between a batch's and the exact gradient; nil if none is known.
  public var lowestGradientCosine: Quantity?
  /// The lowest correlation of estimated and exact advantages; nil if none is known.
  public var lowestAdvantageCorrelation: Quantity?

  package init() {}

  /// Takes in a batch.
  package mutating func add(_ batch: BatchAudit) {
    updates += 1
    if batch.isForeign { foreign += 1 }
    lowestGradientCosine = Self.lesser(lowestGradientCosine, batch.gradientCosine)
    lowestAdvantageCorrelation = Self.lesser(
      lowestAdvantageCorrelation, batch.advantageCorrelation)
  }

  private static func lesser(_ a: Quantity?, _ b: Quantity?) -> Quantity? {
    guard let a, let b else { return a ?? b }
    return a.approximation <= b.approximation ? a : b
  }
}

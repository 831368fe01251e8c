/// How a critic is made and fitted.
package struct CriticConfiguration: Sendable, Equatable, Codable {
  /// Widths of the hidden layers.
  package var hidden: [Int]
  /// The optimiser.
  package var adam: AdamConfiguration
  /// How often a fit goes over the batch.
  package var epochs: Int
  /// The rows of a step; nil for all of them, which needs no order and draws none.
  package var minibatch: Int?

  package init(
    hidden: [Int] = [64, 64], adam: AdamConfiguration = .init(learningRate: 1e-3),
    epochs: Int = 10, minibatch: Int? = 128
  ) {
    precondition(
      hidden.allSatisfy { $0 > 0 } && epochs >= 0 && minibatch ?? 1 > 0,
      "no critic has widths \(hidden), \(epochs) epochs, minibatches of \(minibatch ?? 1)")
    self.hidden = hidden
    self.adam = adam
    self.epochs = epochs
    self.minibatch = minibatch
  }
}

/// The loss and the explained variance before and after one fit.
public struct CriticRecord: Sendable, Equatable {
  /// Mean (V − y)² of the batch before the fit.
  public var lossBefore: Double
  /// Mean (V − y)² of the batch after it.
  public var lossAfter: Double
  /// 1 − Var(y − V)/Var(y) before the fit: how much of the targets the critic knew beforehand. Not a
  /// number where the targets do not vary.
  public var explainedVarianceBefore: Double
  /// 1 − Var(y − V)/Var(y) after the fit.
  public var explainedVarianceAfter: Double

  /// Whether both losses are numbers; if not, the critic is lost.
  public var isFinite: Bool { lossBefore.isFinite && lossAfter.isFinite }
}

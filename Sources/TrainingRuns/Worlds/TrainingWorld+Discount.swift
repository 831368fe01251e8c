internal import MonotoneArithmetic
package import MDPCore
internal import MDPFormats
package import NeuralTRPO

extension TrainingWorld {
  /// The model under the γ that a run trains with.
  ///
  /// Exact numbers beside a run are of this one: with another γ they would be of another problem. Where
  /// γ is the model's own, to the digits of float64, this is the model as it was read.
  package func model(under configuration: TrainingConfiguration) -> MDPDocument? {
    guard var judged = model, let discount = otherDiscount(configuration) else { return model }
    judged.discount = discount
    return judged
  }

  /// The γ that a run trains with, where it is not the model's own.
  private func otherDiscount(_ configuration: TrainingConfiguration) -> ExactNumber? {
    guard let model, model.discount.approximation != configuration.discount else { return nil }
    // The decimal that was written: 0.99, and not the binary fraction nearest to it.
    return try? ExactNumber(parsing: "\(configuration.discount)")
  }

  /// That a run trains with another γ than the model's, in words; nil where it does not.
  package func discountNote(_ configuration: TrainingConfiguration) -> String? {
    guard let model, otherDiscount(configuration) != nil else { return nil }
    return "the discount of training is \(configuration.discount); the model's own is "
      + "\(model.discount)"
  }
}

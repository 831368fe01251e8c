internal import MonotoneArithmetic
internal import TRPOComparison

/// Noise and bias of what each update estimated, as cells of text.
extension ComparisonTables {
  static let errorColumns = [
    "#update", "#gradient noise", "#expected", "#gradient bias", "#KL noise ± s.e.", "#KL bias",
    "#ΔθᵀFΔθ noise ± s.e.", "#ΔθᵀFΔθ bias", "#predicted noise ± s.e.", "#predicted bias",
    "#gain noise ± s.e.", "#gain bias",
  ]

  /// A row an update that has a practice twin.
  var errors: [[String]] {
    document.updates.compactMap { row in
      row.errors.map { errors in
        [
          NumberFormat.count(row.iteration), Self.text(errors.gradient?.noise),
          Self.text(errors.gradient?.expectedNoise), Self.text(errors.gradient?.bias),
        ]
          + [
            errors.step?.meanKL, errors.step?.curvature, errors.step?.predictedGain,
            errors.step?.surrogateGain,
          ].flatMap(Self.cells)
      }
    }
  }

  private static func cells(_ split: ErrorSplit?) -> [String] {
    guard let split else { return ["–", "–"] }
    let error = split.standardError.map { " ± \(text($0, digits: 2))" } ?? ""
    return [text(split.noise, digits: 2) + error, text(split.bias, digits: 2)]
  }

  /// √mean (noise/expected)² of the gradients; nil where none has both.
  var relativeNoise: Double? {
    let squares = document.updates.compactMap { row -> Double? in
      guard let gradient = row.errors?.gradient, let expected = gradient.expectedNoise, expected > 0
      else { return nil }
      let ratio = gradient.noise / expected
      return ratio * ratio
    }
    return squares.isEmpty
      ? nil : (squares.reduce(0, +) / Double(squares.count)).squareRoot()
  }

  /// The meaning of the columns of errors.
  static let errorMeaning = """
    Noise is what was sampled less what its estimator expects, bias that expectation less the theory; of \
    the gradient both are lengths over the length of the theory's, and expected is the root mean square \
    that its noise should have. s.e. is the standard error from the batch's own trajectories, at a \
    policy given beforehand. The step is chosen by the same batch: its KL, predicted gain and \
    surrogate's gain are off by that selection too, predicted and sampled gains upward, and may lie \
    many standard errors out without a fault; the gradient's noise is free of that. \
    Where rare actions matter, a batch without them knows nothing of the noise that they make.
    """
}

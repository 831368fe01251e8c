import RealModule

/// Pearson's test of counts against probabilities.
enum ChiSquare {
  /// Whether counts are believable; they are refused by chance in one of a million tests.
  ///
  /// With k degrees of freedom P(χ² ≥ k + 2√(kx) + 2x) ≤ e⁻ˣ (Laurent & Massart 2000, lemma 1), here
  /// with x = ln 10⁶. Outcomes without probability must not come at all.
  static func accepts(_ counts: [Int], _ probabilities: [Double]) -> Bool {
    let draws = Double(counts.reduce(0, +))
    var statistic = 0.0
    var cells = 0.0
    for (count, probability) in zip(counts, probabilities) {
      guard probability > 0 else {
        if count > 0 { return false }
        continue
      }
      let expected = draws * probability
      precondition(expected >= 5, "\(expected) draws expected of a cell")
      statistic += (Double(count) - expected) * (Double(count) - expected) / expected
      cells += 1
    }
    let (k, x) = (cells - 1, Double.log(1e6))
    return k == 0 || statistic <= k + 2 * (k * x).squareRoot() + 2 * x
  }
}

/// Statistics of a sample of numbers. Of a sample that holds NaN, each of them is NaN.
public enum SampleStatistics {
  /// The mean x̄ = Σ x / n.
  ///
  /// - Precondition: `values` is not empty.
  public static func mean(_ values: some Collection<Double>) -> Double {
    precondition(!values.isEmpty, "no mean of no numbers")
    return values.reduce(0, +) / Double(values.count)
  }

  /// The standard deviation √(Σ (x − x̄)² / (n − 1)); nil for a single number, which tells of none.
  ///
  /// - Precondition: `values` is not empty.
  public static func standardDeviation(_ values: [Double]) -> Double? {
    let center = mean(values)
    guard values.count > 1 else { return nil }
    let squares = values.reduce(0) { $0 + ($1 - center) * ($1 - center) }
    return (squares / Double(values.count - 1)).squareRoot()
  }

  /// The interquartile mean: the mean without the ⌊n/4⌋ least and the ⌊n/4⌋ greatest numbers.
  ///
  /// One run that fails or excels does not move it, as it would the mean, and it varies less than the
  /// median. Source: Agarwal et al., "Deep reinforcement learning at the edge of the statistical
  /// precipice", NeurIPS 2021.
  ///
  /// - Precondition: `values` is not empty.
  public static func interquartileMean(_ values: [Double]) -> Double {
    guard let sorted = sorted(values) else { return .nan }
    let cut = values.count / 4
    return mean(sorted[cut..<values.count - cut])
  }

  /// The quantile of a probability p: the number at place (n − 1) p of the sorted sample, between two
  /// places on the line through their numbers.
  ///
  /// - Precondition: `values` is not empty and p is in [0, 1].
  public static func quantile(_ probability: Double, of values: [Double]) -> Double {
    precondition(!values.isEmpty, "no quantile of no numbers")
    precondition(probability >= 0 && probability <= 1, "a probability of \(probability)")
    guard let sorted = sorted(values) else { return .nan }
    return quantile(probability, ofSorted: sorted)
  }

  static func quantile(_ probability: Double, ofSorted sorted: [Double]) -> Double {
    let place = Double(sorted.count - 1) * probability
    let below = Int(place)
    let share = place - Double(below)
    // Infinite numbers are not subtracted from each other where nothing lies between.
    guard share > 0, sorted[below] != sorted[below + 1] else { return sorted[below] }
    return sorted[below] + share * (sorted[below + 1] - sorted[below])
  }

  /// The numbers in ascending order; nil if one is NaN, which has no place in it.
  private static func sorted(_ values: [Double]) -> [Double]? {
    values.contains { $0.isNaN } ? nil : values.sorted()
  }
}

/// An estimate and its standard error.
///
/// Rows of one trajectory depend on each other, rows of different trajectories do not. They are
/// therefore gathered in *clusters* c, the trajectories, which are the independent units: with rows i
/// of weights w_i and values x_i
///
///     mean   m = Σ_i w_i x_i / Σ_i w_i,     s.e.² = C/(C − 1) · Σ_c (Σ_{i∈c} w_i (x_i − m))² / (Σ_i w_i)²
///     sum    S = Σ_i w_i x_i,               s.e.² = C/(C − 1) · Σ_c (Σ_{i∈c} w_i x_i − S/C)²
///
/// over C clusters. The sum is for weights like γᵗ/C, whose total is random itself; the mean, a ratio
/// of two sums, is biased by O(1/C), as is its error. One cluster says nothing about its spread: its
/// error is infinite.
///
/// Source: Cochran, "Sampling Techniques", 3rd ed. 1977, §6.3 and §9A.
package struct Estimate: Sendable, Equatable {
  /// The estimate.
  package var value: Double
  /// Its standard error.
  package var standardError: Double
  /// C: how many independent units it was made of.
  package var clusters: Int

  package init(value: Double, standardError: Double, clusters: Int) {
    self.value = value
    self.standardError = standardError
    self.clusters = clusters
  }

  /// The mean of independent numbers, such as the returns of episodes.
  ///
  /// - Precondition: some numbers.
  package init(meanOf values: [Double]) {
    self.init(
      meanOf: values, weights: [Double](repeating: 1, count: values.count),
      clusters: values.indices.map(Int32.init(truncatingIfNeeded:)))
  }

  /// The weighted mean of rows.
  ///
  /// - Parameter clusters: The cluster of each row, numbered from 0.
  package init(meanOf values: [Double], weights: [Double], clusters: [Int32]) {
    precondition(
      !values.isEmpty && weights.count == values.count,
      "\(weights.count) weights for \(values.count) values")
    let total = weights.reduce(0, +)
    let mean = zip(values, weights).reduce(0) { $0 + $1.0 * $1.1 } / total
    let residuals = zip(values, weights).map { $1 * ($0 - mean) }
    let sums = Self.sums(residuals, clusters)
    self.init(
      value: mean, standardError: Self.error(sums) / abs(total), clusters: sums.count)
  }

  /// The sum of what rows contribute.
  ///
  /// - Parameter clusters: The cluster of each row, numbered from 0.
  package init(sumOf contributions: [Double], clusters: [Int32]) {
    precondition(!contributions.isEmpty, "a sum of nothing")
    let sums = Self.sums(contributions, clusters)
    let sum = contributions.reduce(0, +)
    let mean = sum / Double(sums.count)
    self.init(value: sum, standardError: Self.error(sums.map { $0 - mean }), clusters: sums.count)
  }

  /// A total of independent parts, each of which makes up a share of what the total is divided by:
  ///
  ///     X = Σ_b X_b,   s.e.² = B/(B − 1) · Σ_b (X_b − X · share_b)²
  ///
  /// with shares that sum to 1: both of the sums above, for parts of several clusters each.
  package init(totalOf parts: [Double], shares: [Double]) {
    precondition(
      !parts.isEmpty && shares.count == parts.count, "\(shares.count) shares for \(parts.count)")
    let total = parts.reduce(0, +)
    self.init(
      value: total, standardError: Self.error(zip(parts, shares).map { $0 - total * $1 }),
      clusters: parts.count)
  }

  /// Where the truth lies with some confidence: so many standard errors to either side.
  package func interval(standardErrors: Double) -> ClosedRange<Double> {
    let reach = standardErrors * standardError
    return (value - reach)...(value + reach)
  }

  /// Sums by cluster; clusters without rows are none.
  private static func sums(_ values: [Double], _ clusters: [Int32]) -> [Double] {
    precondition(
      clusters.count == values.count, "\(clusters.count) clusters for \(values.count) rows")
    var sums: [Double?] = []
    for (value, cluster) in zip(values, clusters) {
      let index = Int(cluster)
      if index >= sums.count { sums += repeatElement(nil, count: index + 1 - sums.count) }
      sums[index] = (sums[index] ?? 0) + value
    }
    return sums.compactMap { $0 }
  }

  /// The error of a total, from the differences of independent parts from their expectations.
  private static func error(_ residuals: [Double]) -> Double {
    guard residuals.count > 1 else { return .infinity }
    let count = Double(residuals.count)
    return (count / (count - 1) * residuals.reduce(0) { $0 + $1 * $1 }).squareRoot()
  }
}

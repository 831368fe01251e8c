/// Brings advantages to mean 0 and deviation 1 over a batch.
///
/// Not in the paper; it makes gradients comparable from batch to batch and leaves the direction of a
/// step nearly as it is. Advantages that are all equal become 0; if one is not finite, none is.
package enum AdvantageNormalisation {
  /// The advantages, normalised.
  package static func apply(_ advantages: [Double]) -> [Double] {
    let count = Double(advantages.count)
    guard let first = advantages.first else { return [] }
    // From the first on, so that the mean of equal numbers is that number.
    let mean = first + advantages.reduce(0) { $0 + ($1 - first) } / count
    let variance = advantages.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count
    let deviation = variance.squareRoot()
    // Differences this small are rounding.
    if deviation <= 1e-12 * abs(mean) { return [Double](repeating: 0, count: advantages.count) }
    return advantages.map { ($0 - mean) / deviation }
  }

  /// The advantages, brought to mean square 1 without a shift; all 0 stay so.
  package static func scaled(_ advantages: [Double]) -> [Double] {
    let size = (advantages.reduce(0) { $0 + $1 * $1 } / Double(advantages.count)).squareRoot()
    return size > 0 && size.isFinite ? advantages.map { $0 / size } : advantages
  }
}

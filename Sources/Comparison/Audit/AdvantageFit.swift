/// How the estimated advantages of rows follow the exact ones.
struct AdvantageFit {
  let scale: Double?
  let correlation: Double?
  let relativeError: Double?

  init(_ rows: AuditedRows) {
    let (estimated, exact) = (rows.advantages, rows.exactAdvantages)
    let (meanEstimated, meanExact) = (rows.mean { estimated[$0] }, rows.mean { exact[$0] })
    let covariance = rows.mean { (estimated[$0] - meanEstimated) * (exact[$0] - meanExact) }
    let spreadExact = rows.mean { (exact[$0] - meanExact) * (exact[$0] - meanExact) }.squareRoot()
    let spread = rows.mean { (estimated[$0] - meanEstimated) * (estimated[$0] - meanEstimated) }
      .squareRoot()
    let size = rows.mean { exact[$0] * exact[$0] }.squareRoot()
    let error = rows.mean { (estimated[$0] - exact[$0]) * (estimated[$0] - exact[$0]) }.squareRoot()
    // Numbers that differ by their own rounding, or by that of their mean, do not differ.
    let differs = spreadExact > rows.resolution
    let largest = estimated.reduce(0) { max($0, abs($1)) }
    let varies = spread > Double(rows.count) * .ulpOfOne * largest
    scale = differs ? covariance / (spreadExact * spreadExact) : nil
    correlation =
      differs && varies ? min(1, max(-1, covariance / (spreadExact * spread))) : nil
    relativeError = size > rows.resolution ? error / size : nil
  }
}

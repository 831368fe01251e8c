internal import MonotoneArithmetic

/// How the estimated advantages of rows follow the exact ones.
struct AdvantageFit {
  let scale: Double?
  let correlation: Double?
  let relativeError: Double?

  init(_ rows: AuditedRows) {
    // Squares of these neither overflow nor vanish, and no digit of any is lost.
    let (unit, exactUnit) = (
      AuditedRows.unit(of: rows.advantages), AuditedRows.unit(of: rows.exactAdvantages)
    )
    let estimated = rows.advantages.map { $0 / unit }
    let exact = rows.exactAdvantages.map { $0 / exactUnit }
    let (resolution, common) = (rows.resolution / exactUnit, Double.greatest(unit, exactUnit))
    let (meanEstimated, meanExact) = (rows.mean { estimated[$0] }, rows.mean { exact[$0] })
    let covariance = rows.mean { (estimated[$0] - meanEstimated) * (exact[$0] - meanExact) }
    let spreadExact = rows.mean { (exact[$0] - meanExact) * (exact[$0] - meanExact) }.squareRoot()
    let spread = rows.mean { (estimated[$0] - meanEstimated) * (estimated[$0] - meanEstimated) }
      .squareRoot()
    let size = rows.mean { exact[$0] * exact[$0] }.squareRoot()
    let error = rows.mean {
      let miss = rows.advantages[$0] / common - rows.exactAdvantages[$0] / common
      return miss * miss
    }.squareRoot()
    // Numbers that differ by their own rounding, or by that of their mean, do not differ.
    let differs = spreadExact > resolution
    let largest = estimated.greatestMagnitude
    let varies = spread > Double(rows.count) * .ulpOfOne * largest
    scale = differs ? covariance / (spreadExact * spreadExact) * (unit / exactUnit) : nil
    correlation =
      differs && varies
      ? .least(1, .greatest(-1, covariance / (spreadExact * spread))) : nil
    relativeError = size > resolution ? error / size * (common / exactUnit) : nil
  }
}

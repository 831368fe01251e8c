internal import MonotoneArithmetic
internal import MDPGuarantees
internal import MDPCore
internal import MDPSolvers

extension BatchAudit {
  /// Holds a batch against an update that was made from it.
  ///
  /// Complexity: O(rows + pairs).
  init(_ batch: SampleBatch, _ update: PolicyUpdate<FloatBall>) {
    let truth = BatchTruth(update)
    let rows = AuditedRows(batch, truth)
    self.rows = rows.count
    trajectories = Set(rows.trajectories).count
    impossibleRows = rows.pairs.count { truth.before[$0] == 0 }
    unreachableRows = rows.states.count { !truth.isVisited[$0] }
    surrogateGain =
      impossibleRows > 0
      ? nil
      : rows.estimate { rows, row in
        (truth.after[rows.pairs[row]] / truth.before[rows.pairs[row]] - 1) * rows.advantages[row]
      }
    exactSurrogateGain = Quantity(
      truth.liveMass == 0 ? 0 : update.policyAdvantage.approximation / truth.liveMass)
    meanKL = rows.estimate { rows, row in truth.divergence[rows.states[row]] }
    stateDistance = Quantity(rows.distance(to: truth))
    gradientCosine = rows.gradientCosine(truth).map { Quantity($0) }
    let fit = AdvantageFit(rows)
    advantageScale = fit.scale.map { Quantity($0) }
    advantageCorrelation = fit.correlation.map { Quantity($0) }
    advantageError = fit.relativeError.map { Quantity($0) }
  }
}

internal import MonotoneArithmetic
internal import MDPGuarantees
internal import MDPCore
internal import MDPSolvers
internal import PolicyImprovement

extension ImprovementDocument: Encodable {
  private enum Key: String, CodingKey {
    case schema, mdp, rule, parameters, start, arithmetic, iterations, optimum, converged
    case interrupted, policy, normalised
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(Self.schema, forKey: .schema)
    try container.encode(model, forKey: .mdp)
    try container.encode(rule, forKey: .rule)
    try container.encode(
      Dictionary(uniqueKeysWithValues: parameters.map { ($0.name, $0.value) }), forKey: .parameters)
    try container.encode(start, forKey: .start)
    try container.encode(arithmetic, forKey: .arithmetic)
    try container.encode(iterations.map(Row.init), forKey: .iterations)
    try container.encode(optimum.map(Optimum.init), forKey: .optimum)
    try container.encode(hasConverged, forKey: .converged)
    try container.encode(interrupted, forKey: .interrupted)
    try container.encode(PolicyJSON(policy, mdp: model.name), forKey: .policy)
    try container.encode(normalised, forKey: .normalised)
  }

  private struct Row: Encodable {
    var index: Int
    var returnBefore: Quantity
    var `return`: Quantity
    var surrogate: Quantity
    var maxKL: Quantity
    var meanKL: Quantity
    var bound: Quantity?
    var optimalityResidual: Quantity
    var improved: Verdict
    var guaranteed: Verdict
    var outcome: UpdateMark
    var tightest: TightestBounds
    var claims: [ClaimResult]

    init(_ iteration: ImprovementIteration) {
      let check = iteration.check
      index = iteration.index
      returnBefore = check.quantities[.returnCurrent]
      `return` = check.quantities[.returnCandidate]
      surrogate = check.quantities[.surrogate]
      maxKL = check.quantities[.maxKL]
      meanKL = check.quantities[.meanKL]
      bound = iteration.bound
      optimalityResidual = iteration.optimalityResidual
      improved = check.improved
      guaranteed = check.guaranteed
      outcome = iteration.mark
      tightest = check.tightest
      claims = check.claims
    }
  }

  private struct Optimum: Encodable {
    var lower: Quantity
    var upper: Quantity
    var exact: Bool
    var proved: Bool
    var gap: Quantity

    init(_ optimum: OptimalPolicy) {
      lower = optimum.lower
      upper = optimum.upper
      if case .exact = optimum.lower { exact = optimum.isProved } else { exact = false }
      proved = optimum.isProved
      gap = Quantity(optimum.gap)
    }
  }
}

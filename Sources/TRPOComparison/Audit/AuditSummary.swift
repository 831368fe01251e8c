public import MonotoneArithmetic
public import MDPGuarantees

/// The counts and extremes over the updates of a chain.
public struct AuditSummary: Sendable, Equatable, Codable {
  /// Updates audited.
  public var updates = 0
  /// Updates whose improvement was guaranteed beforehand.
  public var guaranteed = 0
  /// Updates that improved the return without a guarantee.
  public var improved = 0
  /// Updates that lowered the return.
  public var harmful = 0
  /// Updates that changed nothing.
  public var unchanged = 0
  /// Updates of which this was not decided.
  public var undecided = 0
  /// Updates on which a claim is violated.
  public var withViolatedClaims = 0
  /// Updates on which a claim was left open.
  public var withUndecidedClaims = 0
  /// δ; nil if none was given.
  public var budget: Double?
  /// Updates whose exact mean KL, over live states under d_π, exceeds δ.
  public var meanBeyond = 0
  /// Updates whose exact max KL exceeds δ.
  public var maxBeyond = 0
  /// Updates whose logged KL exceeds δ.
  public var loggedBeyond = 0
  /// The largest mean KL over live states.
  public var largestMeanKL = Quantity.number(0)
  /// The largest max KL.
  public var largestMaxKL = Quantity.number(0)
  /// Updates that come with a finite KL of the program's own.
  public var logged = 0
  /// Updates that come with one that cannot be a KL divergence.
  public var flaggedKL = 0
  /// Updates on which the exact mean KL is more than so many times what the program logged.
  public var understated = 0
  /// The largest ratio of exact mean KL to logged KL; nil where nothing was logged.
  public var largestRatio: Quantity?
  /// The counts and extremes over the batches; nil where none were given.
  public var batches: BatchSummary?

  package init(budget: Double?) { self.budget = budget }

  /// Takes in an update.
  package mutating func add(_ audit: UpdateAudit) {
    updates += 1
    switch audit.mark {
    case .guaranteed: guaranteed += 1
    case .improved: improved += 1
    case .harmful: harmful += 1
    case .unchanged: unchanged += 1
    case .undecided: undecided += 1
    }
    if audit.worst == .violated { withViolatedClaims += 1 }
    if audit.worst == .undecided { withUndecidedClaims += 1 }
    if audit.meanWithin == .violated { meanBeyond += 1 }
    if audit.maxWithin == .violated { maxBeyond += 1 }
    let mean = audit.liveMeanKL.approximation
    largestMeanKL = Quantity(.greatest(largestMeanKL.approximation, mean))
    largestMaxKL = Quantity(.greatest(largestMaxKL.approximation, audit.maxKL.approximation))
    if let batch = audit.batch {
      var summary = batches ?? BatchSummary()
      summary.add(batch)
      batches = summary
    }
    if audit.loggedKLFlag != nil { flaggedKL += 1 }
    guard let divergence = audit.loggedKL else { return }
    logged += 1
    if let budget, divergence > budget { loggedBeyond += 1 }
    if audit.isUnderstated { understated += 1 }
    if divergence > 0 {
      largestRatio = Quantity(.greatest(largestRatio?.approximation ?? 0, mean / divergence))
    }
  }

  /// The worst verdict among the claims.
  public var worst: Verdict {
    withViolatedClaims > 0 ? .violated : withUndecidedClaims > 0 ? .undecided : .holds
  }
}

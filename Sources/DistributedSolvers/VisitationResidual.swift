#if Distributed
  internal import MonotoneArithmetic
  internal import MDPFormats

  /// By how much a given ρ̂ misses the equation ρ = ρ₀ + γ P_πᵀ ρ, bounded over all processes.
  ///
  /// **Theorem.** For every ρ̂, with e = ρ₀ + γP_πᵀρ̂ − ρ̂,  ‖ρ − ρ̂‖₁ ≤ ‖e‖₁ / (1 − γ).
  ///
  /// *Proof.* ρ − ρ̂ = (I − γP_πᵀ)⁻¹ e, and the 1-norm of the inverse is the ∞-norm of its transpose
  /// Σ_t γᵗ P_πᵗ, which is 1/(1 − γ). ∎
  ///
  /// **Rounding.** A pair sends f p̂ to each next state, f = ρ̂(s) π(a|s)/σ in ``TrackedDouble``. Let M be the sum
  /// of |f| over the pairs of a process, E that of the errors of the f, and m its number of entries. In the
  /// 1-norm, with Σ p̂ ≤ 5/4, what a process adds up for its columns is off by at most
  ///
  ///     5/4 (E + δM) + (2mu)² (1 + 2⁻²⁰) 5/4 M + 2m 2⁻¹⁰⁷⁴ (1 + M)
  ///
  /// (errors of f; of p; of a ``CompensatedSum`` for each column; underflow and probabilities below the
  /// normal range). Its numbers are then rounded to one float64 number a column and added up by the owners:
  /// at most R + 1 roundings for R processes, in whatever order, hence off by at most (R + 2) u 5/4 M more.
  /// The owner takes ρ₀ + γ·inflow − ρ̂ in ``TrackedDouble``. All these are sums over columns and processes, and
  /// rounded upward by ``TrackedDouble``.
  struct VisitationResidual {
    /// e of the states of the process, as computed.
    let values: [Double]
    /// An upper bound of ‖e‖₁ over all processes.
    let norm: Double

    init(_ model: DistributedModel, visits: [Double], under policy: DistributedPolicy) {
      let part = model.part
      var high = [Double](repeating: 0, count: model.columnCount)
      var low = high
      var (mass, error) = (TrackedDouble.zero, TrackedDouble.zero)
      for state in 0..<model.order where visits[state] != 0 {
        let pairs = part.pairs(of: state)
        let total = Self.total(policy, state: state, pairs)
        for (place, pair) in pairs.enumerated() {
          let weight = policy.weight(state: state, place: place, pair: pair)
          guard weight != 0 else { continue }
          var flow = TrackedDouble(visits[state]) * TrackedDouble(weight) / total
          let defect = TrackedDouble(value: part.defect(of: pair), error: part.rowDefectError)
          if !defect.isExactlyZero { flow = flow / (.one + defect) }
          mass += TrackedDouble(abs(flow.value))
          error += TrackedDouble(flow.error)
          for entry in part.entries(of: pair) {
            let column = Int(part.nextState[entry])
            let (a, b) = (part.probability[entry], flow.value)
            let product = a * b
            let before = high[column]
            let sum = before + product
            let shift = sum - before
            low[column] +=
              (before - (sum - shift)) + (product - shift) + (-product).addingProduct(a, b)
            high[column] = sum
          }
        }
      }
      let inflow = model.addingToOwners(zip(high, low).map { $0 + $1 })

      let discount = TrackedDouble(model.discount.high) + model.discount.low
      var missing = TrackedDouble.zero
      values = (0..<model.order).map { state in
        let miss =
          model.initial[state] + discount * TrackedDouble(inflow[state])
          - TrackedDouble(visits[state])
        missing += TrackedDouble(miss.size)
        return miss.value
      }
      let entries = part.nextState.count
      let flow = TrackedDouble(1.25) * mass
      let data = TrackedDouble(1.25) * error + TrackedDouble(part.probabilityError) * flow
      let rounding =
        TrackedDouble(CompensatedSum.errorBound(terms: entries, magnitude: flow.size))
        + TrackedDouble(Double(model.communicator.size + 2) * 0x1p-53) * flow
      let underflow = TrackedDouble(0x1p-1072 * Double(entries)) * (.one + mass)
      norm = model.communicator.sum(missing + data + rounding + underflow).size
    }

    private static func total(
      _ policy: DistributedPolicy, state: Int, _ pairs: Range<Int>
    ) -> TrackedDouble {
      switch policy {
      case .uniform: TrackedDouble(pairs.count)
      case .deterministic: .one
      case .weights(let weights): pairs.reduce(.zero) { $0 + TrackedDouble(weights[$1]) }
      }
    }
  }
#endif

#if Distributed
  internal import MonotoneArithmetic
  internal import MDPFormats

  /// By how much given values miss the equations of a policy and of the optimum, bounded row by row in each
  /// process for itself.
  ///
  /// **Theorem.** Let V̂ be any vector and d(s,a) = r(s,a) + γ Σ_s' P(s'|s,a) V̂(s') − V̂(s) for the model of
  /// the file: P its rows divided by their exact sums, 0 ≤ γ < 1. For a policy π let
  /// d_π(s) = Σ_a π(a|s) d(s,a), and let V* be the values of the optimum. Then
  ///
  ///     ‖V_π − V̂‖∞ ≤ max_s |d_π(s)| / (1 − γ)
  ///     V_π ≥ V̂ + min_s d_π(s) / (1 − γ)
  ///     V*  ≤ V̂ + max_{s,a} d(s,a) / (1 − γ).
  ///
  /// *Proof.* V_π − V̂ = (I − γP_π)⁻¹ d_π = Σ_t γᵗ P_πᵗ d_π. The rows of each P_πᵗ are distributions, so that
  /// every component lies between min d_π and max d_π, times Σ_t γᵗ = 1/(1 − γ): the first two lines. The
  /// third is the upper bound for every π, whose d_π(s) is at most max_a d(s,a). ∎
  ///
  /// So V* − V_π ≤ (max_{s,a} d − min_s d_π)/(1 − γ), whatever V̂ is: where it comes from does not matter, and
  /// nothing of the solver is trusted.
  ///
  /// **Rounding.** A process knows p̂, r̂ and σ − 1 with the bounds of ``ModelPart``, and γ as the sum of two
  /// float64 numbers. Σ p̂ V̂ is a ``CompensatedSum``, whose bound its theorem gives with Σ p̂ |V̂| ≤ 5/4 ‖V̂‖∞:
  /// rows whose sums miss 1 by more than 1/10 are refused. The p of the file adds at most
  /// (5/4 δ + m 2⁻¹⁰⁷⁴) ‖V̂‖∞. Division by σ = 1 + D subtracts D/(1 + D) of the sum. Products with γ are split
  /// without error by a fused product (but for 2⁻¹⁰⁷⁴), and r̂ − V̂ + γ·sum, which cancels, is a compensated
  /// sum again. All that is small besides is computed in ``TrackedDouble``, which bounds its own rounding. The
  /// norm is taken over the columns that the process refers to. The bounds of the processes meet in their
  /// maximum, which no rounding touches. What is trusted is that MPI and VecScatter deliver numbers
  /// unchanged.
  struct BellmanResidual {
    private let model: DistributedModel
    /// V̂ by column.
    private let values: [Double]
    /// A bound on |V̂| over the columns.
    private let norm: Double

    init(_ model: DistributedModel, values: [Double]) {
      self.model = model
      self.values = model.withGhosts(values)
      norm = self.values.greatestMagnitude
    }

    /// d(s,a).
    func difference(state: Int, pair: Int) -> TrackedDouble {
      let part = model.part
      let entries = part.entries(of: pair)
      var sum = CompensatedSum()
      for entry in entries {
        sum.add(part.probability[entry], times: values[Int(part.nextState[entry])])
      }
      let size = 1.25 * norm
      let terms = Double(entries.count)
      let data = TrackedDouble(part.probabilityError) * TrackedDouble(size)
      var rest = TrackedDouble(
        value: sum.low,
        error: CompensatedSum.errorBound(terms: entries.count, magnitude: size)
      ).widened(by: data)
        .widened(by: TrackedDouble(0x1p-1073 * terms * (1 + norm)))
      let high = TrackedDouble(sum.high)
      let defect = TrackedDouble(value: part.defect(of: pair), error: part.rowDefectError)
      if !defect.isExactlyZero { rest = rest - defect / (.one + defect) * (high + rest) }

      let discount = model.discount
      let product = discount.high * sum.high
      let split = TrackedDouble(
        value: (-product).addingProduct(discount.high, sum.high), error: .leastNonzeroMagnitude)
      rest =
        split + TrackedDouble(discount.high) * rest + discount.low * (high + rest)

      let (reward, value) = (part.reward[pair], values[state])
      var difference = CompensatedSum()
      difference.add(reward)
      difference.add(-value)
      difference.add(product)
      let magnitude = (abs(reward) + abs(value) + abs(product)) * (1 + 0x1p-50)
      return (difference.tracked(terms: 3, magnitude: magnitude) + rest)
        .widened(by: TrackedDouble(part.rewardError))
    }

    /// d_π(s).
    func difference(state: Int, under policy: DistributedPolicy) -> TrackedDouble {
      let pairs = model.part.pairs(of: state)
      if case .deterministic(let choices) = policy {
        return difference(state: state, pair: pairs.lowerBound + Int(choices[state]))
      }
      var (sum, mass) = (CompensatedSum(), CompensatedSum())
      var (size, error) = (TrackedDouble.zero, TrackedDouble.zero)
      for (place, pair) in pairs.enumerated() {
        let weight = policy.weight(state: state, place: place, pair: pair)
        guard weight != 0 else { continue }
        let term = difference(state: state, pair: pair)
        sum.add(weight, times: term.value)
        mass.add(weight)
        size += TrackedDouble(weight) * TrackedDouble(abs(term.value))
        error += TrackedDouble(weight) * TrackedDouble(term.error)
      }
      let total = mass.tracked(terms: pairs.count, magnitude: mass.high * (1 + 0x1p-20))
      return sum.tracked(terms: pairs.count, magnitude: size.value + size.error)
        .widened(by: error) / total
    }
  }

  extension TrackedDouble {
    /// An upper bound of the number; +∞ where nothing is known.
    var upper: Double { isKnown ? (value + error).nextUp : .infinity }
    /// A lower bound of the number; −∞ where nothing is known.
    var lower: Double { isKnown ? (value - error).nextDown : -.infinity }
    /// An upper bound of its size.
    var size: Double { isKnown ? (abs(value) + error).nextUp : .infinity }
  }
#endif

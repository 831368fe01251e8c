package import MonotoneArithmetic
internal import MDPSolvers

/// A quantity of a policy update: the one description of what results, claims and certificates name.
///
/// The name of a case is its key in `check --json` and in certificates, and its name in claims
/// (``rawValue``).
public enum UpdateQuantity: String, CaseIterable, Sendable, CodingKey {
  /// η(π), the return of the current policy.
  case returnCurrent
  /// η(π̃), the return of the candidate.
  case returnCandidate
  /// L_π(π̃) = η(π) + 𝔸, the surrogate.
  case surrogate
  /// 𝔸 = Σ_s ρ_π(s) Ā(s), the policy advantage.
  case policyAdvantage
  /// ε_max = max |A_π(s,a)|.
  case maxAdvantage
  /// ε_exp = max_s |Ā(s)|.
  case maxExpectedAdvantage
  /// C = 4 ε_max γ/(1−γ)².
  case penaltyCoefficient
  /// max_s TV(s), the largest total variation distance.
  case maxTotalVariation
  /// E TV(s) under d_π, the mean total variation distance.
  case meanTotalVariation
  /// max_s KL(π‖π̃).
  case maxKL
  /// E KL(π‖π̃) under d_π.
  case meanKL
  /// max_s KL(π̃‖π).
  case maxReverseKL
  /// E KL(π̃‖π) under d_π.
  case meanReverseKL

  /// Its symbol.
  public var symbol: String { words.symbol }

  /// The name of the quantity, in a few words.
  public var title: String { words.title }

  private var words: (symbol: String, title: String) {
    switch self {
    case .returnCurrent: ("η(π)", "return of the current policy")
    case .returnCandidate: ("η(π̃)", "return of the candidate")
    case .surrogate: ("L_π(π̃)", "surrogate")
    case .policyAdvantage: ("𝔸", "policy advantage")
    case .maxAdvantage: ("ε_max", "largest advantage")
    case .maxExpectedAdvantage: ("ε_exp", "largest expected advantage")
    case .penaltyCoefficient: ("C", "penalty coefficient")
    case .maxTotalVariation: ("max TV", "total variation, maximum")
    case .meanTotalVariation: ("E TV", "total variation, mean")
    case .maxKL: ("max KL", "KL(π‖π̃), maximum")
    case .meanKL: ("E KL", "KL(π‖π̃), mean")
    case .maxReverseKL: ("max KL'", "KL(π̃‖π), maximum")
    case .meanReverseKL: ("E KL'", "KL(π̃‖π), mean")
    }
  }

  /// The size that the error of a number is measured by.
  enum Scale {
    /// The largest |V| or |Q|.
    case values
    /// 1: the size of a distance between distributions.
    case one
    /// The number itself, or 1 if that is more.
    case itself
  }

  /// The size that its error is measured by.
  var scale: Scale {
    switch self {
    case .returnCurrent, .returnCandidate, .surrogate, .policyAdvantage, .maxAdvantage,
      .maxExpectedAdvantage:
      .values
    case .penaltyCoefficient: .itself
    case .maxTotalVariation, .meanTotalVariation, .maxKL, .meanKL, .maxReverseKL, .meanReverseKL:
      .one
    }
  }
}

extension PolicyUpdate {
  /// The value of a quantity, in the update's arithmetic.
  package subscript(quantity: UpdateQuantity) -> QuantityValue<Number> {
    switch quantity {
    case .returnCurrent: .number(current.expectedReturn)
    case .returnCandidate: .number(candidate.expectedReturn)
    case .surrogate: .number(surrogate)
    case .policyAdvantage: .number(policyAdvantage)
    case .maxAdvantage: .number(maxAdvantage)
    case .maxExpectedAdvantage: .number(maxExpectedAdvantage)
    case .penaltyCoefficient: mdp.isUndiscounted ? .unbounded : .number(penaltyCoefficient)
    case .maxTotalVariation: .number(maxTotalVariation)
    case .meanTotalVariation: .number(meanTotalVariation)
    case .maxKL: .real(maxDivergence)
    case .meanKL: .real(meanDivergence)
    case .maxReverseKL: .real(maxReverseDivergence)
    case .meanReverseKL: .real(meanReverseDivergence)
    }
  }
}

/// The value of a quantity of an update.
package enum QuantityValue<Number: Scalar>: Sendable {
  /// Made without logarithms: a rational number where arithmetic is exact.
  case number(Number)
  /// Made with logarithms; +∞ where a KL divergence is infinite.
  case real(Extended<Number.Real>)
  /// None: C, which grows without bound as γ → 1, for γ = 1.
  case unbounded

  /// The value as results show it; infinite where there is none.
  package var quantity: Quantity {
    switch self {
    case .number(let number): number.quantity
    case .real(let real): real.quantity
    case .unbounded: .infinity
    }
  }

  /// A bound on the error of its float64 approximation; 0 where the value is infinite, or none.
  var radius: Double {
    switch self {
    case .number(let number): number.radius
    case .real(let real): real.number?.radius ?? 0
    case .unbounded: 0
    }
  }

  /// The float64 number nearest to it; infinite where it is, or there is none.
  var approximation: Double {
    switch self {
    case .number(let number): number.approximation
    case .real(let real): real.approximation
    case .unbounded: .infinity
    }
  }
}

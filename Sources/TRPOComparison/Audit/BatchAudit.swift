public import MonotoneArithmetic

/// The estimates of the samples that an update was made from, beside exact values.
///
/// Rows i of the batch have a state s_i, an action a_i, an advantage Â_i and a weight w_i, with
/// W = Σ_i w_i; ⟨x⟩ = Σ_i w_i x_i / W is the batch's mean. π is the policy before the update, π̃ the one
/// after it, A and ρ are π's, exact, and d(s) = ρ(s) / Σ_live ρ is the share of state s among
/// the steps that are taken. Rows of weight 0 are left out.
///
///     surrogateGain         ⟨(π̃/π) Â⟩ − ⟨Â⟩ = ⟨(π̃(a|s)/π(a|s) − 1) Â⟩
///     exactSurrogateGain    Σ_s d(s) Σ_a π̃(a|s) A(s,a) = 𝔸 / Σ_live ρ
///     advantageScale        cov(Â, A) / var A              with the batch's covariances
///     advantageCorrelation  cov(Â, A) / √(var Â · var A)
///     advantageError        √⟨(Â − A)²⟩ / √⟨A²⟩
///     meanKL                ⟨KL(π(·|s) ‖ π̃(·|s))⟩          the exact one is `liveMeanKL` of the update
///     stateDistance         ½ Σ_s |b(s) − d(s)|            b(s) = Σ_{s_i = s} w_i / W
///     gradientCosine        of  ⟨Â ∂log π(a|s)/∂z⟩ and d(s) π(a|s) A(s,a), both by (s,a), with z the
///                           logits of π: ∂log π(a|s)/∂z(s,a') = 1[a' = a] − π(a'|s)
///
/// Errors are by trajectory; see ``NeuralTRPO/Estimate``. These are estimates in float64: they come
/// without verdicts. The gain is in the batch's own unit: where a program normalises its advantages,
/// `advantageScale` says by how much, and `surrogateGain / advantageScale` is what to hold against the
/// exact one, which differs besides by the batch's states (`stateDistance`), by the bias of its
/// advantages, and by noise.
///
/// Source: Schulman et al. 2015, eq. 13–14; Sutton et al. 2000 for the gradient.
public struct BatchAudit: Sendable, Equatable, Codable {
  /// Rows with a weight above 0.
  public var rows: Int
  /// How many trajectories those are of.
  public var trajectories: Int
  /// Rows whose action π never takes, π(a|s) = 0 in float64: of another policy's batch.
  public var impossibleRows: Int
  /// Rows in states that π never reaches from ρ₀: of another policy's batch, or from another start.
  public var unreachableRows: Int
  /// The gain of the surrogate on the samples; nil where an impossible row would divide by 0.
  public var surrogateGain: BatchEstimate?
  /// The exact gain of the surrogate, as a mean over steps.
  public var exactSurrogateGain: Quantity
  /// The slope of Â against A; nil where A does not differ among the rows.
  public var advantageScale: Quantity?
  /// The correlation of Â and A; nil where one of them does not differ among the rows.
  public var advantageCorrelation: Quantity?
  /// The root mean square of Â − A relative to that of A; nil where A is 0 on all rows.
  public var advantageError: Quantity?
  /// The mean KL over the batch's states, each state's exact.
  public var meanKL: BatchEstimate
  /// The total variation between the batch's states and d.
  public var stateDistance: Quantity
  /// The cosine of the angle between the batch's and the exact policy gradient in logits; nil where one
  /// is zero.
  public var gradientCosine: Quantity?

  /// Whether some row cannot be of the policy before the update, from the model's start.
  public var isForeign: Bool { impossibleRows + unreachableRows > 0 }
}

/// The divergence that a trust region bounds.
///
/// Source: Schulman et al. 2015, eq. 11 and 12.
public enum DivergenceConstraint: String, Sendable, CaseIterable {
  /// The mean of KL(old‖new) over the states of the batch.
  case meanKL = "mean-kl"
  /// The largest KL(old‖new) of a state of the batch.
  case maxKL = "max-kl"
}

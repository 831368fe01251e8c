/// An estimate of the Fisher matrix F of a policy from a batch.
///
/// With rows i of state weight w_i, which sum to W,
///
///     analytic    F = Σ w_i E_{a∼π_old}[∇ln π(a|s_i) ∇ln π(a|s_i)ᵀ] / W       the expectation, in closed form
///     empirical   F = Σ w_i u_i ∇ln π(a_i|s_i) ∇ln π(a_i|s_i)ᵀ / W            the actions that were taken
///
/// where u = 1 for actions drawn from π_old and π_old/q, self-normalised as the surrogate is, for those drawn
/// from another distribution q. Both estimate one matrix; the empirical one has the noise of the actions
/// besides. It is not the Hessian of the batch's mean divergence. Neither is ever formed: a product is J v,
/// a multiplication row by row, and Jᵀ of what that gives.
///
/// Source: Schulman et al. 2015, §6 and App. C.1.
public enum FisherMatrix: String, Sendable, CaseIterable {
  /// Over the actions of the policy.
  case analytic
  /// Over the actions of the batch.
  case empirical
}

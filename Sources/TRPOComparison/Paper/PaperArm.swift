/// A method that Schulman et al. 2015 compare in Figure 4.
public enum PaperArm: String, Sendable, Codable, CaseIterable {
  case singlePath = "single-path"
  case vine
  case naturalGradient = "natural-gradient"
  case maxKL = "max-kl"
  case empiricalFisher = "empirical-fisher"
  case crossEntropy = "cem"
  case covarianceAdaptation = "cma-es"
  case rewardWeighted = "rwr"

  /// Its name in the paper.
  public var title: String {
    switch self {
    case .singlePath: "single path"
    case .vine: "vine"
    case .naturalGradient: "natural gradient"
    case .maxKL: "max KL"
    case .empiricalFisher: "empirical FIM"
    case .crossEntropy: "CEM"
    case .covarianceAdaptation: "CMA-ES"
    case .rewardWeighted: "RWR"
    }
  }

  /// Whether it updates the policy by the surrogate and a metric of KL divergence.
  public var usesSurrogate: Bool {
    switch self {
    case .singlePath, .vine, .naturalGradient, .maxKL, .empiricalFisher: true
    case .crossEntropy, .covarianceAdaptation, .rewardWeighted: false
    }
  }
}

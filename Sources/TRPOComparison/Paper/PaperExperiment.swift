/// A task of Figure 4 in Schulman et al. 2015, with what the paper says of each method there.
public enum PaperExperiment: String, Sendable, Codable, CaseIterable {
  case cartPole = "cart-pole"
  case swimmer
  case hopper
  case walker

  /// The environment of `train`.
  public var environment: String {
    switch self {
    case .cartPole: "CartPole-paper"
    case .swimmer: "Swimmer-paper"
    case .hopper: "Hopper-paper"
    case .walker: "Walker-paper"
    }
  }

  /// Whether it is one of the two tasks that the paper calls easier.
  private var isEasier: Bool { self == .cartPole || self == .swimmer }

  /// The paper's statement of a method beside the single path, in section 8.1 unless it says otherwise; nil where
  /// there is none.
  public func statement(on arm: PaperArm) -> PaperStatement? {
    switch arm {
    case .singlePath: nil
    case .vine: PaperStatement("solves the task as well", .keepsGain(of: .score))
    case .naturalGradient:
      isEasier
        ? PaperStatement("performs well", .keepsGain(of: .score))
        : PaperStatement("finds no gait that makes progress", .isWorse)
    case .maxKL: PaperStatement("learns somewhat more slowly", .keepsGain(of: .curve))
    case .empiricalFisher:
      PaperStatement("improves at a similar rate (section 6)", .keepsGain(of: .curve))
    case .crossEntropy, .covarianceAdaptation:
      isEasier ? nil : PaperStatement("performs poorly", .isWorse)
    case .rewardWeighted: nil
    }
  }
}

/// A statement of the paper on a method, and how it is tested.
public struct PaperStatement: Sendable, Equatable {
  /// The statement in short.
  public var text: String
  /// The test.
  public var hypothesis: PaperHypothesis

  init(_ text: String, _ hypothesis: PaperHypothesis) {
    (self.text, self.hypothesis) = (text, hypothesis)
  }
}

/// The hypothesis that a paired test is to show of a method beside the single path with the same seed.
public enum PaperHypothesis: Sendable, Equatable, Codable {
  /// Not much worse: it keeps ``PaperHypothesis/keptShare`` of what the single path gains over its own beginning.
  case keepsGain(of: PaperMeasure)
  /// The single path's final score is higher.
  case isWorse
  /// The final scores differ; used where the paper says nothing, and then nothing is concluded.
  case differs

  /// The share of the single path's gain that a method that is not much worse keeps: a margin of a fifth, fixed
  /// before any run.
  public static let keptShare = 0.8
}

/// A number that a run is judged by.
public enum PaperMeasure: String, Sendable, Codable {
  /// The mean return of evaluation episodes of the final policy.
  case score
  /// The mean of the learning curve: high for who learns fast.
  case curve

  /// The number in words.
  public var title: String {
    switch self {
    case .score: "final score"
    case .curve: "mean of the curve"
    }
  }
}

/// The space of an environment's actions; an action is a row of numbers in each case.
public enum ActionSpace: Sendable, Equatable {
  /// Independent choices, each an index from 0; one factor for a plain discrete space.
  case discrete(choices: [Int])
  /// Coordinates between bounds. An environment clips what lies outside; the policy's distribution
  /// and its log-probabilities stay those of the action before that.
  case box(low: [Double], high: [Double])

  /// How many numbers make an action.
  public var width: Int {
    switch self {
    case .discrete(let choices): choices.count
    case .box(let low, _): low.count
    }
  }

  /// How many choices there are in all, over the factors; 0 for coordinates.
  public var choiceCount: Int {
    switch self {
    case .discrete(let choices): choices.reduce(0, +)
    case .box: 0
    }
  }

  /// The distribution over such actions that a policy has.
  ///
  /// - Parameter fixedDeviation: σ of coordinates where it is fixed; nil where it is learned.
  package func head(fixedDeviation: Double?) -> any PolicyHead {
    switch self {
    case .discrete(let choices): FactoredCategorical(choices: choices)
    case .box(let low, _):
      DiagonalGaussian(dimensions: low.count, fixedDeviation: fixedDeviation)
    }
  }
}

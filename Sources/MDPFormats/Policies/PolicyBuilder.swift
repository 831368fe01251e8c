internal import MonotoneArithmetic
internal import MDPCore

/// Collects the rows of a policy.
struct PolicyBuilder {
  /// Nil for a policy that is only checked, without its model.
  let space: StateActionSpace?
  private var probabilities: [Rational] = []
  private var normalised: [String] = []

  init(space: StateActionSpace?) {
    self.space = space
    // One shared zero: most rows have few entries that are not.
    if let space {
      probabilities = Array(repeating: Rational(0), count: space.pairCount)
    }
  }

  mutating func set(_ probability: Rational, pair: Int) {
    probabilities[pair] = probability
  }

  /// Divides the probabilities of a state by their sum.
  mutating func divide(_ state: Int, by sum: Rational, path: String) {
    guard let space else { return }
    for pair in space.pairs(of: state) where !probabilities[pair].isExactlyZero {
      probabilities[pair] = probabilities[pair] / sum
    }
    normalised.append(path)
  }

  /// The policy.
  ///
  /// - Precondition: there is a space, and every row was found to be a distribution.
  var document: PolicyDocument {
    guard let space else { preconditionFailure("a policy without its model is only checked") }
    return PolicyDocument(
      policy: ExactPolicy(space: space, probabilities: probabilities), normalised: normalised)
  }
}

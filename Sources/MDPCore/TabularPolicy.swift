public import MonotoneArithmetic

/// A stationary stochastic policy π(a|s), stored by available pair.
///
/// Terminal states have no pairs, so a policy says nothing there.
public struct TabularPolicy<Number: Sendable>: Sendable {
  /// The states and actions that the policy speaks of.
  public let space: StateActionSpace
  /// π(a|s) by pair; sums to 1 over each live state's pairs.
  public let probabilities: [Number]

  /// A policy from its probabilities.
  ///
  /// - Precondition: one probability a pair. That they are distributions is for the maker to
  ///   see to: the readers and ``TabularPolicy/uniform(_:)`` and its like do.
  public init(space: StateActionSpace, probabilities: [Number]) {
    precondition(
      probabilities.count == space.pairCount,
      "\(probabilities.count) probabilities for \(space.pairCount) available pairs")
    self.space = space
    self.probabilities = probabilities
  }

  /// π(a|s) by pair.
  @inlinable public subscript(pair: Int) -> Number { probabilities[pair] }

  /// This policy with each probability converted to another type of number.
  public func map<T, Failure: Error>(
    _ transform: (Number) throws(Failure) -> T
  ) throws(Failure) -> TabularPolicy<T> {
    TabularPolicy<T>(space: space, probabilities: try probabilities.map(transform))
  }
}

extension TabularPolicy: Equatable where Number: Equatable {}

/// A policy whose probabilities are exact: what files, names and mixtures give.
public typealias ExactPolicy = TabularPolicy<Rational>

public import MonotoneArithmetic
internal import MonotoneProbability

extension ExactPolicy {
  /// The policy that takes every available action with the same probability.
  public static func uniform(_ space: StateActionSpace) -> ExactPolicy {
    var probabilities: [Rational] = []
    probabilities.reserveCapacity(space.pairCount)
    // States with as many actions share a number.
    var shares: [Int: Rational] = [:]
    for state in space.liveStates {
      let count = space.pairs(of: state).count
      let share = shares[count] ?? Rational(numerator: 1, denominator: count)
      shares[count] = share
      probabilities.append(contentsOf: repeatElement(share, count: count))
    }
    return ExactPolicy(space: space, probabilities: probabilities)
  }

  /// The policy that takes, in each live state, the one pair that `choice` names.
  public static func deterministic(
    _ space: StateActionSpace, choice: (_ state: Int) -> Int
  ) -> ExactPolicy {
    // Two numbers, shared by all pairs: a number of its own takes a hundred bytes.
    var probabilities = [Rational](repeating: Rational(0), count: space.pairCount)
    let one = Rational(1)
    for state in space.liveStates {
      let pair = choice(state)
      precondition(
        space.pairs(of: state).contains(pair), "pair \(pair) is not one of state \(state)'s")
      probabilities[pair] = one
    }
    return ExactPolicy(space: space, probabilities: probabilities)
  }

  /// The policy π(a|s) ∝ weight, for non-negative integer weights not all zero in a live state.
  public static func fromWeights(
    _ space: StateActionSpace, _ weight: (_ pair: Int) -> Int
  ) -> ExactPolicy {
    var probabilities: [Rational] = []
    probabilities.reserveCapacity(space.pairCount)
    // Most states say what others do, and numbers that are equal can share their memory.
    var latest: [Int: Share] = [:]
    for state in space.states.indices {
      let weights = space.pairs(of: state).map(weight)
      let total = weights.reduce(0, +)
      precondition(
        weights.isEmpty || (total > 0 && weights.allSatisfy { $0 >= 0 }),
        "state \(space.states[state]) has weights \(weights)")
      for weight in weights {
        if let share = latest[weight], share.total == total {
          probabilities.append(share.number)
        } else {
          let number = Rational(numerator: weight, denominator: total)
          latest[weight] = Share(total: total, number: number)
          probabilities.append(number)
        }
      }
    }
    return ExactPolicy(space: space, probabilities: probabilities)
  }

  /// A weight's share of a total.
  private struct Share {
    var total: Int
    var number: Rational
  }

  /// A random policy with every available action possible: weights uniform on 1 … 1000 from the
  /// stream of a seed, divided by their sum.
  public static func random(_ space: StateActionSpace, seed: UInt64) -> ExactPolicy {
    var stream = RandomStream(seed: seed)
    let weights = (0..<space.pairCount).map { _ in 1 + stream.integer(below: 1000) }
    return fromWeights(space) { weights[$0] }
  }

  /// (1 − α) π + α π': with probability α the other policy acts.
  ///
  /// - Precondition: 0 ≤ α ≤ 1, and both policies are of one space.
  public func mixed(with other: ExactPolicy, weight alpha: Rational) -> ExactPolicy {
    precondition(space == other.space, "policies of different models cannot be mixed")
    precondition(
      alpha.signum >= 0 && alpha <= Rational(1), "a mixture weight of \(alpha) is not in [0, 1]")
    let rest = Rational(1) - alpha
    return ExactPolicy(
      space: space,
      probabilities: zip(probabilities, other.probabilities).map { rest * $0 + alpha * $1 })
  }

  /// Whether another policy is the same, by state.
  public func agreement(with other: ExactPolicy) -> [Bool] {
    precondition(space == other.space, "policies of different models cannot be compared")
    return space.states.indices.map { state in
      space.pairs(of: state).allSatisfy { self[$0] == other[$0] }
    }
  }
}

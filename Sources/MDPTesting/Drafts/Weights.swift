/// A distribution as non-negative whole weights, not all zero: p(i) = weight(i) / Σ weights.
///
/// Valid whatever is done to it as long as one weight stays positive, which is what lets shrinking
/// work on it freely. In lowest terms. Simpler weights have fewer outcomes and smaller numbers, so
/// that all ones, the uniform distribution over the outcomes, is the roundest.
struct Weights: Sendable, Hashable {
  private(set) var values: [Int]

  /// The distribution of some weights; of all ones, if all are zero.
  init(_ values: [Int]) {
    precondition(values.allSatisfy { $0 >= 0 }, "negative weights: \(values)")
    let divisor = values.reduce(0) { Fraction.greatestCommonDivisor($0, $1.magnitude) }
    self.values =
      divisor == 0
      ? [Int](repeating: 1, count: values.count)
      : divisor == 1 ? values : values.map { $0 / Int(divisor) }
  }

  /// All the weight on one of `count` outcomes.
  static func point(_ outcome: Int, of count: Int) -> Weights {
    Weights((0..<count).map { $0 == outcome ? 1 : 0 })
  }

  /// Equal weights on `count` outcomes.
  static func uniform(_ count: Int) -> Weights { Weights([Int](repeating: 1, count: count)) }

  var count: Int { values.count }
  var total: Int { values.reduce(0, +) }
  var support: [Int] { values.indices.filter { values[$0] > 0 } }
  var isUniform: Bool { values.allSatisfy { $0 == 1 } }
  var roughness: Int { values.reduce(0) { $0 + Fraction.roughness($1.magnitude) } }

  /// The probabilities.
  var fractions: [Fraction] {
    let total = total
    return values.map { Fraction($0, over: total) }
  }

  /// Without one outcome; the weight goes to another, or is shared by all in proportion if that is
  /// nil. Of an outcome that has all the weight, `fallback` gets it.
  func removing(_ outcome: Int, to target: Int? = nil, fallback: Int = 0) -> Weights {
    var rest = values
    if let target { rest[target] += rest[outcome] }
    rest.remove(at: outcome)
    if rest.allSatisfy({ $0 == 0 }), !rest.isEmpty {
      rest[fallback > outcome ? fallback - 1 : min(fallback, rest.count - 1)] = 1
    }
    return Weights(rest)
  }

  /// (1 − α) p + α q.
  func mixed(with other: Weights, weight: Fraction) -> Weights {
    let (mine, theirs) = (total, other.total)
    let rest = weight.denominator - weight.numerator
    return Weights(
      values.indices.map {
        rest * theirs * values[$0] + weight.numerator * mine * other.values[$0]
      })
  }

  /// Simpler distributions over the same outcomes: points, then fewer outcomes, then even weights,
  /// then smaller ones.
  func simpler() -> [Weights] {
    let support = support
    var candidates: [Weights] = []
    if support.count > 1 {
      candidates += support.map { .point($0, of: count) }
      for outcome in support where support.count > 2 {
        var rest = values
        rest[outcome] = 0
        candidates.append(Weights(rest))
      }
    }
    guard roughness > 0 else { return candidates }
    candidates.append(Weights(values.map { min($0, 1) }))
    let total = total
    for parts in [2, 3, 4, 5, 10, 100] where parts < total && parts >= support.count {
      candidates.append(Weights(Self.rounded(values, to: parts)))
    }
    for outcome in support where values[outcome] > 1 {
      for smaller in [1, values[outcome] / 2, values[outcome] - 1] where smaller > 0 {
        var changed = values
        changed[outcome] = smaller
        candidates.append(Weights(changed))
      }
    }
    return candidates.filter { $0.roughness < roughness }
  }

  /// Weights near these in proportion that add up to `parts` or so, none of the positive ones zero.
  private static func rounded(_ values: [Int], to parts: Int) -> [Int] {
    let total = Double(values.reduce(0, +))
    return values.map {
      $0 == 0 ? 0 : max(1, Int(clamping: (Double($0) * Double(parts) / total).rounded()))
    }
  }
}

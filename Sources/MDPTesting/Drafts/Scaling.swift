internal import MonotoneArithmetic

/// The scaling that takes a draft to the ends of the range of numbers.
///
/// Applied where the document and the policies are made, so that the draft itself stays in machine
/// words and shrinks as any other.
struct Scaling: Sendable, Hashable {
  /// Rewards are multiplied by 10^`reward`.
  var reward = 0
  /// γ is divided by 10^`discount`.
  var discount = 0
  /// Each policy but the first is mixed into the one before with a weight of 10^−`step` only.
  var step = 0
  /// The places after the point at which every reward has a digit more; 0 for none.
  var digits = 0

  /// A reward, the `index`th of its model.
  func reward(_ reward: Fraction, _ index: Int) -> ExactNumber {
    guard self.reward != 0 || digits > 0 else { return reward.exactNumber }
    var value = reward.rational
    if digits > 0 { value += Rational(1 + index) * Rational(powerOfTen: -digits) }
    return ExactNumber(value * Rational(powerOfTen: self.reward))
  }

  /// γ.
  func discount(_ discount: Fraction) -> ExactNumber {
    self.discount == 0
      ? discount.exactNumber
      : ExactNumber(discount.rational * Rational(powerOfTen: -self.discount))
  }

  /// How far from none: what shrinking reduces.
  var size: Int { abs(reward) + discount + step + digits }

  /// Less of it: none, then half, of one thing at a time.
  func simpler() -> [Scaling] {
    let parts: [WritableKeyPath<Scaling, Int>] = [\.reward, \.discount, \.step, \.digits]
    return parts.flatMap { part in
      [0, self[keyPath: part] / 2].map { value in
        var simpler = self
        simpler[keyPath: part] = value
        return simpler
      }
    }.filter { $0.size < size }
  }
}

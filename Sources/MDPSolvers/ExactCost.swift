/// The cost of the exact evaluation of a policy, estimated from the length of its numbers before it is made.
///
/// The rows of I − γP_π are scaled to integers by their denominators' least common multiples, b_s
/// bits long. By Cramer's rule and Hadamard's inequality V and ρ are fractions of at most
/// T = Σ_s (b_s + 2) bits, and as many as the rewards add. Dixon's lifting finds them in T/28 steps,
/// for V and for ρ, a step for 58 bits of numerator and denominator together, each of n² products
/// of a word with an entry of the system. What follows (Q, A, the claims) are sums, products and
/// greatest common divisors of T bits for each pair. In seconds
///
///     evaluation   T/14 · n² · w + 2·10⁻⁹ · |pairs| T^1.5 / 10
///     claims       4·10⁻⁹ · |pairs| T^1.5        T the mean of both policies
///
/// with w = 12 ns where the entries fit two words, else 30 ns + 4 ns per word. Fitted to models of 5
/// to 441 states whose numbers have 2 to 10,000 digits, on one core of 2023; within a factor of
/// three there, and rather above than below.
///
/// Source of the lifting: ``RationalSystem``.
package struct ExactCost: Sendable {
  /// n, the live states.
  package var order: Int
  /// The available pairs.
  package var pairCount: Int
  /// T, the bits of a numerator or denominator of V and ρ.
  package var bitCount: Double
  /// The bits of the longest integer of the systems.
  package var longestEntry: Double

  /// The seconds that the evaluation is expected to take.
  package var seconds: Double {
    let words = (longestEntry / 64).rounded(.up)
    let product = longestEntry < 120 && order >= 12 ? 12e-9 : 30e-9 + 4e-9 * words
    let size = Double(order)
    return bitCount / 14 * size * size * product + Self.sums(pairCount, bitCount) / 20
  }

  /// The seconds that checking claims takes beside the evaluations.
  package static func claimSeconds(_ current: ExactCost, _ candidate: ExactCost) -> Double {
    sums(current.pairCount, (current.bitCount + candidate.bitCount) / 2)
  }

  /// A few dozen operations on numbers of so many bits for each pair.
  private static func sums(_ pairCount: Int, _ bitCount: Double) -> Double {
    4e-9 * Double(pairCount) * bitCount * bitCount.squareRoot()
  }
}

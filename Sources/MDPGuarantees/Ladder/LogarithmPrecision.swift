internal import MonotoneArithmetic
internal import MDPSolvers

/// The precision of logarithms on the last rung of ``ProofLadder``: doubled until they decide.
///
/// In rational numbers only logarithms and roots are enclosed, in balls of ``Ball/workingPrecision``
/// bits. Σ π ln(π/π̃) is 0 if the policies agree, else transcendental (Baker 1966): what is made of it is
/// decided sooner or later, unless it is compared with itself.
package enum LogarithmPrecision {
  /// The most bits for a verdict: enough for steps of 1e-300, at a tenth of a second for a small model.
  package static let verdictLimit = 1 << 12
  /// The most bits for a certificate, which has to decide everything, to ``CertifiedNumber/digits`` digits.
  package static let certificateLimit = 1 << 14
  /// The most bits in a search for counterexamples, which tries inputs by the thousand, many of them ties
  /// that no precision decides.
  package static let searchLimit = 1 << 10

  /// Doubles the precision for as long as something is open.
  ///
  /// - Parameters:
  ///   - bits: What an attempt was made with already.
  ///   - limit: The most.
  ///   - isOpen: Whether another attempt is wanted.
  ///   - attempt: Makes it, at the working precision of the moment.
  /// - Returns: The bits of the last attempt.
  @discardableResult
  package static func climb(
    from bits: Int = Ball.workingPrecision, upTo limit: Int, while isOpen: () -> Bool,
    _ attempt: () -> Void
  ) -> Int {
    var bits = bits
    while isOpen(), 2 * bits <= limit {
      bits *= 2
      Ball.$workingPrecision.withValue(bits, operation: attempt)
    }
    return bits
  }
}

extension PolicyUpdate<Rational> {
  /// This update with its logarithms computed at the current working precision.
  func sharpened() -> PolicyUpdate { PolicyUpdate(current: current, candidate: candidate) }
}

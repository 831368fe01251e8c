internal import CFLINT

extension FractionVector {
  /// The fractions with given residues modulo p^k, over one denominator.
  ///
  /// **Uniqueness.** Fractions u/v and s/t with |u|, |s| ≤ N and 0 < v, t ≤ D that are congruent
  /// modulo m > 2ND are equal: |ut − sv| ≤ 2ND < m. Here a solution's entries are taken in turn, d the
  /// denominator of those before: d times the next is a numerator up to N, which its residue of
  /// least magnitude shows at once, or else a fraction, whose denominator joins d. As d divides the
  /// solution's denominator, which is at most D, both are within the bounds.
  ///
  /// - Parameters:
  ///   - digits: The residues' digits in base p, `count` of them for each power.
  ///   - numeratorBits: N = 2^this bounds the numerators over the common denominator.
  ///   - denominatorBits: D = 2^this bounds the common denominator; p^k > 2ND.
  convenience init(
    digits: [UInt], count: Int, prime: UInt, numeratorBits: Int, denominatorBits: Int
  ) {
    self.init(zeros: count)
    let steps = count == 0 ? 0 : digits.count / count
    let scratch = Integers(zeros: 5)
    let (modulus, residue) = (scratch[0], scratch[1])
    let (numeratorBound, denominatorBound, factor) = (scratch[2], scratch[3], scratch[4])
    fmpz_one(numeratorBound)
    fmpz_mul_2exp(numeratorBound, numeratorBound, UInt(numeratorBits))
    fmpz_one(denominatorBound)
    fmpz_mul_2exp(denominatorBound, denominatorBound, UInt(denominatorBits))
    fmpz_ui_pow_ui(modulus, prime, UInt(steps))
    for index in 0..<count {
      let numerator = numerators[index]
      fmpz_zero(residue)
      for step in (0..<steps).reversed() {
        fmpz_mul_ui(residue, residue, prime)
        fmpz_add_ui(residue, residue, digits[step * count + index])
      }
      fmpz_mul(residue, residue, denominator)
      fmpz_smod(numerator, residue, modulus)
      guard fmpz_cmpabs(numerator, numeratorBound) > 0 else { continue }
      fmpz_mod(residue, residue, modulus)
      let isFound = _fmpq_reconstruct_fmpz_2(
        numerator, factor, residue, modulus, numeratorBound, denominatorBound)
      precondition(isFound != 0, "lifting gave a residue that no fraction within the bounds has")
      for earlier in 0..<index { fmpz_mul(numerators[earlier], numerators[earlier], factor) }
      fmpz_mul(denominator, denominator, factor)
    }
  }
}

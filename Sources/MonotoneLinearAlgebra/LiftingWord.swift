internal import CFLINT

/// An integer of one machine word, or of two.
protocol LiftingWord: FixedWidthInteger, SignedInteger, Sendable {
  /// The value of a FLINT integer; nil where it does not fit.
  init?(exactly integer: UnsafePointer<fmpz>)
  /// |value| modulo a prime.
  func magnitudeRemainder(_ modulus: nmod_t) -> UInt
}

extension Int: LiftingWord {
  init?(exactly integer: UnsafePointer<fmpz>) {
    guard fmpz_fits_si(integer) != 0 else { return nil }
    self = fmpz_get_si(integer)
  }

  func magnitudeRemainder(_ modulus: nmod_t) -> UInt {
    n_mod2_preinv(magnitude, modulus.n, modulus.ninv)
  }
}

extension Int128: LiftingWord {
  init?(exactly integer: UnsafePointer<fmpz>) {
    guard fmpz_bits(integer) < 127 else { return nil }
    var (high, low): (UInt, UInt) = (0, 0)
    fmpz_get_signed_uiui(&high, &low, integer)
    self = Int128(truncatingIfNeeded: high) << 64 | Int128(low)
  }

  func magnitudeRemainder(_ modulus: nmod_t) -> UInt {
    n_ll_mod_preinv(
      UInt(truncatingIfNeeded: magnitude >> 64), UInt(truncatingIfNeeded: magnitude), modulus.n,
      modulus.ninv)
  }
}

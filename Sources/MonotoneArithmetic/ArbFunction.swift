internal import CFLINT

/// Functions of float64 numbers by Arb, enclosed in float balls.
enum ArbFunction {
  /// Bits that leave float64 accuracy to x − ln(1 + x) down to x = 2⁻⁶⁰, where it is x²/2.
  private static let excessPrecision = 192

  /// x − ln(1 + x) for x > −1.
  static func logarithmicExcess(_ x: Double) -> FloatBall {
    enclose(x) { target, x in
      arb_log1p(target, x, excessPrecision)
      arb_sub(target, x, target, excessPrecision)
    }
  }

  /// ln x for x > 0.
  static func logarithm(_ x: Double) -> FloatBall { enclose(x) { arb_log($0, $1, 64) } }

  /// eˣ.
  static func exponential(_ x: Double) -> FloatBall { enclose(x) { arb_exp($0, $1, 64) } }

  private static func enclose(
    _ x: Double,
    _ function: (UnsafeMutablePointer<arb_struct>, UnsafePointer<arb_struct>) -> Void
  ) -> FloatBall {
    var argument = arb_struct()
    var result = arb_struct()
    arb_init(&argument)
    arb_init(&result)
    defer {
      arb_clear(&argument)
      arb_clear(&result)
    }
    arb_set_d(&argument, x)
    function(&result, &argument)
    let midpoint = arf_get_d(&result.mid, ARF_RND_NEAR)
    guard midpoint.isFinite else { return .unknown }
    // Half an ulp for rounding the midpoint, and the least positive number for underflow.
    let radius = mag_get_d(&result.rad).nextUp + 0x1p-53 * abs(midpoint)
    return FloatBall(midpoint: midpoint, radius: radius.nextUp + 0x1p-1060)
  }
}

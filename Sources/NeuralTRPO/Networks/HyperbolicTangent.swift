/// tanh of many numbers at a time.
///
/// Own code: the C library's scalar tanh takes longer than the matrix products around it, and its
/// vector forms round differently on different processors. Here one formula is used everywhere,
/// without fused operations, so that a seed gives the same network on every machine.
///
/// **Float.** On |x| ≤ 7.9, beyond which tanh is held, a rational function x P(x²)/Q(x²) of
/// degrees 13 and 6, fitted to the relative error; the coefficients are those of Eigen's `ptanh`.
/// Error ≤ 5.5 ulp, the most next to where it is held (measured by the tests over the whole range).
///
/// **Double.** tanh x = 1 − 2/(e^{2x} + 1) for |x| ≥ 0.625, and x + x³ P(x²)/Q(x²) below, with the
/// coefficients of Cephes; e^y by reduction to |r| ≤ ln 2/2 and a Taylor polynomial of degree 13.
/// Error ≤ 4 ulp of the C library's (2 measured).
enum HyperbolicTangent {
  static func apply(_ values: UnsafeMutablePointer<Float>, count: Int) {
    apply(values, count: count) { (x: SIMD8<Float>) in tanh(x) }
  }

  static func apply(_ values: UnsafeMutablePointer<Double>, count: Int) {
    apply(values, count: count) { (x: SIMD4<Double>) in tanh(x) }
  }

  /// A function of machine vectors, over any count of numbers.
  @inline(__always) private static func apply<Vector: SIMD>(
    _ values: UnsafeMutablePointer<Vector.Scalar>, count: Int, _ function: (Vector) -> Vector
  ) {
    let whole = count - count % Vector.scalarCount
    for index in stride(from: 0, to: whole, by: Vector.scalarCount) {
      let pointer = UnsafeMutableRawPointer(values + index)
      pointer.storeBytes(of: function(pointer.loadUnaligned(as: Vector.self)), as: Vector.self)
    }
    guard whole < count else { return }
    var rest = Vector()
    for index in whole..<count { rest[index - whole] = values[index] }
    rest = function(rest)
    for index in whole..<count { values[index] = rest[index - whole] }
  }

  @inline(__always) private static func tanh(_ value: SIMD8<Float>) -> SIMD8<Float> {
    // Written so that what is not a number stays so.
    let limit: Float = 7.905_311
    let x = value.replacing(with: limit, where: value .> limit)
      .replacing(with: -limit, where: value .< -limit)
    let square = x * x
    var p = SIMD8<Float>(repeating: -2.760_768_477_423_55e-16)
    p = p * square + 2.000_187_904_824_77e-13
    p = p * square + -8.604_671_522_137_35e-11
    p = p * square + 5.122_297_090_371_14e-8
    p = p * square + 1.485_722_357_179_79e-5
    p = p * square + 6.372_619_288_754_36e-4
    p = p * square + 4.893_524_558_917_86e-3
    var q = SIMD8<Float>(repeating: 1.198_258_394_667_02e-6)
    q = q * square + 1.185_347_056_866_54e-4
    q = q * square + 2.268_434_632_439e-3
    q = q * square + 4.893_525_185_543_85e-3
    // The quotient is near 1, so that the smallest numbers keep their digits.
    return x * (p / q)
  }

  @inline(__always) private static func tanh(_ value: SIMD4<Double>) -> SIMD4<Double> {
    let x = value.replacing(with: 20, where: value .> 20).replacing(with: -20, where: value .< -20)
    let square = x * x
    var p = SIMD4<Double>(repeating: -9.643_991_794_250_522_4e-1)
    p = p * square + -9.928_772_310_019_186e1
    p = p * square + -1.614_687_684_417_084_5e3
    var q = square + 1.128_116_784_916_329_3e2
    q = q * square + 2.235_488_390_601_004_5e3
    q = q * square + 4.844_063_053_251_255e3
    let small = x + x * square * p / q
    let magnitude = x.replacing(with: -x, where: x .< 0)
    let large = 1 - 2 / (exponential(2 * magnitude) + 1)
    let signed = large.replacing(with: -large, where: x .< 0)
    return small.replacing(with: signed, where: magnitude .>= 0.625)
  }

  /// eʸ for 0 ≤ y ≤ 40.
  @inline(__always) private static func exponential(_ y: SIMD4<Double>) -> SIMD4<Double> {
    // Adding 1.5·2⁵² leaves the nearest integer in the lowest bits.
    let shifted = y * 1.442_695_040_888_963_4 + 0x1.8p52
    let k = shifted - 0x1.8p52
    // ln 2 in two parts, the first short enough for k times it to be exact.
    let r = (y - k * 0x1.62e42fee00000p-1) - k * 0x1.a39ef35793c76p-33
    var sum = SIMD4<Double>(repeating: 1.0 / 6_227_020_800)
    sum = sum * r + 1.0 / 479_001_600
    sum = sum * r + 1.0 / 39_916_800
    sum = sum * r + 1.0 / 3_628_800
    sum = sum * r + 1.0 / 362_880
    sum = sum * r + 1.0 / 40_320
    sum = sum * r + 1.0 / 5_040
    sum = sum * r + 1.0 / 720
    sum = sum * r + 1.0 / 120
    sum = sum * r + 1.0 / 24
    sum = sum * r + 1.0 / 6
    sum = sum * r + 0.5
    sum = sum * r + 1
    sum = sum * r + 1
    // 2ᵏ by its exponent bits.
    let bits = (unsafeBitCast(shifted, to: SIMD4<UInt64>.self) &+ 1023) &<< 52
    return sum * unsafeBitCast(bits, to: SIMD4<Double>.self)
  }
}

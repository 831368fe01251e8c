/// tanh of many numbers at a time.
///
/// Own code: the C library's scalar tanh takes longer than the matrix products around it, and its
/// vector forms round differently on different processors. Here one formula is used everywhere,
/// without fused operations, so that a seed gives the same network on every machine.
///
/// **Float.** On |x| ≤ 9 (beyond which tanh rounds to ±1) a rational function x P(x²)/Q(x²) of
/// degrees 13 and 6, fitted to the relative error; the coefficients are those of Eigen's `ptanh`.
/// Error ≤ 4 ulp (measured over all Float values by the tests).
///
/// **Double.** tanh x = 1 − 2/(e^{2x} + 1) for |x| ≥ 0.625, and x + x³ P(x²)/Q(x²) below, with the
/// coefficients of Cephes; e^y by reduction to |r| ≤ ln 2/2 and a Taylor polynomial of degree 13.
/// Error ≤ 3 ulp.
enum HyperbolicTangent {
  static func apply(_ values: UnsafeMutablePointer<Float>, count: Int) {
    let whole = count & ~7
    for index in stride(from: 0, to: whole, by: 8) {
      let pointer = UnsafeMutableRawPointer(values + index)
      let x = pointer.loadUnaligned(as: SIMD8<Float>.self)
      pointer.storeBytes(of: tanh(x), as: SIMD8<Float>.self)
    }
    guard whole < count else { return }
    var rest = SIMD8<Float>()
    for index in whole..<count { rest[index - whole] = values[index] }
    rest = tanh(rest)
    for index in whole..<count { values[index] = rest[index - whole] }
  }

  static func apply(_ values: UnsafeMutablePointer<Double>, count: Int) {
    let whole = count & ~3
    for index in stride(from: 0, to: whole, by: 4) {
      let pointer = UnsafeMutableRawPointer(values + index)
      let x = pointer.loadUnaligned(as: SIMD4<Double>.self)
      pointer.storeBytes(of: tanh(x), as: SIMD4<Double>.self)
    }
    guard whole < count else { return }
    var rest = SIMD4<Double>()
    for index in whole..<count { rest[index - whole] = values[index] }
    rest = tanh(rest)
    for index in whole..<count { values[index] = rest[index - whole] }
  }

  @inline(__always) private static func tanh(_ value: SIMD8<Float>) -> SIMD8<Float> {
    // Written so that what is not a number stays so.
    let x = value.replacing(with: 9, where: value .> 9).replacing(with: -9, where: value .< -9)
    let square = x * x
    var p = SIMD8<Float>(repeating: -2.760_768_5e-16)
    p = p * square + 2.000_188e-13
    p = p * square + -8.604_671_6e-11
    p = p * square + 5.122_297_1e-8
    p = p * square + 1.485_722_35e-5
    p = p * square + 6.372_619_3e-4
    p = p * square + 4.893_525e-3
    var q = SIMD8<Float>(repeating: 1.198_258_4e-6)
    q = q * square + 1.185_347e-4
    q = q * square + 2.268_434_6e-3
    q = q * square + 4.893_525_2e-3
    return x * p / q
  }

  @inline(__always) private static func tanh(_ value: SIMD4<Double>) -> SIMD4<Double> {
    let x = value.replacing(with: 20, where: value .> 20).replacing(with: -20, where: value .< -20)
    let square = x * x
    var p = SIMD4<Double>(repeating: -9.643_991_794_250_523_5e-1)
    p = p * square + -9.928_772_310_019_185e1
    p = p * square + -1.614_687_684_411_637e3
    var q = square + 1.128_116_785_263_274e2
    q = q * square + 2.233_720_753_000_254_4e3
    q = q * square + 4.844_063_053_235_12e3
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

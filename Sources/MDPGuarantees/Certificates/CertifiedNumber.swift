internal import MonotoneArithmetic

/// A number as a certificate states it: so that there is exactly one right way to state it.
///
/// A rational number in lowest terms. An irrational one as the cell [k, k+1]·2^e of a dyadic grid
/// with ``digits`` binary digits that contains it, 2^(digits−1) < max(|k|, |k+1|) ≤ 2^digits: a
/// checker that knows the number a little better can tell the right cell from every other.
enum CertifiedNumber: Sendable, Equatable {
  case exact(String)
  case enclosed(lower: String, upper: String)
  /// +∞: an infinite divergence, or by how much a bound that says nothing holds.
  case infinity

  /// The binary digits of an enclosure's ends.
  static let digits = 60

  init(_ number: Rational) { self = .exact(number.description) }

  /// Nil where the number is not known well enough to say in which cell it lies.
  init?(_ number: ExactReal) {
    switch number {
    case .rational(let value): self.init(value)
    case .enclosed(let ball):
      guard let cell = DyadicCell(containing: ball) else { return nil }
      self = .enclosed(lower: cell.lower.description, upper: cell.upper.description)
    }
  }

  /// A number that may be infinite, as a certificate states it; nil if no cell contains it.
  init?(_ number: Extended<ExactReal>) {
    guard case .finite(let value) = number else { self = .infinity; return }
    self.init(value)
  }
}

extension CertifiedNumber: Codable {
  private enum Key: String, CodingKey { case lower, upper }

  init(from decoder: any Decoder) throws {
    if let container = try? decoder.container(keyedBy: Key.self) {
      self = .enclosed(
        lower: try container.decode(String.self, forKey: .lower),
        upper: try container.decode(String.self, forKey: .upper))
    } else {
      let text = try decoder.singleValueContainer().decode(String.self)
      self = text == "infinity" ? .infinity : .exact(text)
    }
  }

  func encode(to encoder: any Encoder) throws {
    switch self {
    case .exact(let text):
      var container = encoder.singleValueContainer()
      try container.encode(text)
    case .infinity:
      var container = encoder.singleValueContainer()
      try container.encode("infinity")
    case .enclosed(let lower, let upper):
      var container = encoder.container(keyedBy: Key.self)
      try container.encode(lower, forKey: .lower)
      try container.encode(upper, forKey: .upper)
    }
  }
}

/// The cell [k, k+1]·2^e around a number: see ``CertifiedNumber``.
struct DyadicCell {
  let lower: Rational
  let upper: Rational

  /// Nil where the ball reaches into more than one cell, as a ball around 0 does at any radius.
  init?(containing ball: Ball) {
    guard let number = Self.normalised(ball) else { return nil }
    let digits = CertifiedNumber.digits
    let leading = Int(number.ball.approximation.exponent)
    // Just below a power of two the approximation is that power, and its exponent one too large.
    for unit in [leading - digits, leading + 1 - digits, leading + 2 - digits] {
      let scaled = number.ball * Ball(Self.powerOfTwo(-unit))
      guard let floor = Self.floor(scaled) else { continue }
      let size = max(floor.magnitude, (floor + 1).magnitude)
      guard size > 1 << (digits - 1), size <= 1 << digits else { continue }
      let scale = Self.powerOfTwo(unit + number.exponent)
      (lower, upper) = (Rational(floor) * scale, Rational(floor + 1) * scale)
      return
    }
    return nil
  }

  private struct Normalised {
    var ball: Ball
    var exponent: Int
  }

  /// The number as ball · 2^exponent with a ball well within the range of float64.
  private static func normalised(_ ball: Ball) -> Normalised? {
    var number = Normalised(ball: ball, exponent: 0)
    let step = 512
    // Enough for numbers of 2^±100,000, beyond what files may hold.
    for _ in 0..<200 {
      let size = abs(number.ball.approximation)
      if size > 0x1p-512, size < 0x1p512 { return number }
      let shift = size < 1 ? step : -step
      number.ball = number.ball * Ball(powerOfTwo(shift))
      number.exponent -= shift
    }
    return nil
  }

  /// ⌊x⌋ for |x| < 2⁶², where the ball decides it.
  private static func floor(_ x: Ball) -> Int? {
    guard let near = Int(exactly: x.approximation.rounded(.towardZero)) else { return nil }
    let rest = (x - Ball(near)).approximation
    guard abs(rest) < 0x1p20 else { return nil }
    let guess = near + Int(clamping: rest.rounded(.down))
    return [guess, guess - 1, guess + 1].first { candidate in
      (x - Ball(candidate)).isNonNegative == .yes
        && (Ball(candidate + 1) - x).isPositive == .yes
    }
  }

  private static func powerOfTwo(_ exponent: Int) -> Rational {
    let largest = 1000
    guard abs(exponent) > largest else {
      return Rational(finite: Double(sign: .plus, exponent: exponent, significand: 1))
    }
    let step = exponent > 0 ? largest : -largest
    return powerOfTwo(step) * powerOfTwo(exponent - step)
  }
}

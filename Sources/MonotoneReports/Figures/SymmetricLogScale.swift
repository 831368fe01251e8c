#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// A scale on which margins from 1e-17 to 1e+7, of both signs, zero and infinity can be read.
///
/// Logarithmic in the magnitude on either side of zero. Zero and the infinities have places of
/// their own, a gap away from the decades that occur. Without negative numbers it is a log scale.
struct SymmetricLogScale {
  /// The exponent of the smallest decade on either side.
  private let lowest: Int
  /// The exponents of the largest decades among positive and among negative numbers; nil where
  /// there are none.
  private let highest: Int?
  private let highestNegative: Int?
  private let gap: Double
  private let hasZero: Bool
  private let hasInfinity: Bool
  private let hasNegativeInfinity: Bool

  /// Further decades below the largest are as good as zero.
  private static let mostDecades = 36
  /// The least distance of two ticks, as a share of the axis.
  private static let tickDistance = 0.11

  init(_ values: [Double]) {
    func exponents(_ values: [Double]) -> [Double] {
      values.filter { $0.isFinite && $0 > 0 }.map { log10($0) }
    }
    let positive = exponents(values)
    let negative = exponents(values.map { -$0 })
    let smallest = Int(clamping: ((positive + negative).min() ?? 0).rounded(.down))
    let largest = Int(clamping: ((positive + negative).max() ?? 1).rounded(.up))
    let lowest = max(smallest, largest - Self.mostDecades)
    self.lowest = lowest
    // At least one decade, so that a single number has an axis.
    highest = positive.max().map { max(Int(clamping: $0.rounded(.up)), lowest + 1) }
    highestNegative = negative.max().map { max(Int(clamping: $0.rounded(.up)), lowest + 1) }
    gap = max(1, 0.08 * Double(largest - lowest))
    hasZero = values.contains(0)
    hasInfinity = values.contains(.infinity)
    hasNegativeInfinity = values.contains(-.infinity)
  }

  /// Where a number stands, as a share of the axis.
  func position(_ value: Double) -> Double {
    let range = range
    return (height(value) - range.lowerBound) / (range.upperBound - range.lowerBound)
  }

  /// How far a number is from zero, in decades and gaps.
  private func height(_ value: Double) -> Double {
    if value == 0 { return 0 }
    let size =
      value.isInfinite
      ? Double((value > 0 ? highest : highestNegative) ?? lowest) + 1.5 * gap : log10(abs(value))
    return (value < 0 ? -1 : 1) * (gap + max(size - Double(lowest), 0))
  }

  /// Both ends of the axis.
  private var range: ClosedRange<Double> {
    let upper = highest.map { height(pow(10, Double($0))) }
    let lower = highestNegative.map { height(-pow(10, Double($0))) }
    let top = hasInfinity ? height(.infinity) : upper ?? 0
    let bottom =
      hasNegativeInfinity
      ? height(-.infinity) : lower ?? (hasZero || upper == nil ? 0 : gap)
    let air = 0.03 * (top - bottom) + 0.2
    return bottom - air...top + air
  }

  /// Whether zero is on the axis.
  var showsZero: Bool { range.contains(0) }

  /// The ticks that fit, from the lowest: zero and the infinities first, then whole decades.
  var ticks: [Plot.Tick] {
    var ticks: [Plot.Tick] = []
    if showsZero { ticks.append(.init(position: position(0), label: "0")) }
    if hasInfinity { ticks.append(.init(position: position(.infinity), label: "∞")) }
    if hasNegativeInfinity { ticks.append(.init(position: position(-.infinity), label: "−∞")) }
    let range = range
    let step = max(
      1,
      Int(clamping: (Self.tickDistance * (range.upperBound - range.lowerBound)).rounded(.up)))
    for (end, sign) in [(highest, 1.0), (highestNegative, -1.0)] {
      guard let end else { continue }
      // From the outermost inward: those near zero are the ones to give way.
      for exponent in (lowest...end).reversed() where exponent % step == 0 {
        let place = position(sign * pow(10, Double(exponent)))
        if ticks.allSatisfy({ abs($0.position - place) >= Self.tickDistance }) {
          ticks.append(
            .init(position: place, label: (sign < 0 ? "−" : "") + Self.power(exponent)))
        }
      }
    }
    return ticks.sorted { $0.position < $1.position }
  }

  /// `10⁻¹²`, `1`, `10`.
  static func power(_ exponent: Int) -> String {
    if exponent == 0 { return "1" }
    if exponent == 1 { return "10" }
    let raised = Array("⁰¹²³⁴⁵⁶⁷⁸⁹")
    return "10" + (exponent < 0 ? "⁻" : "")
      + String(String(exponent.magnitude).map { raised[$0.wholeNumberValue ?? 0] })
  }
}

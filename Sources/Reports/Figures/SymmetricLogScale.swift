internal import Foundation

/// A scale on which margins from 1e-17 to 1e+7, of both signs, zero and infinity can be read.
///
/// Logarithmic in the magnitude on either side of zero. Zero and the infinities have places of
/// their own, a gap away from the decades that occur. Without negative numbers it is a log scale.
struct SymmetricLogScale {
  /// A tick of an axis.
  struct Tick {
    var position: Double
    var label: String
  }

  /// The exponents of the outermost decades.
  private let decades: ClosedRange<Int>
  private let gap: Double
  private let hasNegative: Bool
  private let hasPositive: Bool
  private let hasZero: Bool
  private let hasPositiveInfinity: Bool
  private let hasNegativeInfinity: Bool

  /// Further decades below the largest are as good as zero.
  private static let mostDecades = 36
  private static let mostTicks = 7

  init(_ values: [Double]) {
    let exponents = values.filter { $0.isFinite && $0 != 0 }.map { log10(abs($0)) }
    let highest = Int((exponents.max() ?? 0).rounded(.up))
    let lowest = min(Int((exponents.min() ?? 0).rounded(.down)), highest - 1)
    decades = max(lowest, highest - Self.mostDecades)...highest
    gap = max(1, 0.08 * Double(decades.count))
    hasNegative = values.contains { $0 < 0 && $0.isFinite }
    hasPositive = values.contains { $0 > 0 && $0.isFinite }
    hasZero = values.contains(0)
    hasPositiveInfinity = values.contains(.infinity)
    hasNegativeInfinity = values.contains(-.infinity)
  }

  /// Where a number stands.
  func position(_ value: Double) -> Double {
    if value == 0 { return 0 }
    let span = Double(decades.count - 1)
    let size =
      value.isInfinite
      ? span + gap : min(max(log10(abs(value)) - Double(decades.lowerBound), 0), span)
    return (value < 0 ? -1 : 1) * (gap + size)
  }

  /// Both ends of the axis.
  var range: ClosedRange<Double> {
    let span = Double(decades.count - 1)
    let top =
      hasPositiveInfinity ? 2 * gap + span : hasPositive ? gap + span : hasNegative ? 0 : gap
    let bottom =
      hasNegativeInfinity
      ? -2 * gap - span : hasNegative ? -gap - span : hasZero || !hasPositive ? 0 : gap
    let air = 0.03 * (top - bottom) + 0.2
    return bottom - air...top + air
  }

  /// Whether zero is on the axis.
  var showsZero: Bool { range.contains(0) }

  /// The ticks that fit, from the lowest.
  var ticks: [Tick] {
    let sides = hasNegative && hasPositive ? 2 : 1
    let room = max(2, Self.mostTicks / sides)
    let step = max(1, Int((Double(decades.count) / Double(room)).rounded(.up)))
    let exponents = decades.filter { $0 % step == 0 }
    var ticks: [Tick] = []
    if hasNegativeInfinity { ticks.append(Tick(position: position(-.infinity), label: "−∞")) }
    if hasNegative {
      ticks += exponents.reversed().map {
        Tick(position: position(-pow(10, Double($0))), label: "−" + Self.power($0))
      }
    }
    if showsZero { ticks.append(Tick(position: 0, label: "0")) }
    if hasPositive {
      ticks += exponents.map {
        Tick(position: position(pow(10, Double($0))), label: Self.power($0))
      }
    }
    if hasPositiveInfinity { ticks.append(Tick(position: position(.infinity), label: "∞")) }
    return ticks
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

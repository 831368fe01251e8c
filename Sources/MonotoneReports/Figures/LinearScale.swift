internal import MonotoneArithmetic

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// A linear scale with a few ticks at round numbers.
struct LinearScale {
  private let lowest: Double
  private let highest: Double
  private let step: Double

  /// About so many ticks.
  private static let tickCount = 5.0
  /// A label with more letters than this gives way to a shorter form.
  private static let longestLabel = 7

  /// The scale of some finite numbers, with some air around them.
  init(_ values: [Double]) {
    let low = values.min() ?? 0
    let high = values.max() ?? 1
    // Equal numbers, or such that differ by rounding alone, still have an axis.
    let least = 1e-9 * max(abs(low), abs(high))
    let span = high - low > least ? high - low : max(least, 1)
    lowest = low - 0.04 * span
    highest = low + span + 0.08 * span
    let rough = (highest - lowest) / Self.tickCount
    let decade = pow(10, log10(rough).rounded(.down))
    step = decade * ([1, 2, 5].first { $0 * decade >= rough } ?? 10)
  }

  /// Where a number stands, as a share of the axis.
  func position(_ value: Double) -> Double { (value - lowest) / (highest - lowest) }

  /// The ticks, from the lowest.
  var ticks: [Plot.Tick] {
    let first = Int(clamping: (lowest / step).rounded(.up))
    let last = Int(clamping: (highest / step).rounded(.down))
    return (first...max(first, last)).map { index in
      let value = Double(index) * step
      return Plot.Tick(position: position(value), label: label(value))
    }
  }

  private func label(_ value: Double) -> String {
    let decimals = max(0, -Int(clamping: (log10(step) + 1e-9).rounded(.down)))
    let text = value == 0 ? "0" : Self.fixed(value, decimals: decimals)
    let shown = text.count <= Self.longestLabel ? text : NumberFormat.text(value, digits: 4)
    return shown.replacing("-", with: "−")
  }

  /// A number with so many decimals; ticks are multiples of a step, so that nothing is lost by it.
  private static func fixed(_ value: Double, decimals: Int) -> String {
    let scaled = Int(clamping: (value.magnitude * pow(10, Double(decimals))).rounded())
    let digits = String(scaled)
    let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
    let sign = value < 0 && scaled > 0 ? "-" : ""
    guard decimals > 0 else { return sign + padded }
    return "\(sign)\(padded.dropLast(decimals)).\(padded.suffix(decimals))"
  }
}

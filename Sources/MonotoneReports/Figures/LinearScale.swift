internal import MonotoneArithmetic
internal import Foundation

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
    let text = value == 0 ? "0" : String(format: "%.\(decimals)f", value)
    let shown = text.count <= Self.longestLabel ? text : NumberFormat.text(value, digits: 4)
    return shown.replacing("-", with: "−")
  }
}

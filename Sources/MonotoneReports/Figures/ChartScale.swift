internal import MonotoneArithmetic

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// A linear or logarithmic scale.
struct ChartScale {
  private let linear: LinearScale
  private let isLogarithmic: Bool
  private let decades: ClosedRange<Double>

  init(_ values: [Double], _ isLogarithmic: Bool) {
    self.isLogarithmic = isLogarithmic
    linear = LinearScale(isLogarithmic ? [] : values)
    let logarithms = isLogarithmic ? values.map { log10($0) } : []
    let (low, high) = (logarithms.min() ?? 0, logarithms.max() ?? 1)
    decades = (low - 0.15)...(max(high, low + 0.7) + 0.15)
  }

  /// Where a number stands, as a share of the axis.
  func position(_ value: Double) -> Double {
    isLogarithmic
      ? (log10(value) - decades.lowerBound) / (decades.upperBound - decades.lowerBound)
      : linear.position(value)
  }

  /// The ticks, from the lowest: decades, and where those are few twice and five times as much.
  var ticks: [Plot.Tick] {
    guard isLogarithmic else { return linear.ticks }
    let span = decades.upperBound - decades.lowerBound
    let step = max(1, Int(clamping: (span / 6).rounded(.up)))
    let (first, last) = (
      Int(clamping: decades.lowerBound.rounded(.down)), Int(clamping: decades.upperBound)
    )
    return stride(from: first, through: last, by: step).flatMap { decade in
      (span < 2.5 ? [1.0, 2, 5] : [1]).compactMap { factor in
        let place = position(factor * pow(10, Double(decade)))
        guard place >= 0, place <= 1 else { return nil }
        return .init(position: place, label: Self.label(factor, decade))
      }
    }
  }

  /// `20`, `0.5`; as a power of ten where that is shorter.
  private static func label(_ factor: Double, _ decade: Int) -> String {
    if (-2...3).contains(decade) {
      return NumberFormat.text(factor * pow(10, Double(decade)), digits: 3)
    }
    let power = SymmetricLogScale.power(decade)
    return factor == 1 ? power : "\(NumberFormat.text(factor))·\(power)"
  }
}

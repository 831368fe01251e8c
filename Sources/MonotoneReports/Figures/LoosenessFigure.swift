internal import MonotoneArithmetic
internal import MDPGuarantees

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// How much wider each bound is than what it bounds, B/|G|, a strip of points a bound.
///
/// The bounds are in the order of their medians, which are marked.
struct LoosenessFigure {
  static let name = "looseness"
  static let title = "Looseness of the bounds"
  static let subtitle = "B/|G| of every update; 1 is tight, the bar is the median"

  /// On screens with room for it, and on narrow ones.
  static let (wide, narrow) = (960.0, 400.0)
  private static let mostPoints = 250

  private let bounds: [ClaimSummary]
  /// The decades of the axis.
  private let lowest: Int
  private let highest: Int

  /// The figure of the bounds among some claims; nil where none has a finite looseness.
  init?(_ summaries: [ClaimSummary]) {
    bounds = summaries.filter {
      ($0.claim.kind == .aPriori || $0.claim.kind == .aPosteriori) && $0.medianLooseness != nil
    }.sorted { ($0.medianLooseness ?? 0, $0.claim.id) < ($1.medianLooseness ?? 0, $1.claim.id) }
    guard !bounds.isEmpty else { return nil }
    let exponents = bounds.flatMap(\.rows).compactMap(\.result.finiteLooseness)
      .filter { $0 > 0 }.map { log10($0) }
    lowest = min(Int(clamping: (exponents.min() ?? 0).rounded(.down)), 0)
    highest = max(Int(clamping: (exponents.max() ?? 1).rounded(.up)), lowest + 1)
  }

  /// The drawing of some width.
  func draw(width: Double) -> Figure {
    let strips = BoundStrips(bounds.map(\.claim.id), rowHeight: width > 500 ? 26 : 23)
    let values = bounds.map { summary in
      summary.rows.map(\.result).filter { ($0.finiteLooseness ?? 0) > 0 }
        .sorted { ($0.finiteLooseness ?? 0) < ($1.finiteLooseness ?? 0) }
    }
    var points: [ClaimKind: [PlotPoint]] = [:]
    var violated: [PlotPoint] = []
    var medians: [PlotPoint?] = []
    for (row, strip) in values.enumerated() {
      let step = strip.count / Self.mostPoints + 1
      for (index, result) in strip.enumerated() {
        let isViolated = result.verdict == .violated
        guard index % step == 0 || index == strip.count - 1 || isViolated else { continue }
        // Spread by the golden ratio: even, and the same each time.
        let spread = (Double(index) * 0.618_033_988_75).truncatingRemainder(dividingBy: 1) - 0.5
        let point = PlotPoint(
          x: position(result.finiteLooseness ?? 1),
          y: strips.position(row, offset: isViolated ? 0 : 0.55 * spread))
        if isViolated {
          violated.append(point)
        } else {
          points[bounds[row].claim.kind, default: []].append(point)
        }
      }
      if let median = bounds[row].medianLooseness, median > 0 {
        medians += [-0.36, 0.36].map {
          PlotPoint(x: position(median), y: strips.position(row, offset: $0))
        }
        medians.append(nil)
      }
    }
    let plot = Plot(
      width: width, areaHeight: strips.height,
      x: .init(label: "looseness B/|G|", ticks: decades(step: width > 500 ? 8 : 4)),
      y: strips.axis,
      series: [
        .init(
          title: "known before the update", category: FigureStyle.holds,
          look: .points(radius: width > 500 ? 1.9 : 1.5), points: points[.aPriori] ?? []),
        .init(
          title: "needs the new policy solved", category: FigureStyle.withinError,
          look: .points(radius: width > 500 ? 1.9 : 1.5), points: points[.aPosteriori] ?? []),
        .init(
          title: "violated", category: FigureStyle.violated, look: .points(radius: 3),
          points: violated),
        .init(
          title: "median", category: FigureStyle.softmaxRule, look: .line(.solid, width: 2.6),
          points: medians),
      ].filter { !$0.points.isEmpty },
      verticals: [position(1)],
      notes: bounds.enumerated().filter { $1.infiniteCount > 0 }.map { row, summary in
        .init(
          position: strips.position(row),
          label: "\(NumberFormat.count(summary.infiniteCount)) × ∞")
      })
    return Figure(plot, name: Self.name, title: Self.title, subtitle: [Self.subtitle])
  }

  private func position(_ looseness: Double) -> Double {
    (log10(looseness) - Double(lowest) + 0.15) / (Double(highest - lowest) + 0.3)
  }

  /// Powers of ten, about so many, 1 among them.
  private func decades(step count: Int) -> [Plot.Tick] {
    let step = max(1, (highest - lowest + count - 1) / count)
    return (lowest...highest).filter { $0 % step == 0 }.map {
      .init(position: position(pow(10, Double($0))), label: SymmetricLogScale.power($0))
    }
  }
}

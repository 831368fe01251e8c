#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// A row a bound, with its name at the left.
struct BoundStrips {
  /// How high a row is.
  let rowHeight: Double
  let names: [String]

  init(_ names: [String], rowHeight: Double = 23) {
    self.names = names.map { $0.displayable.shortened(to: 30) }
    self.rowHeight = rowHeight
  }

  /// The height of the plotted area.
  var height: Double { rowHeight * Double(max(names.count, 1)) }

  /// Where a row is, as a share of the height, and beside it by shares of a row.
  func position(_ row: Int, offset: Double = 0) -> Double {
    1 - (Double(row) + 0.5 - offset) / Double(max(names.count, 1))
  }

  /// The axis of names.
  var axis: Plot.Axis {
    .init(
      label: "",
      ticks: names.enumerated().map { .init(position: position($0), label: $1) })
  }
}

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// A line through points, without those that nobody could see.
enum Polyline {
  /// The points that keep the line within a tolerance of all others, by Douglas and Peucker (1973);
  /// the first and the last stay.
  ///
  /// - Parameters:
  ///   - width: The width of the plotted area, in the unit of the tolerance.
  ///   - height: Its height.
  static func simplified(
    _ points: [PlotPoint], tolerance: Double, width: Double, height: Double
  ) -> [PlotPoint] {
    guard points.count > 2 else { return points }
    var keeps = points.map { _ in false }
    keeps[0] = true
    keeps[points.count - 1] = true
    var open = [(first: 0, last: points.count - 1)]
    while let (first, last) = open.popLast() {
      let distances = points.indices[first...last].dropFirst().dropLast().map { index in
        (
          index: index,
          distance: distance(points[index], points[first], points[last], width, height)
        )
      }
      guard let farthest = distances.max(by: { $0.distance < $1.distance }),
        farthest.distance > tolerance
      else { continue }
      keeps[farthest.index] = true
      open += [(first, farthest.index), (farthest.index, last)]
    }
    return zip(points, keeps).filter(\.1).map(\.0)
  }

  /// How far a point is from the segment between two others.
  private static func distance(
    _ point: PlotPoint, _ start: PlotPoint, _ end: PlotPoint, _ width: Double, _ height: Double
  ) -> Double {
    let (dx, dy) = ((end.x - start.x) * width, (end.y - start.y) * height)
    let (px, py) = ((point.x - start.x) * width, (point.y - start.y) * height)
    let square = dx * dx + dy * dy
    let share = square == 0 ? 0 : max(0, min(1, (px * dx + py * dy) / square))
    return hypot(px - share * dx, py - share * dy)
  }
}

import Foundation

/// What the package rliable finds of fixed scores; `Tools/make_statistics_goldens.py` writes it.
struct RliableGoldens: Decodable {
  struct Mean: Decodable, Sendable {
    var values: [Double]
    var interquartileMean: Double
  }

  /// An end of an interval, and where that of another bootstrap must lie.
  struct End: Decodable {
    var value: Double
    var range: [Double]

    /// Whether an end lies there, but for rounding.
    func admits(_ end: Double) -> Bool {
      let rounding = 1e-12 * max(abs(range[0]), abs(range[1]))
      return end >= range[0] - rounding && end <= range[1] + rounding
    }
  }

  struct Interval: Decodable {
    var interquartileMean: Double
    var lower: End
    var upper: End
  }

  struct Case: Decodable {
    var name: String
    var tasks: [[Double]]
    var interquartileMean: Double
    var lower: End
    var upper: End
  }

  struct Curves: Decodable {
    var runs: [[Double]]
    var points: [Interval]
  }

  var repetitions: Int
  var means: [Mean]
  var cases: [Case]
  var curves: Curves

  static func read() throws -> RliableGoldens {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("Goldens/statistics/rliable.json")
    return try JSONDecoder().decode(RliableGoldens.self, from: Data(contentsOf: file))
  }
}

import Foundation
import MonotoneProbability
import MonotoneReports

/// Pieces of pages about training runs.
package enum Page {
  /// Every program with every version that occurs.
  package static func versions(_ runs: [RunResult]) -> String {
    var found: [String: Set<String>] = [:]
    for run in runs {
      for (name, version) in run.versions { found[name, default: []].insert(version) }
    }
    guard !found.isEmpty else { return "none yet" }
    return found.sorted { $0.key < $1.key }
      .map { "\($0.key) \($0.value.sorted().joined(separator: " and "))" }.joined(separator: ", ")
  }

  /// A table; nil is a dash.
  package static func table(_ header: [String], _ rows: [[String?]], numbers: Set<Int> = [])
    -> String
  {
    let rule = header.indices.map { numbers.contains($0) ? "--:" : "---" }
    return ([header, rule] + rows.map { $0.map { $0 ?? "–" } })
      .map { "| " + $0.joined(separator: " | ") + " |" }.joined(separator: "\n")
  }

  /// A number with a true minus sign.
  package static func number(_ value: Double, digits: Int = 1) -> String {
    let text = String(format: "%.\(digits)f", value)
    return (text.allSatisfy { "-0.".contains($0) } ? text.replacing("-", with: "") : text)
      .replacing("-", with: "−")
  }

  /// An interquartile mean with its interval; of a single run there is none.
  package static func text(_ estimate: StratifiedBootstrap.Estimate, digits: Int = 1) -> String {
    guard estimate.lower < estimate.upper else { return number(estimate.value, digits: digits) }
    let ends = [estimate.lower, estimate.upper].map { number($0, digits: digits) }
    return "\(number(estimate.value, digits: digits)) [\(ends[0]), \(ends[1])]"
  }

  /// The 5 %, 50 % and 95 % quantiles; nil of nothing.
  package static func quantiles(_ values: [Double]) -> String? {
    guard !values.isEmpty else { return nil }
    return [0.05, 0.5, 0.95].map { number(SampleStatistics.quantile($0, of: values), digits: 2) }
      .joined(separator: ", ")
  }

  /// The learning curve of some runs.
  package static func curve(_ title: String, _ runs: [RunResult]) -> LearningCurvesFigure.Curve {
    let every = runs.first?.pointEvery ?? 0
    let points = StratifiedBootstrap.band(runs.map(\.curve)).enumerated().compactMap {
      index, point in
      point.map {
        LearningCurvesFigure.Point(
          steps: every * Double(index + 1), value: $0.value, lower: $0.lower, upper: $0.upper)
      }
    }
    return .init(
      title: "\(title), \(runs.count) \(runs.count == 1 ? "run" : "runs")", points: points)
  }

  package static let curveCaption =
    "interquartile mean over runs of the mean return of the last 100 training episodes; bands: 95 % "
    + "bootstrap intervals, point by point"

  package static func images(_ names: [String], in folder: String) -> String {
    names.map { "![Learning curves of \($0)](\(folder)/figures/\($0).svg)" }
      .joined(separator: "\n\n")
  }

  /// What updates did, for groups of runs under their headings.
  package static func updates(_ groups: [([String], [RunResult])], _ header: [String]) -> String {
    table(
      header + ["updates", "rejected", "KL / δ", "realised / predicted gain"],
      groups.map { heading, runs in
        let updates = runs.compactMap(\.updates)
        let count = updates.reduce(0) { $0 + $1.count }
        let rejected = updates.reduce(0) { $0 + $1.rejected }
        return heading + [
          count == 0 ? nil : "\(count)",
          count == 0 ? nil : "\(number(100 * Double(rejected) / Double(count))) %",
          quantiles(updates.flatMap(\.klShares)),
          quantiles(updates.flatMap(\.gainRatios)),
        ]
      }, numbers: Set(header.count..<header.count + 4))
  }
}

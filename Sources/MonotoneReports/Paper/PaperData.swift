public import TRPOComparison

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// The results of the paper's experiments, as they stand in a folder.
public struct PaperData: Sendable {
  /// The runs, a file for each task.
  public var runs: [PaperRuns] = []

  /// Reads the files of a folder that `Benchmarks/paper.py` left; files of other kinds are passed over.
  ///
  /// - Throws: ``ReportFailure`` for a folder without results, and for a file that is not what it should be.
  public init(folder: String) throws(ReportFailure) {
    let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
    for name in names where name.hasSuffix(".json") { try add("\(folder)/\(name)") }
    guard !runs.isEmpty else {
      throw .unreadableFile(
        path: folder,
        reason:
          "no results of the paper's experiments in it; make paper writes them to reports/paper/data"
      )
    }
  }

  /// Results that are at hand.
  public init(runs: [PaperRuns]) { self.runs = runs }

  private struct Header: Decodable { var schema: String? }

  private mutating func add(_ file: String) throws(ReportFailure) {
    guard let data = FileManager.default.contents(atPath: file) else {
      throw .unreadableFile(path: file, reason: "cannot be read; make the file readable")
    }
    do throws(InvalidResult) {
      let schema = try ResultJSON.decode(Header.self, data).schema ?? ""
      guard schema.hasPrefix("monotone/paper-runs/") else { return }
      let found = try ResultJSON.decode(PaperRuns.self, data)
      if let fault = found.faults.first { throw InvalidResult(path: "$", reason: fault) }
      if runs.contains(where: { $0.experiment == found.experiment }) {
        throw InvalidResult(
          path: "$.experiment", reason: "\(found.experiment.rawValue) is in another file, too")
      }
      runs.append(found)
    } catch {
      throw .result(InvalidResult(path: "\(file): \(error.path)", reason: error.reason))
    }
  }
}

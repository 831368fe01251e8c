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
  /// The methods on finite models; nil where they were not run.
  public var finite: FiniteComparison?
  /// Runs in the paper's own settings; nil where there are none.
  public var scores: PaperScores?

  /// Reads the files of a folder that `Benchmarks/paper.py` left; files of other kinds are passed over.
  ///
  /// - Throws: ``ReportFailure`` for a folder without results, and for a file that is not what it should be.
  public init(folder: String) throws(ReportFailure) {
    let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
    for name in names where name.hasSuffix(".json") { try add("\(folder)/\(name)") }
    guard !runs.isEmpty || finite != nil || scores != nil else {
      throw .unreadableFile(
        path: folder,
        reason:
          "no results of the paper's experiments in it; make paper writes them to reports/paper/data"
      )
    }
  }

  /// Results that are at hand.
  public init(
    runs: [PaperRuns], finite: FiniteComparison? = nil, scores: PaperScores? = nil
  ) {
    (self.runs, self.finite, self.scores) = (runs, finite, scores)
  }

  private struct Header: Decodable { var schema: String? }

  private mutating func add(_ file: String) throws(ReportFailure) {
    guard let data = FileManager.default.contents(atPath: file) else {
      throw .unreadableFile(path: file, reason: "cannot be read; make the file readable")
    }
    do throws(InvalidResult) {
      let schema = try ResultJSON.decode(Header.self, data).schema ?? ""
      if schema.hasPrefix("monotone/paper-finite/") {
        return finite = try Self.only(
          finite, data, schema, FiniteComparison.schemaName, "finite models are")
      }
      if schema.hasPrefix("monotone/paper-scores/") {
        return scores = try Self.only(scores, data, schema, PaperScores.schemaName, "scores are")
      }
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

  /// Results of a kind of which a folder holds one file.
  private static func only<Results: Decodable>(
    _ earlier: Results?, _ data: Data, _ schema: String, _ expected: String, _ they: String
  ) throws(InvalidResult) -> Results {
    guard schema == expected else {
      throw InvalidResult(
        path: "$.schema",
        reason: "unknown schema \"\(schema)\": this version reads \"\(expected)\"")
    }
    guard earlier == nil else {
      throw InvalidResult(path: "$", reason: "\(they) in another file, too")
    }
    return try ResultJSON.decode(Results.self, data)
  }
}

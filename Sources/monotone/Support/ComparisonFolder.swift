import TRPOComparison
import MonotoneReports

/// Writes a comparison's files.
enum ComparisonFolder {
  static func write(_ document: ComparisonDocument, to path: String) throws {
    do throws(ReportFailure) {
      try ComparisonReport(document).write(to: path)
    } catch {
      throw CommandFailure(error)
    }
  }
}

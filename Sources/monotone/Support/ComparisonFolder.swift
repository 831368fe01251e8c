import Comparison
import Reports

/// Writes a comparison's files.
enum ComparisonFolder {
  static func write(
    _ document: ComparisonDocument, _ gnuplot: Gnuplot, to path: String
  ) throws {
    do throws(ReportFailure) {
      try ComparisonReport(gnuplot: gnuplot).write(document, to: path)
    } catch {
      throw CommandFailure(error)
    }
  }
}

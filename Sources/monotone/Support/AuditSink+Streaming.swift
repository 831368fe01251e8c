import TRPOComparison
import MonotoneReports

extension AuditSink {
  /// Standard output, a JSON line an update.
  static let streaming = AuditSink(
    audited: { try Console.output(ResultJSON.line($0)) },
    lost: { try Console.output(ResultJSON.line(LostUpdate(index: $0, error: $1))) })

  private struct LostUpdate: Encodable {
    var index: Int
    var error: String
  }
}

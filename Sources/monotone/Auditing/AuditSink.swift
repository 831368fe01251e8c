import Comparison
import Reports

/// Where an audit's rows go as they come: nowhere, or to standard output as JSON lines.
struct AuditSink {
  var isStreaming: Bool

  /// An update that was audited.
  func audited(_ audit: UpdateAudit) throws {
    if isStreaming { try Console.output(ResultJSON.line(audit)) }
  }

  /// An update that has no verdict, and why.
  func lost(_ index: Int, _ reason: String) throws {
    if isStreaming { try Console.output(ResultJSON.line(LostUpdate(index: index, error: reason))) }
  }

  private struct LostUpdate: Encodable {
    var index: Int
    var error: String
  }
}

package import MonotoneFiles
internal import Synchronization

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// Observations as JSON lines, in the keys of Hypothesis' observability format.
///
/// Encoded here rather than with other results, because the keys are those of that format, not ours.
package final class ObservationLog: Sendable {
  private let file: LogFile
  private let failure = Mutex<UnwritableOutput?>(nil)
  private let start = Date().timeIntervalSince1970

  /// Opens a file.
  package init(_ path: String) throws(RunFailure) {
    do throws(UnwritableOutput) { file = try LogFile(path) } catch { throw RunFailure(error) }
  }

  /// Whether a line could not be written; those after it are not.
  package var hasFailed: Bool { failure.withLock { $0 != nil } }

  private struct Line: Encodable {
    var type = "test_case"
    var runStart: Double
    var property: String
    var status: String
    var statusReason: String
    var representation: String
    var arguments: [String: String] = [:]
    var howGenerated: String
    var features: [String: Int]
    var coverage: String?
    var timing: [String: Double] = [:]
    var metadata: [String: String]
  }

  /// Writes a line an observation.
  package func write(_ observations: [Observation]) {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    encoder.keyEncodingStrategy = .convertToSnakeCase
    var text = Data()
    for observation in observations {
      let line = Line(
        runStart: start, property: observation.property, status: observation.status,
        statusReason: observation.reason, representation: observation.representation,
        howGenerated: observation.origin, features: observation.features,
        metadata: ["kind": observation.kind])
      guard let data = try? encoder.encode(line) else { continue }
      text.append(data)
      text.append(UInt8(ascii: "\n"))
    }
    // One batch of lines at a time.
    failure.withLock { failure in
      guard failure == nil else { return }
      do throws(UnwritableOutput) { try file.write(Array(text)) } catch { failure = error }
    }
  }

  /// Ends the command if not all was written.
  package func requireWhole() throws(RunFailure) {
    if let failure = failure.withLock({ $0 }) { throw RunFailure(failure) }
  }
}

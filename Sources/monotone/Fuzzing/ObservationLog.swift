import Foundation
import MDPConformance
import Synchronization

/// Observations as JSON lines, in the keys of Hypothesis' observability format.
final class ObservationLog: Sendable {
  private let path: String
  private let file: Mutex<FileHandle>
  private let start = Date().timeIntervalSince1970

  init(_ path: String) throws {
    guard FileManager.default.createFile(atPath: path, contents: nil),
      let file = FileHandle(forWritingAtPath: path)
    else { throw CommandFailure("\(path) cannot be written", .unwritable) }
    self.path = path
    self.file = Mutex(file)
  }

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
  func write(_ observations: [Observation]) {
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
    file.withLock { try? $0.write(contentsOf: text) }
  }

  func close() throws {
    do { try file.withLock { try $0.close() } } catch {
      throw CommandFailure("\(path) cannot be written", .unwritable)
    }
  }
}

import ArgumentParser
import Foundation
import Reports

/// Writes what a command makes: to a file, whole or not at all, or to standard output.
enum OutputFile {
  static func write(_ bytes: [UInt8], to path: String?) throws {
    guard let path else {
      FileHandle.standardOutput.write(Data(bytes))
      return
    }
    do throws(UnwritableOutput) { try AtomicFile.write(Data(bytes), to: path) } catch {
      throw CommandFailure(error)
    }
  }
}

extension ExitStatus {
  /// Ends the command with this status, unless it is success.
  func leave() throws {
    if self != .success { throw ExitCode(rawValue) }
  }
}

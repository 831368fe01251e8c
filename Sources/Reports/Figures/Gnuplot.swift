internal import Foundation

/// The gnuplot program, which draws the figures.
///
/// It reads a script with its data from standard input and answers with SVG; the user's own
/// gnuplot settings are not read.
public struct Gnuplot: Sendable, Equatable {
  /// Where the program is.
  public let path: String
  /// Its version: `5.4 patchlevel 4`.
  public let version: String

  /// Finds gnuplot among the folders of a search path, by default that of the process.
  ///
  /// - Throws: ``FigureFailure/gnuplotMissing``.
  public init(searchPath: String? = nil) throws(FigureFailure) {
    guard let path = Self.find(searchPath) else { throw .gnuplotMissing }
    self.path = path
    let answer = try Self.run(path, ["--version"], input: "")
    version = String(decoding: answer, as: UTF8.self)
      .replacingOccurrences(of: "gnuplot ", with: "")
      .trimmingCharacters(in: .whitespacesAndNewlines)
  }

  /// Whether it is there, without starting it.
  public static func isInstalled(searchPath: String? = nil) -> Bool { find(searchPath) != nil }

  private static func find(_ searchPath: String?) -> String? {
    let folders = searchPath ?? ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
    return folders.split(separator: ":").map { "\($0)/gnuplot" }
      .first { FileManager.default.isExecutableFile(atPath: $0) }
  }

  /// What the program writes for a script.
  ///
  /// - Throws: ``FigureFailure/gnuplotFailed(_:)`` with its message.
  func run(_ script: String) throws(FigureFailure) -> String {
    String(decoding: try Self.run(path, ["--default-settings"], input: script), as: UTF8.self)
  }

  /// Runs the program with files in the place of pipes: neither side ever waits for the other.
  private static func run(
    _ path: String, _ arguments: [String], input: String
  ) throws(FigureFailure) -> Data {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("monotone-figure-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let (script, output, messages) = (
      folder.appendingPathComponent("script"), folder.appendingPathComponent("output"),
      folder.appendingPathComponent("messages")
    )
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      try Data(input.utf8).write(to: script)
      try Data().write(to: output)
      try Data().write(to: messages)
      let process = Process()
      process.executableURL = URL(fileURLWithPath: path)
      process.arguments = arguments
      process.standardInput = try FileHandle(forReadingFrom: script)
      process.standardOutput = try FileHandle(forWritingTo: output)
      process.standardError = try FileHandle(forWritingTo: messages)
      try process.run()
      process.waitUntilExit()
      let complaint = String(decoding: try Data(contentsOf: messages), as: UTF8.self)
      guard process.terminationStatus == 0 else {
        throw FigureFailure.gnuplotFailed(complaint.trimmingCharacters(in: .whitespacesAndNewlines))
      }
      return try Data(contentsOf: output)
    } catch let failure as FigureFailure {
      throw failure
    } catch {
      throw .gnuplotFailed(error.localizedDescription)
    }
  }
}

/// Why there is no figure.
public enum FigureFailure: Error, Sendable, Equatable {
  /// The program is not installed.
  case gnuplotMissing
  /// It refused a script or could not be started; its message.
  case gnuplotFailed(String)

  /// What is wrong and what to do about it.
  public var message: String {
    switch self {
    case .gnuplotMissing:
      "gnuplot, which draws the figures, is not installed: apt-get install gnuplot-nox"
    case .gnuplotFailed(let message): "gnuplot failed: \(message.displayable)"
    }
  }
}

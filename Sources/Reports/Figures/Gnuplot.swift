public import Files
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
    let drawing = String(
      decoding: try Self.run(path, ["--default-settings"], input: script), as: UTF8.self)
    // It does not tell when it could not write all.
    guard drawing.hasSuffix("</svg>\n\n") || drawing.hasSuffix("</svg>\n") else {
      throw .gnuplotFailed("the drawing is cut short")
    }
    return drawing
  }

  /// Runs the program with files in the place of pipes: neither side ever waits for the other.
  private static func run(
    _ path: String, _ arguments: [String], input: String
  ) throws(FigureFailure) -> Data {
    let script: UnnamedFile
    let output: UnnamedFile
    let messages: UnnamedFile
    do throws(UnwritableOutput) {
      script = try UnnamedFile(Array(input.utf8))
      output = try UnnamedFile()
      messages = try UnnamedFile()
    } catch {
      throw .output(error)
    }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = arguments
    process.standardInput = FileHandle(fileDescriptor: script.descriptor)
    process.standardOutput = FileHandle(fileDescriptor: output.descriptor)
    process.standardError = FileHandle(fileDescriptor: messages.descriptor)
    do { try process.run() } catch { throw .gnuplotFailed("\(path) cannot be started") }
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      let complaint = String(decoding: messages.bytes, as: UTF8.self)
      throw .gnuplotFailed(complaint.trimmingCharacters(in: .whitespacesAndNewlines))
    }
    return Data(output.bytes)
  }
}

/// Why there is no figure.
public enum FigureFailure: Error, Sendable, Equatable {
  /// The program is not installed.
  case gnuplotMissing
  /// It refused a script or could not be started; its message.
  case gnuplotFailed(String)
  /// Its script cannot be written.
  case output(UnwritableOutput)

  /// What is wrong and what to do about it.
  public var message: String {
    switch self {
    case .gnuplotMissing:
      "gnuplot, which draws the figures, is not installed: apt-get install gnuplot-nox"
    case .output(let failure): failure.message
    case .gnuplotFailed(let message): "gnuplot failed: \(message.displayable)"
    }
  }
}

import Foundation

/// Runs the built command as a user would.
struct CommandRunner {
  /// What a run left behind.
  struct Result {
    var status: Int32
    var output: String
    var errors: String

    /// Standard output as a JSON object.
    func json() throws -> [String: Any] {
      let value = try JSONSerialization.jsonObject(with: Data(output.utf8))
      return value as? [String: Any] ?? [:]
    }
  }

  /// The root of the package.
  static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// The command, beside the test bundle.
  static let executable = URL(fileURLWithPath: CommandLine.arguments[0])
    .deletingLastPathComponent().appendingPathComponent("monotone")

  /// Packages for Python that `make test` installs.
  static let pythonPackages = ProcessInfo.processInfo.environment["MONOTONE_PYTHON_PATH"]

  /// Runs a program of `Tools/` in Python.
  static func python(_ arguments: [String]) throws -> Result {
    try run(["python3"] + arguments, program: URL(fileURLWithPath: "/usr/bin/env"))
  }

  /// Starts the command, or another program, in the root of the package.
  static func start(
    _ arguments: [String], output: Any, errors: Any, input: Any? = FileHandle.nullDevice,
    program: URL = executable
  ) throws -> Process {
    let process = Process()
    process.executableURL = program
    process.arguments = arguments
    process.currentDirectoryURL = root
    process.standardOutput = output
    process.standardError = errors
    process.standardInput = input
    var environment = ProcessInfo.processInfo.environment
    environment["OPENBLAS_NUM_THREADS"] = "1"
    environment["PYTHONPATH"] = pythonPackages
    process.environment = environment
    try process.run()
    return process
  }

  /// Runs a line of the shell in the root of the package; `$0` is the command.
  static func shell(_ line: String) throws -> Result {
    try run(["-c", line, executable.path], program: URL(fileURLWithPath: "/bin/sh"))
  }

  /// Runs a script of the shell in a folder; `$MONOTONE` is the command, `$ROOT` the root of the package.
  ///
  /// For what only a shell can set up: closed streams, limits, pipes whose reader goes.
  static func shell(_ script: String, in folder: URL) throws -> Result {
    try run(
      [
        "-c", "cd \"$0\"; MONOTONE=\"$1\"; ROOT=\"$2\"\n\(script)", folder.path, executable.path,
        root.path,
      ], program: URL(fileURLWithPath: "/bin/bash"))
  }

  /// Runs the command to its end. Its output goes through files, which never fill up.
  static func run(
    _ arguments: [String], input: String? = nil, program: URL = executable
  ) throws -> Result {
    try TemporaryFolder.with { folder in
      let paths = ["out", "err", "in"].map { folder.appendingPathComponent($0) }
      for path in paths { try Data((path == paths[2] ? input ?? "" : "").utf8).write(to: path) }
      let process = try start(
        arguments, output: try FileHandle(forWritingTo: paths[0]),
        errors: try FileHandle(forWritingTo: paths[1]),
        input: try FileHandle(forReadingFrom: paths[2]), program: program)
      process.waitUntilExit()
      return Result(
        status: process.terminationStatus,
        output: try String(contentsOf: paths[0], encoding: .utf8),
        errors: try String(contentsOf: paths[1], encoding: .utf8))
    }
  }
}

/// A folder that goes away with the test that made it.
enum TemporaryFolder {
  static func with<T>(_ body: (URL) throws -> T) throws -> T {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("monotone-test-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try body(folder)
  }
}

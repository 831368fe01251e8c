package import Foundation
package import Testing

/// Readers of our files that are not ours: packages for Python that `make test` installs.
package enum Python {
  /// The folder of the packages.
  package static let packages = ProcessInfo.processInfo.environment["MONOTONE_PYTHON_PATH"]

  /// Whether the packages are there.
  package static var isAvailable: Bool { packages != nil }
  /// Why a test that needs them is skipped.
  package static let reason: Comment = """
    needs the packages of Tools/requirements-test.txt in MONOTONE_PYTHON_PATH, where make test \
    puts them
    """

  /// Whether MuJoCo and the models of the robots are there.
  package static let hasMuJoCo = has("mujoco", "gymnasium")
  /// Why a test that needs them is skipped.
  package static let mujocoReason: Comment = """
    needs the packages of Tools/requirements-mujoco.txt in MONOTONE_PYTHON_PATH, where make test puts \
    them
    """

  /// Whether the games of the Arcade Learning Environment and of MinAtar are there.
  package static let hasGames = hasMuJoCo && has("ale_py", "minatar")
  /// Why a test that needs them is skipped.
  package static let gamesReason: Comment = """
    needs the packages of Tools/requirements-games.txt and Tools/requirements-mujoco.txt in \
    MONOTONE_PYTHON_PATH, where make test puts them
    """

  /// Whether Storm and umbi are there.
  package static let hasStorm = has("stormpy", "umbi")
  /// Why a test that needs them is skipped.
  package static let stormReason: Comment = """
    needs the packages of Tools/requirements-formats.txt in MONOTONE_PYTHON_PATH, where make test-formats \
    puts them
    """

  /// Whether pymdptoolbox and QuantEcon are there.
  package static let hasPlanners = has("mdptoolbox", "quantecon")
  /// Why a test that needs them is skipped.
  package static let plannersReason = stormReason

  private static func has(_ names: String...) -> Bool {
    guard let folder = packages else { return false }
    return names.allSatisfy {
      FileManager.default.fileExists(atPath: "\(folder)/\($0)/__init__.py")
    }
  }

  /// Why a script failed: what it said.
  package struct Failure: Error, CustomStringConvertible {
    package var description: String
  }

  /// Runs a script in a folder; what it prints must be one JSON value.
  package static func run<Output: Decodable>(
    _ script: String, in folder: URL, as type: Output.Type
  ) throws -> Output {
    let (output, errors) = (
      folder.appendingPathComponent("output"), folder.appendingPathComponent("errors")
    )
    for file in [output, errors] { try Data().write(to: file) }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3", "-c", script]
    process.currentDirectoryURL = folder
    process.environment = ProcessInfo.processInfo.environment.merging(
      ["PYTHONPATH": packages ?? ""]
    ) { $1 }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = try FileHandle(forWritingTo: errors)
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw Failure(description: try String(contentsOf: errors, encoding: .utf8))
    }
    return try JSONDecoder().decode(type, from: Data(contentsOf: output))
  }
}

/// A folder that goes away with the test that made it.
package enum TemporaryFolder {
  package static func with<T>(_ body: (URL) throws -> T) throws -> T {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("monotone-test-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try body(folder)
  }
}

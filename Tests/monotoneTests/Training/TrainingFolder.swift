import Foundation
import TestSupport

/// Runs of `train` that take no time, and what they leave.
enum TrainingFolder {
  /// Two environments, a tiny network and 64 steps an iteration, each of which is saved.
  static let options = [
    "--batch", "64", "--environments", "2", "--hidden", "8", "--critic-hidden", "8",
    "--critic-epochs", "1", "--checkpoint-every", "1",
  ]

  static func train(
    _ environment: String, _ folder: URL, iterations: Int = 4, _ more: [String] = []
  ) throws -> CommandRunner.Result {
    try CommandRunner.run(
      arguments(environment, folder, iterations: iterations, more))
  }

  static func arguments(
    _ environment: String, _ folder: URL, iterations: Int = 4, _ more: [String] = []
  ) -> [String] {
    ["train", environment, "--output", folder.path, "--steps", "\(64 * iterations)"] + options
      + more
  }

  /// The files below a folder with their bytes, but for the times of events.
  static func contents(_ folder: URL) throws -> [String: Data] {
    var contents: [String: Data] = [:]
    for name in try FileManager.default.subpathsOfDirectory(atPath: folder.path) {
      var isFolder: ObjCBool = false
      let file = folder.appendingPathComponent(name)
      _ = FileManager.default.fileExists(atPath: file.path, isDirectory: &isFolder)
      let data = isFolder.boolValue ? Data() : try Data(contentsOf: file)
      contents[name] = name.contains("tfevents") ? EventFile.withoutTimes(data) : data
    }
    return contents
  }

  /// The rows of progress.csv, by column.
  static func progress(_ folder: URL) throws -> [[String: String]] {
    let file = folder.appendingPathComponent("progress.csv")
    let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\r\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    guard let names = lines.first else { return [] }
    return lines.dropFirst().map { row in
      Dictionary(uniqueKeysWithValues: zip(names, row))
    }
  }

  /// Whole rows of progress.csv so far; 0 where there is none.
  static func rows(_ folder: URL) -> Int {
    let file = folder.appendingPathComponent("progress.csv")
    guard let data = try? Data(contentsOf: file) else { return 0 }
    return max(0, data.count { $0 == 0x0A } - 1)
  }
}

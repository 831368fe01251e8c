package import MonotoneFiles
internal import MonotoneProbability
package import NeuralTRPO

/// An episode as a video, drawn by the renderer of Gymnasium in a process of its own.
///
/// A robot is put into the states that it went through. An environment of Gymnasium, whose state cannot be
/// had, plays the episode again from its seed; one that does not earn the same is not drawn.
package struct EpisodeVideo: Sendable {
  /// The format of the file.
  package enum Format: String, CaseIterable, Sendable { case gif, mp4 }

  /// The request of `draw_episode.py`, a JSON object.
  private let request: String
  private let python: String

  /// States that a robot went through.
  package init(of robot: Robot, _ states: [[Double]]) {
    request = Self.object([
      "environment": JSONText.quoted(robot.original ?? robot.id), "states": Self.rows(states),
    ])
    python = "python3"
  }

  /// An episode of the first of some environments of Gymnasium.
  ///
  /// - Parameter seed: That of the environments.
  package init(
    of environment: GymnasiumEnvironment, _ recording: EpisodeRecorder, seed: UInt64
  ) {
    let imports = environment.options.imports.map { JSONText.quoted($0) }
    request = Self.object([
      "environment": JSONText.quoted(environment.id),
      "make": environment.options.makeArguments,
      "import": "[" + imports.joined(separator: ",") + "]",
      "seed": "\(GymnasiumVector.seed(seed, stream: 0, seedings: 0))",
      "actions": Self.rows(recording.actions),
      "return": "\(recording.totalReward)",
    ])
    python = environment.options.python
  }

  /// The bytes of the video.
  ///
  /// - Throws: ``MonotoneFiles/RunFailure`` where nothing on this machine can draw it, with what would.
  package func bytes(_ format: Format) throws(RunFailure) -> [UInt8] {
    let file: TemporaryFile
    do throws(UnwritableOutput) {
      file = try TemporaryFile(in: FileSystem.temporaryFolder, reportedAs: "the video")
    } catch {
      throw RunFailure(error)
    }
    defer { file.remove() }
    do throws(UnwritableOutput) {
      try file.write(Array(request.utf8), reportedAs: "the video")
    } catch {
      throw RunFailure(error)
    }
    let result: ChildProcess.Result
    do throws(ChildProcess.Failure) {
      result = try ChildProcess.run(
        python,
        ["-c", Self.script, file.path, format.rawValue] + PythonPackages.buildFolders)
    } catch {
      throw RunFailure("\(python), which draws it, cannot be run: \(error.message)", .unreadable)
    }
    guard result.status == 0, !result.output.isEmpty else {
      let lines = String(decoding: result.errors, as: UTF8.self).split(whereSeparator: \.isNewline)
      let remedy = result.status == Self.noRenderer ? Self.remedy : PythonPackages.remedy
      throw RunFailure(
        "\(python), which draws it: \(lines.last ?? "it says nothing")\n  \(remedy)", .unreadable)
    }
    return result.output
  }

  private static let script = String(
    decoding: PackageResources.draw_episode_py, as: UTF8.self)
  /// The status of the script where nothing can draw.
  private static let noRenderer: Int32 = 3
  private static let remedy =
    "without a screen, pictures need libegl1 or libosmesa6 (apt); mp4 needs `python3 -m pip install "
    + "imageio-ffmpeg`"

  private static func object(_ values: KeyValuePairs<String, String>) -> String {
    "{" + values.map { "\"\($0)\": \($1)" }.joined(separator: ",\n") + "}\n"
  }

  private static func rows(_ rows: [[Double]]) -> String {
    let texts = rows.map { row in "[" + row.map { "\($0)" }.joined(separator: ",") + "]" }
    return "[" + texts.joined(separator: ",\n") + "]"
  }
}

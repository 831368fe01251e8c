package import MonotoneFiles

/// An episode of a robot as a video, drawn by the renderer of Gymnasium in a process of its own.
package struct EpisodeVideo: Sendable {
  /// The format of the file.
  package enum Format: String, CaseIterable, Sendable { case gif, mp4 }

  /// The robot.
  package var robot: Robot
  /// Its states, in order.
  package var states: [[Double]]

  package init(of robot: Robot, _ states: [[Double]]) {
    (self.robot, self.states) = (robot, states)
  }

  /// The bytes of the video.
  ///
  /// - Throws: ``MonotoneFiles/RunFailure`` where nothing on this machine can draw it, with what would.
  package func bytes(_ format: Format) throws(RunFailure) -> [UInt8] {
    let request: TemporaryFile
    do throws(UnwritableOutput) {
      request = try TemporaryFile(in: FileSystem.temporaryFolder, reportedAs: "the video")
      try request.write(Array(text.utf8), reportedAs: "the video")
    } catch {
      throw RunFailure(error)
    }
    defer { request.remove() }
    let result: ChildProcess.Result
    do throws(ChildProcess.Failure) {
      result = try ChildProcess.run(
        "python3",
        ["-c", Self.script, request.path, format.rawValue] + PythonPackages.buildFolders)
    } catch {
      throw RunFailure("python3, which draws it, cannot be run: \(error.message)", .unreadable)
    }
    guard result.status == 0, !result.output.isEmpty else {
      let lines = String(decoding: result.errors, as: UTF8.self).split(whereSeparator: \.isNewline)
      let remedy = result.status == Self.noRenderer ? Self.remedy : PythonPackages.remedy
      throw RunFailure(
        "python3, which draws it: \(lines.last ?? "it says nothing")\n  \(remedy)", .unreadable)
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

  private var text: String {
    let rows = states.map { row in "[" + row.map { "\($0)" }.joined(separator: ",") + "]" }
    return "{\"environment\": \"\(robot.original ?? robot.id)\", \"states\": ["
      + rows.joined(separator: ",\n") + "]}\n"
  }
}

import MonotoneFiles
import NeuralTRPO
import Simulators
import TrainingRuns

/// The video that `evaluate` draws.
struct VideoFile {
  private let file: OutputFile
  private let format: EpisodeVideo.Format

  /// Makes sure that a video can be written, before episodes are played.
  init(
    _ path: String, of world: TrainingWorld, inputs: [String], others: [String?],
    overwrites: OverwriteOption
  ) throws {
    guard
      let format = EpisodeVideo.Format.allCases.first(where: { path.hasSuffix(".\($0.rawValue)") })
    else {
      throw CommandFailure("--video \(path): expected a name that ends in .gif or .mp4", .usage)
    }
    guard world.hasVideo else {
      throw CommandFailure(
        "--video draws robots and environments of Gymnasium (gym:…), and \(world.title) is neither",
        .usage)
    }
    self.format = format
    file = try OutputFile(
      path, as: format == .gif ? .gif : .mp4, inputs: inputs, others: others,
      overwrites: overwrites)
  }

  /// Draws an episode; where no renderer is there, says so and goes on.
  ///
  /// - Parameter seed: The seed of the environments of which the first was recorded.
  func write(_ recording: EpisodeRecorder, seed: UInt64, of world: TrainingWorld) throws {
    let bytes: [UInt8]
    do throws(RunFailure) { bytes = try world.video(of: recording, seed: seed, format) } catch {
      Console.note("the video is left out: \(error.message)")
      return
    }
    try file.write(bytes)
  }
}

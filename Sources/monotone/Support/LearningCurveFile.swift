import MonotoneFiles
import NeuralTRPO
import MonotoneReports
import TrainingRuns

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Draws `learning-curve.svg` from `progress.csv`, which also has what came before a run was resumed.
enum LearningCurveFile {
  static func write(_ run: TrainingRun, _ world: TrainingWorld) throws {
    let table = run.folder.appendingPathComponent("progress.csv")
    let text = (try? String(contentsOf: table, encoding: .utf8)) ?? ""
    let figure = TrainingFigure(
      environment: world.title + (world.simulator.map { " (\($0))" } ?? ""), points: points(text),
      goals: run.process.configuration.stopReturn.map { [.init(value: $0, name: "goal")] } ?? [])
    let file = run.folder.appendingPathComponent("learning-curve.svg").path
    do throws(UnwritableOutput) { try AtomicFile.write(Array(figure.svg.utf8), to: file) } catch {
      throw CommandFailure(error)
    }
  }

  /// The points of a table; rows without a mean return have none.
  static func points(_ text: String) -> [TrainingFigure.Point] {
    let rows = text.split(separator: "\r\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false)
    }
    guard let header = rows.first, let steps = header.firstIndex(of: "steps"),
      let meanReturn = header.firstIndex(of: "meanReturn")
    else { return [] }
    let deviation = header.firstIndex(of: "returnDeviation")
    return rows.dropFirst().compactMap { row in
      guard row.count == header.count, let x = Double(row[steps]), let y = Double(row[meanReturn])
      else { return nil }
      return .init(steps: x, meanReturn: y, spread: deviation.flatMap { Double(row[$0]) })
    }
  }
}

/// Copies a run's last checkpoint.
enum CheckpointCopy {
  static func write(_ run: URL, to path: String) throws {
    let latest: Checkpoint.Latest
    do throws(InvalidCheckpoint) {
      latest = try Checkpoint.latest(in: run.appendingPathComponent("checkpoints"))
    } catch {
      throw CommandFailure(error.description, .badData)
    }
    do throws(UnwritableOutput) {
      try FileSystem.makeFolder(path)
      try latest.checkpoint.write(into: URL(fileURLWithPath: path))
    } catch {
      throw CommandFailure(error)
    }
  }
}

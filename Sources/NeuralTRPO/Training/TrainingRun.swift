public import Foundation

/// A training run and its folder.
///
///     config.json              every choice
///     progress.csv             a row an iteration
///     events.out.tfevents.*    the same for TensorBoard
///     checkpoints/             what the run can go on from
///
/// A run that goes on from a checkpoint first takes the growing files back to what they were then, and
/// leaves the same bytes as one that was never stopped.
public final class TrainingRun {
  /// Where everything is written.
  public let folder: URL
  /// What is trained.
  public let process: any TrainingProcess
  private let environment: String
  private let progress: ProgressTable
  private let events: TensorBoardEvents
  private var savedIteration = -1
  /// How many checkpoints are kept.
  private static let keptCheckpoints = 3

  /// A run in a new folder, or in one whose run is thrown away.
  ///
  /// - Throws: ``TrainingRunFailure``.
  public static func begin(
    _ process: any TrainingProcess, environment: String, in folder: URL
  ) throws(TrainingRunFailure) -> TrainingRun {
    let checkpoints = folder.appendingPathComponent("checkpoints")
    do {
      try FileManager.default.createDirectory(at: checkpoints, withIntermediateDirectories: true)
      for name in try FileManager.default.contentsOfDirectory(atPath: checkpoints.path) {
        try FileManager.default.removeItem(at: checkpoints.appendingPathComponent(name))
      }
      let settings = ConfigurationFile(process.configuration)
      try settings.write(to: folder.appendingPathComponent("config.json"))
    } catch {
      throw .output("\(folder.path): \(error.localizedDescription)")
    }
    let run = try TrainingRun(process, environment, folder, progressBytes: 0, eventBytes: 0)
    // So that whatever stops the run, there is something to go on from.
    try run.save()
    return run
  }

  /// A run that goes on where a checkpoint was taken.
  ///
  /// - Throws: ``TrainingRunFailure``.
  public static func resume(
    _ process: any TrainingProcess, from checkpoint: Checkpoint, in folder: URL
  ) throws(TrainingRunFailure) -> TrainingRun {
    do throws(InvalidCheckpoint) { try process.restore(checkpoint.snapshot) } catch {
      throw .checkpoint(error)
    }
    return try TrainingRun(
      process, checkpoint.environment, folder, progressBytes: checkpoint.progressBytes,
      eventBytes: checkpoint.eventBytes)
  }

  private init(
    _ process: any TrainingProcess, _ environment: String, _ folder: URL, progressBytes: Int,
    eventBytes: Int
  ) throws(TrainingRunFailure) {
    self.process = process
    self.environment = environment
    self.folder = folder
    do throws(UnwritableFile) {
      progress = try ProgressTable(
        path: folder.appendingPathComponent("progress.csv").path,
        columns: ["steps"] + TrainingColumn.all.map(\.name), length: progressBytes)
      events = try TensorBoardEvents(
        path: folder.appendingPathComponent(TensorBoardEvents.fileName).path, length: eventBytes)
    } catch {
      throw .output(error.description)
    }
  }

  /// One iteration, written down.
  ///
  /// - Throws: ``TrainingRunFailure``; what was written stays, and the last checkpoint is good.
  public func advance() throws(TrainingRunFailure) -> TrainingRecord {
    let record: TrainingRecord
    do throws(TrainingFailure) { record = try process.advance() } catch {
      throw .training(error)
    }
    let values = TrainingColumn.all.map { ($0, $0.value(record)) }
    do throws(UnwritableFile) {
      try progress.write([.integer(record.steps)] + values.map { Self.cell($1) })
      try events.write(
        values.compactMap { column, value in
          value.flatMap { $0.isFinite ? .init(column.tag, $0) : nil }
        }, step: record.steps)
    } catch {
      throw .output(error.description)
    }
    if record.iteration.isMultiple(of: process.configuration.checkpointEvery) { try save() }
    return record
  }

  /// Takes a checkpoint, unless the last one is of this iteration.
  public func save() throws(TrainingRunFailure) {
    let snapshot = process.snapshot
    guard snapshot.state.iteration > savedIteration else { return }
    let checkpoints = folder.appendingPathComponent("checkpoints")
    do {
      // Never a checkpoint of more than is on the disk.
      try progress.synchronize()
      try events.synchronize()
      try Checkpoint(
        environment: environment, configuration: process.configuration,
        progressBytes: progress.length, eventBytes: events.length, snapshot: snapshot
      ).write(into: checkpoints)
      try Self.forgetOld(in: checkpoints)
    } catch {
      throw .output("\(checkpoints.path): \(error)")
    }
    savedIteration = snapshot.state.iteration
  }

  private static func forgetOld(in folder: URL) throws {
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    let old = names.filter { $0.hasSuffix(".json") }.sorted { ($0.count, $0) < ($1.count, $1) }
      .dropLast(keptCheckpoints)
    for name in old {
      let file = folder.appendingPathComponent(name)
      // The JSON file first: a checkpoint without tensors would look damaged.
      try FileManager.default.removeItem(at: file)
      try FileManager.default.removeItem(
        at: file.deletingPathExtension().appendingPathExtension("safetensors"))
    }
  }

  /// A cell of progress.csv: empty where there is no number.
  private static func cell(_ value: Double?) -> ProgressTable.Cell {
    guard let value else { return .text("") }
    return Int(exactly: value).map { .integer($0) } ?? .number(value)
  }
}

/// Why a run stopped.
public enum TrainingRunFailure: Error, Sendable {
  /// A number was not finite.
  case training(TrainingFailure)
  /// A file could not be written.
  case output(String)
  /// A checkpoint could not be gone on from.
  case checkpoint(InvalidCheckpoint)
}

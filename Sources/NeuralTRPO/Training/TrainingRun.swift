public import Foundation

/// A training run and its folder.
///
///     config.json              every choice
///     progress.csv             a row an iteration
///     events.out.tfevents.*    the same for TensorBoard
///     checkpoints/             what the run can go on from
///
/// and whatever files it was given beside.
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
  /// - Parameters:
  ///   - beside: Other files that the folder is to have, by name; there before the first checkpoint.
  /// - Throws: ``TrainingRunFailure``.
  public static func begin(
    _ process: any TrainingProcess, environment: String, in folder: URL,
    beside: [String: Data] = [:]
  ) throws(TrainingRunFailure) -> TrainingRun {
    let checkpoints = folder.appendingPathComponent("checkpoints")
    do {
      try FileManager.default.createDirectory(at: checkpoints, withIntermediateDirectories: true)
      try WholeFile.removePartial(in: checkpoints)
      try forgetLater(than: -1, in: checkpoints)
      try WholeFile.removePartial(in: folder)
      try writeConfiguration(of: process, in: folder)
      for (name, data) in beside.sorted(by: { $0.key < $1.key }) {
        try WholeFile.write(data, to: folder.appendingPathComponent(name))
      }
    } catch {
      throw .output(text(error, folder))
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
    do {
      let checkpoints = folder.appendingPathComponent("checkpoints")
      try WholeFile.removePartial(in: folder)
      try WholeFile.removePartial(in: checkpoints)
      try forgetLater(than: checkpoint.snapshot.state.iteration, in: checkpoints)
      // It may be for more steps than before.
      try writeConfiguration(of: process, in: folder)
    } catch {
      throw .output(text(error, folder))
    }
    let run = try TrainingRun(
      process, checkpoint.environment, folder, progressBytes: checkpoint.progressBytes,
      eventBytes: checkpoint.eventBytes)
    run.savedIteration = checkpoint.snapshot.state.iteration
    return run
  }

  private static func writeConfiguration(
    of process: any TrainingProcess, in folder: URL
  ) throws {
    try ConfigurationFile(process.configuration)
      .write(to: folder.appendingPathComponent("config.json"))
  }

  private static func text(_ error: any Error, _ folder: URL) -> String {
    (error as? UnwritableFile)?.description ?? "\(folder.path): \(error.localizedDescription)"
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
      try forgetOld(in: checkpoints)
    } catch {
      throw .output(Self.text(error, checkpoints))
    }
    savedIteration = snapshot.state.iteration
  }

  /// Leaves the last few checkpoints that the configuration asks for, and the very last.
  ///
  /// One that was taken because the run was stopped goes with the next, so that a run that goes on
  /// leaves the checkpoints of one that was never stopped.
  private func forgetOld(in folder: URL) throws {
    var kept = Self.keptCheckpoints
    for (iteration, file) in try Self.files(in: folder) where file.pathExtension == "json" {
      let isLast = kept == Self.keptCheckpoints
      if kept > 0, isLast || iteration.isMultiple(of: process.configuration.checkpointEvery) {
        kept -= 1
      } else {
        // The JSON file first: a checkpoint without tensors would look damaged.
        try FileManager.default.removeItem(at: file)
      }
    }
    try Self.removeLoneTensors(in: folder)
  }

  /// Removes the checkpoints after an iteration.
  private static func forgetLater(than last: Int, in folder: URL) throws {
    for (iteration, file) in try files(in: folder)
    where iteration > last && file.pathExtension == "json" {
      try FileManager.default.removeItem(at: file)
    }
    try removeLoneTensors(in: folder)
  }

  private static func removeLoneTensors(in folder: URL) throws {
    let files = try files(in: folder).map(\.file)
    let documents = Set(files.filter { $0.pathExtension == "json" })
    for file in files where file.pathExtension == "safetensors" {
      let document = file.deletingPathExtension().appendingPathExtension("json")
      if !documents.contains(document) { try FileManager.default.removeItem(at: file) }
    }
  }

  /// The files of checkpoints, the latest first.
  private static func files(in folder: URL) throws -> [(iteration: Int, file: URL)] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path).compactMap { name in
      let file = folder.appendingPathComponent(name)
      return Int(file.deletingPathExtension().lastPathComponent).map { ($0, file) }
    }.sorted { $0.iteration > $1.iteration }
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

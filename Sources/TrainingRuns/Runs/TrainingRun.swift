public import MonotoneFiles
public import NeuralTRPO

#if canImport(FoundationEssentials)
  public import FoundationEssentials
#else
  public import Foundation
#endif

/// A training run and its folder.
///
///     config.json              every choice
///     progress.csv             a row an iteration
///     events.out.tfevents.*    the same for TensorBoard, with the times at which it was written
///     checkpoints/             what the run can go on from
///
/// and whatever files it was given beside.
///
/// A run that goes on from a checkpoint first takes the growing files back to what they were then, and
/// leaves the same bytes as one that was never stopped, but for the times in TensorBoard's file.
public final class TrainingRun {
  /// Where everything is written.
  public var folder: URL { place.url }
  /// The trainer.
  package let process: any TrainingProcess
  private let place: RunFolder
  private let environment: String
  private let record: EnvironmentRecord
  private let progress: ProgressTable
  private let events: TensorBoardEvents
  private var savedIteration = -1
  /// How many checkpoints are kept.
  private static let keptCheckpoints = 3

  /// A run at its beginning.
  ///
  /// - Parameters:
  ///   - record: What the files of the run say of its environment beside its name.
  ///   - overwrites: Whether a run that the folder holds is thrown away.
  ///   - beside: Other files that the folder is to have, by name; there before the first checkpoint.
  /// - Throws: ``TrainingRunFailure``; a run that was to be kept is as it was.
  package static func begin(
    _ process: any TrainingProcess, environment: String, record: EnvironmentRecord = .init(),
    in folder: RunFolder, overwrites: Bool = false, beside: [String: Data] = [:]
  ) throws(TrainingRunFailure) -> TrainingRun {
    guard overwrites || !folder.holdsRun else { throw .folder(.occupied) }
    do throws(UnwritableOutput) {
      try folder.prepare(keepingUpTo: -1)
      try writeConfiguration(of: process, record, in: folder)
      for (name, data) in beside.sorted(by: { $0.key < $1.key }) {
        try AtomicFile.write(Array(data), to: folder.url.appendingPathComponent(name).path)
      }
    } catch {
      throw .output(error)
    }
    let run = try TrainingRun(
      process, environment, record, folder, progressBytes: 0, eventBytes: 0)
    // So that whatever stops the run, there is something to go on from.
    try run.writeCheckpoint()
    return run
  }

  /// A run that goes on where a checkpoint was taken.
  ///
  /// - Throws: ``TrainingRunFailure``.
  package static func resume(
    _ process: any TrainingProcess, from checkpoint: Checkpoint, in folder: RunFolder
  ) throws(TrainingRunFailure) -> TrainingRun {
    do throws(InvalidCheckpoint) {
      try requireColumns(of: process.configuration, in: folder)
      try process.restore(checkpoint.snapshot)
    } catch {
      throw .checkpoint(error)
    }
    do throws(UnwritableOutput) {
      try folder.prepare(keepingUpTo: checkpoint.snapshot.state.iteration)
      // It may be for more steps than before.
      try writeConfiguration(of: process, checkpoint.record, in: folder)
    } catch {
      throw .output(error)
    }
    let run = try TrainingRun(
      process, checkpoint.environment, checkpoint.record, folder,
      progressBytes: checkpoint.progressBytes, eventBytes: checkpoint.eventBytes)
    run.savedIteration = checkpoint.snapshot.state.iteration
    return run
  }

  /// Refuses a run whose table another version began: its rows would not be those of the header.
  private static func requireColumns(
    of configuration: TrainingConfiguration, in folder: RunFolder
  ) throws(InvalidCheckpoint) {
    let table = folder.url.appendingPathComponent(tableName)
    guard let text = try? String(contentsOf: table, encoding: .utf8),
      let header = text.split(whereSeparator: \.isNewline).first
    else { return }
    guard header == columns(of: configuration).joined(separator: ",") else {
      throw InvalidCheckpoint(
        "\(table.relativePath): its columns are those of another version; begin a new run in another "
          + "folder")
    }
  }

  /// The table of what the iterations did, and its columns.
  private static let tableName = "progress.csv"
  private static func columns(of configuration: TrainingConfiguration) -> [String] {
    ["steps"] + TrainingColumn.columns(of: configuration).map(\.name)
  }

  private static func writeConfiguration(
    of process: any TrainingProcess, _ record: EnvironmentRecord, in folder: RunFolder
  ) throws(UnwritableOutput) {
    try ConfigurationFile(process.configuration, record)
      .write(to: folder.url.appendingPathComponent("config.json"))
  }

  private init(
    _ process: any TrainingProcess, _ environment: String, _ record: EnvironmentRecord,
    _ folder: RunFolder, progressBytes: Int, eventBytes: Int
  ) throws(TrainingRunFailure) {
    self.process = process
    self.environment = environment
    self.record = record
    place = folder
    do throws(UnwritableOutput) {
      progress = try ProgressTable(
        path: folder.url.appendingPathComponent(Self.tableName).path,
        columns: Self.columns(of: process.configuration), length: progressBytes)
      events = try TensorBoardEvents(
        path: folder.url.appendingPathComponent(TensorBoardEvents.fileName).path, length: eventBytes
      )
    } catch {
      throw .output(error)
    }
  }

  /// Every hyper-parameter of the run.
  public var configuration: TrainingConfiguration { process.configuration }

  /// Iterations made.
  public var iteration: Int { process.iteration }

  /// Environment steps made.
  public var steps: Int { process.steps }

  /// Whether the run has made its steps, or reached its goal.
  public var isFinished: Bool { process.isFinished }

  /// The mean undiscounted return of recent episodes; nil before the first has ended.
  public var meanReturn: Double? { process.meanReturn }

  /// Makes one iteration and writes it down; takes a checkpoint where one is due.
  ///
  /// - Throws: ``MonotoneFiles/RunFailure``; what was written stays, and the last checkpoint is good.
  @discardableResult public func advance() throws(RunFailure) -> TrainingRecord {
    do throws(TrainingRunFailure) { return try makeIteration() } catch { throw RunFailure(error) }
  }

  /// Takes a checkpoint, unless the last one is of this iteration.
  ///
  /// - Throws: ``MonotoneFiles/RunFailure`` for a folder that cannot be written to.
  public func save() throws(RunFailure) {
    do throws(TrainingRunFailure) { try writeCheckpoint() } catch { throw RunFailure(error) }
  }

  private func makeIteration() throws(TrainingRunFailure) -> TrainingRecord {
    let record: TrainingRecord
    do throws(TrainingFailure) { record = try process.advance() } catch {
      throw .training(error)
    }
    let values = TrainingColumn.columns(of: process.configuration).map { ($0, $0.value(record)) }
    do throws(UnwritableOutput) {
      try progress.write([.integer(record.steps)] + values.map { Self.cell($1) })
      try events.write(
        values.compactMap { column, value in
          value.flatMap { $0.isFinite ? .init(column.tag, $0) : nil }
        }, step: record.steps)
    } catch {
      throw .output(error)
    }
    if record.iteration.isMultiple(of: process.configuration.checkpointEvery) {
      try writeCheckpoint()
    }
    return record
  }

  private func writeCheckpoint() throws(TrainingRunFailure) {
    let snapshot = process.snapshot
    guard snapshot.state.iteration > savedIteration else { return }
    do throws(UnwritableOutput) {
      // Never a checkpoint of more than is on the disk.
      try progress.synchronize()
      try events.synchronize()
      try Checkpoint(
        environment: environment, record: record, configuration: process.configuration,
        progressBytes: progress.length, eventBytes: events.length, snapshot: snapshot
      ).write(into: place.checkpoints)
      try forgetOld()
    } catch {
      throw .output(error)
    }
    savedIteration = snapshot.state.iteration
  }

  /// Leaves the last few checkpoints that the configuration asks for, and the very last.
  ///
  /// One that was taken because the run was stopped goes with the next, so that a run that goes on
  /// leaves the checkpoints of one that was never stopped.
  private func forgetOld() throws(UnwritableOutput) {
    let iterations = place.checkpointFiles.filter { $0.file.pathExtension == "json" }
      .map(\.iteration)
    let kept = iterations.enumerated().filter { index, iteration in
      index == 0 || iteration.isMultiple(of: process.configuration.checkpointEvery)
    }.prefix(Self.keptCheckpoints).map(\.element)
    try place.removeCheckpoints { !kept.contains($0) }
  }

  /// A cell of progress.csv: blank where there is no number.
  private static func cell(_ value: Double?) -> ProgressTable.Cell {
    guard let value, !value.isNaN else { return .text("") }
    return Int(exactly: value).map { .integer($0) } ?? .number(value)
  }
}

/// Why a run stopped.
package enum TrainingRunFailure: Error, Sendable {
  /// A number was not finite.
  case training(TrainingFailure)
  /// A file could not be written.
  case output(UnwritableOutput)
  /// The folder cannot be worked in.
  case folder(RunFolder.Failure)
  /// A checkpoint could not be gone on from.
  case checkpoint(InvalidCheckpoint)
}

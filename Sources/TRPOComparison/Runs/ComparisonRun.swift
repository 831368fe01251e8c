public import MonotoneFiles
package import NeuralTRPO
public import TrainingRuns

/// Trains on a finite MDP and compares each sampled update with its exact counterparts.
///
///     let world = try TrainingWorld("mdps/racing.json")
///     let settings = try TrainingSettings(preset: .tabular, world: world)
///     let document = try ComparisonRun(world, settings, updates: 10).compare()
public final class ComparisonRun {
  private let world: TrainingWorld
  private let process: any TrainingProcess
  private let recorder: ComparisonRecorder
  private let updates: Int
  private let sweep: ErrorSweep.Configuration?
  private let monitor: RunMonitor
  /// Updates made.
  package private(set) var made = 0

  /// A comparison from the beginning of a training run.
  ///
  /// Advantages are normalised only where somebody chose that: their exact expectation is not known.
  ///
  /// - Parameters:
  ///   - updates: The number of updates.
  ///   - every: Records one update in this many; nil to choose so that records take at most twice the
  ///     time of the updates.
  ///   - sweep: The sizes of the sweep at one policy; nil for no sweep.
  ///   - sweepUpdate: The update before which the sweep is made.
  ///   - monitor: Is told of progress, and may stop the run.
  /// - Throws: ``MonotoneFiles/RunFailure`` for a world that is no finite MDP, or does not discount.
  public convenience init(
    _ world: TrainingWorld, _ settings: TrainingSettings, updates: Int, every: Int? = nil,
    sweep: ErrorSweep.Configuration? = nil, sweepUpdate: Int = 4, monitor: RunMonitor = .init()
  ) throws(RunFailure) {
    try self.init(
      world, TrainingProcesses.make(settings.comparedConfiguration, world), updates: updates,
      every: every, sweep: sweep, sweepUpdate: sweepUpdate, monitor: monitor)
  }

  /// A comparison of the next updates of a trainer.
  package init(
    _ world: TrainingWorld, _ process: any TrainingProcess, updates: Int, every: Int? = nil,
    sweep: ErrorSweep.Configuration? = nil, sweepUpdate: Int, monitor: RunMonitor
  ) throws(RunFailure) {
    self.world = world
    self.process = process
    self.updates = updates
    self.sweep = sweep
    self.monitor = monitor
    recorder = try ComparisonRecorder(
      world, process, every: every, sweepIteration: sweep.map { _ in min(sweepUpdate, updates) },
      monitor: monitor)
  }

  /// Makes the updates, then everything that stands beside them.
  ///
  /// A run that is stopped keeps the updates at hand; the document says that it was interrupted.
  ///
  /// - Throws: ``MonotoneFiles/RunFailure`` for a number that is not finite, or no update at all.
  public func compare() throws(RunFailure) -> ComparisonDocument {
    while made < updates, !monitor.isStopped() {
      do throws(TrainingFailure) { _ = try process.advance() } catch {
        throw RunFailure(error.description, .internalError)
      }
      try recorder.check()
      made += 1
      monitor.progress("update \(made) of \(updates)")
    }
    monitor.endProgress()
    monitor.note(recorder.cost)
    if recorder.isEmpty { throw RunFailure("interrupted before any update", .interrupted) }
    return try recorder.document(sweep: sweep, interrupted: made < updates)
  }
}

extension TrainingSettings {
  /// The configuration that a comparison trains with: as many steps as it takes, and advantages whose
  /// expectation is known.
  package var comparedConfiguration: TrainingConfiguration {
    var compared = configuration
    if !chooses("normalizesAdvantages") { compared.normalizesAdvantages = false }
    compared.steps = .max / 2
    return compared
  }
}

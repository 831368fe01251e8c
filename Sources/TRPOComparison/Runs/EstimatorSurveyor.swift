public import MonotoneFiles
internal import MDPGuarantees
public import MDPFormats
internal import MDPSolvers
internal import MDPVerification
public import NeuralTRPO
internal import TrainingRuns

/// Tests the estimators on many models, each at a policy that a few updates led to.
public struct EstimatorSurveyor: Sendable {
  /// The run's settings.
  public var configuration: TrainingConfiguration
  /// Whether γ is each model's own: where nobody chose one.
  public var usesOwnDiscount: Bool
  /// How models are read.
  public var reading = MDPReaderConfiguration()
  /// How to sweep.
  public var sweep: ErrorSweep.Configuration
  /// The update before whose policy the sweep is made.
  public var update: Int
  /// Is told how the work goes, and may stop it.
  public var monitor: RunMonitor

  public init(
    configuration: TrainingConfiguration, usesOwnDiscount: Bool,
    reading: MDPReaderConfiguration = .init(), sweep: ErrorSweep.Configuration, update: Int,
    monitor: RunMonitor = .init()
  ) {
    self.configuration = configuration
    self.usesOwnDiscount = usesOwnDiscount
    self.reading = reading
    self.sweep = sweep
    self.update = update
    self.monitor = monitor
  }

  /// Surveys model files, on all cores.
  ///
  /// - Throws: the first failure; models that nothing can be said of are none.
  public func survey(_ files: [String]) throws -> EstimatorSurvey {
    var shared = sweep
    shared.falseAlarm /= Double(files.count)
    defer { monitor.endProgress() }
    let policies = try ParallelWork.run(files, total: files.count, monitor: monitor) {
      [shared] file in
      try policy(file, shared)
    }.compactMap(\.self)
    return EstimatorSurvey(
      falseAlarm: sweep.falseAlarm, policies: policies, interrupted: policies.count < files.count)
  }

  /// - Returns: nil if the run was stopped first.
  private func policy(
    _ file: String, _ sweep: ErrorSweep.Configuration
  ) throws -> EstimatorSurvey.Policy? {
    let world = try TrainingWorld(file, reading, monitor: monitor)
    guard let document = world.model else {
      throw RunFailure("\(file): no model", .usage)
    }
    var configuration = configuration
    if usesOwnDiscount { try TrainingSettings.adoptDiscount(of: document, into: &configuration) }
    guard configuration.discount < 1 else {
      throw RunFailure(
        "\(file): exact counterparts of samples exist for a discount below 1 only", .badData)
    }
    let environment = try world.sampled(document, configuration)
    let process = try TrainingProcesses.make(configuration, world)
    let watcher = Watcher()
    process.observer = { [watcher] in watcher.latest = $0 }
    for _ in 0..<update {
      guard !monitor.isStopped() else { return nil }
      do throws(TrainingFailure) { _ = try process.advance() } catch {
        throw RunFailure("\(file): \(error)", .internalError)
      }
    }
    let judged = world.model(under: configuration) ?? document
    let evaluator = PolicyEvaluator(judged)
    var found: ErrorSweep?
    do throws(SweepFailure) {
      if let observation = watcher.latest {
        found = try ErrorSweep(
          PolicySweeps.Subject(evaluator, environment, observation, configuration), sweep
        ) { _, _ throws(SweepFailure) in if monitor.isStopped() { throw .stopped } }
      }
    } catch {
      guard case .evaluation(let failure) = error else { return nil }
      throw RunFailure(failure, file: file)
    }
    return EstimatorSurvey.Policy(
      mdp: ModelSummary(judged), iteration: update - 1, sweep: found,
      notApplicable: found == nil ? "the gradient is zero" : nil)
  }

  /// The last update that a run made.
  private final class Watcher { var latest: UpdateObservation? }
}

public import MonotoneFiles
internal import MDPGuarantees
public import MDPFormats
internal import MDPSolvers
internal import MDPVerification
internal import NeuralTRPO
public import TrainingRuns

/// Tests on many models, each at the policy of a few updates, that the noise of every estimator has mean
/// zero.
///
///     let settings = try TrainingSettings(preset: .tabular)
///     let survey = try EstimatorSurveyor(settings).survey(["mdps/racing.json"])
public struct EstimatorSurveyor: Sendable {
  private let configuration: TrainingConfiguration
  /// Whether γ is each model's own: where nobody chose one.
  private let usesOwnDiscount: Bool
  private let update: Int
  private let sweep: ErrorSweep.Configuration
  private let reading: MDPReaderConfiguration
  private let monitor: RunMonitor

  /// - Parameters:
  ///   - settings: The settings of training; γ is each model's own unless they choose one.
  ///   - update: The update before whose policy the sweep is made.
  ///   - sweep: The sizes of the sweep, and the overall false-alarm probability.
  ///   - reading: The tolerances with which models are read.
  ///   - monitor: Is told of progress, and may stop the survey.
  public init(
    _ settings: TrainingSettings, update: Int = 4, sweep: ErrorSweep.Configuration = .init(),
    reading: MDPReaderConfiguration = .init(), monitor: RunMonitor = .init()
  ) {
    configuration = settings.comparedConfiguration
    usesOwnDiscount = !settings.chooses("discount")
    self.update = update
    self.sweep = sweep
    self.reading = reading
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

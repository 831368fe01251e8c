import Comparison
import Guarantees
import MDPSolvers
import NeuralTRPO
import Reports

/// Tests the estimators on many models, each at a policy that a few updates led to.
struct EstimatorSurveyor {
  /// The run's settings; γ is each model's own where nobody chose one.
  let configuration: TrainingConfiguration
  let usesOwnDiscount: Bool
  /// How models are read.
  let reading: ModelReadingOptions
  let sweep: ErrorSweep.Configuration
  /// The update before whose policy the sweep is made.
  let update: Int

  /// Surveys model files, on all cores.
  ///
  /// - Throws: the first failure; models that nothing can be said of are none.
  func survey(_ files: [String]) throws -> EstimatorSurvey {
    var shared = sweep
    shared.falseAlarm /= Double(files.count)
    defer { Console.endProgress() }
    let policies = try ParallelWork.run(files, total: files.count) { [shared] file in
      try policy(file, shared)
    }.compactMap(\.self)
    return EstimatorSurvey(
      falseAlarm: sweep.falseAlarm, policies: policies, interrupted: policies.count < files.count)
  }

  /// - Returns: nil if Ctrl-C came first.
  private func policy(
    _ file: String, _ sweep: ErrorSweep.Configuration
  ) throws -> EstimatorSurvey.Policy? {
    let world = try TrainingWorld(file, reading)
    guard let document = world.model else {
      throw CommandFailure("\(file): no model", .usage)
    }
    var configuration = configuration
    if usesOwnDiscount { try TrainingSettings.adoptDiscount(of: document, into: &configuration) }
    guard configuration.discount < 1 else {
      throw CommandFailure(
        "\(file): exact counterparts of samples exist for a discount below 1 only", .badData)
    }
    let environment = try world.sampled(document, configuration)
    let process = try TrainingProcesses.make(configuration, world)
    let watcher = Watcher()
    process.observer = { [watcher] in watcher.latest = $0 }
    for _ in 0..<update {
      guard !Interruption.isRequested else { return nil }
      do throws(TrainingFailure) { _ = try process.advance() } catch {
        throw CommandFailure("\(file): \(error)", .internalError)
      }
    }
    let judged = world.model(under: configuration) ?? document
    let evaluator = PolicyEvaluator(judged)
    var found: ErrorSweep?
    do throws(SweepFailure) {
      if let observation = watcher.latest {
        found = try ErrorSweep(
          PolicySweeps.Subject(evaluator, environment, observation, configuration), sweep
        ) { _, _ throws(SweepFailure) in if Interruption.isRequested { throw .stopped } }
      }
    } catch {
      guard case .evaluation(let failure) = error else { return nil }
      throw CommandFailure(failure, file: file)
    }
    return EstimatorSurvey.Policy(
      mdp: ModelSummary(judged), iteration: update - 1, sweep: found,
      notApplicable: found == nil ? "the gradient is zero" : nil)
  }

  /// The last update that a run made.
  private final class Watcher { var latest: UpdateObservation? }
}

internal import MonotoneArithmetic
package import MonotoneFiles
internal import MDPGuarantees
internal import MonotoneLinearAlgebra
internal import MDPCore
internal import MDPSolvers
internal import MDPVerification
package import NeuralTRPO
package import TrainingRuns

/// Keeps the ledger of a training run on a finite MDP.
package final class ComparisonRecorder {
  private let world: TrainingWorld
  private let evaluator: PolicyEvaluator
  private let environment: SampledMDP
  private let configuration: TrainingConfiguration
  private let keeper: LedgerKeeper
  private var rows: [UpdateComparison] = []
  private var failure: EvaluationFailure?
  private var updates = 0
  private var first: UpdateObservation?
  /// The update at whose policy a sweep is made, and what was seen of it.
  private let sweepIteration: Int?
  private var swept: UpdateObservation?
  /// A row is kept for one update in so many; chosen after the first where nobody chose.
  package private(set) var every: Int
  private var isEveryChosen: Bool
  private let monitor: RunMonitor
  private var lastEnd = ContinuousClock.now
  /// The time that rows take, and the iterations before them.
  private var seconds = WorkSeconds()

  /// Up to so many states a row costs no more than an iteration.
  private static let smallStates = 64

  /// - Parameters:
  ///   - every: Keep a row for one update in so many; nil to choose so that rows take at most twice the
  ///     time of the iterations.
  ///   - sweepIteration: The update at whose policy a sweep will be asked for.
  ///   - monitor: Is told how the work goes, and may stop what is computed beside the run.
  /// - Throws: ``MonotoneFiles/RunFailure`` for a world of which nothing exact is known.
  package init(
    _ world: TrainingWorld, _ process: any TrainingProcess, every: Int? = nil,
    sweepIteration: Int? = nil, monitor: RunMonitor = .init()
  ) throws(RunFailure) {
    guard let document = world.model(under: process.configuration) else {
      throw RunFailure("\(world.title) is no finite MDP: nothing exact is known of it", .usage)
    }
    guard !document.isUndiscounted else {
      throw RunFailure(
        "\(world.title): exact counterparts of samples exist for a discount below 1 only; choose one "
          + "with --discount, or train without comparing", .badData)
    }
    try Self.requireComparable(process.configuration)
    self.world = world
    self.monitor = monitor
    configuration = process.configuration
    environment = try world.sampled(document, configuration)
    evaluator = PolicyEvaluator(document)
    keeper = LedgerKeeper(evaluator, environment, configuration)
    self.every = every ?? 1
    self.sweepIteration = sweepIteration
    isEveryChosen = every != nil || document.space.liveStates.count <= Self.smallStates
    process.observer = { [unowned self, unowned process] in
      record($0, steps: process.steps - $0.rows)
    }
  }

  /// Refuses updates that have no exact counterpart here.
  private static func requireComparable(
    _ configuration: TrainingConfiguration
  ) throws(RunFailure) {
    let others = [
      ("--method \(configuration.method.rawValue)", configuration.method != .trustRegion),
      ("--constraint max-kl", configuration.constraint == .maxKL),
      ("--fisher empirical", configuration.fisher == .empirical),
    ]
    guard let option = others.first(where: \.1)?.0 else { return }
    throw RunFailure(
      "\(option): updates are compared with those of --method trust-region --constraint mean-kl "
        + "--fisher analytic; leave the option out, or train without comparing", .usage)
  }

  private func record(_ observation: UpdateObservation, steps: Int) {
    updates += 1
    if first == nil { first = observation }
    if updates == sweepIteration { swept = observation }
    defer { lastEnd = .now }
    guard failure == nil, (updates - 1).isMultiple(of: every) else { return }
    let start = ContinuousClock.now
    let iteration = lastEnd.duration(to: start) / .seconds(1)
    do throws(EvaluationFailure) {
      rows.append(try keeper.row(observation, iteration: updates, steps: steps))
      seconds.add(row: start.duration(to: .now) / .seconds(1), iteration: iteration)
    } catch {
      failure = error
    }
    guard !isEveryChosen, let row = seconds.rows.last else { return }
    isEveryChosen = true
    every = Int(clamping: (row / (2 * max(iteration, 1e-3))).rounded(.up), to: 1...1_000_000)
    if every > 1 {
      monitor.endProgress()
      monitor.note("comparing one update in \(every): \(seconds.text)")
    }
  }

  /// Whether there is anything to tell.
  package var isEmpty: Bool { rows.isEmpty }

  /// The time that a row takes, in words.
  package var cost: String { seconds.text }

  /// Ends the command if some row could not be made.
  package func check() throws(RunFailure) {
    if let failure { throw RunFailure(failure, file: world.name) }
  }

  /// The ledger of the run, with its sweeps and reference curves.
  ///
  /// - Precondition: some update was made.
  /// - Parameters:
  ///   - sweep: How to sweep; nil for not at all.
  ///   - interrupted: Whether the run was stopped. Who stopped it, or stops what is computed beside it, does
  ///     not wait for the rest: what is done is kept.
  package func document(
    sweep: ErrorSweep.Configuration? = nil, interrupted: Bool = false
  ) throws(RunFailure) -> ComparisonDocument {
    try check()
    guard let first, let start = rows.first?.audit.returnCurrent.approximation else {
      preconditionFailure("a comparison of no updates")
    }
    do throws(SweepFailure) {
      let optimum = try evaluating { () throws(EvaluationFailure) in
        try OptimalPolicy(evaluator).lower.approximation
      }
      var document = ComparisonDocument(
        mdp: ModelSummary(evaluator.document), settings: settings, optimalReturn: optimum,
        initialReturn: start, every: every)
      if world.discountNote(configuration) != nil {
        document.ownDiscount = world.model?.discount.approximation
      }
      document.updates = rows
      document.interrupted = interrupted
      guard !interrupted else { return document }
      defer { monitor.endProgress() }
      do throws(SweepFailure) {
        try addCurves(to: &document, from: NetworkPolicy(observation: first, in: environment))
        if let sweep, let swept, let sweepIteration {
          document.sweeps = try PolicySweeps(
            PolicySweeps.Subject(evaluator, environment, swept, configuration), sweep
          ) { progress throws(SweepFailure) in
            try report("sweeping \(progress.part): \(progress.done) of \(progress.all)")
          }
          document.sweepIteration = sweepIteration - 1
        }
      } catch {
        guard case .stopped = error else { throw error }
        document.interrupted = true
      }
      return document
    } catch {
      switch error {
      case .evaluation(let failure): throw RunFailure(failure, file: world.name)
      case .stopped: throw RunFailure("interrupted", .interrupted)
      }
    }
  }

  /// Shows what is being done, and ends it at Ctrl-C.
  private func report(_ text: String) throws(SweepFailure) {
    monitor.progress(text)
    if monitor.isStopped() { throw .stopped }
  }

  private func evaluating<T>(_ work: () throws(EvaluationFailure) -> T) throws(SweepFailure) -> T {
    do throws(EvaluationFailure) { return try work() } catch { throw .evaluation(error) }
  }

  /// Adds exact TRPO and the tabular rules from the start of the run.
  private func addCurves(
    to document: inout ComparisonDocument, from start: NetworkPolicy
  ) throws(SweepFailure) {
    var training = ExactTraining(evaluator, from: start, configuration.update)
    for update in 0..<updates {
      try report("exact TRPO: update \(update + 1) of \(updates)")
      _ = try evaluating { () throws(EvaluationFailure) in try training.advance() }
    }
    document.exactReturns = training.returns
    try report("exact rules: at most \(updates) steps")
    document.ruleReturns = try evaluating { () throws(EvaluationFailure) in
      try RuleReference(budget: configuration.budget, steps: updates).curves(
        evaluator, from: start.exact
      ) { monitor.progress("exact \($0): at most \(updates) steps") }
    }
    try report("")
  }

  /// The settings that differ from the defaults.
  private var settings: [String] {
    let usual = TrainingConfiguration()
    // How long a run may be is nothing that an update depends on.
    return Hyperparameter.all.filter { $0.name != "steps" }.compactMap { one in
      let value = one.read(configuration)
      return value == one.read(usual) ? nil : "\(one.name) \(value)"
    }
  }
}

/// The time that rows of a ledger take, beside that of the iterations that they are about.
private struct WorkSeconds {
  private(set) var rows: [Double] = []
  private var iterations: [Double] = []

  mutating func add(row: Double, iteration: Double) {
    rows.append(row)
    iterations.append(iteration)
  }

  /// The medians.
  var text: String {
    func median(_ values: [Double]) -> String {
      NumberFormat.text(values.sorted()[values.count / 2], digits: 2)
    }
    guard !rows.isEmpty else { return "no row was kept" }
    return "a row takes \(median(rows)) s, an iteration \(median(iterations)) s"
  }
}

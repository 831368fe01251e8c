import Arithmetic
import Comparison
import Guarantees
import LinearAlgebra
import MDPCore
import MDPSolvers
import NeuralTRPO
import Reports

/// Keeps the ledger of a training run on a finite MDP.
final class ComparisonRecorder {
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
  private(set) var every: Int
  private var isEveryChosen: Bool
  private var lastEnd = ContinuousClock.now
  /// What rows cost, and the iterations before them.
  private var seconds = WorkSeconds()

  /// Up to so many states a row costs no more than an iteration.
  private static let smallStates = 64

  /// - Parameters:
  ///   - every: Keep a row for one update in so many; nil to choose so that rows take at most twice the
  ///     time of the iterations.
  ///   - sweepIteration: The update at whose policy a sweep will be asked for.
  init(
    _ world: TrainingWorld, _ process: any TrainingProcess, every: Int?, sweepIteration: Int? = nil
  ) throws {
    guard let document = world.model else {
      throw CommandFailure("\(world.title) is no finite MDP: nothing exact is known of it", .usage)
    }
    self.world = world
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
    every = max(1, Int((row / (2 * max(iteration, 1e-3))).rounded(.up)))
    if every > 1 {
      Console.endProgress()
      Console.note("comparing one update in \(every): \(seconds.text)")
    }
  }

  /// What a row cost, in words.
  var cost: String { seconds.text }

  /// Ends the command if some row could not be made.
  func check() throws {
    if let failure { throw CommandFailure(failure, file: world.name) }
  }

  /// What the run came to.
  ///
  /// - Parameters:
  ///   - sweep: How to sweep; nil for not at all.
  ///   - interrupted: Whether the run was stopped: then only its rows are kept.
  func document(
    sweep: ErrorSweep.Configuration? = nil, interrupted: Bool
  ) throws -> ComparisonDocument {
    try check()
    do throws(EvaluationFailure) {
      let optimum = try OptimalPolicy(evaluator).evaluation.expectedReturn.value
      var document = ComparisonDocument(
        mdp: ModelSummary(evaluator.document), settings: settings, optimalReturn: optimum,
        initialReturn: rows.first?.audit.returnCurrent.approximation ?? .nan, every: every)
      document.updates = rows
      document.interrupted = interrupted
      // Who stopped the run does not wait for what would stand beside it.
      guard !interrupted else { return document }
      document.exactReturns = try exactReturns()
      document.ruleReturns = try ruleReturns()
      if let sweep, let swept, let sweepIteration {
        document.sweeps = try sweeps(swept, sweep)
        document.sweepIteration = sweepIteration - 1
      }
      return document
    } catch {
      throw CommandFailure(error, file: world.name)
    }
  }

  private func ruleReturns() throws(EvaluationFailure) -> [RuleCurve] {
    guard let first else { return [] }
    defer { Console.endProgress() }
    return try RuleReference(budget: configuration.budget, steps: updates).curves(
      evaluator, from: NetworkPolicy(observation: first, in: environment).exact
    ) { Console.progress("exact \($0): at most \(updates) steps") }
  }

  private func exactReturns() throws(EvaluationFailure) -> [Double] {
    guard let first else { return [] }
    var training = ExactTraining(
      evaluator, from: NetworkPolicy(observation: first, in: environment), configuration.update)
    for update in 0..<updates {
      Console.progress("exact TRPO: update \(update + 1) of \(updates)")
      _ = try training.advance()
    }
    Console.endProgress()
    return training.returns
  }

  private func sweeps(
    _ observation: UpdateObservation, _ sweep: ErrorSweep.Configuration
  ) throws(EvaluationFailure) -> PolicySweeps? {
    defer { Console.endProgress() }
    return try PolicySweeps(
      PolicySweeps.Subject(evaluator, environment, observation, configuration), sweep
    ) { Console.progress("sweeping \($0.part): \($0.done) of \($0.all)") }
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

/// What rows of a ledger cost beside the iterations that they are about.
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

/// Writes a comparison's files.
enum ComparisonFolder {
  static func write(
    _ document: ComparisonDocument, _ gnuplot: Gnuplot, to path: String
  ) throws {
    do throws(ReportFailure) {
      try ComparisonReport(gnuplot: gnuplot).write(document, to: path)
    } catch {
      throw CommandFailure(error)
    }
  }
}

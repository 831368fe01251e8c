import ArgumentParser
import Comparison
import Files
import Foundation
import MDPCore
import MDPFormats
import MDPVerification
import NeuralTRPO
import Reports
import TrainingRuns

/// `monotone compare`.
struct Compare: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Hold each update of sampled TRPO against its exact twins.",
    discussion: """
      Trains on a finite MDP and says of every update how far its gradient, Fisher products, step and \
      KL are from exact expectations: those of the theory (infinite horizon, d_π, A_π) and those of \
      the very estimator used, so that noise and bias come apart; what the update really gained; and \
      whether theory guaranteed it. Errors come with standard errors from the batch's own \
      trajectories. Beside it run exact TRPO, the same network with infinitely many samples, and the \
      rules mean-kl, trust-region and natural-gradient of improve.

      At one policy it sweeps the number of samples, for single paths and vines of every kind at equal \
      simulator steps, and the settings of the update: damping, conjugate-gradient iterations, the share \
      of rows in Fisher products, and λ.

      Settings are those of train, over the preset tabular, whose values stand in place of the defaults \
      told below, with the model's own discount and without normalised advantages, for which no exact \
      expectation is known. Given the folder of a run, the \
      run goes on from its last checkpoint with its own settings.

      Writes comparison.json, summary.md, index.html and figures/ into the output folder.

      Given a folder of models, it only tests on each of them whether every estimator expects what its \
      twin says, all together at one false-alarm rate, and writes survey.json in place of \
      comparison.json. It keeps no ledger then, and --updates, --compare-every and --no-sweep do nothing.

      Example: monotone compare mdps/frozen-lake-4x4.json --updates 30 --output reports/frozen-lake
      Example: monotone compare mdps --output reports/estimators

      Exit status: 0 every claim holds on every update, and no estimator is refuted; 2 a claim is \
      violated, or an estimator refuted; 3 some claim is undecided; 130 interrupted.
      """)

  @Argument(help: "An MDP file, the folder of a training run on one, or a folder of MDP files.")
  var subject: String

  @Option(help: "How many updates to compare.")
  var updates = 30

  @Option(help: "Keep a row for one update in so many. (default: so that rows take little time)")
  var compareEvery: Int?

  @Option(help: "The folder for everything. (default: runs/compare-ENVIRONMENT-SEED)")
  var output: String?

  @Option(help: "A configuration with a name, under whatever else is given.")
  var preset: TrainingPreset?

  @Option(help: "A JSON file of hyper-parameters, over the preset and under the options.")
  var config: String?

  @Flag(inversion: .prefixedNo, help: "Sweep the number of trajectories.")
  var sweep = true

  @Option(
    help: "The update before which the sweep is made; late policies are too certain for samples.")
  var sweepUpdate = 4

  @Option(parsing: .upToNextOption, help: "The numbers of trajectories of the sweep.")
  var sweepSizes: [Int] = [10, 32, 100, 320, 1000, 3200, 10_000]

  @Option(help: "Estimates of each size.")
  var sweepRepeats = 8

  @Option(help: "Steps after which the sweep's trajectories are cut.")
  var sweepHorizon = 50

  @OptionGroup var reading: ModelReadingOptions
  @OptionGroup var result: JSONOption
  @OptionGroup var overwrites: OverwriteOption

  @OptionGroup(title: "Hyper-parameters") var options: TrainingOptions

  /// More takes years, or memory that nobody has.
  private static let largestSweep = 1_000_000

  func validate() throws {
    try OptionRange.require("--updates", updates, in: 1...1_000_000_000)
    try OptionRange.require("--sweep-update", sweepUpdate, in: 1...1_000_000_000)
    try OptionRange.require("--compare-every", compareEvery, in: 1...1_000_000_000)
    try OptionRange.require("--sweep-repeats", sweepRepeats, in: 2...Self.largestSweep)
    try OptionRange.require("--sweep-horizon", sweepHorizon, in: 1...Self.largestSweep)
    guard Set(sweepSizes).count > 2 else {
      throw ValidationError("--sweep-sizes needs at least three different numbers of trajectories")
    }
    for size in sweepSizes {
      try OptionRange.require("--sweep-sizes", size, in: 1...Self.largestSweep)
    }
  }

  func run() throws {
    if isFolder, !TrainingProcesses.isRun(URL(fileURLWithPath: subject)) {
      return try survey()
    }
    let (world, process) = try subjectAtWork()
    let recorder = try ComparisonRecorder(
      world, process, every: compareEvery,
      sweepIteration: sweep ? min(sweepUpdate, updates) : nil, monitor: .console)
    let folder = try folder(
      "runs/compare-\(world.title.asFileName)-\(process.configuration.seed)", for: .comparison)
    if let note = world.discountNote(process.configuration) { Console.note(note) }
    Interruption.watch()
    var made = 0
    while made < updates, !Interruption.isRequested {
      do throws(TrainingFailure) { _ = try process.advance() } catch {
        throw CommandFailure(error.description, .internalError)
      }
      try recorder.check()
      made += 1
      Console.progress("update \(made) of \(updates)")
    }
    Console.endProgress()
    Console.note(recorder.cost)
    if recorder.isEmpty { throw CommandFailure("interrupted before any update", .interrupted) }
    let document = try recorder.document(
      sweep: sweep ? sweepConfiguration(seed: process.configuration.seed) : nil,
      interrupted: made < updates)
    try ComparisonFolder.write(document, to: folder)
    Console.note("\(folder)/index.html")
    try show(document, document.headline, ComparisonCounts(document))
    if document.interrupted {
      throw CommandFailure(
        "interrupted after \(made) updates" + (made < updates ? "" : ", before all beside them"),
        .interrupted)
    }
    try ExitStatus(document.worst).leave()
  }

  private func sweepConfiguration(seed: Int) -> ErrorSweep.Configuration {
    var sweep = ErrorSweep.Configuration()
    sweep.sizes = sweepSizes
    sweep.repeats = sweepRepeats
    sweep.horizon = sweepHorizon
    sweep.seed = UInt64(seed)
    return sweep
  }

  private func show(
    _ document: some Encodable & Sendable, _ headline: String, _ counts: ComparisonCounts
  ) throws {
    try Console.output(
      result.json
        ? try ResultJSON.text(CountedDocument(document, counts)) : "\(headline)\n\(counts.text)\n")
  }

  private var isFolder: Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: subject, isDirectory: &isFolder)
      && isFolder.boolValue
  }

  private func survey() throws {
    let sources = try VerificationSources([subject])
    try sources.noteStrays(areRefused: false, monitor: .console)
    let files = sources.models
    let asked = try settings(model: nil)
    let settings = configuration(asked)
    let folder = try folder("runs/compare-estimators-\(settings.seed)", for: .survey)
    Interruption.watch()
    let survey = try EstimatorSurveyor(
      configuration: settings, usesOwnDiscount: !asked.chooses("discount"),
      reading: reading.configuration,
      sweep: sweepConfiguration(seed: settings.seed), update: sweepUpdate, monitor: .console
    ).survey(files)
    do throws(ReportFailure) {
      try EstimatorSurveyReport(survey).write(to: folder)
    } catch {
      throw CommandFailure(error)
    }
    Console.note("\(folder)/index.html")
    try show(survey, survey.headline, ComparisonCounts(survey))
    if survey.interrupted {
      throw CommandFailure(
        "interrupted after \(survey.policies.count) of \(files.count) models", .interrupted)
    }
    try ExitStatus(survey.worst).leave()
  }

  /// The folder to write into: the one named, or a new one.
  private func folder(_ usual: String, for kind: OutputFolder.Kind) throws -> String {
    try OutputFolder(
      output ?? FileSystem.unused(usual), for: kind, inputs: [subject], overwrites: overwrites
    ).path
  }

  private func settings(model: MDPDocument?) throws -> TrainingSettings {
    try TrainingSettings(
      preset: preset ?? .tabular, file: config, choices: options.given, model: model)
  }

  /// What a comparison trains with: as many steps as it takes, and advantages whose expectation is known.
  private func configuration(_ settings: TrainingSettings) -> TrainingConfiguration {
    var configuration = settings.configuration
    if !settings.chooses("normalizesAdvantages") { configuration.normalizesAdvantages = false }
    configuration.steps = .max / 2
    return configuration
  }

  private func subjectAtWork() throws -> (TrainingWorld, any TrainingProcess) {
    if isFolder {
      // The run's own settings are what its updates were made with.
      guard preset == nil, config == nil, options.given.isEmpty else {
        throw CommandFailure(
          "\(subject): a run goes on with its own settings; leave out hyper-parameters, --preset and --config",
          .usage)
      }
      let place = URL(fileURLWithPath: subject)
      let checkpoint = try TrainingProcesses.checkpoint(place, monitor: .console)
      let world = try TrainingWorld(place.appendingPathComponent("model.json").relativePath)
      let process = try TrainingProcesses.make(checkpoint.configuration, world)
      do throws(InvalidCheckpoint) { try process.restore(checkpoint.snapshot) } catch {
        throw CommandFailure("\(subject): \(error)", .badData)
      }
      return (world, process)
    }
    let world = try TrainingWorld(subject, reading.configuration, monitor: .console)
    let configuration = configuration(try settings(model: world.model))
    return (world, try TrainingProcesses.make(configuration, world))
  }
}

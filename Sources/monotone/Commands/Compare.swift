import ArgumentParser
import TRPOComparison
import MonotoneFiles
import MDPCore
import MDPFormats
import MDPVerification
import NeuralTRPO
import MonotoneReports
import TrainingRuns

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The defaults of `compare` without a preset.
enum ComparisonDefaults: TrainingDefaults {
  static let preset = TrainingPreset.tabular
  static let configuration = {
    var configuration = preset.configuration
    // No exact expectation of normalised advantages is known.
    configuration.normalizesAdvantages = false
    return configuration
  }()
  static let discount = "that of the model"
}

/// `monotone compare`.
struct Compare: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Compare each sampled TRPO update with its exact counterparts.",
    discussion: """
      Trains on a finite MDP. For every update it reports how far the sampled gradient, Fisher products, \
      step and KL are from two exact values: that of the theory (infinite sums, d_π, A_π) and the exact \
      expectation of the estimator used. Their differences are bias and noise. It also reports the true \
      change of the return and whether the theory guaranteed it. Standard errors are computed from the \
      trajectories of the batch. For reference it runs exact TRPO (the same network with infinitely many \
      samples) and the improvement rules mean-kl, trust-region and natural-gradient.

      At one policy it measures the error against the number of samples, for single paths and every kind \
      of vine at equal simulator steps, and against the settings of the update: damping, \
      conjugate-gradient iterations, the share of rows in Fisher products, and λ.

      Hyper-parameters are those of train, with the preset tabular unless --preset names another, the \
      discount of the model, and advantages that are not normalised, because the exact expectation of \
      normalised ones is not known. If the subject is \
      the folder of a run, the run is continued from its last checkpoint with its own settings.

      If the subject is a folder of models, the command only tests on every model whether each estimator \
      has the expectation it should have, at one overall false-alarm rate, and writes survey.json. \
      --updates, --compare-every and --no-sweep then have no effect.

      Writes comparison.json, summary.md, index.html and figures/ to the output folder.

      Example: monotone compare mdps/frozen-lake-4x4.json --updates 30 --output reports/frozen-lake
      Example: monotone compare mdps --output reports/estimators

      Exit status: 0 every claim holds on every update, and no estimator is refuted; 2 a claim is \
      violated, or an estimator is refuted; 3 a claim is undecided; 130 interrupted.
      """)

  @Argument(help: "An MDP file, the folder of a training run on an MDP, or a folder of MDP files.")
  var subject: String

  @Option(help: "Number of updates.")
  var updates = 30

  @Option(help: "Record every Nth update. (default: chosen to take little time)")
  var compareEvery: Int?

  @Option(help: "Output folder. (default: runs/compare-ENVIRONMENT-SEED)")
  var output: String?

  @Option(
    help: "Named base configuration; overridden by --config and options. (default: tabular)",
    transform: TrainingPreset.named)
  var preset: TrainingPreset?

  @Option(help: "JSON file of hyper-parameters; overrides the preset, overridden by options.")
  var config: String?

  @Flag(
    inversion: .prefixedNo,
    help: "Measure errors against the number of trajectories and the settings.")
  var sweep = true

  @Option(
    help: "Make the sweep before this update. Late policies are nearly deterministic.")
  var sweepUpdate = 4

  @Option(parsing: .upToNextOption, help: "Numbers of trajectories in the sweep.")
  var sweepSizes: [Int] = [10, 32, 100, 320, 1000, 3200, 10_000]

  @Option(help: "Estimates per number of trajectories.")
  var sweepRepeats = 8

  @Option(help: "Length of the trajectories in the sweep.")
  var sweepHorizon = 50

  @OptionGroup var reading: ModelReadingOptions
  @OptionGroup var result: JSONOption
  @OptionGroup var overwrites: OverwriteOption

  @OptionGroup(title: "Hyper-parameters") var options: TrainingOptions<ComparisonDefaults>

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
    let run = try ComparisonRun(
      world, process, updates: updates, every: compareEvery,
      sweep: sweep ? sweepConfiguration(seed: process.configuration.seed) : nil,
      sweepUpdate: sweepUpdate, monitor: .console)
    let folder = try folder(
      "runs/compare-\(world.title.asFileName)-\(process.configuration.seed)", for: .comparison)
    if let note = world.discountNote(process.configuration) { Console.note(note) }
    Interruption.watch()
    let document = try run.compare()
    try ComparisonFolder.write(document, to: folder)
    Console.note("\(folder)/index.html")
    try show(document, document.headline, ComparisonCounts(document))
    if document.interrupted {
      throw CommandFailure(
        "interrupted after \(run.made) updates"
          + (run.made < updates ? "" : ", before all beside them"),
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

  private var isFolder: Bool { FileSystem.isFolder(subject) }

  private func survey() throws {
    let sources = try VerificationSources([subject])
    try sources.noteStrays(areRefused: false, monitor: .console)
    let files = sources.models
    let settings = try settings(model: nil)
    let seed = settings.configuration.seed
    let folder = try folder("runs/compare-estimators-\(seed)", for: .survey)
    Interruption.watch()
    let survey = try EstimatorSurveyor(
      settings, update: sweepUpdate, sweep: sweepConfiguration(seed: seed),
      reading: reading.configuration, monitor: .console
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
      preset: preset ?? ComparisonDefaults.preset, file: config, choices: options.given,
      world: model.map { TrainingWorld($0) })
  }

  private func subjectAtWork() throws -> (TrainingWorld, any TrainingProcess) {
    if isFolder {
      // The run's own settings are what its updates were made with.
      guard preset == nil, config == nil, options.given.isEmpty else {
        throw CommandFailure(
          "\(subject): a run is continued with its own settings; leave out hyper-parameters, --preset and --config",
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
    let configuration = try settings(model: world.model).comparedConfiguration
    return (world, try TrainingProcesses.make(configuration, world))
  }
}

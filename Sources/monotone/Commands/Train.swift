import ArgumentParser
import Comparison
import Files
import Foundation
import MDPFormats
import NeuralTRPO
import Reports
import TrainingRuns

/// `monotone train`.
struct Train: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Train a neural policy by trust region policy optimization on samples.",
    discussion: """
      The environment is a finite MDP from a file, CartPole-v1 or Pendulum-v1. Every choice is a \
      hyper-parameter: options override the file, which overrides the preset. The discount of a finite \
      MDP is the model's own unless the file or an option gives another.

      Writes into the output folder: config.json (which --config reads), progress.csv, a \
      TensorBoard event file, checkpoints/ and learning-curve.svg; for a finite MDP model.json, too. \
      Returns are undiscounted there. Ctrl-C ends the run after the present iteration and keeps it; \
      --resume continues it with its own settings, and the files are those of an uninterrupted run, \
      except for the times in the TensorBoard file; the ledger that --compare keeps in comparison/ \
      begins anew, with the updates made since. A folder that holds a run is kept: --resume continues \
      that run, --overwrite throws it away.

      \(TrainingPreset.allCases.map { "  \($0.rawValue): \($0.summary)" }.joined(separator: "\n"))

      Example: monotone train CartPole-v1 --preset cart-pole --seed 1 --output runs/cart-pole

      The spellings of the Pendulum tutorial are understood: --env_name, --gamma, --lamda, \
      --hidden_size, --critic_lr, --max_kl, --max_iter_num, --total_sample_size, --log_interval, \
      --goal_score, --logdir, --load_model, --save_path, --render.

      Exit status: 0 the run came to its end; 65 bad input data; 70 a number was not finite; 73 \
      output not writable; 130 interrupted.
      """)

  @Argument(help: "An MDP file, or one of \(EnvironmentCatalog.names.joined(separator: ", ")).")
  var environment: String?

  @Option(name: .customLong("env_name"), help: .hidden)
  var environmentName: String?

  @Option(help: "Named base configuration; overridden by --config and options.")
  var preset: TrainingPreset?

  @Option(help: "A JSON file of hyper-parameters, over the preset and under the options.")
  var config: String?

  @Option(
    name: [.long, .customLong("logdir")],
    help: "The folder for everything. (default: runs/ENVIRONMENT-SEED, or a new one beside it)")
  var output: String?

  @Flag(help: "Continue the run of the output folder from its last checkpoint.")
  var resume = false

  @Option(
    name: [.long, .customLong("load_model")],
    help: ArgumentHelp("Begin with the policy of this checkpoint.", valueName: "checkpoint"))
  var loadModel: String?

  @Option(
    name: [.long, .customLong("save_path")],
    help: ArgumentHelp("Copy the last checkpoint into this folder, too.", valueName: "folder"))
  var savePath: String?

  @Option(
    help: ArgumentHelp(
      "Write the trained policy of a finite MDP to this file, which check and solve read.",
      valueName: "file"))
  var exportPolicy: String?

  @Option(
    name: [.long, .customLong("max_iter_num")],
    help: "The most iterations. (default: as many as there are steps for)")
  var iterations: Int?

  @Option(
    name: [.long, .customLong("log_interval")],
    help: "Print a line to standard error every so many iterations.")
  var logInterval: Int?

  @Flag(help: "Compare every update with exact numbers, for a finite MDP: see compare.")
  var compare = false

  @Option(help: "With --compare, one update in so many. (default: so that it takes little time)")
  var compareEvery: Int?

  @Flag(name: .customLong("render"), help: .hidden)
  var render = false

  @OptionGroup var reading: ModelReadingOptions
  @OptionGroup var overwrites: OverwriteOption

  @OptionGroup(title: "Hyper-parameters") var options: TrainingOptions

  func validate() throws {
    guard (environment == nil) != (environmentName == nil) else {
      throw ValidationError("name one environment: an MDP file, or one of "
          + EnvironmentCatalog.names.joined(separator: ", "))
    }
    guard !resume || !overwrites.overwrite, !resume || loadModel == nil else {
      throw ValidationError(
        "--resume continues a run; --overwrite and --load-model begin a new one")
    }
    try OptionRange.require("--iterations", iterations, in: OptionRange.counts)
    try OptionRange.require("--log-interval", logInterval, in: OptionRange.counts)
    try OptionRange.require("--compare-every", compareEvery, in: OptionRange.counts)
  }

  func run() throws {
    if render { Console.error("--render: nothing is drawn; learning-curve.svg shows the run") }
    let world = try TrainingWorld(
      environment ?? environmentName ?? "", reading.configuration, monitor: .console)
    if exportPolicy != nil, world.model == nil {
      throw CommandFailure("--export-policy needs a finite MDP, not \(world.title)", .usage)
    }
    let exported = try exportPolicy.map {
      try OutputFile($0, as: .policy, inputs: [world.name], overwrites: overwrites)
    }
    if let savePath { try OutputFolder.requireWritable(savePath) }
    let session = try session(world)
    if let note = world.discountNote(session.process.configuration) { Console.note(note) }
    let recorder =
      compare
      ? try ComparisonRecorder(world, session.process, every: compareEvery, monitor: .console) : nil
    let isInterrupted = try train(session, recorder)
    try finish(session, world, exported)
    // Nothing is new where a run was at its end already.
    if let recorder, !recorder.isEmpty {
      let document = try recorder.document(interrupted: isInterrupted)
      try ComparisonFolder.write(
        document, to: session.folder.appendingPathComponent("comparison").path)
      if document.interrupted, !isInterrupted {
        throw CommandFailure(
          "the run is whole; interrupted before all beside it", .interrupted)
      }
    }
    if isInterrupted {
      throw CommandFailure(
        "interrupted after \(session.process.steps) steps; --resume goes on from there",
        .interrupted)
    }
  }

  /// The run, at its beginning or where it was left.
  private func session(_ world: TrainingWorld) throws -> TrainingRun {
    let settings = try TrainingSettings(
      preset: preset, file: config, choices: options.given, model: world.model)
    if let output, !resume {
      _ = try OutputFolder(
        output, for: .training, inputs: [world.name] + (config.map { [$0] } ?? []),
        overwrites: overwrites)
    }
    let session = TrainingSession(
      world, settings, folder: output, overwrites: overwrites.overwrite, monitor: .console)
    return try resume ? session.resume() : session.begin(loading: loadModel)
  }

  /// Trains until the end or Ctrl-C.
  ///
  /// - Returns: Whether it was Ctrl-C.
  private func train(_ run: TrainingRun, _ recorder: ComparisonRecorder?) throws -> Bool {
    Interruption.watch()
    defer { Console.endProgress() }
    var line = ProgressLine(goal: run.process.configuration.steps)
    while !run.process.isFinished, run.process.iteration < iterations ?? .max,
      !Interruption.isRequested
    {
      try recorder?.check()
      do throws(TrainingRunFailure) {
        let record = try run.advance()
        let text = line.text(record)
        if let logInterval, record.iteration.isMultiple(of: logInterval) {
          Console.endProgress()
          Console.note(text)
        } else {
          Console.progress(text)
        }
      } catch {
        throw RunFailure(error)
      }
    }
    return Interruption.isRequested && !run.process.isFinished
  }

  /// Writes what a run leaves beside its growing files.
  private func finish(
    _ run: TrainingRun, _ world: TrainingWorld, _ exported: OutputFile?
  ) throws {
    do throws(TrainingRunFailure) { try run.save() } catch { throw RunFailure(error) }
    try LearningCurveFile.write(run, world)
    if let exported { try world.write(policyOf: run.process, to: exported) }
    if let savePath { try CheckpointCopy.write(run.folder, to: savePath) }
    guard !Interruption.isRequested else { return }
    Console.note(ResultLine.text(run, world))
  }
}

import ArgumentParser
import Foundation
import MDPFormats
import NeuralTRPO
import Reports

/// `monotone train`.
struct Train: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Train a neural policy by trust region policy optimization on samples.",
    discussion: """
      The environment is a finite MDP from a file, CartPole-v1 or Pendulum-v1. Every choice is a \
      hyper-parameter: taken from a preset, then a file, then options, each over the one before.

      Writes into the output folder: config.json (which --config reads), progress.csv, a \
      TensorBoard event file, checkpoints/ and learning-curve.svg; for a finite MDP model.json, too. \
      Ctrl-C ends the run after the present iteration and keeps it; --resume goes on with it, and \
      the files are the same as if it had never been stopped; only the ledger that --compare keeps in \
      comparison/ begins anew, with the updates made since.

      \(TrainingPreset.allCases.map { "  \($0.rawValue): \($0.summary)" }.joined(separator: "\n"))

      Example: monotone train CartPole-v1 --preset cart-pole --seed 1 --output runs/cart-pole

      The spellings of the Pendulum tutorial are understood: --env_name, --gamma, --lamda, \
      --hidden_size, --critic_lr, --max_kl, --max_iter_num, --total_sample_size, --log_interval, \
      --goal_score, --logdir, --load_model, --save_path, --render.

      Exit status: 0 the run came to its end; 65 bad input data; 70 a number was not finite; 73 \
      output not writable; 130 interrupted.
      """)

  @Argument(help: "An MDP file, CartPole-v1 or Pendulum-v1.")
  var environment: String?

  @Option(name: .customLong("env_name"), help: .hidden)
  var environmentName: String?

  @Option(help: "A configuration with a name, under whatever else is given.")
  var preset: TrainingPreset?

  @Option(help: "A JSON file of hyper-parameters, over the preset and under the options.")
  var config: String?

  @Option(
    name: [.long, .customLong("logdir")],
    help: "The folder for everything. (default: runs/ENVIRONMENT-SEED)")
  var output: String?

  @Flag(help: "Go on from the last checkpoint of the output folder.")
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

  @Flag(help: "Hold every update against exact numbers, for a finite MDP: see compare.")
  var compare = false

  @Option(help: "With --compare, one update in so many. (default: so that it takes little time)")
  var compareEvery: Int?

  @Flag(name: .customLong("render"), help: .hidden)
  var render = false

  @OptionGroup var reading: ModelReadingOptions
  @OptionGroup(title: "Hyper-parameters") var options: TrainingOptions

  func validate() throws {
    guard (environment == nil) != (environmentName == nil) else {
      throw ValidationError("name one environment: an MDP file, CartPole-v1 or Pendulum-v1")
    }
    guard iterations ?? 1 > 0, logInterval ?? 1 > 0, compareEvery ?? 1 > 0 else {
      throw ValidationError(
        "--iterations, --log-interval and --compare-every must be at least 1")
    }
  }

  func run() throws {
    if render { Console.error("--render: nothing is drawn; learning-curve.svg shows the run") }
    let world = try TrainingWorld(environment ?? environmentName ?? "", reading)
    if exportPolicy != nil, world.model == nil {
      throw CommandFailure("--export-policy needs a finite MDP, not \(world.title)", .usage)
    }
    // Told now rather than after hours.
    guard Gnuplot.isInstalled() else {
      throw CommandFailure(FigureFailure.gnuplotMissing.message, .internalError)
    }
    let session = try session(world)
    let recorder =
      compare ? try ComparisonRecorder(world, session.process, every: compareEvery) : nil
    let isInterrupted = try train(session, recorder)
    try finish(session, world)
    // Nothing is new where a run was at its end already.
    if let recorder, !recorder.isEmpty {
      let document = try recorder.document(interrupted: isInterrupted)
      try ComparisonFolder.write(
        document, try Gnuplot.found(),
        to: session.folder.appendingPathComponent("comparison").path)
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
    let asked = try TrainingSettings.configuration(
      preset: preset, file: config, options: options)
    let folder = URL(fileURLWithPath: output ?? "runs/\(world.title)-\(asked.seed)")
    return try resume ? resumed(world, asked, in: folder) : begun(world, asked, in: folder)
  }

  private func begun(
    _ world: TrainingWorld, _ configuration: TrainingConfiguration, in folder: URL
  ) throws -> TrainingRun {
    let process = try TrainingProcesses.make(configuration, world)
    if let loadModel {
      let checkpoint = try TrainingProcesses.checkpoint(URL(fileURLWithPath: loadModel))
      do throws(InvalidCheckpoint) { try process.adoptPolicy(of: checkpoint.snapshot) } catch {
        throw CommandFailure("\(loadModel): \(error)", .badData)
      }
    }
    do throws(TrainingRunFailure) {
      return try TrainingRun.begin(
        process, environment: world.title, in: folder,
        beside: world.modelData.map { [TrainingWorld.modelFile: $0] } ?? [:])
    } catch {
      throw CommandFailure(error)
    }
  }

  /// What a run was begun with it goes on with, but for how long.
  private func resumed(
    _ world: TrainingWorld, _ asked: TrainingConfiguration, in folder: URL
  ) throws -> TrainingRun {
    let checkpoint = try TrainingProcesses.checkpoint(folder)
    try world.requireSame(as: checkpoint, in: folder)
    var configuration = checkpoint.configuration
    if options.steps != nil { configuration.steps = asked.steps }
    let process = try TrainingProcesses.make(configuration, world)
    do throws(TrainingRunFailure) {
      return try TrainingRun.resume(process, from: checkpoint, in: folder)
    } catch {
      throw CommandFailure(error)
    }
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
        throw CommandFailure(error)
      }
    }
    return Interruption.isRequested && !run.process.isFinished
  }

  /// Writes what a run leaves beside its growing files.
  private func finish(_ run: TrainingRun, _ world: TrainingWorld) throws {
    do throws(TrainingRunFailure) { try run.save() } catch { throw CommandFailure(error) }
    try LearningCurveFile.write(run, world)
    if let exportPolicy { try world.export(run.process, to: exportPolicy) }
    if let savePath { try CheckpointCopy.write(run.folder, to: savePath) }
    guard !Interruption.isRequested else { return }
    let reached =
      run.process.hasReachedReturn
      ? "reached \(run.process.configuration.stopReturn ?? 0)" : "ended"
    Console.note("\(reached) after \(run.process.steps) steps; \(run.folder.relativePath)")
  }
}

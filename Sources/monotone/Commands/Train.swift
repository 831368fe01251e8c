import ArgumentParser
import TRPOComparison
import MonotoneFiles
import MDPFormats
import NeuralTRPO
import MonotoneReports
import Simulators
import TrainingRuns

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The defaults of `train` without a preset.
enum UsualDefaults: TrainingDefaults {
  static let configuration = TrainingConfiguration()
  static let discount = "that of the finite MDP, else 0.99"
}

/// `monotone train`.
struct Train: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Train a neural-network policy with sampled TRPO.",
    discussion: """
      The environment is a finite MDP from a file, one of \
      \(TrainingWorld.environmentNames.joined(separator: ", ")), or gym:ENV_ID, such as gym:Acrobot-v1: any \
      environment of Gymnasium with Box, Discrete, MultiDiscrete or MultiBinary actions and Box or Discrete \
      observations, stepped in a Python process per thread. So are games from pixels: atari:GAME, such as \
      atari:pong, of the Arcade Learning Environment (four frames of 52 × 40 pixels, one step is four \
      frames), and minatar:GAME, such as minatar:breakout; make games installs both. --convolutions \
      are for such images. Robots are simulated by MuJoCo, as in \
      Gymnasium (-v5) and in Schulman et al. 2015 (-paper); make mujoco installs both. Options override the \
      file of --config, which overrides the preset. The discount of a finite MDP is the model's own \
      unless the file or an option gives another.

      Writes to the output folder: config.json (which --config reads), progress.csv, a TensorBoard event \
      file, checkpoints/, learning-curve.svg and, for a finite MDP, model.json. Returns in these files \
      are undiscounted.

      Ctrl-C stops the run after the current iteration and keeps it. --resume continues an interrupted \
      run with its own settings. Its output is byte-identical to that of an uninterrupted run, except \
      for the times in the TensorBoard file, and except for the ledger of --compare in comparison/, which \
      starts again at the resumed update. A gym: environment or a game cannot give its state: its run continues \
      with new episodes, and --estimator vine is refused. A folder that holds a run is kept unless --resume continues it \
      or --overwrite deletes it.

      Presets:
      \(TrainingPreset.allCases.map { "  \($0.rawValue): \($0.summary)" }.joined(separator: "\n"))

      Example: monotone train CartPole-v1 --preset cart-pole --seed 1 --output runs/cart-pole

      The option names of the Pendulum tutorial are accepted: --env_name, --gamma, --lamda, \
      --hidden_size, --critic_lr, --max_kl, --max_iter_num, --total_sample_size, --log_interval, \
      --goal_score, --logdir, --load_model, --save_path, --render.

      Exit status: 0 the run is complete; 65 bad input data; 70 a number is NaN or infinite, an \
      environment or a game failed, or an internal error; 73 output not writable; 130 interrupted.
      """)

  @Argument(
    help:
      """
      An MDP file, gym:ENV_ID, atari:GAME, minatar:GAME, or one of \
      \(TrainingWorld.environmentNames.joined(separator: ", ")).
      """
  )
  var environment: String?

  @Option(name: .customLong("env_name"), help: .hidden)
  var environmentName: String?

  @Option(
    help: "Named base configuration; overridden by --config and options.",
    transform: TrainingPreset.named)
  var preset: TrainingPreset?

  @Option(help: "JSON file of hyper-parameters; overrides the preset, overridden by options.")
  var config: String?

  @Option(
    name: [.long, .customLong("logdir")],
    help: "Output folder. (default: runs/ENVIRONMENT-SEED, numbered if that exists)")
  var output: String?

  @Flag(help: "Continue the interrupted run in the output folder from its last checkpoint.")
  var resume = false

  @Option(
    name: [.long, .customLong("load_model")],
    help: ArgumentHelp("Start from the policy of this checkpoint.", valueName: "checkpoint"))
  var loadModel: String?

  @Option(
    name: [.long, .customLong("save_path")],
    help: ArgumentHelp("Also copy the last checkpoint to this folder.", valueName: "folder"))
  var savePath: String?

  @Option(
    help: ArgumentHelp(
      "Write the trained policy of a finite MDP to this file, for check and solve.",
      valueName: "file"))
  var exportPolicy: String?

  @Option(
    name: [.long, .customLong("max_iter_num")],
    help: "Maximum iterations. (default: as many as --steps allows)")
  var iterations: Int?

  @Option(
    name: [.long, .customLong("log_interval")],
    help: "Print a line to standard error every N iterations.")
  var logInterval: Int?

  @Flag(help: "On a finite MDP, compare updates with exact values; see monotone compare.")
  var compare = false

  @Option(help: "With --compare, record every Nth update. (default: chosen to take little time)")
  var compareEvery: Int?

  @Flag(name: .customLong("render"), help: .hidden)
  var render = false

  @OptionGroup var simulator: SimulatorOption
  @OptionGroup var gymnasium: GymnasiumArguments
  @OptionGroup var reading: ModelReadingOptions
  @OptionGroup var overwrites: OverwriteOption

  @OptionGroup(title: "Hyper-parameters") var options: TrainingOptions<UsualDefaults>

  func validate() throws {
    guard (environment == nil) != (environmentName == nil) else {
      throw ValidationError(
        "name one environment: an MDP file, gym:ENV_ID, atari:GAME, minatar:GAME, or one of "
          + TrainingWorld.environmentNames.joined(separator: ", "))
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
    let world = try world(environment ?? environmentName ?? "")
    let needing = [("--export-policy", exportPolicy != nil), ("--compare", compare)]
    if world.model == nil, let option = needing.first(where: \.1)?.0 {
      throw CommandFailure("\(option) needs a finite MDP, not \(world.title)", .usage)
    }
    let exported = try exportPolicy.map {
      try OutputFile($0, as: .policy, inputs: [world.name], overwrites: overwrites)
    }
    if let savePath { try OutputFolder.requireWritable(savePath) }
    // Before there is a folder; a run that goes on has its own settings, which its recorder asks about.
    if compare, !resume {
      try ComparisonRecorder.comparable(world, try settings(world).configuration)
    }
    let session = try session(world)
    if let note = world.discountNote(session.configuration) { Console.note(note) }
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
        "interrupted after \(session.steps) steps; --resume continues it",
        .interrupted)
    }
  }

  /// The environment of a name. A run that is continued has it made as before; so has the run of a file that
  /// another run left.
  private func world(_ name: String) throws -> TrainingWorld {
    var recorded: GymnasiumOptions?
    if TrainingWorld.isGymnasium(name) {
      let settings = try settings(nil)
      recorded =
        resume
        ? TrainingSession.recordedGymnasium(name, settings, folder: output)
        : settings.record.gymnasium
    }
    return try TrainingWorld(
      name, reading.configuration, mujoco: simulator.mujoco,
      gymnasium: try gymnasium.options(of: name, recorded: recorded), monitor: .console)
  }

  private func settings(_ world: TrainingWorld?) throws -> TrainingSettings {
    try TrainingSettings(
      preset: preset, file: config, choices: options.given, world: world)
  }

  /// The run, at its beginning or where it was left.
  private func session(_ world: TrainingWorld) throws -> TrainingRun {
    let settings = try settings(world)
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
    var line = ProgressLine(goal: run.configuration.steps)
    while !run.isFinished, run.iteration < iterations ?? .max,
      !Interruption.isRequested
    {
      try recorder?.check()
      let record = try run.advance()
      let text = line.text(record)
      if let logInterval, record.iteration.isMultiple(of: logInterval) {
        Console.endProgress()
        Console.note(text)
      } else {
        Console.progress(text)
      }
    }
    return Interruption.isRequested && !run.isFinished
  }

  /// Writes what a run leaves beside its growing files.
  private func finish(
    _ run: TrainingRun, _ world: TrainingWorld, _ exported: OutputFile?
  ) throws {
    try run.save()
    try LearningCurveFile.write(run, world)
    if let exported { try world.write(policyOf: run.process, to: exported) }
    if let savePath { try CheckpointCopy.write(run.folder, to: savePath) }
    guard !Interruption.isRequested else { return }
    Console.note(ResultLine.text(run, world))
  }
}

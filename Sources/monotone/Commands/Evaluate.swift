import ArgumentParser
import MonotoneArithmetic
import MonotoneFiles
import NeuralTRPO
import MonotoneReports
import TrainingRuns

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// `monotone evaluate`.
struct Evaluate: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Estimate the undiscounted return of a trained policy from new episodes.",
    discussion: """
      Runs new episodes with the most likely action in each state, or with sampled actions. Returns are \
      undiscounted. An episode that reaches the time limit counts with its return up to there.

      Example: monotone evaluate runs/CartPole-v1-0 --episodes 100 --sampled
      """)

  @Argument(help: "JSON file of a checkpoint, or the folder of a run (its latest checkpoint).")
  var checkpoint: String

  @Option(help: "Number of episodes, at most 1,000,000.")
  var episodes = 100

  @Flag(help: "Sample actions instead of taking the most likely one.")
  var sampled = false

  @Option(help: "Random seed.")
  var seed: UInt32 = 0

  @Option(
    help: ArgumentHelp(
      "Model file of a finite MDP. (default: model.json in the folder of the run)",
      valueName: "file"))
  var model: String?

  @Option(
    help: ArgumentHelp("Write the policy of a finite MDP to this file.", valueName: "file"))
  var exportPolicy: String?

  @Option(
    help: ArgumentHelp(

      "Draw the first episode to this file, .gif or .mp4: of robots and environments of Gymnasium.",
      valueName: "file"))
  var video: String?

  @OptionGroup var simulator: SimulatorOption
  @OptionGroup var gymnasium: GymnasiumArguments
  @OptionGroup var reading: ModelReadingOptions
  @OptionGroup var output: JSONOption
  @OptionGroup var overwrites: OverwriteOption

  func validate() throws {
    try OptionRange.require("--episodes", episodes, in: 1...1_000_000)
  }

  func run() throws {
    let place = URL(fileURLWithPath: checkpoint)
    let checkpoint = try TrainingProcesses.checkpoint(place, monitor: .console)
    let world = try world(checkpoint, place)
    if exportPolicy != nil, world.model == nil {
      throw CommandFailure("--export-policy needs a finite MDP, not \(world.title)", .usage)
    }
    let exported = try exportPolicy.map {
      try OutputFile(
        $0, as: .policy, inputs: [world.name, self.checkpoint], overwrites: overwrites)
    }
    let film = try video.map {
      try VideoFile(
        $0, of: world, inputs: [self.checkpoint], others: [exportPolicy], overwrites: overwrites)
    }
    if let trained = checkpoint.record.simulator, let simulator = world.simulator,
      trained != simulator
    {
      Console.note("the policy was trained under \(trained), and is evaluated under \(simulator)")
    }
    let process = try TrainingProcesses.make(checkpoint.configuration, world)
    do throws(InvalidCheckpoint) { try process.adoptPolicy(of: checkpoint.snapshot) } catch {
      throw CommandFailure("\(self.checkpoint): \(error)", .badData)
    }
    // Other streams than any training run's.
    let seed = UInt64(seed) | 1 << 40
    let played = try world.episodes(episodes, of: process, sampled: sampled, seed: seed)
    let evaluation = EvaluationDocument(
      environment: checkpoint.environment, simulator: world.simulator,
      steps: checkpoint.snapshot.state.steps,
      actions: sampled ? "sampled" : "deterministic", played)
    try Console.output(
      output.json ? try ResultJSON.text(evaluation) : evaluation.text)
    if let exported { try world.write(policyOf: process, to: exported) }
    if let film {
      // The first of the episodes above once more, from the same streams.
      let recorders = try world.environments(checkpoint.configuration, count: 1, seed: seed)
        .map { EpisodeRecorder($0) }
      _ = process.episodes(in: recorders, sampled: sampled, seed: seed)
      for recorder in recorders { try film.write(recorder, seed: seed, of: world) }
    }
  }

  /// The environment that a checkpoint was taken in.
  private func world(_ checkpoint: Checkpoint, _ place: URL) throws -> TrainingWorld {
    let options = try gymnasium.options(
      of: checkpoint.environment, recorded: checkpoint.record.gymnasium)
    if let model { return try TrainingWorld(model, reading.configuration, monitor: .console) }
    if TrainingWorld.environmentNames.contains(checkpoint.environment)
      || TrainingWorld.isGymnasium(checkpoint.environment)
    {
      return try TrainingWorld(
        checkpoint.environment, mujoco: simulator.mujoco, gymnasium: options)
    }
    let folder = place.deletingLastPathComponent()
    let candidates = [place, folder, folder.deletingLastPathComponent()]
    let models = candidates.map { $0.appendingPathComponent("model.json").relativePath }
    guard let file = models.first(where: { FileSystem.exists($0) }) else {
      throw CommandFailure(
        "\(self.checkpoint): was trained in the model \"\(checkpoint.environment)\", and there is "
          + "no model.json beside it; name the model with --model", .unreadable)
    }
    return try TrainingWorld(file)
  }
}

/// The result of an evaluation.
struct EvaluationDocument: Encodable {
  let schema = "monotone/evaluation/v1"
  var environment: String
  /// The simulator with its version; absent where nothing is simulated.
  var simulator: String?
  /// Environment steps that the policy was trained for.
  var steps: Int
  /// `deterministic` or `sampled`.
  var actions: String
  var episodes: Int
  /// Every return is Σ r, whatever γ the policy was trained for.
  let returns = "undiscounted"
  var meanReturn: Double
  /// Of the mean; null for a single episode.
  var standardError: Double?
  var leastReturn: Double
  var greatestReturn: Double
  var meanLength: Double

  init(
    environment: String, simulator: String?, steps: Int, actions: String, _ played: [Episode]
  ) {
    self.environment = environment
    self.simulator = simulator
    self.steps = steps
    self.actions = actions
    episodes = played.count
    let count = Double(max(played.count, 1))
    let returns = played.map(\.totalReward)
    let mean = returns.reduce(0, +) / count
    meanReturn = mean
    let squares = returns.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    standardError = played.count > 1 ? (squares / (count - 1) / count).squareRoot() : nil
    leastReturn = returns.min() ?? 0
    greatestReturn = returns.max() ?? 0
    meanLength = played.reduce(0) { $0 + Double($1.length) } / count
  }

  /// For people.
  var text: String {
    let number = { (value: Double) in NumberFormat.text(value, digits: 6) }
    let error = standardError.map { " ± \(NumberFormat.text($0, digits: 2))" } ?? ""
    return """
      return (undiscounted) \(number(meanReturn))\(error), \(episodes) episodes (\(actions))
      from \(number(leastReturn)) to \(number(greatestReturn)), mean length \(number(meanLength))
      \(environment)\(simulator.map { " (\($0))" } ?? ""), trained for \(steps) steps

      """
  }
}

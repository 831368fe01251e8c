import ArgumentParser
import NeuralTRPO
import TrainingRuns

/// The configuration that a command starts from, as its help states it.
protocol TrainingDefaults {
  /// What holds where nothing is given.
  static var configuration: TrainingConfiguration { get }
  /// The default discount, in words.
  static var discount: String { get }
}

/// Every hyper-parameter as an option; their meanings and ranges stand in ``Hyperparameter``.
///
/// Some have a second spelling: a shorter one, or that of the tutorial of a preset.
struct TrainingOptions<Defaults: TrainingDefaults>: ParsableArguments {
  @Option(help: Self.help("seed")) var seed: SettingArgument?
  @Option(help: Self.help("steps")) var steps: SettingArgument?
  @Option(help: Self.help("precision")) var precision: SettingArgument?
  @Option(help: Self.help("threads")) var threads: SettingArgument?
  // The one that may be negative.
  @Option(
    name: [.long, .customLong("goal_score")], parsing: .unconditional,
    help: Self.help("stopReturn"))
  var stopReturn: SettingArgument?
  @Option(help: Self.help("stopEpisodes")) var stopEpisodes: SettingArgument?
  @Option(help: Self.help("checkpointEvery")) var checkpointEvery: SettingArgument?
  @Option(help: Self.help("environments")) var environments: SettingArgument?
  @Option(help: Self.help("timeLimit")) var timeLimit: SettingArgument?
  @Option(help: Self.help("observation")) var observation: SettingArgument?
  @Option(name: [.long, .customLong("hidden_size")], help: Self.help("hidden"))
  var hidden: SettingArgument?
  @Option(help: Self.help("initialisation")) var initialisation: SettingArgument?
  @Option(help: Self.help("deviation")) var deviation: SettingArgument?
  @Option(help: Self.help("learnsDeviation")) var learnsDeviation: SettingArgument?
  @Option(help: Self.help("estimator")) var estimator: SettingArgument?
  @Option(name: [.long, .customLong("total_sample_size")], help: Self.help("batch"))
  var batch: SettingArgument?
  @Option(help: Self.help("collection")) var collection: SettingArgument?
  @Option(help: Self.help("vineStates")) var vineStates: SettingArgument?
  @Option(help: Self.help("vineActions")) var vineActions: SettingArgument?
  @Option(help: Self.help("vineChoice")) var vineChoice: SettingArgument?
  @Option(help: Self.help("vineHorizon")) var vineHorizon: SettingArgument?
  @Option(help: Self.help("vineCommonRandomNumbers")) var vineCommonRandomNumbers: SettingArgument?
  @Option(name: [.long, .customLong("gamma")], help: Self.help("discount"))
  var discount: SettingArgument?
  @Option(help: Self.help("returns")) var returns: SettingArgument?
  @Option(name: [.long, .customLong("lamda")], help: Self.help("lambda"))
  var lambda: SettingArgument?
  @Option(help: Self.help("weighting")) var weighting: SettingArgument?
  @Option(help: Self.help("normalizesAdvantages")) var normalisesAdvantages: SettingArgument?
  @Option(help: .hidden) var normalizesAdvantages: SettingArgument?
  @Option(help: Self.help("normalizesObservations")) var normalisesObservations: SettingArgument?
  @Option(help: .hidden) var normalizesObservations: SettingArgument?
  @Option(help: Self.help("normalizesRewards")) var normalisesRewards: SettingArgument?
  @Option(help: .hidden) var normalizesRewards: SettingArgument?
  @Option(help: Self.help("observationBound")) var observationBound: SettingArgument?
  @Option(help: Self.help("rewardBound")) var rewardBound: SettingArgument?
  @Option(name: [.long, .customLong("max_kl")], help: Self.help("budget"))
  var delta: SettingArgument?
  // Former names are hidden.
  @Option(help: .hidden) var budget: SettingArgument?
  @Option(
    name: [.long, .customLong("cg-iterations")],
    help: Self.help("conjugateGradientIterations"))
  var conjugateGradientIterations: SettingArgument?
  @Option(
    name: [.long, .customLong("cg-tolerance")], help: Self.help("conjugateGradientTolerance"))
  var conjugateGradientTolerance: SettingArgument?
  @Option(help: Self.help("damping")) var damping: SettingArgument?
  @Option(help: Self.help("fisherShare")) var fisherShare: SettingArgument?
  @Option(help: Self.help("dampsStepLength")) var dampsStepLength: SettingArgument?
  @Option(help: Self.help("trials")) var trials: SettingArgument?
  @Option(help: Self.help("backtrack")) var backtrack: SettingArgument?
  @Option(help: Self.help("acceptRatio")) var acceptRatio: SettingArgument?
  @Option(help: Self.help("critic")) var critic: SettingArgument?
  @Option(help: Self.help("criticHidden")) var criticHidden: SettingArgument?
  @Option(name: [.long, .customLong("critic_lr")], help: Self.help("criticLearningRate"))
  var criticLearningRate: SettingArgument?
  @Option(help: Self.help("criticEpochs")) var criticEpochs: SettingArgument?
  @Option(help: Self.help("criticBatch")) var criticBatch: SettingArgument?

  /// What was given.
  var given: [SettingChoice] {
    let all: [(String, SettingArgument?)] = [
      ("seed", seed),
      ("steps", steps),
      ("precision", precision),
      ("threads", threads),
      ("stopReturn", stopReturn),
      ("stopEpisodes", stopEpisodes),
      ("checkpointEvery", checkpointEvery),
      ("environments", environments),
      ("timeLimit", timeLimit),
      ("observation", observation),
      ("hidden", hidden),
      ("initialisation", initialisation),
      ("deviation", deviation),
      ("learnsDeviation", learnsDeviation),
      ("estimator", estimator),
      ("batch", batch),
      ("collection", collection),
      ("vineStates", vineStates),
      ("vineActions", vineActions),
      ("vineChoice", vineChoice),
      ("vineHorizon", vineHorizon),
      ("vineCommonRandomNumbers", vineCommonRandomNumbers),
      ("discount", discount),
      ("returns", returns),
      ("lambda", lambda),
      ("weighting", weighting),
      ("normalizesAdvantages", normalizesAdvantages),
      ("normalizesAdvantages", normalisesAdvantages),
      ("normalizesObservations", normalizesObservations),
      ("normalizesObservations", normalisesObservations),
      ("normalizesRewards", normalizesRewards),
      ("normalizesRewards", normalisesRewards),
      ("observationBound", observationBound),
      ("rewardBound", rewardBound),
      ("budget", budget),
      ("budget", delta),
      ("conjugateGradientIterations", conjugateGradientIterations),
      ("conjugateGradientTolerance", conjugateGradientTolerance),
      ("damping", damping),
      ("fisherShare", fisherShare),
      ("dampsStepLength", dampsStepLength),
      ("trials", trials),
      ("backtrack", backtrack),
      ("acceptRatio", acceptRatio),
      ("critic", critic),
      ("criticHidden", criticHidden),
      ("criticLearningRate", criticLearningRate),
      ("criticEpochs", criticEpochs),
      ("criticBatch", criticBatch),
    ]
    return all.compactMap { name, argument in
      argument.map { SettingChoice(name: name, text: $0.text) }
    }
  }
}

/// The value of a hyper-parameter as it is written; what it may mean is told by the one list of them.
struct SettingArgument: ExpressibleByArgument {
  /// What was written.
  var text: String

  init?(argument: String) { text = argument }
}

extension TrainingOptions {
  /// The help of a hyper-parameter's option.
  private static func help(_ name: String) -> ArgumentHelp {
    guard let one = Hyperparameter.named(name) else { return ArgumentHelp(stringLiteral: name) }
    let value =
      name == "discount" ? Defaults.discount : "\(one.read(Defaults.configuration))"
    return ArgumentHelp(
      "\(one.summary) Expects \(one.expected). (default: \(value))", valueName: "value")
  }
}

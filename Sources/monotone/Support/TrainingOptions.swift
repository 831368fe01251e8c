import ArgumentParser
import NeuralTRPO
import TrainingRuns

/// The configuration that a command starts from, as its help states it.
protocol TrainingDefaults {
  /// The default configuration.
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
  @Option(help: Self.help("convolutions")) var convolutions: SettingArgument?
  @Option(name: [.long, .customLong("hidden_size")], help: Self.help("hidden"))
  var hidden: SettingArgument?
  @Option(help: Self.help("hiddenBias")) var hiddenBias: SettingArgument?
  @Option(help: Self.help("activation")) var activation: SettingArgument?
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
  @Option(name: .customLong("normalises-advantages"), help: Self.help("normalizesAdvantages"))
  var normalizesAdvantages: SettingArgument?
  @Option(name: .customLong("normalizes-advantages"), help: .hidden)
  var formerNormalizesAdvantages: SettingArgument?
  @Option(name: .customLong("normalises-observations"), help: Self.help("normalizesObservations"))
  var normalizesObservations: SettingArgument?
  @Option(name: .customLong("normalizes-observations"), help: .hidden)
  var formerNormalizesObservations: SettingArgument?
  @Option(name: .customLong("normalises-rewards"), help: Self.help("normalizesRewards"))
  var normalizesRewards: SettingArgument?
  @Option(name: .customLong("normalizes-rewards"), help: .hidden)
  var formerNormalizesRewards: SettingArgument?
  @Option(help: Self.help("observationBound")) var observationBound: SettingArgument?
  @Option(help: Self.help("rewardBound")) var rewardBound: SettingArgument?
  @Option(help: Self.help("method")) var method: SettingArgument?
  @Option(name: [.customLong("delta"), .customLong("max_kl")], help: Self.help("budget"))
  var budget: SettingArgument?
  @Option(name: .customLong("budget"), help: .hidden) var formerBudget: SettingArgument?
  @Option(help: Self.help("constraint")) var constraint: SettingArgument?
  @Option(help: Self.help("fisher")) var fisher: SettingArgument?
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
  @Option(help: Self.help("stepSize")) var stepSize: SettingArgument?
  @Option(help: Self.help("temperature")) var temperature: SettingArgument?
  @Option(help: Self.help("population")) var population: SettingArgument?
  @Option(help: Self.help("eliteShare")) var eliteShare: SettingArgument?
  @Option(help: Self.help("parameterDeviation")) var parameterDeviation: SettingArgument?
  @Option(help: Self.help("parameterNoise")) var parameterNoise: SettingArgument?
  @Option(help: Self.help("critic")) var critic: SettingArgument?
  @Option(help: Self.help("criticHidden")) var criticHidden: SettingArgument?
  @Option(name: [.long, .customLong("critic_lr")], help: Self.help("criticLearningRate"))
  var criticLearningRate: SettingArgument?
  @Option(help: Self.help("criticEpochs")) var criticEpochs: SettingArgument?
  @Option(help: Self.help("criticBatch")) var criticBatch: SettingArgument?

  /// The options that were given, by the names of the properties.
  var given: [SettingChoice] {
    Mirror(reflecting: self).children.compactMap { label, value in
      guard let label, let argument = (value as? Option<SettingArgument?>)?.wrappedValue else {
        return nil
      }
      return SettingChoice(name: Self.hyperparameter(label), text: argument.text)
    }
  }
}

/// The value of a hyper-parameter as it is written; what it may mean is told by the one list of them.
struct SettingArgument: ExpressibleByArgument {
  /// The argument as it was written.
  var text: String

  init?(argument: String) { text = argument }
}

extension TrainingOptions {
  /// The hyper-parameter of a property: its name, but for the `former` of an option's former name.
  private static func hyperparameter(_ label: String) -> String {
    let name = label.drop { $0 == "_" }
    guard name.hasPrefix("former") else { return String(name) }
    let rest = name.dropFirst("former".count)
    return rest.prefix(1).lowercased() + rest.dropFirst()
  }

  /// The help of a hyper-parameter's option.
  private static func help(_ name: String) -> ArgumentHelp {
    guard let one = Hyperparameter.named(name) else { return ArgumentHelp(stringLiteral: name) }
    let value =
      name == "discount" ? Defaults.discount : "\(one.read(Defaults.configuration))"
    return ArgumentHelp(
      "\(one.summary) Expects \(one.expected). (default: \(value))", valueName: "value")
  }
}

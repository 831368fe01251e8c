import ArgumentParser
import NeuralTRPO
import TrainingRuns

/// Every hyper-parameter as an option; what each means and may be is told by the one list of them.
///
/// Some have a second spelling, that of the tutorial whose preset this is, or a shorter one.
struct TrainingOptions: ParsableArguments {
  @Option(help: .hyperparameter("seed")) var seed: SettingArgument?
  @Option(help: .hyperparameter("steps")) var steps: SettingArgument?
  @Option(help: .hyperparameter("precision")) var precision: SettingArgument?
  @Option(help: .hyperparameter("threads")) var threads: SettingArgument?
  // The one that may be negative.
  @Option(
    name: [.long, .customLong("goal_score")], parsing: .unconditional,
    help: .hyperparameter("stopReturn"))
  var stopReturn: SettingArgument?
  @Option(help: .hyperparameter("stopEpisodes")) var stopEpisodes: SettingArgument?
  @Option(help: .hyperparameter("checkpointEvery")) var checkpointEvery: SettingArgument?
  @Option(help: .hyperparameter("environments")) var environments: SettingArgument?
  @Option(help: .hyperparameter("timeLimit")) var timeLimit: SettingArgument?
  @Option(help: .hyperparameter("observation")) var observation: SettingArgument?
  @Option(name: [.long, .customLong("hidden_size")], help: .hyperparameter("hidden"))
  var hidden: SettingArgument?
  @Option(help: .hyperparameter("initialisation")) var initialisation: SettingArgument?
  @Option(help: .hyperparameter("deviation")) var deviation: SettingArgument?
  @Option(help: .hyperparameter("learnsDeviation")) var learnsDeviation: SettingArgument?
  @Option(help: .hyperparameter("estimator")) var estimator: SettingArgument?
  @Option(name: [.long, .customLong("total_sample_size")], help: .hyperparameter("batch"))
  var batch: SettingArgument?
  @Option(help: .hyperparameter("collection")) var collection: SettingArgument?
  @Option(help: .hyperparameter("vineStates")) var vineStates: SettingArgument?
  @Option(help: .hyperparameter("vineActions")) var vineActions: SettingArgument?
  @Option(help: .hyperparameter("vineChoice")) var vineChoice: SettingArgument?
  @Option(help: .hyperparameter("vineHorizon")) var vineHorizon: SettingArgument?
  @Option(help: .hyperparameter("vineCommonRandomNumbers")) var vineCommonRandomNumbers:
    SettingArgument?
  @Option(name: [.long, .customLong("gamma")], help: .hyperparameter("discount"))
  var discount: SettingArgument?
  @Option(help: .hyperparameter("returns")) var returns: SettingArgument?
  @Option(name: [.long, .customLong("lamda")], help: .hyperparameter("lambda"))
  var lambda: SettingArgument?
  @Option(help: .hyperparameter("weighting")) var weighting: SettingArgument?
  @Option(help: .hyperparameter("normalizesAdvantages")) var normalizesAdvantages: SettingArgument?
  @Option(help: .hyperparameter("normalizesObservations")) var normalizesObservations:
    SettingArgument?
  @Option(help: .hyperparameter("normalizesRewards")) var normalizesRewards: SettingArgument?
  @Option(help: .hyperparameter("observationBound")) var observationBound: SettingArgument?
  @Option(help: .hyperparameter("rewardBound")) var rewardBound: SettingArgument?
  @Option(name: [.long, .customLong("max_kl")], help: .hyperparameter("budget"))
  var budget: SettingArgument?
  @Option(
    name: [.long, .customLong("cg-iterations")],
    help: .hyperparameter("conjugateGradientIterations"))
  var conjugateGradientIterations: SettingArgument?
  @Option(
    name: [.long, .customLong("cg-tolerance")], help: .hyperparameter("conjugateGradientTolerance"))
  var conjugateGradientTolerance: SettingArgument?
  @Option(help: .hyperparameter("damping")) var damping: SettingArgument?
  @Option(help: .hyperparameter("fisherShare")) var fisherShare: SettingArgument?
  @Option(help: .hyperparameter("dampsStepLength")) var dampsStepLength: SettingArgument?
  @Option(help: .hyperparameter("trials")) var trials: SettingArgument?
  @Option(help: .hyperparameter("backtrack")) var backtrack: SettingArgument?
  @Option(help: .hyperparameter("acceptRatio")) var acceptRatio: SettingArgument?
  @Option(help: .hyperparameter("critic")) var critic: SettingArgument?
  @Option(help: .hyperparameter("criticHidden")) var criticHidden: SettingArgument?
  @Option(name: [.long, .customLong("critic_lr")], help: .hyperparameter("criticLearningRate"))
  var criticLearningRate: SettingArgument?
  @Option(help: .hyperparameter("criticEpochs")) var criticEpochs: SettingArgument?
  @Option(help: .hyperparameter("criticBatch")) var criticBatch: SettingArgument?

  /// What was given, by the names of the properties.
  var given: [SettingChoice] {
    Mirror(reflecting: self).children.compactMap { label, value in
      guard let label, let argument = (value as? Option<SettingArgument?>)?.wrappedValue else {
        return nil
      }
      return SettingChoice(name: String(label.drop { $0 == "_" }), text: argument.text)
    }
  }
}

/// The value of a hyper-parameter as it is written; what it may mean is told by the one list of them.
struct SettingArgument: ExpressibleByArgument {
  /// What was written.
  var text: String

  init?(argument: String) { text = argument }
}

extension ArgumentHelp {
  /// The help of a hyper-parameter's option.
  static func hyperparameter(_ name: String) -> ArgumentHelp {
    guard let one = Hyperparameter.named(name) else { return ArgumentHelp(stringLiteral: name) }
    let value = one.read(TrainingConfiguration())
    return ArgumentHelp(
      "\(one.summary) Expects \(one.expected). (default: \(value))", valueName: "value")
  }
}

/// How a property is checked.
public struct PropertyConfiguration: Sendable {
  /// The seed of all cases; nil for a new one each time, which a failure names.
  public var fixedSeed: UInt64?
  /// The one case to check instead of all.
  public var onlyCase: Int?
  /// The folder that keeps counterexamples and gives them back first the next time; nil for none.
  /// Only inputs that are ``Counterexample``s are kept.
  public var regressions: String?
  /// The most inputs to try when shrinking.
  public var shrinkLimit = 20_000

  /// A seed, nil for a new one each time, and a folder of counterexamples, nil for none.
  public init(fixedSeed: UInt64? = nil, regressions: String? = nil) {
    self.fixedSeed = fixedSeed
    self.regressions = regressions
  }

  /// The configuration that replays one case, given as `SEED:CASE`.
  ///
  /// - Precondition: the text has that form.
  public init(replaying replay: String, regressions: String? = nil) {
    let parts = replay.split(separator: ":").compactMap { UInt64($0) }
    precondition(parts.count == 2, "a replay has the form SEED:CASE, not \(replay)")
    self.init(fixedSeed: parts[0], regressions: regressions)
    onlyCase = Int(parts[1])
  }

  /// This configuration, or a replay if the environment variable `MDPTESTING_REPLAY` names one.
  var replayedByEnvironment: PropertyConfiguration {
    guard let replay = ProcessEnvironment.variable("MDPTESTING_REPLAY") else { return self }
    var configuration = PropertyConfiguration(replaying: replay, regressions: regressions)
    configuration.shrinkLimit = shrinkLimit
    return configuration
  }
}

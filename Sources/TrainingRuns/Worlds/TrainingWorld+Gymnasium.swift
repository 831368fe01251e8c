package import MonotoneFiles
package import NeuralTRPO
internal import Simulators

extension TrainingWorld {
  /// Refuses branches where an environment cannot give the states to branch off.
  func refuseBranches(_ configuration: TrainingConfiguration) throws(RunFailure) {
    guard gymnasium != nil, configuration.estimator == .vine else { return }
    throw RunFailure(
      "\(name): --estimator vine branches off states, and the environment cannot give its state; use "
        + "--estimator singlePath", .usage)
  }

  /// The record of this environment in the files of a run.
  var record: EnvironmentRecord {
    EnvironmentRecord(simulator: simulator, gymnasium: gymnasium?.options)
  }

  /// Refuses to go on with a run whose environment of Gymnasium was made in another way.
  func requireSameMaking(as record: EnvironmentRecord, in place: String) throws(RunFailure) {
    guard let recorded = record.gymnasium, let options = gymnasium?.options,
      (recorded.makeArguments, recorded.imports) != (options.makeArguments, options.imports)
    else { return }
    throw RunFailure(
      "\(place): the run was made with --gym-make '\(recorded.makeArguments)'"
        + recorded.imports.map { " --gym-import \($0)" }.joined()
        + "; --resume continues it with these: leave the options out, or begin a new run in another "
        + "--output", .usage)
  }

  /// Notes for the user of a run that goes on: differences that are no reason to refuse it.
  func resumptionNotes(_ checkpoint: Checkpoint) -> [String] {
    guard let gymnasium else { return [] }
    let recorded = checkpoint.record.simulator ?? "another version"
    let change =
      recorded == gymnasium.simulator
      ? [] : ["the run was made under \(recorded), and continues under \(gymnasium.simulator)"]
    return change + [
      "\(name): continued with new episodes: the environment cannot give its state, so the run is not that "
        + "of one never interrupted"
    ]
  }

  /// The memory of a run.
  ///
  /// - Throws: ``MonotoneFiles/RunFailure``, where there are no such networks, too.
  func memory(_ configuration: TrainingConfiguration) throws(RunFailure) -> TrainingMemory? {
    var one = configuration
    (one.environments, one.threads) = (1, 1)
    var spaces = gymnasium?.spaces
    if spaces == nil { spaces = try environments(one).first?.spaces }
    guard let spaces else { return nil }
    do throws(InvalidConvolution) {
      return try TrainingMemory(configuration, in: spaces)
    } catch {
      throw RunFailure("--convolutions: \(error)", .usage)
    }
  }

  /// The most environments that new episodes of a policy are played in at a time: environments of
  /// Gymnasium are costly to make.
  private var mostAtATime: Int { gymnasium == nil ? .max : 16 }

  /// New episodes of a policy.
  ///
  /// - Throws: ``MonotoneFiles/RunFailure``, where the environments fail, too.
  package func episodes(
    _ count: Int, of process: any TrainingProcess, sampled: Bool, seed: UInt64
  ) throws(RunFailure) -> [Episode] {
    var played: [Episode] = []
    var vectors: [any VectorEnvironment] = []
    var round: UInt64 = 0
    while played.count < count {
      let wanted = min(count - played.count, mostAtATime)
      // Every environment plays one episode, so that short ones are no likelier to be counted.
      let seed = seed + round << 41
      if vectors.reduce(0, { $0 + $1.steps.count }) != wanted {
        // Workers that are not needed any more end first.
        vectors = []
        vectors = try environments(process.configuration, count: wanted, seed: seed)
      }
      played += process.episodes(in: vectors, sampled: sampled, seed: seed)
      if let failure = vectors.lazy.compactMap(\.failure).first {
        throw RunFailure(
          ([failure.cause] + failure.lines).joined(separator: "\n  "), .internalError)
      }
      round += 1
    }
    return played
  }
}

extension RunFailure {
  /// The failure to find a file, where its name looks like that of an environment of Gymnasium.
  func mentioningGymnasium(_ name: String) -> RunFailure {
    let version = name.split(separator: "-").last ?? ""
    guard cause == .unreadable, !FileSystem.exists(name), name.contains("-"), version.first == "v",
      Int(version.dropFirst()) != nil
    else { return self }
    return RunFailure(
      "\(message); environments of Gymnasium are named \(GymnasiumFamily.gymnasium.prefix)\(name)",
      cause)
  }
}

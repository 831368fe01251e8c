internal import MonotoneProbability
internal import RealModule

/// Policy optimisation on samples, by trust region policy optimization unless another method is chosen:
/// collects a batch, estimates advantages, moves the policy, fits the critic, again and again.
///
/// Methods that move the policy on a batch share an iteration, which calls the update of each; the
/// cross-entropy method has one of its own.
///
/// All it does is a function of its configuration and its environments. ``state`` is everything that
/// the future depends on, so that a run that was stopped goes on as if it had not been.
///
/// Observations are scaled by the same numbers while acting and while updating: a batch keeps what
/// the policy saw, and new statistics count only from the next batch on.
///
/// Source: Schulman et al. 2015, §5, §6 and App. C.
public final class Trainer<Number: NetworkNumber> {
  /// Every choice.
  public let configuration: TrainingConfiguration
  /// The policy's network.
  public let shape: NetworkShape
  /// The policy's distribution.
  public let head: any PolicyHead
  /// θ: the network's parameters, then the head's.
  public internal(set) var parameters: [Number]
  /// V, where there is a critic.
  package let critic: Critic<Number>?
  /// Iterations made.
  public internal(set) var iteration = 0
  /// Environment steps made.
  public internal(set) var steps = 0
  /// Episodes ended.
  public internal(set) var episodes = 0

  /// Told of every update; costs a few gradients and Fisher products, and changes nothing.
  package var observer: ((UpdateObservation) -> Void)?

  let environments: [any VectorEnvironment]
  let collector: SinglePath<Number>
  let vine: Vine<Number>
  var batch: PolicyBatch<Number>
  /// The rows that the spread told to an observer is computed from; nil while there is no observer.
  var observedRows: BatchRows<Number>?
  var spreadBatch: PolicyBatch<Number>?
  var normalisers: Normalisers
  /// The order of rows, in the critic's minibatches and the update's subsample.
  var shuffling: RandomStream
  var recent: [Episode] = []
  /// Where the cross-entropy method stands; nil for others.
  var search: CrossEntropySearch<Number>?

  /// A run at its beginning, in copies of one environment.
  ///
  /// ``TrainingConfiguration/environments`` copies are shared out among
  /// ``TrainingConfiguration/threads`` threads. Time limits are the environment's own.
  public convenience init(
    _ configuration: TrainingConfiguration, in environment: some Environment
  ) {
    self.init(
      configuration,
      EnvironmentCatalogue.make(
        environment, count: configuration.environments, threads: configuration.threads,
        seed: UInt64(configuration.seed)))
  }

  /// A run at its beginning.
  ///
  /// - Parameters:
  ///   - environments: The environments of each thread, all of one kind.
  /// - Precondition: ``TrainingNetworks`` of the configuration exist in them.
  package init(_ configuration: TrainingConfiguration, _ environments: [any VectorEnvironment]) {
    precondition(!environments.isEmpty, "no environments")
    let environment = environments[0]
    let head = environment.actionSpace.head(
      fixedDeviation: configuration.learnsDeviation ? nil : configuration.deviation)
    let networks: TrainingNetworks
    do throws(InvalidConvolution) {
      networks = try TrainingNetworks(configuration, in: environment.spaces)
    } catch {
      preconditionFailure(error.description)
    }
    let shape = networks.policy
    self.configuration = configuration
    self.environments = environments
    self.shape = shape
    self.head = head
    let seed = UInt64(configuration.seed)
    var policyStream = RandomStream(seed: seed, stream: TrainerStream.policy.rawValue)
    let initialisation: (Double) -> NetworkInitialisation = {
      configuration.initialisation == .uniform ? .uniform : .orthogonal(outputGain: $0)
    }
    parameters = initialisation(0.01).parameters(of: shape, stream: &policyStream)
    parameters += [Number](
      repeating: Number(Double.log(configuration.deviation)), count: head.parameterCount)
    var criticStream = RandomStream(seed: seed, stream: TrainerStream.critic.rawValue)
    critic = networks.critic.map { Critic($0, initialisation(1), stream: &criticStream) }
    shuffling = RandomStream(seed: seed, stream: TrainerStream.shuffling.rawValue)
    collector = SinglePath(environments, shape: shape, head: head, seed: seed)
    vine = Vine(environments, shape: shape, head: head, seed: seed)
    batch = PolicyBatch(shape: shape, head: head, capacity: configuration.batch)
    normalisers = Normalisers(configuration, observationWidth: shape.inputs)
    if configuration.method == .crossEntropy {
      search = CrossEntropySearch(parameters.count, deviation: configuration.parameterDeviation)
    }
  }

  /// How observations reach the networks; nil for as they are.
  package var scaling: ObservationScaling? { normalisers.scaling }

  /// Whether the run has come to its end.
  public var isFinished: Bool {
    // An iteration's steps are the batch's, and those of its branches; those of a generation grow.
    let usual = search?.generationSteps ?? (iteration > 0 ? steps / iteration : 0)
    return (iteration > 0 && steps + usual > configuration.steps) || hasReachedReturn
  }

  /// Whether recent episodes are good enough.
  public var hasReachedReturn: Bool {
    guard let goal = configuration.stopReturn, recent.count >= configuration.stopEpisodes,
      let mean = meanReturn
    else { return false }
    return mean >= goal
  }

  /// One iteration.
  ///
  /// - Throws: ``TrainingFailure`` where a number is not finite or the environments fail; nothing can be
  ///   trusted after that.
  public func advance() throws(TrainingFailure) -> TrainingRecord {
    iteration += 1
    switch configuration.method {
    case .trustRegion, .naturalGradient, .rewardWeightedRegression: return try updateOnBatch()
    case .crossEntropy: return try searchGeneration()
    }
  }

  /// Counts the steps and episodes of a rollout.
  ///
  /// - Throws: ``TrainingFailure`` where the environments failed or a reward is not finite.
  func count(_ rollout: Rollout<Number>) throws(TrainingFailure) {
    if let failure = environments.lazy.compactMap(\.failure).first {
      // What failed is no iteration.
      iteration -= 1
      throw TrainingFailure(iteration: iteration + 1, cause: failure.cause, lines: failure.lines)
    }
    steps += rollout.rows
    episodes += rollout.episodes.count
    recent = Array((recent + rollout.episodes).suffix(configuration.stopEpisodes))
    guard rollout.rewards.allSatisfy(\.isFinite) else {
      throw TrainingFailure(iteration: iteration, cause: "a reward is not finite")
    }
    guard environments.allSatisfy(\.earnsFinitely), recent.allSatisfy(\.totalReward.isFinite) else {
      throw TrainingFailure(iteration: iteration, cause: "an episode's return is not finite")
    }
  }

  /// Lets the running statistics go by what was seen.
  ///
  /// - Throws: ``TrainingFailure`` where they are not finite.
  func commitNormalisers() throws(TrainingFailure) {
    normalisers.commit()
    guard normalisers.isFinite else {
      throw TrainingFailure(
        iteration: iteration, cause: "the running variance of observations or returns is not finite"
      )
    }
  }

  /// The record of the iteration that ends, as far as every method has one.
  var record: TrainingRecord {
    TrainingRecord(
      iteration: iteration, steps: steps, episodes: episodes, meanReturn: meanReturn,
      returnDeviation: returnDeviation, meanLength: mean(recent) { Double($0.length) },
      deviation: deviation)
  }

  /// The mean undiscounted return of recent episodes; nil before the first has ended.
  public var meanReturn: Double? { mean(recent) { $0.totalReward } }

  /// The standard deviation of recent episodes' returns; nil before two have ended.
  private var returnDeviation: Double? {
    guard recent.count > 1, let center = meanReturn else { return nil }
    let squares = recent.reduce(0) { $0 + ($1.totalReward - center) * ($1.totalReward - center) }
    return (squares / Double(recent.count - 1)).squareRoot()
  }

  private func mean(_ episodes: [Episode], _ value: (Episode) -> Double) -> Double? {
    guard !episodes.isEmpty else { return nil }
    return episodes.reduce(0) { $0 + value($1) } / Double(episodes.count)
  }

  /// The mean standard deviation of continuous actions.
  private var deviation: Double? {
    head.meanDeviation(parameters[shape.parameterCount...].map { Double($0) })
  }
}

/// The streams of a seed that are neither an environment's nor its policy's.
enum TrainerStream: UInt64 {
  case policy = 0x2_0000_0000
  case critic, shuffling
}

/// Why training cannot go on.
public struct TrainingFailure: Error, Sendable, CustomStringConvertible {
  /// The iteration that failed.
  public var iteration: Int
  /// The cause of the failure.
  public var cause: String
  /// The last words of a simulator that failed, line by line.
  public var lines: [String] = []

  public var description: String { "iteration \(iteration): \(cause)" }
}

extension VectorEnvironment {
  /// Whether what was earned in the episodes that go on is a number.
  var earnsFinitely: Bool { saved.allSatisfy(\.totalReward.isFinite) }
}

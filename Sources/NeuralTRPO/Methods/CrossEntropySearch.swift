internal import MonotoneProbability

/// Where the cross-entropy method stands in its search for a policy's parameters.
///
/// Members of a generation are drawn from a normal distribution with independent coordinates, whose mean is the
/// policy of the run. Each plays; those of the highest returns, the elite E, make the next distribution:
///
///     μ ← mean of E,   σ² ← mean of (x − μ)² over E + z² max(0, 1 − t/50)
///
/// after generation t = 1, 2, …. The noise z keeps the distribution from closing in too early.
///
/// Source: Szita & Lőrincz, "Learning Tetris using the noisy cross-entropy method", Neural Computation 18, 2006.
struct CrossEntropySearch<Number: NetworkNumber> {
  /// σ by parameter.
  var deviations: [Number]
  /// Environment steps of the last generation; nil before the first.
  var generationSteps: Int?

  /// After so many generations no noise is added.
  static var noisyGenerations: Double { 50 }

  /// A search at its beginning.
  init(_ parameterCount: Int, deviation: Double) {
    deviations = [Number](repeating: Number(deviation), count: parameterCount)
  }

  /// The parameters of a member, drawn from a stream of its own.
  func member(_ index: Int, generation: Int, around mean: [Number], seed: UInt64) -> [Number] {
    var stream = RandomStream(seed: seed, stream: Self.stream(index, generation))
    return zip(mean, deviations).map { center, deviation in
      Number(Double(center) + Double(deviation) * stream.normal())
    }
  }

  /// The stream of a member, beyond those of branches: see ``VineStream``.
  private static func stream(_ index: Int, _ generation: Int) -> UInt64 {
    precondition(
      generation >= 0 && generation < 1 << 30 && index < 1 << 30,
      "member \(index) of generation \(generation)")
    return 5 << 61 | UInt64(generation) << 30 | UInt64(index)
  }

  /// The members of the highest returns, the best first; of equal ones the earlier.
  static func elite(of returns: [Double], share: Double) -> [Int] {
    let count = max(1, Int(clamping: (Double(returns.count) * share).rounded()))
    let order = returns.indices.sorted { (-returns[$0], $0) < (-returns[$1], $1) }
    return Array(order.prefix(count))
  }

  /// Fits the distribution to an elite, and adds noise.
  ///
  /// - Parameters:
  ///   - noise: z.
  ///   - generation: t.
  /// - Returns: μ.
  mutating func fit(to elite: [[Number]], noise: Double, generation: Int) -> [Number] {
    let count = Double(elite.count)
    let added = noise * noise * max(0, 1 - Double(generation) / Self.noisyGenerations)
    var mean: [Number] = []
    mean.reserveCapacity(deviations.count)
    for index in deviations.indices {
      let center = elite.reduce(0) { $0 + Double($1[index]) } / count
      let variance = elite.reduce(0) { sum, member in
        let distance = Double(member[index]) - center
        return sum + distance * distance
      }
      mean.append(Number(center))
      deviations[index] = Number((variance / count + added).squareRoot())
    }
    return mean
  }
}

/// A generation of the cross-entropy method.
public struct GenerationRecord: Sendable, Equatable {
  /// The best member's return.
  public var bestReturn: Double
  /// The mean return of the elite.
  public var eliteReturn: Double
  /// The mean, over the parameters, of the standard deviation that the next generation is drawn with.
  public var parameterDeviation: Double
}

extension Trainer {
  /// An iteration of the cross-entropy method: a generation plays, and the policy becomes the mean of its elite.
  ///
  /// A member draws its actions from its policy, as those of other methods do, and plays one episode in
  /// every environment; its return is their mean, undiscounted. Members have common random numbers: each begins
  /// where the chance of environments and actions stood before the first, unless an environment cannot give its state,
  /// whose members play episodes of their own.
  func searchGeneration() throws(TrainingFailure) -> TrainingRecord {
    guard var search else { preconditionFailure("a generation of another method") }
    let settings = configuration
    let before = steps
    let places = environments.map(\.saved)
    let areRestorable = places.joined().allSatisfy { !$0.state.isEmpty }
    let positions = collector.streamPositions
    func member(_ index: Int) -> [Number] {
      search.member(
        index, generation: iteration, around: parameters, seed: UInt64(settings.seed))
    }
    var returns: [Double] = []
    for index in 0..<settings.population {
      if areRestorable {
        try restore(places)
        collector.streamPositions = positions
      }
      // No environment begins another episode once there is a step.
      var rollout = collector.collect(
        .wholeEpisodes(atLeast: 1), parameters: member(index), scaling: scaling)
      try count(rollout)
      normalisers.scale(&rollout)
      let total = rollout.episodes.reduce(0) { $0 + $1.totalReward }
      returns.append(total / Double(max(1, rollout.episodes.count)))
    }
    let elite = CrossEntropySearch<Number>.elite(of: returns, share: settings.eliteShare)
    parameters = search.fit(
      to: elite.map(member), noise: settings.parameterNoise, generation: iteration)
    guard parameters.allSatisfy(\.isFinite), search.deviations.allSatisfy(\.isFinite) else {
      throw TrainingFailure(iteration: iteration, cause: "a parameter of the elite is not finite")
    }
    search.generationSteps = steps - before
    self.search = search
    try commitNormalisers()
    var record = record
    record.generation = GenerationRecord(
      bestReturn: returns[elite[0]],
      eliteReturn: elite.reduce(0) { $0 + returns[$1] } / Double(elite.count),
      parameterDeviation: Number.doubles(search.deviations).reduce(0, +)
        / Double(search.deviations.count))
    return record
  }

  /// Puts the environments back.
  private func restore(_ places: [[SavedEnvironment]]) throws(TrainingFailure) {
    for (vector, saved) in zip(environments, places) {
      do throws(SavedEnvironment.Fault) { try vector.restore(saved) } catch {
        throw TrainingFailure(iteration: iteration, cause: error.description)
      }
    }
  }
}

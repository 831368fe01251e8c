internal import MonotoneProbability
public import MDPTesting

/// Looks for an update that breaks a claim: at random, then uphill from the best, then proves and
/// shrinks what it found.
public struct Falsifier: Sendable {
  /// How hard to look.
  public struct Configuration: Sendable {
    /// How many inputs to score.
    public var budget = 50_000
    /// The seed of the search.
    public var seed: UInt64 = 1
    /// The random models to search.
    public var models = ModelConfiguration()
    /// How many of the best random inputs the search climbs from.
    public var starts = 8
    /// The most inputs to try when shrinking.
    public var shrinkLimit = 20_000

    /// 50,000 inputs of seed 1, of models of up to three states and actions.
    public init() {
      models.states = 1...3
      models.actions = 2...3
    }
  }

  /// The result of a search.
  package struct Result: Sendable {
    /// The input of the highest score; nil if no input has one.
    package var best: UpdateInput?
    /// That score.
    package var score: Double
    /// How many inputs were scored.
    package var evaluations: Int
    /// Of how many of them the target says anything.
    package var valued: Int
  }

  private let target: FalsificationTarget
  private let configuration: Configuration

  init(_ target: FalsificationTarget, _ configuration: Configuration = .init()) {
    self.target = target
    self.configuration = configuration
  }

  /// How many inputs without a score are decided in rational numbers.
  private static let unscoredLimit = 200

  private struct Scored {
    var input: UpdateInput
    var score: Double
  }

  /// Searches for the input of the highest score.
  ///
  /// A third of the budget goes to random inputs, the rest to climbing: a change at a time, taken
  /// where it raises the score, of a size that grows with success and shrinks with failure.
  package func search(isStopped: () -> Bool = { false }) -> Result {
    var (evaluations, valued, decided) = (0, 0, 0)
    func score(_ input: UpdateInput) -> Scored? {
      evaluations += 1
      let experiment = Experiment(input)
      if let score = try? target.score(experiment), !score.isNaN {
        valued += 1
        return Scored(input: input, score: score)
      }
      guard target.decidesUnscored, decided < Self.unscoredLimit else { return nil }
      decided += 1
      switch (try? target.decide(experiment)) ?? .undecided {
      case .undecided: return nil
      case .yes: valued += 1
      case .no:
        valued += 1
        return Scored(input: input, score: .infinity)
      }
      return nil
    }
    var best: [Scored] = []
    let generator = Gen.policyUpdate(configuration.models)
    for index in 0..<max(1, configuration.budget / 3) where !isStopped() {
      var stream = RandomStream(seed: configuration.seed, stream: UInt64(index))
      guard let scored = score(generator.run(using: &stream)) else { continue }
      if best.count < configuration.starts || scored.score > best[best.count - 1].score {
        best.append(scored)
        best.sort { $0.score > $1.score }
        if best.count > configuration.starts { best.removeLast() }
      }
    }
    var climbers = best
    let share = (configuration.budget - evaluations) / max(1, climbers.count)
    for index in climbers.indices {
      var stream = RandomStream(seed: configuration.seed, stream: UInt64.max - UInt64(index))
      var size = 0.5
      for _ in 0..<share where !isStopped() {
        let candidate = climbers[index].input.neighbour(size: size, using: &stream)
        if let scored = score(candidate), scored.score > climbers[index].score {
          climbers[index] = scored
          size = min(1, size * 1.5)
        } else {
          size = max(1e-4, size * 0.98)
          // From time to time a large change again, out of a dead end.
          if stream.integer(below: 200) == 0 { size = 0.5 }
        }
      }
    }
    let winner = climbers.max { $0.score < $1.score }
    return Result(
      best: winner?.input, score: winner?.score ?? -.infinity, evaluations: evaluations,
      valued: valued)
  }

  /// The input shrunk for as long as it provably breaks the target; nil if it does not.
  public func shrink(_ input: UpdateInput) -> ShrunkInput? {
    func isBroken(_ input: UpdateInput) -> Bool {
      (try? target.decide(Experiment(input))) == .no
    }
    guard isBroken(input) else { return nil }
    var shrunk = ShrunkInput(
      original: input, input: input, reason: "\(target.name) is violated", attempts: 0,
      simplifications: 0)
    var node = input.shrinkable
    while shrunk.attempts < configuration.shrinkLimit {
      var next: Shrinkable<UpdateInput>?
      for simpler in node.simpler() where shrunk.attempts < configuration.shrinkLimit {
        shrunk.attempts += 1
        if isBroken(simpler.value) {
          next = simpler
          break
        }
      }
      guard let next else { break }
      node = next
      shrunk.simplifications += 1
      shrunk.input = next.value
    }
    return shrunk
  }
}

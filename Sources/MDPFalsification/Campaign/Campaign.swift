internal import Dispatch
internal import MonotoneProbability
public import MDPTesting
internal import Synchronization

/// Checks many properties on many random updates.
///
/// Case k under a seed is the same input for any number of threads, and every case is checked
/// whatever was found before, so the result depends on the seed and the number of cases alone.
public struct Campaign: Sendable {
  /// How to go about it.
  public let configuration: CampaignConfiguration
  private let generator: Generator<UpdateInput>

  /// Cases that a thread takes at a time.
  private static let blockSize = 64

  /// A campaign of a configuration.
  public init(_ configuration: CampaignConfiguration) {
    precondition(
      configuration.threads > 0 && configuration.stride > 0,
      "\(configuration.threads) threads, one case in \(configuration.stride)")
    self.configuration = configuration
    generator = Gen.policyUpdate(configuration.models)
  }

  /// The input of a case.
  public func input(_ index: Int) -> Shrinkable<UpdateInput> {
    var stream = RandomStream(seed: configuration.seed, stream: UInt64(index))
    return generator.draw(&stream)
  }

  /// The verdicts on a case, by property; nil where a dear property was passed over.
  public func verdicts(_ index: Int) -> [PropertyVerdict?] {
    verdicts(on: Experiment(input(index).value), case: index)
  }

  private func verdicts(on experiment: Experiment, case index: Int) -> [PropertyVerdict?] {
    let isThorough = configuration.isThorough(index)
    return configuration.properties.map { property in
      isThorough || !property.isDear ? property.check(experiment) : property.screen(experiment)
    }
  }

  fileprivate struct State {
    var nextBlock = 0
    var cases = 0
    var tallies: [PropertyTally]
    var waiting: [Int: [Observation]] = [:]
    var nextObserved = 0
  }

  /// Checks the cases and shrinks the first counterexample of each property.
  ///
  /// - Parameters:
  ///   - isStopped: Asked between blocks of cases; true ends the campaign early.
  ///   - progress: Told how many cases are done.
  ///   - observe: Given what was observed on each case, in the order of cases; nil for nothing.
  public func run(
    isStopped: @Sendable () -> Bool = { false },
    progress: @Sendable (_ cases: Int, _ violated: Int) -> Void = { _, _ in },
    observe: (@Sendable ([Observation]) -> Void)? = nil
  ) -> CampaignResult {
    let start = State(tallies: configuration.properties.map { PropertyTally($0) })
    let state = Mutex(start)
    let blocks = configuration.cases.map { ($0 + Self.blockSize - 1) / Self.blockSize } ?? .max
    DispatchQueue.concurrentPerform(iterations: configuration.threads) { _ in
      while !isStopped() {
        let block = state.withLock { state in
          state.nextBlock += 1
          return state.nextBlock - 1
        }
        guard block < blocks else { return }
        let done = check(block, isObserved: observe != nil)
        let sum = state.withLock { state in
          state.add(done, block: block, observe: observe)
          return (state.cases, state.tallies.reduce(0) { $0 + $1.violated })
        }
        progress(sum.0, sum.1)
      }
    }
    return state.withLock { state in
      CampaignResult(
        seed: configuration.seed, cases: state.cases,
        properties: state.tallies.map { tally in
          var tally = tally
          tally.counterexample = tally.firstViolated.map { shrink($0, tally.property) }
          return tally
        })
    }
  }

  fileprivate struct Block {
    var cases: Int
    var tallies: [PropertyTally]
    var observations: [Observation] = []
  }

  private func check(_ block: Int, isObserved: Bool) -> Block {
    let first = block * Self.blockSize
    let last = min(first + Self.blockSize, configuration.cases ?? .max)
    var done = Block(
      cases: last - first, tallies: configuration.properties.map { PropertyTally($0) })
    for index in first..<last {
      let input = input(index).value
      let verdicts = verdicts(on: Experiment(input), case: index)
      for (property, verdict) in verdicts.enumerated() {
        if let verdict { done.tallies[property].count(verdict, case: index) }
      }
      if isObserved {
        done.observations += Observation.of(
          input, case: index, seed: configuration.seed, configuration.properties, verdicts)
      }
    }
    return done
  }

  /// Walks down from a failing case to an input of which no simpler one fails.
  private func shrink(_ failing: PropertyTally.Failing, _ property: NamedProperty) -> ShrunkInput {
    var node = input(failing.index)
    var shrunk = ShrunkInput(
      original: node.value, input: node.value, reason: failing.reason, attempts: 0,
      simplifications: 0)
    var isDone = false
    while !isDone {
      isDone = true
      for simpler in node.simpler() {
        guard shrunk.attempts < configuration.shrinkLimit else { return shrunk }
        shrunk.attempts += 1
        guard case .violated(let reason) = property.check(Experiment(simpler.value)) else {
          continue
        }
        shrunk.simplifications += 1
        shrunk.input = simpler.value
        shrunk.reason = reason
        node = simpler
        isDone = false
        break
      }
    }
    return shrunk
  }
}

extension Campaign.State {
  fileprivate mutating func add(
    _ done: Campaign.Block, block: Int, observe: (([Observation]) -> Void)?
  ) {
    cases += done.cases
    for index in tallies.indices { tallies[index].add(done.tallies[index]) }
    guard let observe else { return }
    waiting[block] = done.observations
    while let next = waiting.removeValue(forKey: nextObserved) {
      observe(next)
      nextObserved += 1
    }
  }
}

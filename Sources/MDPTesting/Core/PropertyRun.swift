internal import MonotoneFiles
internal import MonotoneProbability

/// The cases of a property one after another, and the way down to a simple counterexample.
///
/// A state machine that asks for one verdict at a time, so that the same code serves properties that
/// run at once and properties that wait.
struct PropertyRun<Input: Sendable> {
  private let property: String
  private let generator: Generator<Input>
  private let configuration: PropertyConfiguration
  private let seed: UInt64
  private let count: Int
  private var regressions: [Source]
  private var nextCase: Int
  private var source: Source?
  private var search: Search?
  /// The failure of the property, once shrinking is done.
  private(set) var failure: PropertyFailure?

  private struct Source {
    var origin: String
    var replay: String?
    var drawn: Shrinkable<Input>
  }

  /// Shrinking at work.
  private struct Search {
    var reason: String
    var shrunk: Shrinkable<Input>
    var shrunkReason: String
    var candidates: [Shrinkable<Input>]
    var position = 0
    var attempts = 0
    var simplifications = 0
  }

  init(
    _ property: String, count: Int, input: Generator<Input>, configuration: PropertyConfiguration
  ) {
    let configuration = configuration.replayedByEnvironment
    self.property = property
    self.configuration = configuration
    generator = input
    seed = configuration.fixedSeed ?? UInt64.random(in: 0..<1 << 32)
    nextCase = configuration.onlyCase ?? 0
    self.count = configuration.onlyCase.map { $0 + 1 } ?? count
    regressions = configuration.onlyCase == nil ? Self.kept(property, configuration) : []
  }

  private static func kept(
    _ property: String, _ configuration: PropertyConfiguration
  ) -> [Source] {
    guard let folder = configuration.regressions, let type = Input.self as? any Counterexample.Type
    else { return [] }
    return type.stems(in: folder, property: property).reversed().compactMap { stem in
      guard let input = try? type.init(reading: stem) as? Input else { return nil }
      let drawn = (input as? UpdateInput)?.shrinkable as? Shrinkable<Input> ?? Shrinkable(input)
      return Source(origin: "from \(stem)", replay: nil, drawn: drawn)
    }
  }

  /// The next input to try; nil when all is done.
  mutating func next() -> Input? {
    if failure != nil { return nil }
    if search != nil { return nextSimpler() }
    if let kept = regressions.popLast() {
      source = kept
      return kept.drawn.value
    }
    guard nextCase < count else { return nil }
    var stream = RandomStream(seed: seed, stream: UInt64(nextCase))
    let drawn = Source(
      origin: "case \(nextCase) of \(count)", replay: "\(seed):\(nextCase)",
      drawn: generator.draw(&stream))
    nextCase += 1
    source = drawn
    return drawn.drawn.value
  }

  private mutating func nextSimpler() -> Input? {
    guard let current = search else { return nil }
    guard current.position < current.candidates.count, current.attempts < configuration.shrinkLimit
    else {
      finish(current)
      return nil
    }
    search?.position += 1
    search?.attempts += 1
    return current.candidates[current.position].value
  }

  /// Takes the verdict on the input that was last asked for: nil, or what is wrong with it.
  mutating func record(_ reason: String?) {
    guard let reason else { return }
    if var current = search {
      current.shrunk = current.candidates[current.position - 1]
      current.shrunkReason = reason
      current.simplifications += 1
      current.candidates = current.shrunk.simpler()
      current.position = 0
      search = current
    } else if let source {
      search = Search(
        reason: reason, shrunk: source.drawn, shrunkReason: reason,
        candidates: source.drawn.simpler())
    }
  }

  private static func describe(_ input: Input) -> String {
    (input as? any Counterexample)?.summary ?? "\(input)"
  }

  private mutating func finish(_ search: Search) {
    guard let source else { return }
    let shrunk = search.shrunk.value
    var failure = PropertyFailure(
      property: property, origin: source.origin, input: Self.describe(source.drawn.value),
      reason: search.reason, shrunkInput: Self.describe(shrunk), shrunkReason: search.shrunkReason,
      attempts: search.attempts, simplifications: search.simplifications, replay: source.replay)
    if let folder = configuration.regressions, let kept = shrunk as? any Counterexample {
      do throws(UnwritableOutput) {
        let stem = try kept.write(into: folder, property: property)
        failure.stem = stem
        failure.command = type(of: kept).command(reading: stem)
      } catch {
        failure.shrunkReason += " (\(error))"
      }
    }
    self.failure = failure
  }
}

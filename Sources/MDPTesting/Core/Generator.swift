public import MonotoneProbability

/// Makes random values that know how to become simpler.
///
/// A value is a pure function of the stream that it is drawn from, so a seed replays it. Shrinking
/// is integrated: whatever is built from generators with ``map(_:)``, ``flatMap(_:)``,
/// ``filter(_:)``, ``array(of:)`` and `zip` shrinks as its parts do, and never to a value that the
/// generator could not have made.
///
/// The words are those of swift-property-based. Own code, because a dependency of a library that
/// test suites depend on would become theirs, and none offers a seed that counts cases.
public struct Generator<Value: Sendable>: Sendable {
  private let body: @Sendable (inout RandomStream) -> Shrinkable<Value>

  /// A generator from its drawing function.
  public init(_ draw: @escaping @Sendable (inout RandomStream) -> Shrinkable<Value>) {
    body = draw
  }

  /// Values from a function, with the simpler values of each.
  ///
  /// - Precondition: following `simpler` ends, whichever values are taken.
  public init(
    draw: @escaping @Sendable (inout RandomStream) -> Value,
    simpler: @escaping @Sendable (Value) -> [Value]
  ) {
    body = { Shrinkable(draw(&$0), unfolding: simpler) }
  }

  /// Draws a value with its simpler ones.
  public func draw(_ stream: inout RandomStream) -> Shrinkable<Value> { body(&stream) }

  /// Draws a value.
  public func run(using stream: inout RandomStream) -> Value { body(&stream).value }
}

extension Generator {
  /// The values of a function of these.
  public func map<T: Sendable>(
    _ transform: @escaping @Sendable (Value) -> T
  ) -> Generator<T> {
    Generator<T> { draw(&$0).map(transform) }
  }

  /// The values of a generator that depends on one of these.
  ///
  /// When the first value shrinks, the second is drawn anew from the same random numbers.
  public func flatMap<T: Sendable>(
    _ transform: @escaping @Sendable (Value) -> Generator<T>
  ) -> Generator<T> {
    Generator<T> { stream in
      let seed = stream.next()
      return Self.bind(draw(&stream), seed: seed, transform)
    }
  }

  private static func bind<T>(
    _ outer: Shrinkable<Value>, seed: UInt64,
    _ transform: @escaping @Sendable (Value) -> Generator<T>
  ) -> Shrinkable<T> {
    var stream = RandomStream(seed: seed)
    let inner = transform(outer.value).draw(&stream)
    return Shrinkable<T>(inner.value) {
      outer.simpler().map { bind($0, seed: seed, transform) } + inner.simpler()
    }
  }

  /// The values that meet a condition.
  ///
  /// - Precondition: one in a thousand draws does.
  public func filter(_ isIncluded: @escaping @Sendable (Value) -> Bool) -> Generator {
    Generator { stream in
      for _ in 0..<10_000 {
        let drawn = draw(&stream)
        if isIncluded(drawn.value) { return drawn.filter(isIncluded) }
      }
      preconditionFailure("no value in 10000 draws meets the condition of a filter")
    }
  }

  /// Arrays of these values, of a length within a range; shorter arrays are simpler.
  public func array(of count: ClosedRange<Int>) -> Generator<[Value]> {
    Generator<[Value]> { stream in
      let length = count.lowerBound + stream.integer(below: count.count)
      return .array((0..<length).map { _ in draw(&stream) }, atLeast: count.lowerBound)
    }
  }

  /// This generator without shrinking: none of its values counts as simpler than another.
  public var withoutShrinking: Generator {
    Generator { Shrinkable(draw(&$0).value) }
  }
}

/// Pairs of independent values.
public func zip<A, B>(_ a: Generator<A>, _ b: Generator<B>) -> Generator<(A, B)> {
  Generator { stream in
    let first = a.draw(&stream)
    return .zip(first, b.draw(&stream))
  }
}

/// Triples of independent values.
public func zip<A, B, C>(
  _ a: Generator<A>, _ b: Generator<B>, _ c: Generator<C>
) -> Generator<(A, B, C)> {
  zip(zip(a, b), c).map { ($0.0, $0.1, $1) }
}

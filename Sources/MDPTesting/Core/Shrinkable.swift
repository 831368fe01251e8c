/// A value together with the simpler values that could stand in its place.
///
/// The node of a tree that is built only as far as somebody looks: shrinking walks down it for as
/// long as the property still fails, and stops where no child fails, at a local minimum.
public struct Shrinkable<Value: Sendable>: Sendable {
  /// The value.
  public let value: Value
  private let children: @Sendable () -> [Shrinkable<Value>]

  /// A value and what is simpler, the most promising first.
  public init(_ value: Value, simpler: @escaping @Sendable () -> [Shrinkable<Value>] = { [] }) {
    self.value = value
    children = simpler
  }

  /// The tree in which the children of every value are given by a function.
  ///
  /// - Precondition: following `simpler` ends, whichever values are taken.
  public init(_ value: Value, unfolding simpler: @escaping @Sendable (Value) -> [Value]) {
    self.init(value) { simpler(value).map { Shrinkable($0, unfolding: simpler) } }
  }

  /// The simpler values.
  public func simpler() -> [Shrinkable<Value>] { children() }

  /// The tree with every value transformed.
  public func map<T: Sendable>(
    _ transform: @escaping @Sendable (Value) -> T
  ) -> Shrinkable<T> {
    Shrinkable<T>(transform(value)) { simpler().map { $0.map(transform) } }
  }

  /// Without the values that a condition rejects.
  func filter(_ isIncluded: @escaping @Sendable (Value) -> Bool) -> Shrinkable {
    Shrinkable(value) {
      simpler().filter { isIncluded($0.value) }.map { $0.filter(isIncluded) }
    }
  }

  /// Pairs: first the left value becomes simpler, then the right.
  static func zip<A, B>(
    _ a: Shrinkable<A>, _ b: Shrinkable<B>
  ) -> Shrinkable<(A, B)> where Value == (A, B) {
    Shrinkable((a.value, b.value)) {
      a.simpler().map { zip($0, b) } + b.simpler().map { zip(a, $0) }
    }
  }

  /// Arrays: first shorter ones, then simpler elements.
  static func array<Element>(
    _ elements: [Shrinkable<Element>], atLeast count: Int
  ) -> Shrinkable<[Element]> where Value == [Element] {
    Shrinkable(elements.map(\.value)) {
      var simpler: [Shrinkable] = []
      var length = elements.count - count
      while length > 0 {
        for start in stride(from: 0, through: elements.count - length, by: length) {
          var rest = elements
          rest.removeSubrange(start..<start + length)
          simpler.append(array(rest, atLeast: count))
        }
        length /= 2
      }
      for index in elements.indices {
        for element in elements[index].simpler() {
          var changed = elements
          changed[index] = element
          simpler.append(array(changed, atLeast: count))
        }
      }
      return simpler
    }
  }
}

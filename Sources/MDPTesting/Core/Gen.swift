internal import MonotoneProbability

/// The generators that come with the library.
public enum Gen {
  /// One value only.
  public static func always<T: Sendable>(_ value: T) -> Generator<T> {
    Generator { _ in Shrinkable(value) }
  }

  /// false and true; false is simpler.
  public static var bool: Generator<Bool> {
    Generator(draw: { $0.next() & 1 == 1 }, simpler: { $0 ? [false] : [] })
  }

  /// The integers of a range; simpler toward 0, or toward the end of the range nearest to it.
  public static func int(in range: ClosedRange<Int>) -> Generator<Int> {
    let origin = min(max(0, range.lowerBound), range.upperBound)
    return Generator(
      draw: { range.lowerBound + $0.integer(below: range.count) },
      simpler: { value in
        // The origin, then half the way, a quarter, …, the neighbour.
        var candidates: [Int] = []
        var distance = value - origin
        while distance != 0 {
          candidates.append(value - distance)
          distance /= 2
        }
        return candidates
      })
  }

  /// The float64 numbers of a range; rounder numbers nearer to 0 are simpler.
  public static func double(in range: ClosedRange<Double>) -> Generator<Double> {
    Generator(
      draw: { range.lowerBound + (range.upperBound - range.lowerBound) * $0.uniform() },
      simpler: { value in
        [0, value.rounded(.towardZero), value / 2, (value * 16).rounded(.towardZero) / 16].filter {
          range.contains($0) && isSimpler($0, than: value)
        }
      })
  }

  /// Fewer significant bits, or as many and smaller by half: a step that cannot repeat for ever.
  private static func isSimpler(_ a: Double, than b: Double) -> Bool {
    let (x, y) = (a.significandWidth, b.significandWidth)
    return a != b && (x < y || (x == y && abs(a) < abs(b) && abs(b) > 1))
  }

  /// One of some values; earlier ones are simpler.
  ///
  /// - Precondition: there is one.
  public static func element<T: Sendable>(of values: [T]) -> Generator<T> {
    precondition(!values.isEmpty, "no value to choose from")
    return int(in: 0...values.count - 1).map { values[$0] }
  }

  /// One of some generators; values of earlier ones are simpler.
  ///
  /// - Precondition: there is one.
  public static func oneOf<T: Sendable>(_ generators: [Generator<T>]) -> Generator<T> {
    element(of: generators).flatMap { $0 }
  }
}

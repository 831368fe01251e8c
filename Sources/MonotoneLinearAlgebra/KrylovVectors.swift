/// The vectors of an iteration, in memory that its products read and write directly.
final class KrylovVectors {
  typealias Vector = UnsafeMutableBufferPointer<Double>

  private let memory: Vector
  private let count: Int

  /// So many vectors of zeros.
  init(_ vectors: Int, count: Int) {
    self.count = count
    memory = .allocate(capacity: vectors * count)
    memory.initialize(repeating: 0)
  }

  deinit { memory.deallocate() }

  /// One of the vectors.
  subscript(index: Int) -> Vector {
    Vector(rebasing: memory[index * count..<(index + 1) * count])
  }
}

extension UnsafeMutableBufferPointer<Double> {
  /// Σ a[i] b[i] over a range.
  func dot(_ other: Self, _ range: Range<Int>) -> Double {
    DenseKernels.dot(
      UnsafeBufferPointer(rebasing: self[range]), UnsafeBufferPointer(rebasing: other[range]))
  }

  /// x ← x + αa over a range.
  func add(_ factor: Double, _ a: Self, _ range: Range<Int>) {
    for index in range { self[index] += factor * a[index] }
  }

  /// x ← x + αa + βb over a range.
  func add(_ first: Double, _ a: Self, _ second: Double, _ b: Self, _ range: Range<Int>) {
    for index in range { self[index] += first * a[index] + second * b[index] }
  }

  /// p ← r + β (p − ωv) over a range.
  func turn(_ beta: Double, _ omega: Double, _ v: Self, _ r: Self, _ range: Range<Int>) {
    for index in range { self[index] = r[index] + beta * (self[index] - omega * v[index]) }
  }
}

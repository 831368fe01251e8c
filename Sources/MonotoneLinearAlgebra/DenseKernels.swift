internal import CLAPACKE

/// The dense float64 kernels that the rest of the toolkit calls, over CBLAS.
@usableFromInline package enum DenseKernels {
  /// Σ a[i] b[i].
  @usableFromInline package static func dot(
    _ a: UnsafeBufferPointer<Double>, _ b: UnsafeBufferPointer<Double>
  ) -> Double {
    precondition(a.count == b.count, "dot product of \(a.count) and \(b.count) numbers")
    guard a.count > 0 else { return 0 }
    return cblas_ddot(Int32(a.count), a.baseAddress, 1, b.baseAddress, 1)
  }

  /// Σ a[i] b[i].
  package static func dot(_ a: [Double], _ b: [Double]) -> Double {
    a.withUnsafeBufferPointer { a in b.withUnsafeBufferPointer { b in dot(a, b) } }
  }

  /// result = matrix · vector, the matrix by rows.
  package static func multiply(
    _ matrix: UnsafeBufferPointer<Double>, _ vector: UnsafeBufferPointer<Double>,
    into result: UnsafeMutableBufferPointer<Double>
  ) {
    precondition(
      matrix.count == vector.count * result.count,
      "a matrix of \(matrix.count) numbers for \(result.count) rows of \(vector.count)")
    guard !matrix.isEmpty else { return }
    let (rows, columns) = (Int32(result.count), Int32(vector.count))
    cblas_dgemv(
      CblasRowMajor, CblasNoTrans, rows, columns, 1, matrix.baseAddress, columns,
      vector.baseAddress, 1, 0, result.baseAddress, 1)
  }

  /// result = a · b, square matrices by rows.
  package static func multiply(
    _ a: UnsafeBufferPointer<Double>, _ b: UnsafeBufferPointer<Double>, order: Int,
    into result: UnsafeMutableBufferPointer<Double>
  ) {
    precondition(
      a.count == order * order && b.count == a.count && result.count == a.count,
      "matrices of \(a.count), \(b.count) and \(result.count) numbers for order \(order)")
    guard order > 0 else { return }
    let n = Int32(order)
    cblas_dgemm(
      CblasRowMajor, CblasNoTrans, CblasNoTrans, n, n, n, 1, a.baseAddress, n, b.baseAddress, n, 0,
      result.baseAddress, n)
  }

  /// The inverse of a square matrix by rows, whose own memory is overwritten.
  ///
  /// LAPACK reads the memory by columns and so inverts the transpose, whose inverse, by columns, is
  /// the inverse by rows. Complexity: 8n³/3.
  ///
  /// - Throws: ``SingularMatrix`` where a pivot is exactly zero.
  package static func invert(
    _ matrix: UnsafeMutableBufferPointer<Double>, order: Int,
    into inverse: UnsafeMutableBufferPointer<Double>
  ) throws(SingularMatrix) {
    precondition(
      matrix.count == order * order && inverse.count == matrix.count,
      "matrices of \(matrix.count) and \(inverse.count) numbers for order \(order)")
    guard order > 0 else { return }
    inverse.update(repeating: 0)
    for index in 0..<order { inverse[index * order + index] = 1 }
    let n = Int32(order)
    var pivots = [Int32](repeating: 0, count: order)
    let info = LAPACKE_dgesv_work(
      LAPACK_COL_MAJOR, n, n, matrix.baseAddress, n, &pivots, inverse.baseAddress, n)
    precondition(info >= 0, "dgesv: argument \(-info) is wrong")
    if info > 0 { throw SingularMatrix(routine: "dgesv", index: Int(info)) }
  }

  /// Σ |a[i] − b[i]|; `scratch` is overwritten.
  package static func distance(
    _ a: UnsafeBufferPointer<Double>, _ b: UnsafeBufferPointer<Double>,
    scratch: UnsafeMutableBufferPointer<Double>
  ) -> Double {
    precondition(
      a.count == b.count && scratch.count == a.count,
      "distance of \(a.count) and \(b.count) numbers with room for \(scratch.count)")
    guard a.count > 0 else { return 0 }
    let n = Int32(a.count)
    cblas_dcopy(n, a.baseAddress, 1, scratch.baseAddress, 1)
    cblas_daxpy(n, -1, b.baseAddress, 1, scratch.baseAddress, 1)
    return cblas_dasum(n, scratch.baseAddress, 1)
  }

  /// Memory for numbers that kernels sum over, on a cache line.
  ///
  /// Kernels that sum step up to an aligned address first, so the alignment decides the order of
  /// summation and with it the last digits. Freed by `deallocate()`.
  package static func allocate(_ count: Int) -> UnsafeMutableBufferPointer<Double> {
    let memory = UnsafeMutableRawPointer.allocate(byteCount: max(count, 1) * 8, alignment: 64)
    return UnsafeMutableBufferPointer(
      start: memory.bindMemory(to: Double.self, capacity: count), count: count)
  }

  /// Makes every later kernel run on the calling thread alone.
  ///
  /// The order in which threads add up decides the last digits of a result, and waiting threads
  /// spin; small systems lose more to both than they gain.
  package static func useOneThread() { openblas_set_num_threads(1) }

  /// The provider of LAPACK and BLAS, as it describes itself.
  package static var provider: String { String(cString: openblas_get_config()) }
}

internal import CLAPACKE

/// The dense float64 kernels that the rest of the toolkit calls, over CBLAS.
public enum DenseKernels {
  /// Σ a[i] b[i].
  public static func dot(
    _ a: UnsafeBufferPointer<Double>, _ b: UnsafeBufferPointer<Double>
  ) -> Double {
    precondition(a.count == b.count, "dot product of \(a.count) and \(b.count) numbers")
    guard a.count > 0 else { return 0 }
    return cblas_ddot(Int32(a.count), a.baseAddress, 1, b.baseAddress, 1)
  }

  /// Σ a[i] b[i].
  public static func dot(_ a: [Double], _ b: [Double]) -> Double {
    a.withUnsafeBufferPointer { a in b.withUnsafeBufferPointer { b in dot(a, b) } }
  }

  /// result = matrix · vector, the matrix by rows.
  public static func multiply(
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

  /// What provides LAPACK and BLAS, as it describes itself.
  public static var provider: String { String(cString: openblas_get_config()) }
}

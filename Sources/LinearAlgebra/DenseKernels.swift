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

  /// What provides LAPACK and BLAS, as it describes itself.
  public static var provider: String { String(cString: openblas_get_config()) }
}

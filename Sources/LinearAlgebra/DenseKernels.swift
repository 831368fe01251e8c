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
}

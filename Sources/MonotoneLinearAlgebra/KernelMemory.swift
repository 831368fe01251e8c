internal import CLAPACKE

/// The working memory of BLAS.
///
/// OpenBLAS maps one buffer for each thread that calls it, when it is first called, and tries again
/// without end where it gets none: under `ulimit -v` a computation would never come back. So its
/// buffers are asked for before it is.
package enum KernelMemory {
  /// OpenBLAS's buffer on 64-bit systems is 128 MiB.
  private static let bufferBytes = 0x1p20 * 130

  /// Bytes that a thread of ours takes besides: its stack and its part of the heap.
  private static let threadBytes = 0x1p20 * 96

  /// Bytes left for everything else.
  private static let reserveBytes = 0x1p20 * 128

  /// Makes sure of the buffers of the calling thread, and of the threads that OpenBLAS runs for it.
  ///
  /// They are taken at once, so that nothing else can take them.
  ///
  /// - Throws: ``InsufficientMemory``.
  package static func claim() throws(InsufficientMemory) {
    let threads = Double(max(1, openblas_get_num_threads()))
    let needed = threads * bufferBytes + reserveBytes
    guard ProcessMemory.fits(needed) else {
      throw InsufficientMemory(
        purpose: "BLAS on \(Int(threads)) thread\(threads == 1 ? "" : "s")", needed: needed,
        available: ProcessMemory.available(upTo: needed), advice: "set OPENBLAS_NUM_THREADS to 1")
    }
    let system = try DenseLU(order: 1)
    system.withMatrix { $0[0] = 1 }
    // The matrix (1) is regular.
    _ = try? system.factor()
  }

  /// How many threads, of a number wanted, there is room for to call BLAS at once; at least one.
  package static func threads(upTo wanted: Int) -> Int {
    var count = max(1, wanted)
    while count > 1, !ProcessMemory.fits(bytes(ofThreads: count)) { count -= 1 }
    return count
  }

  /// Refuses more threads than there is room for.
  ///
  /// - Throws: ``InsufficientMemory``.
  package static func require(threads: Int) throws(InsufficientMemory) {
    let needed = bytes(ofThreads: threads)
    guard ProcessMemory.fits(needed) else {
      throw InsufficientMemory(
        purpose: "work on \(threads) threads", needed: needed,
        available: ProcessMemory.available(upTo: needed), advice: "use fewer threads")
    }
  }

  /// The first thread has its buffer.
  private static func bytes(ofThreads count: Int) -> Double {
    Double(count - 1) * (bufferBytes + threadBytes) + reserveBytes
  }
}

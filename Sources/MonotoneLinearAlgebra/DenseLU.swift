internal import CLAPACKE

/// A square system that is solved, plain and transposed, from one LU factorisation.
///
/// A workspace: made once for the largest order, refilled and factored as often as wanted without
/// allocating. The caller writes the matrix by rows into ``withMatrix(_:)``; LAPACK reads the same
/// memory by columns, that is, it factors the transpose, which saves the copy: the system itself
/// is then solved with `trans = T`, the transposed one with `N`.
///
/// Source: LAPACK `dgetrf`, `dgetrs`, `dgecon`. Complexity: 2n³/3 to factor, 2n² a solve.
package final class DenseLU {
  /// The order n of the system.
  package private(set) var order: Int
  private var matrix: UnsafeMutableBufferPointer<Double>
  private var pivots: [Int32]

  /// A workspace for systems of order up to `order`.
  ///
  /// - Throws: ``InsufficientMemory`` before anything is allocated.
  package init(order: Int) throws(InsufficientMemory) {
    try MemoryBudget.shared.require(
      Double(order) * Double(order) * 8, "a dense system of \(order) × \(order) numbers")
    self.order = order
    matrix = DenseKernels.allocate(order * order)
    pivots = [Int32](repeating: 0, count: order)
  }

  deinit { matrix.deallocate() }

  /// Takes on a smaller or equal order within the same memory, or a larger one in new memory.
  package func resize(to newOrder: Int) throws(InsufficientMemory) {
    if newOrder * newOrder > matrix.count {
      try MemoryBudget.shared.require(
        Double(newOrder) * Double(newOrder) * 8, "a dense system of \(newOrder) × \(newOrder)")
      matrix.deallocate()
      matrix = DenseKernels.allocate(newOrder * newOrder)
    }
    if pivots.count < newOrder { pivots = [Int32](repeating: 0, count: newOrder) }
    order = newOrder
  }

  /// Lets the caller write the matrix, n² numbers by rows, before ``factor()``.
  package func withMatrix(_ fill: (UnsafeMutableBufferPointer<Double>) -> Void) {
    fill(UnsafeMutableBufferPointer(rebasing: matrix[0..<order * order]))
  }

  /// Fills the matrix with I − γP, P given by rows.
  package func setResolvent(of transition: UnsafeBufferPointer<Double>, discount: Double) {
    precondition(
      transition.count == order * order,
      "a transition matrix of \(transition.count) numbers for order \(order)")
    withMatrix { matrix in
      for index in matrix.indices { matrix[index] = -discount * transition[index] }
      for index in 0..<order { matrix[index * order + index] += 1 }
    }
  }

  /// Factors the matrix in place.
  ///
  /// - Throws: ``SingularMatrix`` where a pivot is exactly zero.
  package func factor() throws(SingularMatrix) {
    guard order > 0 else { return }
    let n = Int32(order)
    let info = LAPACKE_dgetrf_work(LAPACK_COL_MAJOR, n, n, matrix.baseAddress, n, &pivots)
    try Self.check(info, routine: "dgetrf")
  }

  /// Solves M x = b; `vector` is b before and x after.
  package func solve(_ vector: inout [Double]) {
    backsubstitute(&vector, transpose: "T")
  }

  /// Solves Mᵀ x = b; `vector` is b before and x after.
  package func solveTransposed(_ vector: inout [Double]) {
    backsubstitute(&vector, transpose: "N")
  }

  private func backsubstitute(_ vector: inout [Double], transpose: Character) {
    precondition(vector.count == order, "a right-hand side of \(vector.count) for order \(order)")
    guard order > 0 else { return }
    let n = Int32(order)
    let flag = CChar(bitPattern: transpose.asciiValue ?? 0)
    let info = LAPACKE_dgetrs_work(
      LAPACK_COL_MAJOR, flag, n, 1, matrix.baseAddress, n, pivots, &vector, n)
    precondition(info == 0, "dgetrs: argument \(-info) is wrong")
  }

  /// An estimate of 1/(‖M‖∞ ‖M⁻¹‖∞), from the factors and the ∞-norm that the matrix had.
  ///
  /// Complexity: O(n²), a few solves.
  package func reciprocalCondition(infinityNorm: Double) -> Double {
    guard order > 0 else { return 1 }
    let n = Int32(order)
    var result = 0.0
    var work = [Double](repeating: 0, count: 4 * order)
    var integers = [Int32](repeating: 0, count: order)
    // The 1-norm of the transpose that LAPACK sees is the ∞-norm of the matrix.
    let info = LAPACKE_dgecon_work(
      LAPACK_COL_MAJOR, CChar(bitPattern: UInt8(ascii: "1")), n, matrix.baseAddress, n,
      infinityNorm, &result, &work, &integers)
    precondition(info == 0, "dgecon: argument \(-info) is wrong")
    return result
  }

  /// LAPACK's convention: a negative `info` is our mistake, a positive one is in the data.
  private static func check(_ info: Int32, routine: String) throws(SingularMatrix) {
    precondition(info >= 0, "\(routine): argument \(-info) is wrong")
    if info > 0 { throw SingularMatrix(routine: routine, index: Int(info)) }
  }
}

/// A matrix that LAPACK found exactly singular.
public struct SingularMatrix: Error, Sendable, Equatable {
  /// The LAPACK routine that said so.
  public let routine: String
  /// The 1-based index of the zero pivot.
  public let index: Int

  /// The problem, as a sentence for the user.
  public var message: String {
    "\(routine): the linear system is singular in float64 (pivot \(index) is zero); "
      + "is the discount too close to 1?"
  }
}

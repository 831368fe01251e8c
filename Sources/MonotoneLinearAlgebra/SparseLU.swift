internal import CSuiteSparse

/// A sparse square system that is solved, plain and transposed, from one LU factorisation: KLU.
///
/// Meant for M = I − γP of chains on which iteration breaks down. One analysis of the pattern and one
/// factorisation serve every right-hand side. KLU stores matrices by columns; given M by rows it
/// factors the transpose, which saves the copy, as in ``DenseLU``.
///
/// Source: Davis & Palamadai Natarajan, "Algorithm 907: KLU", ACM TOMS 37 (2010).
/// Complexity: depends on the fill that the pattern suffers; O(entries of L and U) a solve.
package final class SparseLU {
  /// The order n of the system.
  package let order: Int
  private var common = klu_common()
  private var symbolic: UnsafeMutablePointer<klu_symbolic>?
  private var numeric: UnsafeMutablePointer<klu_numeric>?

  /// Factors a matrix.
  ///
  /// - Parameters:
  ///   - operationLimit: The most multiplications and additions, as the analysis estimates them.
  ///   - budget: The memory that the factors may take.
  /// - Throws: ``Failure``, before factors that do not fit are allocated.
  package init(
    _ matrix: SparseRows<Double>, operationLimit: Double = .infinity,
    budget: MemoryBudget = .shared
  ) throws(Failure) {
    order = matrix.rowCount
    precondition(order == matrix.columnCount, "\(order) rows and \(matrix.columnCount) columns")
    guard order > 0 else { return }
    guard matrix.entryCount <= Int(Int32.max) else { throw .tooCostly }
    klu_defaults(&common)
    // KLU reads these, and declares them as if it wrote.
    var start = matrix.rowStart.map { Int32($0) }
    var (columns, values) = (matrix.columns, matrix.values)
    guard let analysis = klu_analyze(Int32(order), &start, &columns, &common) else {
      throw failure
    }
    symbolic = analysis
    guard analysis.pointee.est_flops <= operationLimit else { throw .tooCostly }
    try Self.require(analysis.pointee, budget)
    guard let factors = klu_factor(&start, &columns, &values, analysis, &common) else {
      throw failure
    }
    numeric = factors
  }

  deinit {
    klu_free_numeric(&numeric, &common)
    klu_free_symbolic(&symbolic, &common)
  }

  /// Bytes of an entry of a factor: its value and its index.
  private static let entrySize = 12.0

  /// Pivots off the diagonal fill more than the analysis expects.
  private static let fillAllowance = 1.5

  private static func require(
    _ analysis: klu_symbolic, _ budget: MemoryBudget
  ) throws(Failure) {
    let entries = max(analysis.lnz, 0) + max(analysis.unz, 0) + Double(analysis.nzoff)
    do throws(InsufficientMemory) {
      try budget.require(
        fillAllowance * entrySize * entries,
        "a sparse factorisation of \(analysis.n) × \(analysis.n) numbers")
    } catch {
      throw .memory(error)
    }
  }

  private var failure: Failure {
    switch common.status {
    case KLU_SINGULAR:
      .singular(SingularMatrix(routine: "klu_factor", index: Int(common.singular_col) + 1))
    case KLU_OUT_OF_MEMORY, KLU_TOO_LARGE: .tooCostly
    default: preconditionFailure("klu: an argument is wrong")
    }
  }

  /// Solves M x = b; `vector` is b before and x after.
  package func solve(_ vector: inout [Double]) {
    precondition(vector.count == order, "a right-hand side of \(vector.count) for order \(order)")
    guard order > 0 else { return }
    let done = klu_tsolve(symbolic, numeric, Int32(order), 1, &vector, &common)
    precondition(done != 0, "klu_tsolve: an argument is wrong")
  }

  /// Solves Mᵀ x = b; `vector` is b before and x after.
  package func solveTransposed(_ vector: inout [Double]) {
    precondition(vector.count == order, "a right-hand side of \(vector.count) for order \(order)")
    guard order > 0 else { return }
    let done = klu_solve(symbolic, numeric, Int32(order), 1, &vector, &common)
    precondition(done != 0, "klu_solve: an argument is wrong")
  }

  /// Why there are no factors.
  package enum Failure: Error, Equatable {
    /// They take more operations than wanted.
    case tooCostly
    /// They do not fit.
    case memory(InsufficientMemory)
    /// A pivot is exactly zero.
    case singular(SingularMatrix)
  }
}

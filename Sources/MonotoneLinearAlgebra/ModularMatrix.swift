internal import CFLINT

/// A square matrix modulo one word-sized prime.
final class ModularMatrix {
  /// Products of numbers below 2⁵⁸ can be added up 4,096 times within two words.
  static let primeBits = 58

  /// The modulus: the first prime above 2^(primeBits − 1).
  static let prime = n_nextprime(1 << (primeBits - 1), 0)

  private let matrix: UnsafeMutablePointer<nmod_mat_struct>
  private let limbs: Int32

  /// The zero matrix.
  init(order: Int) {
    matrix = .allocate(capacity: 1)
    nmod_mat_init(matrix, order, order, Self.prime)
    limbs = _nmod_vec_dot_bound_limbs(order, matrix.pointee.mod)
  }

  deinit {
    nmod_mat_clear(matrix)
    matrix.deallocate()
  }

  /// Becomes the inverse of an integer matrix; false where that is singular modulo the prime.
  func setInverse(of integers: borrowing IntegerMatrix) -> Bool {
    let residues = ModularMatrix(order: Int(matrix.pointee.r))
    fmpz_mat_get_nmod_mat(residues.matrix, integers.pointer)
    return nmod_mat_inv(matrix, residues.matrix) != 0
  }

  /// The transposed matrix.
  func transposed() -> ModularMatrix {
    let result = ModularMatrix(order: Int(matrix.pointee.r))
    nmod_mat_transpose(result.matrix, matrix)
    return result
  }

  /// An integer modulo the prime.
  func reduce<Word: LiftingWord>(_ value: Word) -> UInt {
    let rest = value.magnitudeRemainder(matrix.pointee.mod)
    return value < 0 && rest != 0 ? matrix.pointee.mod.n - rest : rest
  }

  /// Σ_j M[row, j] vector[j].
  func dot(row: Int, _ vector: [UInt]) -> UInt {
    _nmod_vec_dot(matrix.pointee.rows[row], vector, vector.count, matrix.pointee.mod, limbs)
  }
}

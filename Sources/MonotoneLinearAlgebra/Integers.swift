internal import CFLINT

/// FLINT integers in a row, freed with their one owner.
struct Integers: ~Copyable {
  let count: Int
  private let start: UnsafeMutablePointer<fmpz>

  /// Zeros.
  init(zeros count: Int) {
    self.count = count
    start = .allocate(capacity: count)
    for index in 0..<count { fmpz_init(start + index) }
  }

  deinit {
    for index in 0..<count { fmpz_clear(start + index) }
    start.deallocate()
  }

  /// Where an integer stands, for FLINT to read and write.
  subscript(index: Int) -> UnsafeMutablePointer<fmpz> {
    assert(index >= 0 && index < count, "integer \(index) of \(count)")
    return start + index
  }
}

/// A FLINT matrix of integers, freed with its one owner.
struct IntegerMatrix: ~Copyable {
  let pointer: UnsafeMutablePointer<fmpz_mat_struct>

  /// The zero matrix.
  init(rows: Int, columns: Int) {
    pointer = .allocate(capacity: 1)
    fmpz_mat_init(pointer, rows, columns)
  }

  deinit {
    fmpz_mat_clear(pointer)
    pointer.deallocate()
  }

  /// Where an entry stands.
  subscript(row: Int, column: Int) -> UnsafeMutablePointer<fmpz> {
    fmpz_mat_entry(pointer, row, column)
  }
}

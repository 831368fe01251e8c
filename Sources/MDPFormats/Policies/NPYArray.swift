internal import Arithmetic
internal import MDPCore

/// The numbers of a two-dimensional `.npy` array.
struct NPYArray {
  /// The types of numbers that a policy may have.
  enum Element: String {
    case littleDouble = "<f8"
    case bigDouble = ">f8"
    case littleFloat = "<f4"
    case bigFloat = ">f4"

    var size: Int { isDouble ? 8 : 4 }
    private var isDouble: Bool { self == .littleDouble || self == .bigDouble }

    /// How far a row of n numbers may miss the sum 1: see ``PolicyReader``.
    func tolerance(_ count: Int) -> Rational {
      isDouble
        ? MDPDocument.rowSumTolerance.rational
        : Rational(numerator: count + 1, denominator: 1 << 24)
    }
  }

  let input: InputBytes
  let header: NPYHeader
  let type: Element

  var rowCount: Int { header.shape[0] }
  var columnCount: Int { header.shape[1] }

  /// Where a number is in the file.
  func offset(_ row: Int, _ column: Int) -> Int {
    let index = header.isFortranOrder ? column * rowCount + row : row * columnCount + column
    return header.dataOffset + index * type.size
  }

  subscript(row: Int, column: Int) -> Double {
    let pointer = UnsafeRawPointer(input.base + offset(row, column))
    switch type {
    case .littleDouble:
      return Double(
        bitPattern: UInt64(littleEndian: pointer.loadUnaligned(as: UInt64.self)))
    case .bigDouble:
      return Double(bitPattern: UInt64(bigEndian: pointer.loadUnaligned(as: UInt64.self)))
    case .littleFloat:
      return Double(
        Float(bitPattern: UInt32(littleEndian: pointer.loadUnaligned(as: UInt32.self))))
    case .bigFloat:
      return Double(Float(bitPattern: UInt32(bigEndian: pointer.loadUnaligned(as: UInt32.self))))
    }
  }
}

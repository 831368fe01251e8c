internal import Arithmetic
internal import MDPCore

/// The numbers of a two-dimensional `.npy` array.
struct NPYArray {
  /// The types of numbers that an array may have.
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

  /// The array of a file; nil, with a fault, if its head, type, shape or length is not right.
  ///
  /// - Parameters:
  ///   - expected: The shape in words.
  ///   - isShape: Whether two lengths are it.
  init?(
    _ input: InputBytes, expecting expected: String, _ log: FaultLog,
    isShape: (_ shape: [Int]) -> Bool
  ) {
    do throws(NPYHeader.Failure) {
      header = try NPYHeader(input)
    } catch {
      log.add(.syntax, at: error.offset, path: JSONPath.root, error.message)
      return nil
    }
    guard let type = Element(rawValue: header.type) else {
      log.add(
        .schema, at: 0, path: JSONPath.root,
        "numbers of type \(Excerpt.quoted(header.type)); save them as float64 (<f8) or float32 (<f4)"
      )
      return nil
    }
    guard header.shape.count == 2, isShape(header.shape) else {
      let shape = header.shape.map(String.init).joined(separator: ", ")
      log.add(
        .schema, at: 0, path: JSONPath.root, "an array of shape (\(shape)); expected \(expected)")
      return nil
    }
    let (count, overflow) = header.shape[0].multipliedReportingOverflow(by: header.shape[1])
    let bytes = input.count - header.dataOffset
    guard !overflow, bytes / type.size == count, bytes % type.size == 0 else {
      log.add(
        .syntax, at: input.count, path: JSONPath.root,
        "\(bytes) bytes of numbers; the shape needs "
          + "\(overflow ? "far more" : String(count) + " × \(type.size)")")
      return nil
    }
    self.input = input
    self.type = type
  }

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

/// The numbers of a two-dimensional `.npy` array, or of one plane of a three-dimensional one.
package struct NPYArray {
  /// The types of numbers that an array may have.
  package enum Element: String {
    case littleDouble = "<f8"
    case bigDouble = ">f8"
    case littleFloat = "<f4"
    case bigFloat = ">f4"

    /// The bytes of a number.
    package var size: Int {
      switch self {
      case .littleDouble, .bigDouble: 8
      case .littleFloat, .bigFloat: 4
      }
    }
  }

  package let input: InputBytes
  package let header: NPYHeader
  package let type: Element
  /// Which plane of a three-dimensional array.
  package var plane = 0

  /// The array of a file; nil, with a fault, if its head, type, shape or length is not right.
  ///
  /// - Parameters:
  ///   - expected: The shape in words.
  ///   - dimensions: How many lengths a shape has.
  ///   - isShape: Whether so many lengths are it.
  package init?(
    _ input: InputBytes, expecting expected: String, dimensions: Int = 2, _ log: FaultLog,
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
    guard header.shape.count == dimensions, isShape(header.shape) else {
      let shape = header.shape.map(String.init).joined(separator: ", ")
      log.add(
        .schema, at: 0, path: JSONPath.root, "an array of shape (\(shape)); expected \(expected)")
      return nil
    }
    let count = header.numberCount
    let bytes = input.count - header.dataOffset
    guard let count, bytes / type.size == count, bytes % type.size == 0 else {
      log.add(
        .syntax, at: input.count, path: JSONPath.root,
        "\(bytes) bytes of numbers; the shape needs "
          + (count.map { "\($0) × \(type.size)" } ?? "far more"))
      return nil
    }
    self.input = input
    self.type = type
  }

  package var planeCount: Int { header.shape.count > 2 ? header.shape[0] : 1 }
  package var rowCount: Int { header.shape[header.shape.count - 2] }
  package var columnCount: Int { header.shape[header.shape.count - 1] }

  /// Where a number is in the file.
  package func offset(_ row: Int, _ column: Int) -> Int {
    let index =
      header.isFortranOrder
      ? (column * rowCount + row) * planeCount + plane
      : (plane * rowCount + row) * columnCount + column
    return header.dataOffset + index * type.size
  }

  package subscript(row: Int, column: Int) -> Double {
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

/// Whole numbers of binary formats, lowest byte first.
extension InputBytes {
  /// A number that stands at an offset.
  ///
  /// - Precondition: its bytes are within the file.
  package func integer<I: FixedWidthInteger>(at offset: Int, as type: I.Type = I.self) -> I {
    precondition(
      offset >= 0 && offset + MemoryLayout<I>.size <= count,
      "\(MemoryLayout<I>.size) bytes at \(offset) of \(count)")
    return I(littleEndian: UnsafeRawPointer(base + offset).loadUnaligned(as: I.self))
  }
}

extension [UInt8] {
  /// Appends a number.
  package mutating func append<I: FixedWidthInteger>(littleEndian value: I) {
    Swift.withUnsafeBytes(of: value.littleEndian) { append(contentsOf: $0) }
  }
}

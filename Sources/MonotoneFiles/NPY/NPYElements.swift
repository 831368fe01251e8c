/// The elements of an array as they lie in the file, for loops over millions of them.
package struct NPYElements<Element: BitwiseCopyable> {
  @usableFromInline let base: UnsafeRawPointer
  /// How many there are.
  package let count: Int
  /// Whose memory it is.
  private let input: InputBytes

  fileprivate init(_ input: InputBytes, offset: Int, count: Int) {
    base = UnsafeRawPointer(input.base + offset)
    self.count = count
    self.input = input
  }

  @inlinable package subscript(index: Int) -> Element {
    precondition(0 <= index && index < count, "element \(index) of \(count)")
    return base.loadUnaligned(
      fromByteOffset: index * MemoryLayout<Element>.size, as: Element.self)
  }
}

extension NPYTable {
  /// The elements, where they are float64 numbers, in C order and the processor's order of bytes; nil for others.
  package var doubles: NPYElements<Double>? { isFloat ? elements() : nil }

  /// The elements, where they are signed whole numbers of 64 bits, likewise.
  package var longs: NPYElements<Int64>? { isSigned ? elements() : nil }

  /// The elements, where they are signed whole numbers of 32 bits, likewise.
  package var integers: NPYElements<Int32>? { isSigned ? elements() : nil }

  private func elements<Element>() -> NPYElements<Element>? {
    guard isPlain(size: MemoryLayout<Element>.size) else { return nil }
    return NPYElements(input, offset: offset(0), count: count)
  }
}

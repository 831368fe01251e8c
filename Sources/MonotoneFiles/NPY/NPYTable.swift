/// A `.npy` array of numbers, marks or text, of any shape.
///
/// Types are those that NumPy saves without pickling: `f8 f4 i1 … i8 u1 … u8 b1 U`, in either byte order.
package struct NPYTable {
  private enum Kind {
    case float, signed, unsigned, mark, text
  }

  package let input: InputBytes
  package let shape: [Int]
  private let dataOffset: Int
  private let isFortranOrder: Bool
  private let kind: Kind
  private let size: Int
  private let isBigEndian: Bool

  /// The array of a file.
  package init(_ input: InputBytes) throws(ArchiveFault) {
    guard NPYHeader.isPresent(in: input) else {
      throw ArchiveFault(offset: 0, member: input.name, "it is no .npy array")
    }
    let header: NPYHeader
    do throws(NPYHeader.Failure) { header = try NPYHeader(input) } catch {
      throw ArchiveFault(offset: error.offset, member: input.name, error.message)
    }
    guard let type = Self.parse(header.type) else {
      throw ArchiveFault(
        offset: 0, member: input.name,
        "elements of type \(Excerpt.quoted(header.type)); save numbers, booleans or text")
    }
    (kind, size, isBigEndian) = type
    shape = header.shape
    isFortranOrder = header.isFortranOrder
    dataOffset = header.dataOffset
    self.input = input
    let bytes = input.count - header.dataOffset
    guard let count = header.numberCount,
      size == 0 ? bytes == 0 : bytes / size == count && bytes % size == 0
    else {
      let shape = header.shape.map(String.init).joined(separator: ", ")
      throw ArchiveFault(
        offset: input.count, member: input.name,
        "\(bytes) bytes of elements; the shape (\(shape)) needs another number of \(size) bytes each"
      )
    }
  }

  private static func parse(_ type: String) -> (Kind, Int, Bool)? {
    var rest = Substring(type)
    let order = rest.first
    if let order, "<>|=".contains(order) { rest = rest.dropFirst() }
    guard let letter = rest.first, let size = Int(rest.dropFirst()), size >= 0, size < 1 << 24
    else {
      return nil
    }
    let isBig = order == ">"
    switch (letter, size) {
    case ("f", 4), ("f", 8): return (.float, size, isBig)
    case ("i", 1), ("i", 2), ("i", 4), ("i", 8): return (.signed, size, isBig)
    case ("u", 1), ("u", 2), ("u", 4), ("u", 8): return (.unsigned, size, isBig)
    case ("b", 1): return (.mark, 1, false)
    case ("U", _): return (.text, 4 * size, isBig)
    default: return nil
    }
  }

  /// How many elements there are.
  package var count: Int { shape.reduce(1, *) }

  package var isText: Bool { kind == .text }

  /// Whether elements are whole numbers or marks.
  package var isWhole: Bool { kind == .signed || kind == .unsigned || kind == .mark }

  /// The element of an index in C order, as its place among the stored ones.
  private func place(_ index: Int) -> Int {
    guard isFortranOrder, shape.count > 1 else { return index }
    var (rest, place, stride) = (index, 0, count)
    // Last index first: it varies fastest in C order, slowest in Fortran's.
    for length in shape.reversed() {
      stride /= length
      place += rest % length * stride
      rest /= length
    }
    return place
  }

  /// Where an element stands in the file.
  package func offset(_ index: Int) -> Int { dataOffset + place(index) * size }

  /// The element of an index in C order as a float64 number; whole numbers beyond 2⁵³ are rounded.
  package func number(_ index: Int) -> Double {
    switch kind {
    case .float:
      let bits = bits(index)
      return size == 8
        ? Double(bitPattern: bits) : Double(Float(bitPattern: UInt32(truncatingIfNeeded: bits)))
    default: return whole(index).map { Double($0) } ?? .nan
    }
  }

  var isFloat: Bool { kind == .float }

  var isSigned: Bool { kind == .signed }

  /// Whether elements of so many bytes lie one after another, in the processor's order of bytes.
  func isPlain(size: Int) -> Bool {
    self.size == size && !isBigEndian && (!isFortranOrder || shape.count == 1)
  }

  /// Whether elements are float32, whose shortest decimals are shorter.
  package var isSingle: Bool { kind == .float && size == 4 }

  /// The element of an index as a whole number; nil for what is none.
  package func whole(_ index: Int) -> Int? {
    let bits = bits(index)
    switch kind {
    case .signed:
      let shift = 64 - 8 * size
      return Int(Int64(bitPattern: bits << shift) >> shift)
    case .unsigned, .mark: return Int(exactly: bits)
    case .float: return Int(exactly: number(index))
    case .text: return nil
    }
  }

  private func bits(_ index: Int) -> UInt64 {
    let start = offset(index)
    if size == 8, !isBigEndian { return input.integer(at: start, as: UInt64.self) }
    var bits: UInt64 = 0
    for byte in 0..<min(size, 8) {
      let value = UInt64(input.base[start + (isBigEndian ? byte : size - 1 - byte)])
      bits = bits << 8 | value
    }
    return bits
  }

  /// The text of an index; nil where elements are no text or no Unicode.
  package func text(_ index: Int) -> String? {
    guard kind == .text else { return nil }
    let start = offset(index)
    var text = String.UnicodeScalarView()
    for place in stride(from: start, to: start + size, by: 4) {
      var value = input.integer(at: place, as: UInt32.self)
      if isBigEndian { value = value.byteSwapped }
      if value == 0 { continue }
      guard let scalar = Unicode.Scalar(value) else { return nil }
      text.append(scalar)
    }
    return String(text)
  }
}

/// The dictionary in a `.npy` header, as much of Python's syntax as NumPy ever writes there:
/// `{'descr': '<f8', 'fortran_order': False, 'shape': (3, 2), }`.
package struct NPYHeaderFields {
  private let bytes: Slice<UnsafeBufferPointer<UInt8>>
  private var position: Int

  private(set) var type: String?
  private(set) var isFortranOrder: Bool?
  private(set) var shape: [Int]?

  package init(bytes: Slice<UnsafeBufferPointer<UInt8>>) {
    self.bytes = bytes
    position = bytes.startIndex
  }

  package mutating func parse() throws(NPYHeader.Failure) {
    try expect("{")
    while !accept("}") {
      let start = position
      let key = try string()
      try expect(":")
      switch key {
      case "descr" where type == nil: type = try string()
      case "fortran_order" where isFortranOrder == nil: isFortranOrder = try boolean()
      case "shape" where shape == nil: shape = try tuple()
      default:
        throw failure("an unknown or repeated key \(Excerpt.quoted(key)) in the header", at: start)
      }
      if !accept(",") {
        try expect("}")
        break
      }
    }
    skipSpace()
    guard position == bytes.endIndex else { throw failure("text after the header's dictionary") }
  }

  private var next: UInt8 { position < bytes.endIndex ? bytes[position] : 0 }

  private mutating func skipSpace() {
    while next == 0x20 || next == 0x0A || next == 0x09 { position += 1 }
  }

  private mutating func accept(_ character: Unicode.Scalar) -> Bool {
    skipSpace()
    guard next == UInt8(ascii: character) else { return false }
    position += 1
    return true
  }

  private mutating func expect(_ character: Unicode.Scalar) throws(NPYHeader.Failure) {
    if !accept(character) { throw failure("expected `\(character)` in the header") }
  }

  private mutating func string() throws(NPYHeader.Failure) -> String {
    skipSpace()
    let quote = next
    guard quote == UInt8(ascii: "'") || quote == UInt8(ascii: "\"") else {
      throw failure("expected a string in the header; arrays of records are not policies")
    }
    position += 1
    guard let end = bytes[position...].firstIndex(of: quote) else {
      throw failure("a string without end in the header")
    }
    defer { position = end + 1 }
    return String(decoding: bytes[position..<end], as: UTF8.self)
  }

  private mutating func boolean() throws(NPYHeader.Failure) -> Bool {
    skipSpace()
    for (word, value) in [("True", true), ("False", false)]
    where bytes[position...].starts(with: word.utf8) {
      position += word.utf8.count
      return value
    }
    throw failure("expected True or False in the header")
  }

  private mutating func tuple() throws(NPYHeader.Failure) -> [Int] {
    try expect("(")
    var lengths: [Int] = []
    while !accept(")") {
      let start = position
      while next &- 0x30 < 10 { position += 1 }
      guard
        position - start <= 18,
        let length = Int(String(decoding: bytes[start..<position], as: UTF8.self))
      else { throw failure("expected a length in the shape", at: start) }
      lengths.append(length)
      if !accept(",") {
        try expect(")")
        break
      }
    }
    return lengths
  }

  private func failure(_ message: String, at offset: Int? = nil) -> NPYHeader.Failure {
    NPYHeader.Failure(offset: offset ?? position, message: message)
  }
}

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// The header of a safetensors file, read strictly.
///
/// Own reader: Foundation's keeps the last of two entries of one name and tells nobody. The grammar
/// is flat, so that no input can make it recurse.
struct SafetensorsHeader {
  /// The header's entry for a tensor.
  struct Entry {
    var name = ""
    var type = ""
    var shape: [Int] = []
    var start = 0
    var end = 0
  }

  private(set) var metadata: [String: String] = [:]
  private(set) var entries: [Entry] = []

  private let file: String
  private let bytes: [UInt8]
  private var position = 0

  /// Reads the bytes between the length and the numbers.
  init(_ bytes: [UInt8], file: String) throws(InvalidSafetensors) {
    self.bytes = bytes
    self.file = file
    guard bytes.first == UInt8(ascii: "{") else { throw unexpected("{ at once") }
    var names: Set<String> = []
    try readObject { (self: inout Self, name) throws(InvalidSafetensors) in
      guard names.insert(name).inserted else {
        throw self.fault("two entries \(name.debugDescription)", "one")
      }
      if name == Safetensors.metadataKey {
        try self.readMetadata()
      } else {
        try self.readEntry(name)
      }
    }
    skipSpace()
    guard position == bytes.count else { throw unexpected("nothing more") }
  }

  private mutating func readMetadata() throws(InvalidSafetensors) {
    try readObject { (self: inout Self, name) throws(InvalidSafetensors) in
      let text = try self.readString()
      guard self.metadata.updateValue(text, forKey: name) == nil else {
        throw self.fault("two texts \(name.debugDescription)", "one")
      }
    }
  }

  private mutating func readEntry(_ name: String) throws(InvalidSafetensors) {
    var entry = Entry(name: name)
    var keys: Set<String> = []
    try readObject { (self: inout Self, key) throws(InvalidSafetensors) in
      guard keys.insert(key).inserted else {
        throw self.fault("\(key.debugDescription) twice in tensor \(name.debugDescription)", "once")
      }
      switch key {
      case "dtype": entry.type = try self.readString()
      case "shape": entry.shape = try self.readIntegers()
      case "data_offsets":
        let offsets = try self.readIntegers()
        guard offsets.count == 2, offsets[0] <= offsets[1] else {
          throw self.fault(
            "data_offsets \(offsets) in tensor \(name.debugDescription)", "a start and an end")
        }
        (entry.start, entry.end) = (offsets[0], offsets[1])
      default:
        throw self.fault(
          "\(key.debugDescription) in tensor \(name.debugDescription)",
          "dtype, shape and data_offsets")
      }
    }
    guard keys.count == 3 else {
      throw fault(
        "only \(keys.sorted().joined(separator: ", ")) in tensor \(name.debugDescription)",
        "dtype, shape and data_offsets")
    }
    entries.append(entry)
  }

  /// `{ "name": value, … }`, each value read by `read`.
  private mutating func readObject(
    _ read: (inout Self, String) throws(InvalidSafetensors) -> Void
  ) throws(InvalidSafetensors) {
    try readList(from: "{", to: "}") { (self: inout Self) throws(InvalidSafetensors) in
      let name = try self.readString()
      guard self.take(":") else { throw self.unexpected(":") }
      try read(&self, name)
    }
  }

  private mutating func readIntegers() throws(InvalidSafetensors) -> [Int] {
    var integers: [Int] = []
    try readList(from: "[", to: "]") { (self: inout Self) throws(InvalidSafetensors) in
      integers.append(try self.readInteger())
    }
    return integers
  }

  /// Items with commas between them, between brackets.
  private mutating func readList(
    from open: Unicode.Scalar, to close: Unicode.Scalar,
    _ readItem: (inout Self) throws(InvalidSafetensors) -> Void
  ) throws(InvalidSafetensors) {
    guard take(open) else { throw unexpected("\(open)") }
    if take(close) { return }
    repeat { try readItem(&self) } while take(",")
    guard take(close) else { throw unexpected(", or \(close)") }
  }

  private mutating func readInteger() throws(InvalidSafetensors) -> Int {
    skipSpace()
    let start = position
    while position < bytes.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[position])
    {
      position += 1
    }
    let digits = String(decoding: bytes[start..<position], as: UTF8.self)
    guard let value = Int(digits), digits == "0" || !digits.hasPrefix("0") else {
      position = start
      throw unexpected("an integer from 0 to \(Int.max)")
    }
    return value
  }

  private mutating func readString() throws(InvalidSafetensors) -> String {
    guard take("\"") else { throw unexpected("a text") }
    let start = position - 1
    while position < bytes.count, bytes[position] != UInt8(ascii: "\"") {
      position += bytes[position] == UInt8(ascii: "\\") ? 2 : 1
    }
    guard position < bytes.count else {
      position = start
      throw unexpected("a text that ends")
    }
    position += 1
    // The library knows UTF-8 and escapes, and refuses what is neither.
    guard let text = try? JSONDecoder().decode(String.self, from: Data(bytes[start..<position]))
    else {
      position = start
      throw unexpected("a text in JSON")
    }
    return text
  }

  private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
    skipSpace()
    guard position < bytes.count, bytes[position] == UInt8(ascii: scalar) else { return false }
    position += 1
    return true
  }

  private mutating func skipSpace() {
    while position < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[position]) {
      position += 1
    }
  }

  private func unexpected(_ expected: String) -> InvalidSafetensors {
    guard position < bytes.count else { return fault("its end", expected) }
    let excerpt = String(decoding: bytes[position...].prefix(20), as: UTF8.self)
    return fault("\(excerpt.debugDescription) at byte \(position)", expected)
  }

  private func fault(_ found: String, _ expected: String) -> InvalidSafetensors {
    InvalidSafetensors(file: file, part: "header", found: found, expected: expected)
  }
}

/// A `.tar` archive of plain files: ustar, with the long names of pax and GNU.
///
/// Source: POSIX.1-2017, pax, "ustar Interchange Format" and "pax Extended Header".
package struct TarArchive {
  /// The bytes of a member, by their place in the archive.
  package struct Member: Sendable {
    package let name: String
    package let range: Range<Int>
  }

  package let input: InputBytes
  /// Plain files by name.
  package private(set) var members: [String: Member] = [:]

  private static let block = 512

  /// Whether a file claims to be such an archive.
  package static func isPresent(in input: InputBytes) -> Bool {
    input.count >= block && input.buffer[257..<262].elementsEqual("ustar".utf8)
  }

  /// Reads the heads of all members.
  package init(_ input: InputBytes) throws(ArchiveFault) {
    self.input = input
    var place = 0
    var longName: String?
    while true {
      guard place + Self.block <= input.count else {
        throw ArchiveFault(
          offset: input.count, "the archive ends without its end mark; the file may be cut off")
      }
      let head = input.buffer[place..<(place + Self.block)]
      if head.allSatisfy({ $0 == 0 }) { return }
      let size = try size(head, at: place)
      let start = place + Self.block
      guard size <= input.count - start else {
        throw ArchiveFault(
          offset: place, member: Self.text(head, 0, 100),
          "\(size) bytes, of which the file holds \(input.count - start)")
      }
      let range = start..<(start + size)
      switch head[place + 156] {
      case UInt8(ascii: "0"), 0:
        let name = Self.plain(longName ?? Self.name(head))
        guard members.updateValue(Member(name: name, range: range), forKey: name) == nil else {
          throw ArchiveFault(offset: place, member: name, "the archive holds it twice")
        }
        longName = nil
      case UInt8(ascii: "5"): longName = nil
      case UInt8(ascii: "L"): longName = Self.text(input.buffer[range], 0, size)
      case UInt8(ascii: "x"): longName = Self.paxPath(input.buffer[range]) ?? longName
      case UInt8(ascii: "g"): break
      default:
        throw ArchiveFault(
          offset: place, member: Self.name(head), "it is no plain file; pack plain files only")
      }
      place = start + (size + Self.block - 1) / Self.block * Self.block
    }
  }

  private func size(
    _ head: Slice<UnsafeBufferPointer<UInt8>>, at place: Int
  ) throws(ArchiveFault) -> Int {
    let checksum = head.enumerated().reduce(0) { sum, byte in
      sum + ((148..<156).contains(byte.offset) ? 0x20 : Int(byte.element))
    }
    guard Self.octal(head, 148, 8) == checksum else {
      throw ArchiveFault(
        offset: place, "the head of a member has a wrong checksum: the file is damaged")
    }
    guard let size = Self.octal(head, 124, 12) else {
      throw ArchiveFault(offset: place, "the size of a member is no number")
    }
    return size
  }

  /// A field of octal digits, or, with the highest bit of its first byte, of a binary number.
  private static func octal(
    _ head: Slice<UnsafeBufferPointer<UInt8>>, _ start: Int, _ count: Int
  ) -> Int? {
    let bytes = head.dropFirst(start).prefix(count)
    if let first = bytes.first, first == 0x80 {
      guard bytes.dropFirst().dropLast(7).allSatisfy({ $0 == 0 }) else { return nil }
      return bytes.suffix(7).reduce(0) { $0 << 8 | Int($1) }
    }
    let digits = bytes.drop { $0 == 0x20 }.prefix { $0 != 0x20 && $0 != 0 }
    var number = 0
    for digit in digits {
      guard digit &- 0x30 < 8 else { return nil }
      number = number << 3 | Int(digit &- 0x30)
    }
    return number
  }

  private static func text(
    _ bytes: Slice<UnsafeBufferPointer<UInt8>>, _ start: Int, _ count: Int
  ) -> String {
    String(decoding: bytes.dropFirst(start).prefix(count).prefix { $0 != 0 }, as: UTF8.self)
  }

  private static func name(_ head: Slice<UnsafeBufferPointer<UInt8>>) -> String {
    let name = text(head, 0, 100)
    let prefix = text(head, 257, 6) == "ustar" ? text(head, 345, 155) : ""
    return prefix.isEmpty ? name : "\(prefix)/\(name)"
  }

  /// A name without `./` before it.
  private static func plain(_ name: String) -> String {
    name.hasPrefix("./") ? String(name.dropFirst(2)) : name
  }

  /// The path of records such as `19 path=some/name\n`.
  private static func paxPath(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> String? {
    for record in bytes.split(separator: UInt8(ascii: "\n")) {
      guard let space = record.firstIndex(of: 0x20) else { continue }
      let text = String(decoding: record[(space + 1)...], as: UTF8.self)
      if text.hasPrefix("path=") { return String(text.dropFirst(5)) }
    }
    return nil
  }
}

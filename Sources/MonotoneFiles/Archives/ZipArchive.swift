/// A `.zip` archive as NumPy writes them (`.npz`): members stored or deflated, below 4 GiB.
///
/// Only the directory at the end is trusted for places and sizes, and these only after they fit the file and
/// the limit. Source: PKWARE, .ZIP File Format Specification (APPNOTE), 4.3 and 4.4.
package struct ZipArchive {
  /// A member as the directory describes it.
  package struct Member: Sendable {
    package let name: String
    /// Where the directory describes it.
    package let offset: Int
    let method: UInt16
    let checksum: UInt32
    let compressedSize: Int
    let size: Int
    let localOffset: Int
  }

  static let magic: [UInt8] = [0x50, 0x4B, 0x03, 0x04]

  private let input: InputBytes
  private let limit: Int
  package let members: [Member]

  /// Whether a file claims to be such an archive.
  package static func isPresent(in input: InputBytes) -> Bool { input.buffer.starts(with: magic) }

  /// Reads the directory of a file.
  ///
  /// - Parameter memory: The most bytes that memory allows for.
  package init(_ input: InputBytes, memory: Int) throws(ArchiveFault) {
    self.input = input
    limit = ArchiveLimit(compressed: input.count, memory: memory).bytes
    let end = try Self.endOfDirectory(input)
    let count = Int(input.integer(at: end + 10, as: UInt16.self))
    var place = Int(input.integer(at: end + 16, as: UInt32.self))
    var members: [Member] = []
    var names: Set<String> = []
    var total = 0
    for _ in 0..<count {
      guard place + 46 <= end, input.integer(at: place, as: UInt32.self) == 0x0201_4B50 else {
        throw ArchiveFault(
          offset: min(place, input.count), "expected an entry of the archive's directory")
      }
      let field = { (offset: Int) in Int(input.integer(at: place + offset, as: UInt32.self)) }
      let half = { (offset: Int) in Int(input.integer(at: place + offset, as: UInt16.self)) }
      let (nameLength, extraLength, commentLength) = (half(28), half(30), half(32))
      guard place + 46 + nameLength <= end else {
        throw ArchiveFault(offset: place, "the name of a member leaves the directory")
      }
      let name = String(
        decoding: input.buffer[(place + 46)..<(place + 46 + nameLength)], as: UTF8.self)
      let member = Member(
        name: name, offset: place, method: input.integer(at: place + 10),
        checksum: input.integer(at: place + 16), compressedSize: field(20), size: field(24),
        localOffset: field(42))
      guard half(8) & 1 == 0 else {
        throw ArchiveFault(
          offset: place, member: name, "it is encrypted; save it without a password")
      }
      guard member.size < 0xFFFF_FFFF, member.compressedSize < 0xFFFF_FFFF else {
        throw ArchiveFault(offset: place, member: name, "it has 4 GiB or more; split the model")
      }
      guard names.insert(name).inserted else {
        throw ArchiveFault(offset: place, member: name, "the archive holds it twice")
      }
      total += member.size
      guard total <= limit else {
        throw ArchiveFault(
          offset: place, member: name, "the archive holds \(ArchiveLimit.text(limit))")
      }
      members.append(member)
      place += 46 + nameLength + extraLength + commentLength
    }
    self.members = members
  }

  /// Where the record at the end of the directory starts, sought backwards past a comment.
  private static func endOfDirectory(_ input: InputBytes) throws(ArchiveFault) -> Int {
    var place = input.count - 22
    let first = max(0, place - 0xFFFF)
    while place >= first {
      if input.integer(at: place, as: UInt32.self) == 0x0605_4B50,
        place + 22 + Int(input.integer(at: place + 20, as: UInt16.self)) == input.count
      {
        return place
      }
      place -= 1
    }
    throw ArchiveFault(
      offset: input.count, "the archive's directory is missing; the file may be cut off")
  }

  /// The bytes of a member, as a file of its own; without padding where they are stored as they are.
  package func contents(of member: Member) throws(ArchiveFault) -> InputBytes {
    let head = member.localOffset
    guard head + 30 <= input.count, input.integer(at: head, as: UInt32.self) == 0x0403_4B50 else {
      throw ArchiveFault(
        offset: min(head, input.count), member: member.name, "its head is missing")
    }
    let start =
      head + 30 + Int(input.integer(at: head + 26, as: UInt16.self))
      + Int(input.integer(at: head + 28, as: UInt16.self))
    guard start + member.compressedSize <= input.count else {
      throw ArchiveFault(offset: head, member: member.name, "its bytes leave the file")
    }
    let range = start..<start + member.compressedSize
    let contents: InputBytes
    switch member.method {
    case 0: contents = InputBytes(range, of: input, name: member.name)
    case 8:
      let bytes = UnsafeBufferPointer(rebasing: input.buffer[range])
      contents = try Deflate.expand(bytes, .none, at: start, limit: member.size, name: member.name)
    default:
      throw ArchiveFault(
        offset: member.offset, member: member.name,
        "it is compressed by method \(member.method); expected 0 (stored) or 8 (deflate)")
    }
    guard contents.count == member.size else {
      throw ArchiveFault(
        offset: start, member: member.name,
        "\(contents.count) bytes; the directory says \(member.size)")
    }
    guard Deflate.checksum(contents.buffer) == member.checksum else {
      throw ArchiveFault(
        offset: start, member: member.name, "its checksum is wrong: the file is damaged")
    }
    return contents
  }
}

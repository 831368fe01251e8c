/// Writes `.zip` archives of members below 4 GiB.
package struct ZipWriter {
  private var bytes: [UInt8] = []
  private var directory: [UInt8] = []
  private var count = 0
  private let limit: Int
  /// The first member that did not fit; what comes after it is dropped.
  private var excess: String?

  /// - Parameter limit: The most bytes that the archive and each member may have.
  package init(limit: Int = sizeLimit) { self.limit = limit }

  /// The most bytes that an archive and its members may have.
  package static let sizeLimit = 0xFFFF_FFFF

  /// Adds a member, deflated where that is shorter.
  ///
  /// - Parameter compresses: Whether deflating may be tried; numbers with many digits hardly shrink.
  package mutating func add(_ name: String, _ contents: [UInt8], compresses: Bool = true) {
    guard contents.count < limit else {
      excess = excess ?? name
      return
    }
    let deflated = compresses ? Deflate.compress(contents, .none) : contents
    let isShorter = deflated.count < contents.count
    let stored = isShorter ? deflated : contents
    // Heads and the directory take less than the names and 128 bytes for each member.
    let head = 128 + 2 * name.utf8.count
    guard excess == nil, bytes.count + directory.count + head + stored.count < limit else {
      excess = excess ?? name
      return
    }
    var fields: [UInt8] = []
    // Version 2.0, UTF-8 names, the method, and midnight of 1980-01-01: the same bytes every time.
    fields.append(littleEndian: UInt16(20))
    fields.append(littleEndian: UInt16(1 << 11))
    fields.append(littleEndian: UInt16(isShorter ? 8 : 0))
    fields.append(littleEndian: UInt16(0))
    fields.append(littleEndian: UInt16(0x21))
    fields.append(littleEndian: contents.withUnsafeBufferPointer { Deflate.checksum($0) })
    fields.append(littleEndian: UInt32(stored.count))
    fields.append(littleEndian: UInt32(contents.count))
    fields.append(littleEndian: UInt16(name.utf8.count))
    fields.append(littleEndian: UInt16(0))
    let offset = bytes.count
    bytes += ZipArchive.magic + fields + name.utf8 + stored
    directory.append(littleEndian: UInt32(0x0201_4B50))
    directory.append(littleEndian: UInt16(20))
    directory += fields
    directory += [UInt8](repeating: 0, count: 10)
    directory.append(littleEndian: UInt32(offset))
    directory += name.utf8
    count += 1
  }

  /// The archive.
  package func finish() throws(ArchiveOverflow) -> [UInt8] {
    if let excess { throw ArchiveOverflow(member: excess) }
    var end: [UInt8] = []
    end.append(littleEndian: UInt32(0x0605_4B50))
    end.append(littleEndian: UInt32(0))
    end.append(littleEndian: UInt16(count))
    end.append(littleEndian: UInt16(count))
    end.append(littleEndian: UInt32(directory.count))
    end.append(littleEndian: UInt32(bytes.count))
    end.append(littleEndian: UInt16(0))
    return bytes + directory + end
  }
}

/// An archive that would be larger than its format allows.
package struct ArchiveOverflow: Error, Sendable {
  /// The member that does not fit.
  package let member: String
}

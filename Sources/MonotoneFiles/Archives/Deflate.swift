internal import CZlib

/// Compression by deflate, by zlib.
package enum Deflate {
  /// The head and checksum around the compressed bytes.
  package enum Wrapping: Int32 {
    /// Nothing, as in `.zip`.
    case none = -15
    /// The head and the checksum of `.gz`.
    case gzip = 31
  }

  /// The bytes that were compressed; of `.gz`, those of all its parts.
  ///
  /// - Parameters:
  ///   - start: Where the bytes stand, for messages.
  package static func expand(
    _ bytes: UnsafeBufferPointer<UInt8>, _ wrapping: Wrapping, at start: Int = 0, limit: Int,
    name: String
  ) throws(ArchiveFault) -> InputBytes {
    var stream = z_stream()
    guard monotone_inflate_init(&stream, wrapping.rawValue) == Z_OK else {
      throw ArchiveFault(offset: start, "no memory to expand it")
    }
    defer { inflateEnd(&stream) }
    var output = GrowingBuffer(limit: limit)
    var taken = 0
    while true {
      let piece = min(bytes.count - taken, 1 << 30)
      stream.next_in = UnsafeMutablePointer(mutating: bytes.baseAddress.map { $0 + taken })
      stream.avail_in = UInt32(piece)
      let status = output.withRoom { room, size in
        let size = min(size, 1 << 30)
        stream.next_out = room
        stream.avail_out = UInt32(size)
        let status = inflate(&stream, Z_NO_FLUSH)
        return (status, written: size - Int(stream.avail_out))
      }
      taken += piece - Int(stream.avail_in)
      guard !output.isBeyondLimit else {
        throw ArchiveFault(offset: start, "it holds \(ArchiveLimit.text(limit))")
      }
      switch status {
      case Z_STREAM_END:
        guard taken < bytes.count else { return output.finish(name: name) }
        guard wrapping == .gzip, inflateReset(&stream) == Z_OK else {
          throw ArchiveFault(offset: start + taken, "bytes follow the end of the compressed ones")
        }
      case Z_OK: break
      case Z_BUF_ERROR where taken >= bytes.count:
        throw ArchiveFault(offset: start + taken, "the compressed bytes end too early")
      case Z_BUF_ERROR: break
      default:
        throw ArchiveFault(
          offset: start + taken, "the compressed bytes are damaged; make the file anew")
      }
    }
  }

  /// Compresses bytes.
  package static func compress(_ bytes: [UInt8], _ wrapping: Wrapping) -> [UInt8] {
    var stream = z_stream()
    guard monotone_deflate_init(&stream, wrapping.rawValue) == Z_OK else {
      preconditionFailure("zlib has no memory to compress \(bytes.count) bytes")
    }
    defer { deflateEnd(&stream) }
    var output: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 1 << 16)
    var taken = 0
    bytes.withUnsafeBufferPointer { bytes in
      var status = Z_OK
      while status != Z_STREAM_END {
        let count = min(bytes.count - taken, 1 << 30)
        stream.next_in = UnsafeMutablePointer(mutating: bytes.baseAddress.map { $0 + taken })
        stream.avail_in = UInt32(count)
        let isLast = taken + count == bytes.count
        status = piece.withUnsafeMutableBufferPointer { piece in
          stream.next_out = piece.baseAddress
          stream.avail_out = UInt32(piece.count)
          return deflate(&stream, isLast ? Z_FINISH : Z_NO_FLUSH)
        }
        taken += count - Int(stream.avail_in)
        output += piece[..<(piece.count - Int(stream.avail_out))]
      }
    }
    return output
  }

  /// The checksum of `.zip`.
  package static func checksum(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt32 {
    var sum = crc32(0, nil, 0)
    var start = 0
    while start < bytes.count {
      let count = min(bytes.count - start, 1 << 30)
      sum = crc32(sum, bytes.baseAddress.map { $0 + start }, UInt32(count))
      start += count
    }
    return UInt32(truncatingIfNeeded: sum)
  }
}

internal import CLZMA

/// The compressed format `.xz`, by liblzma.
package enum XZ {
  /// The memory that the decoder may take for its dictionary: files of `xz -9` need 65 MiB.
  private static let memoryLimit: UInt64 = 256 << 20

  /// LZMA_CONCATENATED, a macro that Swift does not see.
  private static let concatenated: UInt32 = 0x08

  static let magic: [UInt8] = [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00]

  /// The bytes that were compressed.
  package static func expand(
    _ bytes: UnsafeBufferPointer<UInt8>, limit: Int, name: String
  ) throws(ArchiveFault) -> InputBytes {
    var stream = lzma_stream()
    guard
      lzma_stream_decoder(&stream, memoryLimit, concatenated) == LZMA_OK
    else { throw ArchiveFault(offset: 0, "no memory to expand it") }
    defer { lzma_end(&stream) }
    stream.next_in = bytes.baseAddress
    stream.avail_in = bytes.count
    var output = GrowingBuffer(limit: limit)
    while true {
      let status = output.withRoom { room, size in
        stream.next_out = room
        stream.avail_out = size
        let status = lzma_code(&stream, LZMA_FINISH)
        return (status, written: size - stream.avail_out)
      }
      guard !output.isBeyondLimit else {
        throw ArchiveFault(offset: 0, "it holds \(ArchiveLimit.text(limit))")
      }
      let taken = bytes.count - stream.avail_in
      switch status {
      case LZMA_STREAM_END: return output.finish(name: name)
      case LZMA_OK: break
      case LZMA_MEMLIMIT_ERROR:
        throw ArchiveFault(
          offset: taken,
          "expanding it takes more than \(memoryLimit >> 20) MiB; compress it with xz -9 or less")
      case LZMA_BUF_ERROR:
        throw ArchiveFault(offset: taken, "the compressed bytes end too early")
      default:
        throw ArchiveFault(offset: taken, "the compressed bytes are damaged; make the file anew")
      }
    }
  }

  /// Compresses bytes.
  package static func compress(_ bytes: [UInt8]) -> [UInt8] {
    var output = [UInt8](repeating: 0, count: lzma_stream_buffer_bound(bytes.count))
    var count = 0
    let status = lzma_easy_buffer_encode(
      6, LZMA_CHECK_CRC64, nil, bytes, bytes.count, &output, &count, output.count)
    precondition(status == LZMA_OK, "liblzma cannot compress \(bytes.count) bytes: \(status)")
    output.removeSubrange(count...)
    return output
  }
}

/// How a file is compressed as a whole.
package enum Compression: String, Sendable, CaseIterable {
  case none, gz, xz

  /// The compression of a file, by its first bytes.
  package static func of(_ input: InputBytes) -> Compression {
    if input.buffer.starts(with: [0x1F, 0x8B]) { return .gz }
    if input.buffer.starts(with: XZ.magic) { return .xz }
    return .none
  }

  /// The compression that a file's name tells.
  package static func ofName(_ path: String) -> Compression {
    allCases.first { path.lowercased().hasSuffix(".\($0.rawValue)") } ?? .none
  }

  /// The bytes of a file without its compression.
  ///
  /// - Parameter memory: The most bytes that memory allows for.
  package static func expand(
    _ input: InputBytes, memory: Int
  ) throws(ArchiveFault) -> InputBytes {
    let limit = ArchiveLimit(compressed: input.count, memory: memory).bytes
    switch of(input) {
    case .none: return input
    case .gz: return try Deflate.expand(input.buffer, .gzip, limit: limit, name: input.name)
    case .xz: return try XZ.expand(input.buffer, limit: limit, name: input.name)
    }
  }

  /// Bytes in this compression.
  package func compress(_ bytes: [UInt8]) -> [UInt8] {
    switch self {
    case .none: bytes
    case .gz: Deflate.compress(bytes, .gzip)
    case .xz: XZ.compress(bytes)
    }
  }
}

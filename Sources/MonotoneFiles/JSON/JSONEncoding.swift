#if canImport(FoundationEssentials)
  package import FoundationEssentials
#else
  package import Foundation
#endif

/// Encodable values as JSON bytes that depend on the value alone: keys are sorted, slashes stand as they
/// are, and numbers are the shortest that read back as the same float64.
package enum JSONEncoding {
  /// The bytes, without a newline at the end.
  ///
  /// - Parameters:
  ///   - indented: Whether each member stands on a line of its own.
  ///   - snakeCase: Whether keys are written `like_this`, as formats of others have them.
  /// - Throws: `EncodingError` for NaN and infinity, which JSON does not have.
  package static func bytes(
    _ value: some Encodable, indented: Bool, snakeCase: Bool = false
  ) throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    if indented { encoder.outputFormatting.insert(.prettyPrinted) }
    if snakeCase { encoder.keyEncodingStrategy = .convertToSnakeCase }
    return try encoder.encode(value)
  }
}

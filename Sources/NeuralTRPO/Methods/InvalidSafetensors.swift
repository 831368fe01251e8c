/// Why a file is no safetensors file, or not the one that was expected.
package struct InvalidSafetensors: Error, Sendable, Equatable, CustomStringConvertible {
  /// The name of the file.
  package var file: String
  /// Where in it: `header`, `data`, or `tensor` with a name.
  package var part: String
  /// The value found.
  package var found: String
  /// The value expected.
  package var expected: String

  /// The fault, with its place.
  package var description: String { "\(file): \(part): found \(found), expected \(expected)" }
}

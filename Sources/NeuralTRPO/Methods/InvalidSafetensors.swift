/// Why a file is no safetensors file, or not the one that was expected.
package struct InvalidSafetensors: Error, Sendable, Equatable, CustomStringConvertible {
  /// What the file is called.
  package var file: String
  /// Where in it: `header`, `data`, or `tensor` with a name.
  package var part: String
  /// What is there.
  package var found: String
  /// What should be.
  package var expected: String

  /// What is wrong.
  package var description: String { "\(file): \(part): found \(found), expected \(expected)" }
}

/// Why a file is no safetensors file, or not the one that was expected.
public struct InvalidSafetensors: Error, Sendable, Equatable, CustomStringConvertible {
  /// What the file is called.
  public var file: String
  /// Where in it: `header`, `data`, or `tensor` with a name.
  public var part: String
  /// What is there.
  public var found: String
  /// What should be.
  public var expected: String

  /// What is wrong.
  public var description: String { "\(file): \(part): found \(found), expected \(expected)" }
}

/// Why a checkpoint cannot be gone on from.
public struct InvalidCheckpoint: Error, Sendable, Equatable, CustomStringConvertible {
  /// What is wrong.
  public var description: String

  public init(_ description: String) { self.description = description }
}

/// Why a checkpoint cannot be gone on from.
package struct InvalidCheckpoint: Error, Sendable, Equatable, CustomStringConvertible {
  /// What is wrong.
  package var description: String

  package init(_ description: String) { self.description = description }
}

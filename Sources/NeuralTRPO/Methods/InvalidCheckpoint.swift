/// Why a checkpoint cannot be gone on from.
package struct InvalidCheckpoint: Error, Sendable, Equatable, CustomStringConvertible {
  /// The fault.
  package var description: String

  package init(_ description: String) { self.description = description }
}

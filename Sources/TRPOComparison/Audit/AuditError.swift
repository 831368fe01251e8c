/// A fault of a policy of a chain, or of the batch or the number that came with it.
public struct AuditError: Sendable, Equatable, Codable {
  /// Updates that have no verdict for it.
  public var updates: [Int]
  /// Where and what.
  public var message: String

  package init(updates: [Int], message: String) {
    self.updates = updates
    self.message = message
  }
}

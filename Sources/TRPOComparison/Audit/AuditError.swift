/// What is wrong with a policy of a chain, or with what came along with it.
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

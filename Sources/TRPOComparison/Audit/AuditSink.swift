/// Where an audit's rows go as they come.
public struct AuditSink: Sendable {
  /// Takes an update that was audited.
  public var audited: @Sendable (UpdateAudit) throws -> Void
  /// Takes the number of an update that has no verdict, and why.
  public var lost: @Sendable (_ index: Int, _ reason: String) throws -> Void

  /// A sink; by default nobody looks before the end.
  public init(
    audited: @escaping @Sendable (UpdateAudit) throws -> Void = { _ in },
    lost: @escaping @Sendable (_ index: Int, _ reason: String) throws -> Void = { _, _ in }
  ) {
    self.audited = audited
    self.lost = lost
  }
}

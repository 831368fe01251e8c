internal import Synchronization

/// Something that is open, behind a handle.
protocol Session: AnyObject, Sendable {}

/// The open sessions. A handle is a number and no address, so that a closed or invented one is only wrong.
enum Sessions {
  private struct Table {
    var next: UInt64 = 1
    var open: [UInt64: any Session] = [:]
  }

  private static let table = Mutex(Table())

  static func open(_ session: any Session) -> UInt64 {
    table.withLock { table in
      defer { table.next += 1 }
      table.open[table.next] = session
      return table.next
    }
  }

  static func close(_ handle: UInt64) throws(CallFailure) {
    let closed = table.withLock { $0.open.removeValue(forKey: handle) }
    guard closed != nil else { throw absent(handle) }
  }

  /// The session of a handle.
  static func session<S: Session>(_ handle: UInt64, as type: S.Type, _ noun: String)
    throws(CallFailure) -> S
  {
    guard let session = table.withLock({ $0.open[handle] }) else { throw absent(handle) }
    guard let session = session as? S else {
      throw CallFailure("handle \(handle): stands for something else; expected \(noun)")
    }
    return session
  }

  static func model(_ handle: UInt64) throws(CallFailure) -> ModelSession {
    try session(handle, as: ModelSession.self, "a model")
  }

  static func audit(_ handle: UInt64) throws(CallFailure) -> AuditSession {
    try session(handle, as: AuditSession.self, "an audit")
  }

  static func environment(_ handle: UInt64) throws(CallFailure) -> EnvironmentSession {
    try session(handle, as: EnvironmentSession.self, "an environment")
  }

  private static func absent(_ handle: UInt64) -> CallFailure {
    CallFailure(
      "handle \(handle): nothing is open under it; it was closed, or never opened")
  }
}

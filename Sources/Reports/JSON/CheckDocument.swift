public import Guarantees

/// The document of `check --json`: an update's check with its schema beside it, in one object.
public struct CheckDocument: Sendable, Equatable, Encodable {
  /// The schema name that documents carry.
  public static let schema = "monotone/check/v1"

  /// The check.
  public var check: UpdateCheck

  public init(_ check: UpdateCheck) { self.check = check }

  private enum Key: String, CodingKey { case schema }

  public func encode(to encoder: any Encoder) throws {
    try check.encode(to: encoder)
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(Self.schema, forKey: .schema)
  }
}

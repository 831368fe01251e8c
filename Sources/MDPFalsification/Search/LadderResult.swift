/// The share of every bound that searches attained, and the refutation of every false variant: schema `monotone/ladder-search/v1`.
public struct LadderResult: Encodable, Sendable {
  public var schema = "monotone/ladder-search/v1"
  public var seed: UInt64
  public var budget: Int
  public var bounds: [Attainment] = []
  public var refutations: [Refuted] = []
}

extension LadderResult {
  /// A bound, and the worst update that was found.
  public struct Attainment: Encodable, Sendable {
    public var id: String
    /// |G|/B of the worst update found.
    public var attained: Double
    /// The constant in the theorem.
    public var constant: Double
    /// The constant that this update shows to be needed.
    public var needed: Double
    public var states: Int
    public var files: String
  }

  /// A false variant, and its smallest counterexample.
  public struct Refuted: Encodable, Sendable {
    public var id: String
    public var statement: String
    public var isRefuted: Bool
    public var states: Int?
    public var actions: Int?
    public var margin: Double?
    public var files: String?
    /// The command that shows the violation again, in the folder where the search ran.
    public var command: String?
  }
}

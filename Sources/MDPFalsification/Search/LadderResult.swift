/// The share of every bound that searches attained, and the refutation of every false variant: schema `monotone/ladder-search/v1`.
public struct LadderResult: Encodable, Sendable {
  /// The version of the format.
  public var schema = "monotone/ladder-search/v1"
  /// The seed of all searches.
  public var seed: UInt64
  /// The number of updates evaluated per search.
  public var budget: Int
  /// The bounds, in the order of the catalogue.
  public var bounds: [Attainment] = []
  /// The false variants, in the order of the catalogue.
  public var refutations: [Refuted] = []
}

extension LadderResult {
  /// A bound, and the worst update that was found.
  public struct Attainment: Encodable, Sendable {
    /// The identifier of the claim.
    public var id: String
    /// |G|/B of the worst update found.
    public var attained: Double
    /// The constant in the theorem.
    public var constant: Double
    /// The constant that this update shows to be needed.
    public var needed: Double
    /// |S| of that update's model.
    public var states: Int
    /// The stem of that update's files.
    public var files: String
  }

  /// A false variant, and its smallest counterexample.
  public struct Refuted: Encodable, Sendable {
    /// The identifier of the claim.
    public var id: String
    /// The statement, which is false.
    public var statement: String
    /// Whether a counterexample was found.
    public var isRefuted: Bool
    /// |S| of the counterexample's model.
    public var states: Int?
    /// |A| of the counterexample's model.
    public var actions: Int?
    /// The margin by which it is violated, below 0.
    public var margin: Double?
    /// The stem of the counterexample's files.
    public var files: String?
    /// The command that shows the violation again, in the folder where the search ran.
    public var command: String?
  }
}

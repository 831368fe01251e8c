/// A campaign's result as JSON: schema `monotone/fuzz/v1`.
public struct CampaignDocument: Encodable, Sendable {
  public var schema = "monotone/fuzz/v1"
  public var seed: UInt64
  public var cases: Int
  public var replayed: Int
  public var stillViolated: [String]
  public var properties: [Property]

  /// What came of one property.
  public struct Property: Encodable, Sendable {
    public var id: String
    public var kind: String
    public var statement: String
    public var holds: Int
    public var notRefuted: Int
    public var notApplicable: Int
    public var undecided: Int
    public var violated: Int
    public var firstUndecided: Int?
    public var counterexample: Counterexample?
  }

  /// The shrunk counterexample of a property, and where it is kept.
  public struct Counterexample: Encodable, Sendable {
    public var `case`: Int
    public var reason: String
    public var states: Int
    public var actions: Int
    public var attempts: Int
    public var simplifications: Int
    public var files: String
    public var command: String?
  }

  public init(_ report: CampaignReport) {
    seed = report.result.seed
    cases = report.result.cases
    replayed = report.kept.count
    stillViolated = report.stillViolated.map(\.stem)
    properties = report.result.properties.map { tally in
      Property(
        id: tally.property.id, kind: tally.property.kind.rawValue,
        statement: tally.property.statement, holds: tally.holds, notRefuted: tally.notRefuted,
        notApplicable: tally.notApplicable, undecided: tally.undecided, violated: tally.violated,
        firstUndecided: tally.firstUndecided?.index,
        counterexample: tally.counterexample.flatMap { shrunk in
          guard let stem = report.stems[tally.property.id], let first = tally.firstViolated else {
            return nil
          }
          return Counterexample(
            case: first.index, reason: shrunk.reason, states: shrunk.input.mdp.space.stateCount,
            actions: shrunk.input.mdp.space.actions.count, attempts: shrunk.attempts,
            simplifications: shrunk.simplifications, files: stem,
            command: report.command(tally.property))
        })
    }
  }
}

/// A campaign's result as JSON: schema `monotone/fuzz/v1`.
package struct CampaignDocument: Encodable, Sendable {
  package var schema = "monotone/fuzz/v1"
  package var seed: UInt64
  package var cases: Int
  package var replayed: Int
  package var stillViolated: [String]
  package var properties: [Property]

  /// The verdicts on one property.
  package struct Property: Encodable, Sendable {
    package var id: String
    package var kind: String
    package var statement: String
    package var holds: Int
    package var notRefuted: Int
    package var notApplicable: Int
    package var undecided: Int
    package var violated: Int
    package var firstUndecided: Int?
    package var counterexample: Counterexample?
  }

  /// The shrunk counterexample of a property, and where it is kept.
  package struct Counterexample: Encodable, Sendable {
    package var `case`: Int
    package var reason: String
    package var states: Int
    package var actions: Int
    package var attempts: Int
    package var simplifications: Int
    package var files: String
    package var command: String?
  }

  package init(_ report: CampaignReport) {
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

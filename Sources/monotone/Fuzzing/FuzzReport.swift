import Files
import Foundation
import MDPConformance
import MDPFormats
import MDPTesting
import Reports

/// The result of a campaign, with its counterexamples kept in files.
struct FuzzReport {
  /// What was found.
  let result: CampaignResult
  /// How long it took.
  let elapsed: Duration
  /// The stems of the files of counterexamples, by property.
  let stems: [String: String]

  /// The folder of counterexamples.
  let folder: String
  /// What earlier runs kept.
  let kept: [KeptInput]

  init(
    _ result: CampaignResult, elapsed: Duration, folder: String, kept: [KeptInput]
  ) throws {
    self.result = result
    self.kept = kept
    self.folder = folder
    self.elapsed = elapsed
    var stems: [String: String] = [:]
    for tally in result.properties {
      guard let counterexample = tally.counterexample else { continue }
      do throws(UnwritableOutput) {
        stems[tally.property.id] = try counterexample.input.write(
          into: folder, property: tally.property.id)
      } catch {
        throw CommandFailure(error)
      }
    }
    self.stems = stems
  }

  var status: ExitStatus {
    result.isViolated || !stillViolated.isEmpty
      ? .violated
      : isEmpty ? .badData : result.isUndecided ? .undecided : .success
  }

  /// Whether nothing was checked: no case in the time, nothing kept.
  var isEmpty: Bool { result.cases == 0 && kept.isEmpty }

  /// What earlier runs kept and is violated still.
  var stillViolated: [KeptInput] {
    kept.filter { if case .violated = $0.verdict { true } else { false } }
  }

  /// The command that shows again what the shrunk counterexample of a property violates.
  func command(_ property: NamedProperty) -> String? {
    stems[property.id].map { command(property, stem: $0) }
  }

  /// The command that shows again what a kept input violates.
  func command(_ property: NamedProperty, stem: String) -> String {
    switch property.kind {
    case .claim: CheckCommand(stem: stem, subject: .claim(property.id, parameters: [:])).line
    case .law, .rule, .format:
      ShellWord.line([
        "monotone", "fuzz", "--property", property.id, "--counterexamples", folder, "--cases", "1",
      ])
    }
  }

  /// Cases a second.
  var rate: Double { Double(result.cases) / max(elapsed.inSeconds, 1e-9) }

  /// Writes the report of the campaign.
  func write(to folder: String) throws {
    let junit = ReportFile(name: "junit.xml", data: Data(FuzzJUnit.render(self).utf8))
    do throws(ReportFailure) {
      try sections.write(FuzzDocument(self), named: "fuzz.json", [junit], to: folder)
    } catch {
      throw CommandFailure(error)
    }
  }

  func json() throws -> String { try ResultJSON.text(FuzzDocument(self)) }
}

/// A campaign's result as JSON: schema `monotone/fuzz/v1`.
struct FuzzDocument: Encodable {
  var schema = "monotone/fuzz/v1"
  var seed: UInt64
  var cases: Int
  var replayed: Int
  var stillViolated: [String]
  var properties: [Property]

  struct Property: Encodable {
    var id: String
    var kind: String
    var statement: String
    var holds: Int
    var notRefuted: Int
    var notApplicable: Int
    var undecided: Int
    var violated: Int
    var firstUndecided: Int?
    var counterexample: Counterexample?
  }

  struct Counterexample: Encodable {
    var `case`: Int
    var reason: String
    var states: Int
    var actions: Int
    var attempts: Int
    var simplifications: Int
    var files: String
    var command: String?
  }

  init(_ report: FuzzReport) {
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

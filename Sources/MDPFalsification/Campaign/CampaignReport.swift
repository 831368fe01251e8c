public import MonotoneFiles
internal import MDPFormats
internal import MDPTesting
internal import MDPVerification

/// The result of a campaign, with its counterexamples kept in files.
public struct CampaignReport: Sendable {
  /// The result of the campaign.
  public let result: CampaignResult
  /// How long it took.
  public let elapsed: Duration
  /// The stems of the files of counterexamples, by property.
  public let stems: [String: String]

  /// The folder of counterexamples.
  public let folder: String
  /// The counterexamples that earlier runs kept.
  public let kept: [KeptInput]

  /// Keeps the counterexamples of a campaign in a folder.
  public init(
    _ result: CampaignResult, elapsed: Duration, folder: String, kept: [KeptInput] = []
  ) throws(RunFailure) {
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
        throw RunFailure(error)
      }
    }
    self.stems = stems
  }

  /// Whether nothing was checked: no case in the time, nothing kept.
  public var isEmpty: Bool { result.cases == 0 && kept.isEmpty }

  /// The counterexamples of earlier runs that are still violated.
  public var stillViolated: [KeptInput] {
    kept.filter { if case .violated = $0.verdict { true } else { false } }
  }

  /// The command that shows again what the shrunk counterexample of a property violates.
  package func command(_ property: NamedProperty) -> String? {
    stems[property.id].map { command(property, stem: $0) }
  }

  /// The command that shows again what a kept input violates.
  package func command(_ property: NamedProperty, stem: String) -> String {
    switch property.kind {
    case .claim: CheckCommand(stem: stem, subject: .claim(property.id, parameters: [:])).line
    case .law, .rule, .format:
      ShellWord.line([
        "monotone", "fuzz", "--property", property.id, "--counterexamples", folder, "--cases", "1",
      ])
    }
  }

  /// Cases a second.
  package var rate: Double { Double(result.cases) / max((elapsed / .seconds(1)), 1e-9) }
}

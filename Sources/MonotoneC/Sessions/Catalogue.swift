internal import MDPFormats
internal import MDPGuarantees
internal import MonotoneFiles
internal import MonotoneReports
internal import PolicyImprovement
internal import TrainingRuns

/// The names that calls know.
enum Catalogue {
  /// The version of Monotone.
  static let version = ToolVersion.current

  /// Claims, quantities, rules and environments: `monotone/catalogue/v1`.
  static func reply() -> Reply {
    Reply {
      func list(_ names: [String]) -> String {
        "[\(names.map(JSONText.quoted).joined(separator: ", "))]"
      }
      return """
        {"schema": "monotone/catalogue/v1", "version": "\(version)", \
        "claims": \(list(ClaimCatalogue.all.map(\.id))), \
        "quantities": \(list(UpdateQuantity.allCases.map(\.rawValue))), \
        "rules": \(list(RuleCatalogue.all.map(\.id))), \
        "environments": \(list(TrainingWorld.environmentNames))}
        """
    }
  }

  /// Checks a file, as `validate --json` does.
  static func validate(
    _ input: InputBytes, against model: ModelSession?, _ text: String?
  ) throws -> Reply {
    let reading = try ModelSession.reading(CallOptions(text, known: ModelSession.readingOptions))
    let result = Validator.validate(
      input, against: model?.model.document, configuration: reading)
    return Reply { ValidationReport(files: [result]).json }
  }
}

import MDPVerification
import MonotoneReports
import PolicyImprovement

/// Policy iteration from the uniform policy, every claim checked on every step.
public func improve(_ file: String) throws -> ImprovementDocument {
  let model = try LoadedModel(file)
  let start = try PolicyResolver(model).policy("uniform")
  return try ImprovementDocument(
    improving: start, of: model, by: PolicyIterationRule(), iterations: 20)
}

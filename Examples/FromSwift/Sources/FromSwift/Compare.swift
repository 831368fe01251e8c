import MonotoneReports
import TRPOComparison
import TrainingRuns

/// Sampled TRPO updates beside their exact counterparts, with a report in a folder.
public func compare(
  _ file: String, updates: Int, reportTo folder: String
) throws -> ComparisonDocument {
  let world = try TrainingWorld(file)
  let settings = try TrainingSettings(preset: .tabular, ["batch": "500"], world: world)
  let document = try ComparisonRun(world, settings, updates: updates).compare()
  try ComparisonReport(document).write(to: folder)
  return document
}

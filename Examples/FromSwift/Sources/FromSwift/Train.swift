import MDPCore
import TRPOComparison
import TrainingRuns

/// The policy that sampled TRPO learns on a finite MDP, in exact numbers; the run is kept in a folder.
public func train(_ file: String, steps: Int, in folder: String) throws -> ExactPolicy? {
  let world = try TrainingWorld(file)
  let settings = try TrainingSettings(preset: .tabular, ["steps": "\(steps)"], world: world)
  let run = try TrainingSession(world, settings, folder: folder).begin()
  while !run.isFinished { try run.advance() }
  try run.save()
  return try world.policy(of: run)
}

import MonotoneArithmetic
import NeuralTRPO
import MonotoneReports
import TrainingRuns

/// The line that a training run ends with.
enum ResultLine {
  static func text(_ run: TrainingRun, _ world: TrainingWorld) -> String {
    let process = run.process
    let asked = process.configuration.steps
    let reached =
      process.hasReachedReturn
      ? "reached \(NumberFormat.text(process.configuration.stopReturn ?? 0, digits: 6))" : "ended"
    // Whole batches are made, at least one; whole episodes and branches end where they end.
    let excess = process.steps > asked ? " (\(asked) were asked for; a batch is made whole)" : ""
    let result =
      process.meanReturn.map {
        "mean undiscounted return \(NumberFormat.text($0, digits: 6)) of recent episodes"
      } ?? "no episode has ended"
    return "\(reached) after \(process.steps) steps\(excess): \(result); \(run.folder.relativePath)"
  }
}

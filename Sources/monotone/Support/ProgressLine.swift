import MonotoneArithmetic
import NeuralTRPO
import MonotoneReports

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The line that shows how a training run goes.
struct ProgressLine {
  private let goal: Int
  private let began = ContinuousClock.now
  private var first: Int?

  init(goal: Int) { self.goal = goal }

  /// The line after an iteration.
  mutating func text(_ record: TrainingRecord) -> String {
    let begin = first ?? record.steps
    first = begin
    let elapsed = began.duration(to: .now) / .seconds(1)
    let rate = record.steps > begin ? Double(record.steps - begin) / max(elapsed, 1e-9) : .nan
    let rest = rate > 0 ? Int(clamping: Double(max(0, goal - record.steps)) / rate) : 0
    return "[\(record.steps)/\(goal)] undiscounted return "
      + (record.meanReturn.map { NumberFormat.text($0, digits: 5) } ?? "–")
      + method(record)
      + (rate.isFinite ? ", \(Int(clamping: rate)) steps/s, \(rest) s left" : "")
  }

  /// How the policy was improved.
  private func method(_ record: TrainingRecord) -> String {
    if let update = record.update {
      let kl = NumberFormat.text(update.meanDivergence, digits: 3)
      return ", KL \(kl), \(update.outcome.rawValue)"
    }
    guard let generation = record.generation else { return "" }
    return ", elite \(NumberFormat.text(generation.eliteReturn, digits: 5))"
  }
}

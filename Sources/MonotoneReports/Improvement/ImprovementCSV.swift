public import PolicyImprovement
internal import MonotoneArithmetic
internal import MDPGuarantees

/// The steps of a rule as comma-separated values, a line each, for plotting.
public enum ImprovementCSV {
  private static let header = [
    "index", "return", "gain", "surrogate", "max_kl", "mean_kl", "bound", "optimality_residual",
    "outcome", "worst_verdict",
  ]

  /// The text: a header and a line a step, numbers in the shortest form that reads back,
  /// nothing where nothing is known.
  public static func render(_ iterations: [ImprovementIteration]) -> String {
    let lines = iterations.map { iteration in
      let quantities = iteration.check.quantities
      let numbers = [
        quantities[.returnCandidate], iteration.gain, quantities[.surrogate], quantities[.maxKL],
        quantities[.meanKL], iteration.bound, iteration.optimalityResidual,
      ]
      return
        ([String(iteration.index)] + numbers.map { $0.map(NumberFormat.column) ?? "" }
        + [iteration.mark.rawValue, iteration.check.worst.rawValue]).joined(separator: ",")
    }
    return ([header.joined(separator: ",")] + lines).joined(separator: "\n") + "\n"
  }
}

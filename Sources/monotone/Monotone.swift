import ArgumentParser
import MonotoneLinearAlgebra
import MonotoneReports

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The command line of the toolkit.
@main
struct Monotone: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "monotone",
    abstract: "Verify policy improvement on finite MDPs.",
    discussion: """
      Computes exactly what trust region policy optimization (TRPO) reasons about, checks every \
      guarantee of its theory on policy updates, and compares sampled training with exact values.

      Policies are files (JSON or .npy) or names: uniform, optimal, greedy(POLICY), random(SEED), \
      mix(ALPHA, P, Q), softmax(STEP, POLICY), drop(POLICY).

      Exit status: 0 no claim is violated or undecided; 2 a claim is violated; 4 a condition of --fail-on \
      occurred; 3 a claim is undecided; 64 wrong usage; 65 bad input data; 66 input not readable; 70 \
      internal error; 73 output not writable; 130 interrupted; 141 the reader of a pipe has exited.
      """,
    version: ToolVersion.current,
    subcommands: [
      Solve.self, Check.self, Improve.self, Train.self, Evaluate.self, Compare.self, Audit.self,
      Verify.self, Report.self,
      Fuzz.self, Falsify.self, Validate.self, Serve.self, Convert.self, Generate.self,
    ])

  /// Runs the command and leaves with the documented exit status.
  static func main() {
    Console.keepStandardStreams()
    Signals.prepare()
    MemoryLimit.prepare()
    if ProcessInfo.processInfo.environment["OPENBLAS_NUM_THREADS"] == nil {
      DenseKernels.useOneThread()
    }
    do {
      let arguments = Array(CommandLine.arguments.dropFirst())
      try CommandNames.requireKnown(arguments, in: Monotone.self)
      var command = try parseAsRoot(NegativeNumbers.joined(arguments))
      try command.run()
    } catch {
      leave(error)
    }
  }
}

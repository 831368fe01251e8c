import ArgumentParser
import Foundation
import LinearAlgebra

/// The command line of the toolkit.
@main
struct Monotone: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "monotone",
    abstract: "Checks, on finite MDPs, what trust region policy optimization promises.",
    discussion: """
      Solves finite Markov decision processes, checks the guarantees of policy improvement on \
      policy updates, and writes verification reports.

      Policies are files (JSON or .npy) or names: uniform, optimal, greedy(POLICY), random(SEED), \
      mix(ALPHA, P, Q), softmax(STEP, POLICY), drop(POLICY).

      Exit status: 0 every applicable claim holds; 2 a claim is violated; 4 something named by \
      --fail-on happened; 3 some claim is undecided; 64 usage; 65 bad input data; 66 input not \
      readable; 70 internal error; 73 output not writable; 130 interrupted; 141 the reader of a \
      pipe has gone.
      """,
    version: ToolVersion.current,
    subcommands: [
      Solve.self, Check.self, Improve.self, Train.self, Evaluate.self, Compare.self, Audit.self,
      Verify.self, Report.self,
      Fuzz.self, Falsify.self, Validate.self, Convert.self, Generate.self,
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

/// The version of the toolkit.
enum ToolVersion {
  /// The version that `--version` prints and reports record.
  static let current = "0.1.0"
}

import ArgumentParser
import MDPVerification
import MonotoneReports

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// `monotone verify`.
struct Verify: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Check every claim on many updates of every model, and write a report.",
    discussion: """
      Checks each model on a family of policy updates: steps towards the greedy policy of four sizes, \
      updates between random policies, softmax steps, no step, dropped actions, harmful steps; and on \
      steps of every improvement rule from the uniform policy.

      A folder stands for the models in it, for its subfolder counterexamples, where each file must \
      refute a false variant of a claim, and for its subfolder attainment, where each file shows how \
      close a bound comes to equality. Other files are skipped and named; with --strict they are errors. \
      With it an equality that is only consistent, not refuted but not proved either, also ends the run \
      with status 3.

      Writes verification.json, junit.xml, summary.md, index.html with results.js, environment.json and \
      figures.

      Example: monotone verify mdps --output reports/latest
      """)

  @Argument(help: "Model, refutation and attainment files, or folders with such files.")
  var paths: [String]

  @Option(help: "Folder of the report.")
  var output: String

  @Option(help: "Random seed of the policies.")
  var seed: UInt64 = 1

  @Option(
    help: "Number of steps of each improvement rule to prove, at most 10⁶; 0 skips the rules.")
  var ruleIterations = 10

  @Flag(
    help: """
      Fail on files that are not models, policies, refutations or attainments, and exit with status 3 if \
      an equality is only consistent.
      """)
  var strict = false

  @OptionGroup var reading: ReadingOptions
  @OptionGroup var arithmetic: ArithmeticOption
  @OptionGroup var result: JSONOption
  @OptionGroup var overwrites: OverwriteOption

  func validate() throws {
    try OptionRange.require("--rule-iterations", ruleIterations, in: 0...1_000_000)
  }

  /// The most seconds that a proof may be expected to take: a report is not waited for as a check is.
  private static let proofSeconds = 3_600.0

  /// How verdicts are reached, saying once rather than at each proof how long one may take.
  private var rigour: Rigour {
    var rigour = arithmetic.rigour
    let limit = max(rigour.configuration.exactSecondsLimit, Self.proofSeconds)
    rigour.configuration.exactSecondsLimit = limit
    rigour.configuration.announce = { _ in }
    return rigour
  }

  func run() throws {
    let sources = try VerificationSources(paths)
    if Console.isTerminal, [.auto, .exact].contains(arithmetic.arithmetic) {
      Console.note(
        "exact proofs may take some minutes; --arithmetic certified does without them")
    }
    try sources.noteStrays(areRefused: strict, monitor: .console)
    let report = try ReportFolder(output, inputs: sources.files, overwrites: overwrites)
    Interruption.watch()
    var run = VerificationRun()
    (run.seed, run.ruleIterations) = (seed, ruleIterations)
    (run.arithmetic, run.reading, run.monitor) = (rigour, reading.configuration, .console)
    let verification = try run.verify(sources)
    try report.write(verification)
    try Console.output(
      result.json ? try ResultJSON.text(verification) : verification.terminalText)
    if verification.interrupted {
      throw CommandFailure("interrupted; the report holds what was done", .interrupted)
    }
    if verification.worst != .violated, let failures = verification.ruleFailureText {
      throw CommandFailure("\(failures); the report says why", .internalError)
    }
    try ExitStatus(verification.worst, isStrict: strict).leave()
  }
}

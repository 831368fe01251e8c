import ArgumentParser
import Foundation
import MDPVerification
import Reports

/// `monotone verify`.
struct Verify: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Check every claim on every model, and write a report.",
    discussion: """
      On each model a family of policy updates is checked: toward greedy at four sizes, between \
      random policies, softmax steps, no step, dropped actions, harmful steps; and every \
      improvement rule takes some steps from the uniform policy. A folder stands \
      for the models in it, for the counterexamples in its counterexamples folder, each of which \
      must refute its false variant of a claim, and for the examples in its attainment folder, \
      which show how close a bound comes to equality. Other files in it are named and skipped; \
      --strict refuses them.

      Writes verification.json, junit.xml, summary.md, index.html with results.js, figures and \
      environment.json.

      Example: monotone verify mdps --output reports/latest
      """)

  @Argument(help: "Model, refutation and attainment files, or folders of them.")
  var paths: [String]

  @Option(help: "The folder to write the report to.")
  var output: String

  @Option(help: "The seed of the random policies.")
  var seed: UInt64 = 1

  @Option(
    help: "How many steps of each improvement rule to prove, at most 10⁶; 0 leaves the rules out.")
  var ruleIterations = 10

  @Flag(help: "Refuse folders that hold anything but models, policies and their examples.")
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
    try ExitStatus(verification.worst).leave()
  }
}

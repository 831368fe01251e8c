import MonotoneArithmetic
import ArgumentParser
import MDPFalsification
import MDPTesting
import MonotoneReports

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// `monotone falsify`.
struct Falsify: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Search for an update that violates a claimed bound.",
    discussion: """
      The claim is an inequality between the quantities of 'check --json', discount and parameters, with \
      + - * / ^ and the functions abs, min, max, sqrt, log, exp. The search draws random models, improves \
      the worst of them step by step, proves the counterexample in rational arithmetic, and shrinks it \
      until no simpler input violates the claim.

      --minimise searches for the smallest value of a parameter for which no counterexample is found, \
      and gives a proved counterexample for the next smaller value.

      --report instead searches every bound and every known false variant, and writes a report of how \
      close each bound came to equality.

      Example: monotone falsify --parameter c=2 --claim 'returnCandidate >= surrogate - c * \
      maxAdvantage * discount / (1-discount)^2 * maxTotalVariation^2'

      Exit status: 0 no counterexample found; 2 a proved counterexample; 65 the claim has no value on any \
      update that was drawn.
      """)

  @Option(help: "Claimed inequality.")
  var claim: String?

  @Option(help: "Value of a parameter, as NAME=VALUE; may be repeated.")
  var parameter: [String] = []

  @Option(help: "Find the smallest value of this parameter without a counterexample.")
  var minimise: String?

  @Option(help: "Number of inputs to evaluate, at most 10¹².")
  var budget = 50_000

  @Option(help: "Random seed.")
  var seed: UInt64 = 1

  @Option(help: "Maximum number of states of a model, at most 20.")
  var states = 3

  @Option(help: "Folder for the counterexample.")
  var counterexamples = "Regressions"

  @Option(
    name: .customLong("output"),
    help: "Write falsification.json, index.html and summary.md to this folder.")
  var reportFolder: String?

  @Option(help: "Search every bound and false variant, and write a report to this folder.")
  var report: String?

  @OptionGroup var output: JSONOption
  @OptionGroup var overwrites: OverwriteOption

  func validate() throws {
    guard (claim == nil) != (report == nil) else {
      throw ValidationError("give either --claim or --report")
    }
    guard report == nil || reportFolder == nil else {
      throw ValidationError("--report names the folder; leave out --output")
    }
    try OptionRange.require("--budget", budget, in: OptionRange.counts)
    guard (1...20).contains(states) else {
      throw ValidationError("--states must lie in 1 ... 20, not \(states)")
    }
    _ = try ClaimParameters.values(parameter)
  }

  private var search: Falsifier.Configuration {
    var configuration = Falsifier.Configuration()
    configuration.budget = budget
    configuration.seed = seed
    configuration.models.states = 1...states
    return configuration
  }

  func run() throws {
    if let report {
      let folder = try OutputFolder(report, for: .falsification, inputs: [], overwrites: overwrites)
      Interruption.watch()
      let result = try LadderSearch(search, monitor: .console).run(keepingIn: folder.path)
      let document = result.report
      do throws(ReportFailure) {
        try document.write(result, named: "ladder.json", to: folder.path)
      } catch {
        throw CommandFailure(error)
      }
      return try Console.output(
        output.json ? try ResultJSON.text(result) : document.terminalText)
    }
    var values = try ClaimParameters.values(parameter)
    if let minimise, values[minimise] == nil { values[minimise] = ExactNumber(1) }
    let expression = try ClaimParameters.expression(claim ?? "", values, free: minimise)
    if let minimise, !expression.parameters.contains(minimise) {
      throw CommandFailure("--minimise: the claim has no parameter \(minimise)", .usage)
    }
    try OutputFolder.requireWritable(counterexamples)
    let folder = try reportFolder.map {
      try OutputFolder($0, for: .counterexample, inputs: [], overwrites: overwrites).path
    }
    Interruption.watch()
    let search = ClaimSearch(
      expression, parameters: values, minimised: minimise, configuration: search,
      monitor: .console)
    let result = try search.run(keepingIn: counterexamples)
    if let folder {
      do throws(ReportFailure) { try result.write(to: folder) } catch {
        throw CommandFailure(error)
      }
    }
    try Console.output(output.json ? try ResultJSON.text(result) : FalsificationText.render(result))
    if Interruption.isRequested {
      throw CommandFailure("interrupted; the result is of what was searched", .interrupted)
    }
    if minimise == nil, result.counterexample != nil { try ExitStatus.violated.leave() }
  }
}

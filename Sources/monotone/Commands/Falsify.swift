import Arithmetic
import ArgumentParser
import Foundation
import Falsification
import MDPTesting
import Reports

/// `monotone falsify`.
struct Falsify: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Look for an update that breaks a claimed bound.",
    discussion: """
      The claim is an inequality between the quantities of 'check --json', discount and parameters, \
      with + - * / ^ and the functions abs, min, max, sqrt, log, exp. The search draws random models, \
      climbs from the worst of them, proves the counterexample in rational arithmetic, and shrinks \
      it until nothing simpler breaks the claim.

      With --minimise, it looks for the smallest value of a parameter that survives, and for a \
      witness that proves the next smaller one wrong.

      Example: monotone falsify --parameter c=2 --claim 'returnCandidate >= surrogate - c * \
      maxAdvantage * discount / (1-discount)^2 * maxTotalVariation^2'

      With --report, every bound of the ladder and every known false variant is searched instead, \
      and a report of what was attained is written to a folder.

      Exit status: 0 no counterexample; 2 a proved counterexample; 65 the claim has no value on any \
      update that was drawn.
      """)

  @Option(help: "The claim.")
  var claim: String?

  @Option(help: "The value of a parameter, NAME=VALUE; may be given several times.")
  var parameter: [String] = []

  @Option(help: "Find the smallest value of this parameter that survives.")
  var minimise: String?

  @Option(help: "How many inputs to score, at most 10¹².")
  var budget = 50_000

  @Option(help: "The seed of the search.")
  var seed: UInt64 = 1

  @Option(help: "The most states of the models that are drawn, at most 20.")
  var states = 3

  @Option(help: "The folder for the counterexample.")
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

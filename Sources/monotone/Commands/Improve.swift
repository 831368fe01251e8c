import ArgumentParser
import MonotoneArithmetic
import MDPGuarantees
import MDPCore
import MDPFormats
import MDPSolvers
import MDPVerification
import MonotoneFiles
import PolicyImprovement
import MonotoneReports
#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// `monotone improve`.
struct Improve: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Apply an improvement rule repeatedly and check every step.",
    discussion: """
      Advantages and expectations are exact. Every claim is checked on every step. Each step also has a \
      residual: how far it is from solving the problem that its rule poses (a duality gap for the \
      convex rules).

      \(RuleCatalogue.all.map { "  \($0.id): \($0.summary)" }.joined(separator: "\n"))

      Example: monotone improve mdps/racing.json --rule penalty --iterations 50

      Without --rule, --until-gap finds a policy whose value is proved to be that near the optimal one in \
      every state, by modified and inexact policy iteration. No step is then an update that claims speak of. \
      With an --output that ends in .npy, the policy is written as an array.

      Example: monotone improve mdps/frozen-lake-8x8.json --until-gap 1e-6

      With --distributed, the processes of an MPI job share the states of a large model. No --rule is \
      named: inexact policy iteration proves a gap to the optimum (--until-gap). --output names a folder, \
      which also keeps the last policy of a run that was ended; --policy begins from such a folder.

      Example: mpirun -n 4 monotone improve --distributed model.umb --until-gap 1e-6 --output result

      To continue a run, write the last policy with --output and read it with --policy.

      Exit status: 0 every applicable claim holds on every step, or is an equality that is consistent; 2 a \
      claim is violated; 3 a claim is undecided, or with --strict consistent, or the gap is not proved; 65 the \
      rule cannot start from this policy.
      """)

  @Argument(help: "The model: an MDP file, or - for standard input.")
  var mdp: String

  @Option(
    help: ArgumentHelp(
      "Improvement rule.", valueName: RuleCatalogue.all.map(\.id).joined(separator: "|")))
  var rule: String?

  @Option(help: "Initial policy: a file or a name.")
  var policy = "uniform"

  @Option(
    help: """
      Maximum steps; stops early when the policy no longer changes. (default: 10; with --distributed 1000)
      """)
  var iterations: Int?

  @Option(
    help: """
      Trust region δ of \(RuleCatalogue.names(taking: "delta").joined(separator: ", ")), from 1e-30 to \
      1e30. (default: 0.01)
      """)
  var delta: Double?

  @Option(
    help: """
      Step size 1/λ of \(RuleCatalogue.names(taking: "step").joined(separator: ", ")), from 1e-300 \
      to 1e300. (default: 0.01)
      """)
  var step: Double?

  @Option(
    help: """
      Mixture weight α of \(RuleCatalogue.names(taking: "alpha").joined(separator: ", ")), at most \
      1. (default: α*, which maximises the guaranteed gain)
      """)
  var alpha: Double?

  @Option(
    help: """
      Stop when the return is within this of the proved optimum; without --rule, when every state's \
      value is.
      """)
  var untilGap: Double?

  @Option(help: "Number of threads without --rule. (default: all processor cores)")
  var threads: Int?

  @Option(help: "Write the steps to this .csv or .json file.")
  var trace: String?

  @Option(help: "Write the last policy to this file.")
  var output: String?

  @OptionGroup var distribution: DistributedOptions
  @OptionGroup var reading: ReadingOptions
  @OptionGroup var arithmetic: ArithmeticOption
  @OptionGroup var timing: TimingOption
  @OptionGroup var demand: StrictOption
  @OptionGroup var result: JSONOption
  @OptionGroup var overwrites: OverwriteOption

  func validate() throws {
    try OptionRange.require("--threads", threads, in: OptionRange.threads)
    try require(untilGap, in: 0...1e300, "--until-gap")
    try requireSteps()
    if distribution.distributed { return try requireDistributed() }
    guard let rule else { return try requireRuleless() }
    guard RuleCatalogue.rule(rule) != nil else {
      let known = RuleCatalogue.all.map(\.id)
      throw ValidationError(
        "unknown rule \"\(rule)\"; expected one of \(known.joined(separator: ", "))"
          + NearestName.hint(rule, among: known))
    }
    try require(delta, in: 1e-30...1e30, "--delta")
    try require(step, in: 1e-300...1e300, "--step")
    try require(alpha, in: 1e-30...1, "--alpha")
    try require(
      trace.map { $0.hasSuffix(".csv") || $0.hasSuffix(".json") } ?? true,
      "--trace must name a .csv or a .json file")
  }

  private func requireSteps() throws {
    guard let iterations, iterations <= 0 else { return }
    throw ValidationError("--iterations must be at least 1, not \(iterations)")
  }

  private func require(
    _ value: Double?, in range: ClosedRange<Double>, _ option: String
  ) throws {
    guard let value, !range.contains(value) else { return }
    throw ValidationError(
      "\(option) must lie between \(NumberFormat.text(range.lowerBound)) and "
        + "\(NumberFormat.text(range.upperBound)), not \(value)")
  }

  func require(_ condition: Bool, _ message: String) throws {
    guard condition else { throw ValidationError(message) }
  }

  func run() throws {
    #if Distributed
      if distribution.distributed { return try runDistributed() }
    #endif
    guard let rule else { return try optimise(within: untilGap ?? 0) }
    let inputs = try [mdp] + PolicyExpression(argument: policy).files
    let traceFile = try trace.map {
      try OutputFile(
        $0, as: $0.hasSuffix(".csv") ? .improvementCSV : .improvementJSON, inputs: inputs,
        others: [output], overwrites: overwrites)
    }
    let policyFile = try output.map {
      try OutputFile($0, as: .policy, inputs: inputs, overwrites: overwrites)
    }
    var times = timing.start()
    let model = try LoadedModel(mdp, reading.configuration)
    times.end("reading")
    let rigour = arithmetic.rigour
    try rigour.requireAffordable(model)
    let settings = RuleSettings(budget: delta, stepSize: step, weight: alpha)
    guard let rule = RuleCatalogue.rule(rule, settings) else { return }
    let start = try PolicyResolver(model, rigour, monitor: .console).policy(policy)
    Interruption.watch()
    let document = try ImprovementDocument(
      improving: start, of: model, by: rule, iterations: iterations ?? 10, untilGap: untilGap,
      rigour,
      monitor: .console)
    times.end("solving")
    try write(document, model, trace: traceFile, policy: policyFile)
    times.end("writing")
    if document.interrupted {
      throw CommandFailure("interrupted; the steps that were made are kept", .interrupted)
    }
    try ExitStatus(document.worst, isStrict: demand.strict).leave()
  }

  private func write(
    _ document: ImprovementDocument, _ model: LoadedModel, trace file: OutputFile?,
    policy: OutputFile?
  ) throws {
    if let trace, let file {
      let bytes =
        trace.hasSuffix(".csv")
        ? Array(ImprovementCSV.render(document.iterations).utf8)
        : Array(try ResultJSON.encode(document))
      try file.write(bytes)
    }
    if let policy {
      let text = PolicyWriter.write(document.policy, mdp: model.document.name)
      try policy.write(Array(text.utf8))
    }
    try Console.output(
      result.json ? try ResultJSON.text(document) : ImprovementText.render(document))
  }
}

import ArgumentParser
import TRPOComparison
import MDPGuarantees
import MDPFormats
import MDPVerification
import MonotoneReports

/// `monotone audit`.
struct Audit: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Audit another program's policy updates against exact values.",
    discussion: """
      Reads the successive policies of a training run. For every update it reports the true change of \
      the return, the exact mean and maximum KL, whether the theory guaranteed an improvement, whether \
      the update was harmful, and whether every claim of the theory holds.

      Policies are files (.npy arrays or JSON) or named policies. With - they are JSON lines on standard \
      input, one per policy:

        {"probabilities": [[0.3, 0.7], [1, 0]], "kl": 0.0098, "precision": "float32"}

      Only probabilities is required. kl is the KL divergence from the policy before, as the other program \
      logged it. A logged number that cannot be a KL divergence (negative, NaN or infinite) is flagged. An \
      invalid line leaves only the updates to and from it without a verdict.

      With --batches, or the member batch of the line after the update, the samples of each update are \
      used to check the program's estimates as well: the surrogate and the mean KL with standard errors, \
      the advantages, the states, and the direction of the gradient.

        {"probabilities": …, "batch": {"states": [0, 2], "actions": [1, 0], "advantages": [0.5, -1], \
      "trajectories": [0, 0]}}

      States and actions are names or indices from 0. Weights are optional. So are trajectory numbers, \
      which group rows for standard errors; without them rows count as independent. A batch file has the \
      same members and "schema": "monotone/batch/v1", or is a .npy array with 3 to 5 of the columns \
      state, action, advantage, weight, trajectory.

      Example: monotone audit mdps/racing.json --policies uniform 'greedy(uniform)' optimal
      Example: python3 train.py | monotone audit mdps/racing.json --policies - --delta 0.01 --stream
      Example: monotone audit mdps/racing.json --policies 0.npy 1.npy 2.npy --batches b1.npy b2.npy

      Exit status, the first that applies: 2 a claim is violated; 4 a condition of --fail-on occurred; \
      65 a line or file is invalid, or the number of updates is wrong (none with --fail-on, or not that \
      of --expect-updates); 3 a claim is undecided; 0 none of these.
      """)

  @Argument(help: "The model: an MDP file.")
  var mdp: String

  @Option(
    parsing: .upToNextOption,
    help: "Successive policies, as files or names; or - for JSON lines on standard input.")
  var policies: [String]

  @Option(
    parsing: .upToNextOption,
    help: "Samples that the updates were computed from, one file per update.")
  var batches: [String] = []

  @Option(help: "Trust region δ: report updates whose mean or maximum KL exceeds it.")
  var delta: Double?

  @Option(
    name: .customLong("logged-kl"),
    help: ArgumentHelp(
      "File of the KL divergences that the program logged, one number per update.",
      valueName: "file"))
  var loggedKL: String?

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      """
      Also exit with status 4 if one of these occurs: harmful (the return provably fell), \
      unguaranteed (no proof that an improvement was guaranteed), mean-kl or max-kl (the exact value \
      over live states exceeds --delta, or δ of mean-kl=δ), understated-kl (the exact mean exceeds \
      1.5 times the logged one), foreign-batch (rows that the policy before the update cannot have \
      produced). Separate conditions by commas, or repeat the option.
      """, valueName: "conditions"),
    transform: { try FailCondition.list($0, of: FailCondition.Kind.allCases) })
  var failOn: [[FailCondition]] = []

  @Option(help: "Exit with status 65 unless there are exactly this many updates.")
  var expectUpdates: Int?

  @Flag(help: "Print only one JSON line per update, as soon as it is read.")
  var stream = false

  @Flag(help: "Use float64 enclosures only; what they do not decide stays undecided.")
  var screen = false

  @Option(
    name: .customLong("output"),
    help: "Write audit.json, index.html, summary.md, junit.xml and figures to this folder.")
  var folder: String?

  @OptionGroup var reading: ReadingOptions
  @OptionGroup var output: JSONOption
  @OptionGroup var overwrites: OverwriteOption

  func validate() throws {
    guard !policies.isEmpty else { throw ValidationError("--policies needs policies, or -") }
    guard !policies.contains("-") || policies.count == 1 else {
      throw ValidationError("- stands for all policies; name no others beside it")
    }
    if !batches.isEmpty {
      guard policies != ["-"] else {
        throw ValidationError(
          "policies as JSON lines bring their batches along, as the member batch; leave --batches out"
        )
      }
    }
    guard policies != ["-"] || mdp != "-" else {
      throw ValidationError("standard input holds the model or the policies, not both")
    }
    guard !batches.isEmpty || policies == ["-"] || !names(.foreignBatch) else {
      throw ValidationError("--fail-on foreign-batch needs --batches")
    }
    guard loggedKL != nil || policies == ["-"] || !names(.understatedKL) else {
      throw ValidationError("--fail-on understated-kl needs --logged-kl")
    }
    guard delta.map({ $0 > 0 && $0.isFinite }) ?? true else {
      throw ValidationError("--delta must be a positive number")
    }
    guard
      delta != nil
        || !conditions.contains(where: { $0.kind.takesLimit && $0.limit == nil })
    else {
      throw ValidationError(
        "--fail-on mean-kl and max-kl need --delta, or a limit of their own: mean-kl=0.01")
    }
    guard expectUpdates ?? 0 >= 0 else {
      throw ValidationError("--expect-updates must not be negative")
    }
  }

  private var conditions: [FailCondition] { Array(failOn.joined()) }

  private func names(_ kind: FailCondition.Kind) -> Bool {
    conditions.contains { $0.kind == kind }
  }

  func run() throws {
    // Before the model's file could take the place of a standard input that is closed.
    if policies == ["-"] { try AuditRun.requireStandardInput() }
    let folder = try folder.map {
      try OutputFolder(
        $0, for: .audit,
        inputs: [mdp] + policies.flatMap { (try? PolicyExpression(argument: $0))?.files ?? [] }
          + batches
          + [loggedKL].compactMap(\.self), overwrites: overwrites
      ).path
    }
    let model = try LoadedModel(mdp, reading.configuration)
    var configuration = UpdateAuditor.Configuration()
    configuration.budget = delta
    configuration.isScreening = screen
    let logged = try loggedKL.map { LoggedDivergenceReader.read(try InputFile.bytes($0)) }
    let run = AuditRun(
      model, configuration, logged: logged, to: stream ? .streaming : AuditSink(),
      monitor: .console)
    if policies == ["-"] {
      try run.auditStandardInput()
    } else {
      try run.audit(policies, batches: batches)
    }
    let document = run.document
    if let folder { try write(document, to: folder) }
    if !stream {
      try Console.output(output.json ? try ResultJSON.text(document) : AuditText.render(document))
    }
    try end(run, document)
  }

  /// Writes the report of the updates.
  private func write(_ document: AuditDocument, to folder: String) throws {
    let named = FailCondition.named(
      conditions, on: document.updates.map { ($0.index, JudgedUpdate($0)) }, limit: delta)
    do throws(ReportFailure) {
      try AuditReport(document, conditions: named).write(to: folder)
    } catch {
      throw CommandFailure(error)
    }
  }

  /// Leaves with the first status that applies, its reason in the last line.
  private func end(_ run: AuditRun, _ document: AuditDocument) throws {
    if let update = document.updates.first(where: { $0.worst == .violated }) {
      throw CommandFailure(
        "violated on \(JudgedUpdate(update).name): \(update.violated.joined(separator: ", "))",
        .violated)
    }
    try FailCondition.require(
      none: conditions, on: document.updates.map { JudgedUpdate($0) }, limit: delta)
    try requireSubject(run, document.summary)
    if let cause = run.faultCause {
      let lost = Set(document.errors.flatMap(\.updates)).count
      throw CommandFailure(
        lost > 0
          ? "\(lost) of \(run.updates) updates have no verdict, for the errors above"
          : "every update has a verdict, but not all that came with them could be read",
        ExitStatus(cause))
    }
    try ExitStatus(document.summary.worst).leave()
  }

  /// Refuses to pass a test that tested nothing.
  private func requireSubject(_ run: AuditRun, _ summary: AuditSummary) throws {
    if let expectUpdates, run.updates != expectUpdates {
      throw CommandFailure(
        "--expect-updates \(expectUpdates): found \(run.updates)", .badData)
    }
    guard !failOn.isEmpty else { return }
    if run.updates == 0 {
      throw CommandFailure(
        "--fail-on: there was no update to judge: fewer than two policies came", .badData)
    }
    if names(.understatedKL), summary.logged == 0 {
      throw CommandFailure(
        "--fail-on understated-kl: no update came with a KL that the program logged", .badData)
    }
    if names(.foreignBatch), summary.batches == nil {
      throw CommandFailure("--fail-on foreign-batch: no update came with a batch", .badData)
    }
  }
}

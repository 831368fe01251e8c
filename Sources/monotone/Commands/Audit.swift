import ArgumentParser
import Comparison
import Guarantees
import MDPFormats
import Reports

/// `monotone audit`.
struct Audit: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Hold another program's policy updates against the truth.",
    discussion: """
      Reads the policies that a training run went through, in order, and says of every update from \
      one to the next what it really did: the true improvement, the exact mean and max KL, whether \
      theory guaranteed the step, whether it did harm, and whether every claim of the theory holds.

      Policies are files (.npy arrays or JSON), policies with a name, or with - JSON lines on \
      standard input, a policy a line. A .npy array of shape (policies, states, actions) stands for its \
      policies in order.

        {"probabilities": [[0.3, 0.7], [1, 0]], "kl": 0.0098, "precision": "float32"}

      where only the probabilities are required; kl is the divergence from the line before that the \
      program itself logged.

      With the samples that each update was made from, --batches, or the member batch of the line after \
      the update, the program's estimates are held against the truth too: its surrogate and mean KL with \
      their standard errors, its advantages, its states and the direction of its gradient.

        {"probabilities": …, "batch": {"states": [0, 2], "actions": [1, 0], "advantages": [0.5, -1], \
      "trajectories": [0, 0]}}

      States and actions are names or numbers from 0; weights are optional, and so are the numbers of \
      trajectories, by which standard errors go: without them every row counts as one of its own. A batch \
      file has the same members and "schema": "monotone/batch/v1", or is a .npy array with 3 to 5 of the \
      columns state, action, advantage, weight, trajectory.

      Example: monotone audit mdps/racing.json --policies uniform 'greedy(uniform)' optimal
      Example: python3 train.py | monotone audit mdps/racing.json --policies - --delta 0.01 --stream
      Example: monotone audit mdps/racing.json --policies 0.npy 1.npy 2.npy --batches b1.npy b2.npy

      Exit status: 0 every claim holds and nothing named by --fail-on happened; 2 a claim is \
      violated, or something named happened; 3 some claim is undecided.
      """)

  @Argument(help: "The model: an MDP file.")
  var mdp: String

  @Option(
    parsing: .upToNextOption,
    help: "The policies in order, files or names; or - for JSON lines on standard input.")
  var policies: [String]

  @Option(
    parsing: .upToNextOption,
    help: "The samples that each update was made from, a file an update.")
  var batches: [String] = []

  @Option(help: "The trust region: report updates whose mean or max KL exceeds this.")
  var delta: Double?

  @Option(
    name: .customLong("logged-kl"),
    help: ArgumentHelp(
      "The KL divergences that the program logged, a number an update, separated by white space.",
      valueName: "file"))
  var loggedKL: String?

  @Option(
    parsing: .upToNextOption,
    help: """
      What to end with status 2 for, beside a violated claim: mean-kl or max-kl (exact, above \
      --delta), understated-kl (exact mean above 1.5 times the logged), harmful (a fall of the \
      return), foreign-batch (rows that the policy before the update cannot have made).
      """)
  var failOn: [AuditFault] = []

  @Flag(help: "Print a JSON line for every update as it comes, and nothing else.")
  var stream = false

  @Flag(help: "Decide by float64 enclosures alone; what those leave open stays undecided.")
  var screen = false

  @OptionGroup var reading: ReadingOptions
  @OptionGroup var output: JSONOption

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
    guard !batches.isEmpty || policies == ["-"] || !failOn.contains(.foreignBatch) else {
      throw ValidationError("--fail-on foreign-batch needs --batches")
    }
    guard delta.map({ $0 > 0 && $0.isFinite }) ?? true else {
      throw ValidationError("--delta must be a positive number")
    }
    guard delta != nil || !failOn.contains(where: \.needsBudget) else {
      throw ValidationError("--fail-on mean-kl and max-kl need --delta")
    }
  }

  func run() throws {
    let model = try ModelLoader.load(mdp, reading.configuration)
    var configuration = UpdateAuditor.Configuration()
    configuration.budget = delta
    configuration.isScreening = screen
    let logged = try loggedKL.map(LoggedDivergences.read)
    let run = AuditRun(model, configuration, logged: logged)
    let sink: (UpdateAudit) throws -> Void =
      stream ? { try Console.output(try ResultJSON.line($0)) } : { _ in }
    if policies == ["-"] {
      try run.auditStandardInput(sink)
    } else {
      try run.audit(policies, batches: batches, sink)
    }
    let document = run.document
    if !stream {
      try Console.output(output.json ? try ResultJSON.text(document) : AuditText.render(document))
    }
    guard !failOn.contains(where: { $0.happened(in: document.summary) }) else {
      return try ExitStatus.violated.leave()
    }
    try ExitStatus(document.summary.worst).leave()
  }
}

/// What a user may want a test to fail for.
enum AuditFault: String, ExpressibleByArgument, CaseIterable {
  case meanKL = "mean-kl"
  case maxKL = "max-kl"
  case understatedKL = "understated-kl"
  case harmful
  case foreignBatch = "foreign-batch"

  var needsBudget: Bool { self == .meanKL || self == .maxKL }

  func happened(in summary: AuditSummary) -> Bool {
    switch self {
    case .meanKL: summary.meanBeyond > 0
    case .maxKL: summary.maxBeyond > 0
    case .understatedKL: summary.understated > 0
    case .harmful: summary.harmful > 0
    case .foreignBatch: (summary.batches?.foreign ?? 0) > 0
    }
  }
}

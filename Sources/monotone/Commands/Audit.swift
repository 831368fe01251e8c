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
      standard input, a policy a line:

        {"probabilities": [[0.3, 0.7], [1, 0]], "kl": 0.0098, "precision": "float32"}

      where only the probabilities are required; kl is the divergence from the line before that the \
      program itself logged.

      Example: monotone audit mdps/racing.json --policies uniform 'greedy(uniform)' optimal
      Example: python3 train.py | monotone audit mdps/racing.json --policies - --delta 0.01 --stream

      Exit status: 0 every claim holds and nothing named by --fail-on happened; 2 a claim is \
      violated, or something named happened; 3 some claim is undecided.
      """)

  @Argument(help: "The model: an MDP file.")
  var mdp: String

  @Option(
    parsing: .upToNextOption,
    help: "The policies in order, files or names; or - for JSON lines on standard input.")
  var policies: [String]

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
      return).
      """)
  var failOn: [AuditFault] = []

  @Flag(help: "Print a JSON line for every update as it comes, and nothing else.")
  var stream = false

  @Flag(help: "Decide by float64 enclosures alone; what those leave open stays undecided.")
  var screen = false

  @OptionGroup var output: JSONOption

  func validate() throws {
    guard !policies.isEmpty else { throw ValidationError("--policies needs policies, or -") }
    guard !policies.contains("-") || policies.count == 1 else {
      throw ValidationError("- stands for all policies; name no others beside it")
    }
    guard delta.map({ $0 > 0 && $0.isFinite }) ?? true else {
      throw ValidationError("--delta must be a positive number")
    }
    guard delta != nil || !failOn.contains(where: \.needsBudget) else {
      throw ValidationError("--fail-on mean-kl and max-kl need --delta")
    }
  }

  func run() throws {
    let model = try ModelLoader.load(mdp)
    var configuration = UpdateAuditor.Configuration()
    configuration.budget = delta
    configuration.isScreening = screen
    let logged = try loggedKL.map(LoggedDivergences.read)
    let run = AuditRun(model, configuration, logged: logged)
    let sink: (UpdateAudit) throws -> Void =
      stream ? { Console.output(try ResultJSON.line($0)) } : { _ in }
    if policies == ["-"] {
      try run.auditStandardInput(sink)
    } else {
      try run.audit(policies, sink)
    }
    let document = run.document
    if !stream {
      Console.output(output.json ? try ResultJSON.text(document) : AuditText.render(document))
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

  var needsBudget: Bool { self == .meanKL || self == .maxKL }

  func happened(in summary: AuditSummary) -> Bool {
    switch self {
    case .meanKL: summary.meanBeyond > 0
    case .maxKL: summary.maxBeyond > 0
    case .understatedKL: summary.understated > 0
    case .harmful: summary.harmful > 0
    }
  }
}

import ArgumentParser
import MDPGuarantees
import MDPFalsification
import MDPFormats
import MDPVerification
import MonotoneReports

/// `monotone check`.
struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Check every claim of the theory on one policy update.",
    discussion: """
      Prints the outcome of the update (improved, harmful or unchanged; guaranteed or not; by how \
      much), its quantities, the verdict on every claim, and the tightest lower bound on the return of \
      the candidate policy.

      The claims are theorems, so 'holds' tests this program and the model file. What tests your \
      algorithm is the outcome, and the KL divergence against your trust region: see --fail-on.

      --claim checks one claim instead of all: the identifier of a claim, or an inequality between the \
      quantities of --json, discount and parameters, as in 'monotone falsify'. --variant checks one \
      of the false variants of the claims that are found in papers and code.

      --certificate also solves both policies exactly and writes every number that a verdict depends on \
      as a rational. Tools/check_certificate.py derives these numbers again from the files. It reads \
      policies from JSON files; 'monotone convert' writes a named policy or a .npy array to one.

      --coq writes the verdicts as theorems about this model and update, with their proof, for the \
      proof assistant Coq. It accepts the file with the compiled folder Proofs: coqc -Q Proofs Monotone \
      FILE.v.

      Example: monotone check mdps/racing.json --current uniform --candidate 'greedy(uniform)'
      Example: monotone check mdps/racing.json --current uniform --candidate new.npy \
      --fail-on harmful,max-kl=0.01

      Exit status: 0 every applicable claim holds, or is an equality that is consistent: not refuted \
      within a stated radius, where exact arithmetic is not asked for or would take too long; 2 a claim \
      is violated; 4 a condition of --fail-on occurred; 3 a claim is undecided, or with --strict \
      consistent. A harmful update violates no claim; use --fail-on harmful to detect it.
      """)

  @Argument(help: "The model: an MDP file, or - for standard input.")
  var mdp: String

  @Option(help: "The policy before the update: a file or a name.")
  var current: String

  @Option(help: "The policy after the update: a file or a name.")
  var candidate: String

  @Option(help: "Write a certificate of the verdicts, in rational numbers, to this file.")
  var certificate: String?

  @Option(help: "Write the verdicts as theorems for Coq, with their proof, to this file.")
  var coq: String?

  @Option(
    help: ArgumentHelp(
      """
      Write check.json, index.html, summary.md and junit.xml to this folder; or, if it ends in .npz, \
      V, ρ, Q, A and error bounds of both policies as NumPy arrays to this file.
      """, valueName: "folder or file"))
  var output: String?

  @OptionGroup var subject: ClaimOptions

  @Option(
    help: ArgumentHelp(
      """
      Also exit with status 4 if one of these occurs: harmful (the return provably fell), \
      unguaranteed (no proof that an improvement was guaranteed), mean-kl=δ or max-kl=δ (meanKL or \
      maxKL provably exceeds δ). Separate conditions by commas, or repeat the option.
      """, valueName: "conditions"),
    transform: { try FailCondition.list($0, of: FailCondition.Kind.ofChecks) })
  var failOn: [[FailCondition]] = []

  @Option(help: "Version of the JSON document: v2, or the former v1.")
  var schema: CheckDocument.Version = .v2

  @OptionGroup var reading: ReadingOptions
  @OptionGroup var arithmetic: ArithmeticOption
  @OptionGroup var demand: StrictOption
  @OptionGroup var result: JSONOption
  @OptionGroup var overwrites: OverwriteOption

  func validate() throws {
    for condition in failOn.joined() where condition.kind.takesLimit && condition.limit == nil {
      throw ValidationError("--fail-on \(condition.text) needs a limit: \(condition.text)=0.01")
    }
  }

  func run() throws {
    let claim = try subject.selected()
    let inputs =
      try [mdp] + PolicyExpression(argument: current).files
      + PolicyExpression(argument: candidate).files
    let arrayPath = output.flatMap { SolutionFile.isOne($0) ? $0 : nil }
    let file = try certificate.map {
      try OutputFile(
        $0, as: .certificate, inputs: inputs, others: [arrayPath, coq], overwrites: overwrites)
    }
    let proofFile = try coq.map {
      try OutputFile(
        $0, as: .coqProof, inputs: inputs, others: [arrayPath], overwrites: overwrites)
    }
    let arrays = try arrayPath.map {
      try SolutionFile($0, inputs: inputs, others: [certificate, coq], overwrites: overwrites)
    }
    let folder =
      try arrayPath == nil
      ? output.map {
        try OutputFolder($0, for: .check, inputs: inputs, overwrites: overwrites).path
      } : nil
    let model = try LoadedModel(mdp, reading.configuration)
    let isCertified = certificate != nil || coq != nil
    guard !isCertified || !model.document.isUndiscounted else {
      let option = certificate == nil ? "--coq" : "--certificate"
      throw CommandFailure(
        "\(mdp): certificates are for a discount below 1; leave out \(option)", .badData)
    }
    try arithmetic.rigour.requireAffordable(model, exactly: isCertified)
    let verifier = ModelVerifier(model, arithmetic.rigour, monitor: .console)
    let check =
      if let claim {
        try verifier.check(current: current, candidate: candidate, alone: claim)
      } else {
        try verifier.check(current: current, candidate: candidate)
      }
    if isCertified {
      let proof = try verifier.coqProof(current: current, candidate: candidate)
      if let difference = proof.certificate.disagreement(with: check) {
        throw CommandFailure(
          "the check and its certificate disagree on \(difference): a fault of this program",
          .internalError)
      }
      try file?.write(Array(try ResultJSON.encode(proof.certificate)))
      try proofFile?.write(Array(proof.text.utf8))
    }
    if let folder { try write(check, to: folder) }
    try write(model, verifier, to: arrays)
    try Console.output(
      result.json
        ? try ResultJSON.text(CheckDocument(check, version: schema)) : CheckText.render(check))
    if check.worst != .violated {
      try FailCondition.require(none: Array(failOn.joined()), on: [JudgedUpdate(check)])
    }
    try ExitStatus(check.worst, isStrict: demand.strict).leave()
  }

  /// Writes the evaluations of both policies, which the check has made.
  private func write(
    _ model: LoadedModel, _ verifier: ModelVerifier, to file: SolutionFile?
  ) throws {
    guard let file else { return }
    func solution(_ policy: String) throws -> SolutionDocument {
      try SolutionDocument(
        evaluating: try verifier.resolver.policy(policy), of: model, arithmetic.rigour)
    }
    let (before, after) = (try solution(current), try solution(candidate))
    try file.write { () throws(ArchiveTooLarge) in
      try SolutionArchive.bytes(current: before, candidate: after)
    }
  }

  /// Writes the report of the update.
  private func write(_ check: UpdateCheck, to folder: String) throws {
    let command = CheckCommand(
      mdp: mdp, current: current, candidate: candidate, arithmetic: arithmetic.rigour,
      reading: reading.configuration)
    let conditions = FailCondition.named(
      Array(failOn.joined()), on: [(index: 1, update: JudgedUpdate(check))])
    do throws(ReportFailure) {
      try CheckReport(check, version: schema, conditions: conditions, command: command.line)
        .write(to: folder)
    } catch {
      throw CommandFailure(error)
    }
  }
}

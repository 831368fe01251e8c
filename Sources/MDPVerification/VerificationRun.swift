internal import MonotoneArithmetic
public import MonotoneFiles
internal import MDPGuarantees
internal import MDPCore
public import MDPFormats
internal import MDPSolvers

/// Checks every claim on every model, every counterexample on its false variant, and every example
/// of tightness on its bound.
///
///     let result = try VerificationRun().verify(["mdps"])
///     print(result.worst)
public struct VerificationRun: Sendable {
  /// The seed of the family's random policies.
  public var seed: UInt64 = 1
  /// How verdicts are reached.
  public var arithmetic = Rigour()
  /// How models and policies are read.
  public var reading = MDPReaderConfiguration()
  /// How many steps of each improvement rule are proved; 0 leaves the rules out.
  public var ruleIterations = 10
  /// Is told how the run goes, and may stop it.
  public var monitor = RunMonitor()

  /// A run as `monotone verify` makes it.
  public init() {}

  /// Verifies models, refutations and attainments, as many at a time as there are processor cores.
  ///
  /// A folder stands for the models in it, the refutations in its folder `counterexamples` and the
  /// attainments in its folder `attainment`; a run that is stopped says so in its result.
  ///
  /// - Throws: ``MonotoneFiles/RunFailure`` for the first path that cannot be used.
  public func verify(_ paths: [String]) throws -> Verification {
    try verify(VerificationSources(paths))
  }

  /// Verifies the files that paths stand for, as many at a time as there are processor cores.
  ///
  /// A run that is stopped ends after the models and rules at hand; the result says that it was interrupted.
  ///
  /// - Throws: ``MonotoneFiles/RunFailure`` for the first file that cannot be used.
  package func verify(_ sources: VerificationSources) throws -> Verification {
    let family = UpdateFamily(seed: seed)
    let total = sources.count
    defer { monitor.endProgress() }
    let models = try ParallelWork.run(sources.models, total: total, monitor: monitor) { file in
      try verify(model: file, family: family)
    }
    let refutations = try ParallelWork.run(
      sources.refutations, done: models.count, total: total, monitor: monitor, refute)
    let attainments = try ParallelWork.run(
      sources.attainments, done: models.count + refutations.count, total: total, monitor: monitor,
      attain)
    return Verification(
      arithmetic: arithmetic.kind,
      interrupted: monitor.isStopped(),
      models: models, refutations: refutations, attainments: attainments,
      claims: ClaimCatalogue.all.map { ClaimDescription($0) })
  }

  private func verify(model file: String, family: UpdateFamily) throws -> ModelVerification {
    let model = try LoadedModel(file, reading)
    if let note = reading.note(model.document.normalised, in: file) { monitor.note(note) }
    try arithmetic.requireAffordable(model)
    let verifier = ModelVerifier(model, arithmetic, monitor: monitor)
    let members = try family.members.filter { member in
      guard let reason = try verifier.endlessness(of: [member.current, member.candidate]) else {
        return true
      }
      monitor.note("\(file): left out \"\(member.label)\": \(reason)")
      return false
    }
    let updates = try members.map { member in
      VerifiedUpdate(
        label: member.label,
        command: CheckCommand(
          mdp: file, current: member.current, candidate: member.candidate, arithmetic: arithmetic,
          reading: reading
        ).line,
        check: try verifier.check(current: member.current, candidate: member.candidate))
    }
    let optimal = try verifier.resolver.optimal()
    let check = updates.first?.check
    let rules =
      ruleIterations == 0
      ? []
      : RuleFamily(iterations: ruleIterations, arithmetic: arithmetic, monitor: monitor).verify(
        model, optimum: optimal.lower.approximation)
    return ModelVerification(
      file: file, model: check?.mdp ?? ModelSummary(model.document),
      description: model.document.description, source: model.document.source,
      uniformReturn: try verifier.uniformReturn(),
      optimalReturn: optimal.lower,
      optimalityResidual: Quantity(optimal.largestAdvantage), updates: updates, rules: rules)
  }

  private func refute(_ file: String) throws -> Refutation {
    let document = try Self.boundCase(file, as: .refutation)
    guard let variant = FalseVariantCatalogue.variant(document.claim) else {
      let known = FalseVariantCatalogue.all.map(\.id)
      throw RunFailure(
        "\(file): unknown variant \"\(document.claim)\"; expected one of "
          + known.joined(separator: ", ") + NearestName.hint(document.claim, among: known),
        .badData)
    }
    let found = try check(
      variant, as: .variant(variant.id), mdp: document.mdp, current: document.current,
      candidate: document.candidate,
      of: file)
    return Refutation(
      name: document.name, file: file, description: document.description, model: found.model,
      variant: ClaimDescription(variant), result: found.result, command: found.command)
  }

  private func attain(_ file: String) throws -> Attainment {
    let document = try Self.boundCase(file, as: .attainment)
    guard let bound = ClaimCatalogue.bound(document.claim) else {
      let known = ClaimCatalogue.bounds.map(\.id)
      throw RunFailure(
        "\(file): unknown bound \"\(document.claim)\"; expected one of "
          + known.joined(separator: ", ") + NearestName.hint(document.claim, among: known), .badData
      )
    }
    let found = try check(
      bound, as: .claim(bound.id, parameters: [:]), mdp: document.mdp, current: document.current,
      candidate: document.candidate, of: file,
      sharpened: true)
    return Attainment(
      name: document.name, file: file, description: document.description,
      supremum: document.supremum, model: found.model, result: found.result,
      command: found.command)
  }

  private static func boundCase(
    _ file: String, as kind: BoundCase.Kind
  ) throws(RunFailure) -> BoundCase {
    let input = try InputFile.bytes(file)
    do throws(InvalidInput) { return try BoundCaseReader.read(input, as: kind) } catch {
      throw RunFailure(error)
    }
  }

  /// One claim on the update that a file names.
  private struct SingleCheck {
    var model: String
    var result: ClaimResult
    var command: String
  }

  /// Checks a claim on the update of a refutation or attainment file, with paths relative to it.
  ///
  /// - Parameter sharpened: Whether the numbers matter beside the verdict.
  private func check(
    _ claim: any Claim, as subject: CheckCommand.Subject, mdp: String, current: String,
    candidate: String, of file: String, sharpened: Bool = false
  ) throws -> SingleCheck {
    let mdp = Self.path(mdp, relativeTo: file)
    let current = Self.path(current, relativeTo: file)
    let candidate = Self.path(candidate, relativeTo: file)
    let model = try LoadedModel(mdp, reading)
    let rigour = sharpened ? arithmetic.sharpened(for: model) : arithmetic
    try rigour.requireAffordable(model)
    let check = try ModelVerifier(model, rigour, monitor: monitor).check(
      current: current, candidate: candidate, claims: [claim])
    return SingleCheck(
      model: model.document.name, result: check.claims[0],
      command: CheckCommand(
        mdp: mdp, current: current, candidate: candidate, subject: subject, arithmetic: rigour,
        reading: reading
      ).line)
  }

  /// A path in a refutation or attainment file, which is relative to that file, in its shortest
  /// form.
  static func path(_ relative: String, relativeTo file: String) -> String {
    if relative.hasPrefix("/") { return relative }
    let whole = FileSystem.sibling(relative, of: file)
    var parts: [Substring] = []
    for part in whole.split(separator: "/") where part != "." {
      if part == "..", let last = parts.last, last != ".." {
        parts.removeLast()
      } else if part != ".." || !whole.hasPrefix("/") {
        parts.append(part)
      }
    }
    return (whole.hasPrefix("/") ? "/" : "") + parts.joined(separator: "/")
  }
}

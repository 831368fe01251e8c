internal import MonotoneArithmetic
public import MonotoneFiles
internal import MDPGuarantees
internal import MDPTesting
internal import MDPVerification

/// The search of every bound for its tightest case, and of every false variant for its refutation.
public struct LadderSearch: Sendable {
  private let configuration: Falsifier.Configuration
  private let monitor: RunMonitor

  /// A search with one budget per claim.
  public init(_ configuration: Falsifier.Configuration, monitor: RunMonitor = .init()) {
    self.configuration = configuration
    self.monitor = monitor
  }

  /// Searches every bound and every false variant, keeping the worst updates in a folder.
  public func run(keepingIn folder: String) throws -> LadderResult {
    var result = LadderResult(seed: configuration.seed, budget: configuration.budget)
    defer { monitor.endProgress() }
    let bounds = ClaimCatalogue.bounds
    let variants = FalseVariantCatalogue.all
    let total = bounds.count + variants.count
    for (index, claim) in bounds.enumerated() where !monitor.isStopped() {
      monitor.progress("[\(index + 1)/\(total)] \(claim.id)")
      if let bound = try attained(claim, folder) { result.bounds.append(bound) }
    }
    for (index, variant) in variants.enumerated() where !monitor.isStopped() {
      monitor.progress("[\(bounds.count + index + 1)/\(total)] \(variant.id)")
      result.refutations.append(try refuted(variant, folder))
    }
    return result
  }

  private func attained(
    _ claim: any ReturnBound, _ folder: String
  ) throws -> LadderResult.Attainment? {
    let found = Falsifier(FalsificationTarget(claim), configuration).search { monitor.isStopped() }
    guard let best = found.best else { return nil }
    let looseness =
      try Experiment(best).ladder.decide(claim).looseness?.quantity.approximation ?? .infinity
    let constant = claim.leadingConstant
    return LadderResult.Attainment(
      id: claim.id, attained: 1 / looseness, constant: constant, needed: constant / looseness,
      states: best.mdp.space.stateCount,
      files: try Self.keep(best, in: "\(folder)/attained", named: claim.id))
  }

  private func refuted(_ variant: any FalseVariant, _ folder: String) throws -> LadderResult.Refuted
  {
    var refuted = LadderResult.Refuted(
      id: variant.id, statement: variant.statement, isRefuted: false)
    let falsifier = Falsifier(FalsificationTarget(variant), configuration)
    guard let best = falsifier.search(isStopped: { monitor.isStopped() }).best,
      let shrunk = falsifier.shrink(best)
    else { return refuted }
    refuted.isRefuted = true
    refuted.states = shrunk.input.mdp.space.stateCount
    refuted.actions = shrunk.input.mdp.space.actions.count
    refuted.margin = try Experiment(shrunk.input).ladder.decide(variant).margin?.quantity
      .approximation
    let stem = try Self.keep(shrunk.input, in: "\(folder)/refuted", named: variant.id)
    refuted.files = stem
    refuted.command = CheckCommand(stem: stem, subject: .variant(variant.id)).line
    return refuted
  }

  private static func keep(
    _ input: UpdateInput, in folder: String, named name: String
  ) throws -> String {
    do throws(UnwritableOutput) { return try input.write(into: folder, property: name) } catch {
      throw RunFailure(error)
    }
  }
}

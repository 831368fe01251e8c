internal import MonotoneArithmetic
public import MonotoneFiles
public import MDPGuarantees
internal import MDPCore
internal import MDPSolvers
public import MDPVerification
public import PolicyImprovement

extension ImprovementDocument {
  /// Applies a rule again and again from a policy, and checks every claim on every step.
  ///
  /// Ends after so many steps, at a policy that the rule does not change, within the gap of the optimum, or
  /// where the monitor says so; the steps that were made are kept.
  ///
  /// - Parameter untilGap: The distance of the return from the proved optimum at which to stop.
  /// - Throws: ``MonotoneFiles/RunFailure`` where the rule cannot start from the policy.
  public init(
    improving start: NamedPolicy, of model: LoadedModel, by rule: any ImprovementRule,
    iterations count: Int, untilGap: Double? = nil, _ rigour: Rigour = Rigour(),
    monitor: RunMonitor = .init()
  ) throws(RunFailure) {
    let run = ImprovementRun(
      rule, from: start, evaluator: model.evaluator, arithmetic: rigour.kind,
      configuration: rigour.configuration)
    defer { monitor.endProgress() }
    do throws(ImprovementFailure) {
      var optimum =
        untilGap == nil ? nil : try Self.optimum(of: model, from: nil, rigour)
      var iteration: ImprovementIteration
      repeat {
        iteration = try run.advance()
        let value = iteration.check.quantities[.returnCandidate].approximation
        monitor.progress(
          "[\(iteration.index)/\(count)] return \(NumberFormat.text(value, digits: 10))")
        if let optimum, let untilGap, Self.isWithin(untilGap, iteration, of: optimum) { break }
      } while run.iterations.count < count && !run.hasConverged && !monitor.isStopped()
      if run.hasConverged, rule.endsAtOptimum {
        optimum = try Self.optimum(of: model, from: run.policy, rigour)
      }
      self.init(
        model: iteration.check.mdp, rule: rule, start: start.name, arithmetic: rigour.kind,
        iterations: run.iterations, optimum: optimum, hasConverged: run.hasConverged,
        interrupted: monitor.isStopped(), policy: run.policy)
    } catch {
      throw RunFailure("\(model.file): \(error.message)", .badData)
    }
    self.model.reading = model.document.reading
    normalised = model.document.normalised + start.normalised
  }

  /// Whether the return is known to be within a distance of the optimal one.
  private static func isWithin(
    _ gap: Double, _ iteration: ImprovementIteration, of optimum: OptimalPolicy
  ) -> Bool {
    guard let last = QuantityEnds(iteration.check.quantities[.returnCandidate]),
      let upper = QuantityEnds(optimum.upper),
      let distance = QuantityEnds(last.distance(to: upper))
    else { return false }
    let limit = Rational(exactly: gap)
    return distance.exact.flatMap { exact in limit.map { exact <= $0 } } ?? (distance.upper <= gap)
  }

  private static func optimum(
    of model: LoadedModel, from policy: ExactPolicy?, _ rigour: Rigour
  ) throws(ImprovementFailure) -> OptimalPolicy {
    do throws(EvaluationFailure) {
      return try OptimalPolicy(
        model.evaluator, from: policy, effort: rigour.comparisonEffort,
        exactly: rigour.canSolveExactly(model))
    } catch {
      throw .evaluation(error)
    }
  }
}

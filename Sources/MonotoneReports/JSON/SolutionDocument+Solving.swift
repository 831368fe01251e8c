public import MDPGuarantees
public import MDPVerification
public import MonotoneFiles
internal import MDPSolvers
internal import MonotoneArithmetic

extension SolutionDocument {
  /// Evaluates a policy of a model in the arithmetic that is asked for.
  ///
  /// `auto` takes an enclosure by float balls where it is meaningful and its return is sharp, and solves
  /// exactly where it is not and that is affordable. The ladder of proof does not serve here: it climbs until
  /// a claim is decided, and there is no claim.
  ///
  /// - Throws: ``MonotoneFiles/RunFailure`` for a policy without values, for numbers beyond the arithmetic, and
  ///   for an exact solve that would take too long.
  public init(
    evaluating named: NamedPolicy, of model: LoadedModel, _ rigour: Rigour = Rigour()
  ) throws(RunFailure) {
    let evaluator = model.evaluator
    try rigour.requireAffordable(
      model, seconds: evaluator.exactCost(of: named.policy).seconds, announcing: true)
    let normalised = model.document.normalised + named.normalised
    func document<Number: Scalar>(
      _ evaluation: PolicyEvaluation<Number>, reciprocalCondition: Double? = nil
    ) -> SolutionDocument {
      var document = SolutionDocument(
        evaluation, policy: named.name, reciprocalCondition: reciprocalCondition,
        normalised: normalised)
      document.model.reading = model.document.reading
      return document
    }
    do throws(EvaluationFailure) {
      try evaluator.requireEnding(named.policy, named: named.name)
      switch rigour.kind {
      case .float64:
        self = document(
          try evaluator.evaluate(named.policy),
          reciprocalCondition: try evaluator.reciprocalCondition(named.policy))
      case .certified: self = document(try evaluator.certify(named.policy))
      case .exact: self = document(try evaluator.solveExactly(named.policy))
      case .auto:
        let seconds = evaluator.exactCost(of: named.policy).seconds
        let isAffordable = seconds <= rigour.configuration.exactSecondsLimit
        do throws(EvaluationFailure) {
          let enclosure = try evaluator.certify(named.policy)
          let isUseful =
            enclosure.valueAccuracy.isMeaningful && enclosure.visitationAccuracy.isMeaningful
            && enclosure.isReturnSharp
          if isUseful || !isAffordable {
            self = document(enclosure)
            return
          }
        } catch {
          guard isAffordable else { throw error }
        }
        if seconds > UpdateVerifier.quietSeconds { rigour.configuration.announce(seconds) }
        self = document(try evaluator.solveExactly(named.policy))
      }
    } catch {
      throw RunFailure(error, file: model.file)
    }
  }
}

public import MDPGuarantees
public import MDPVerification
public import MonotoneFiles
internal import MDPSolvers
internal import MonotoneArithmetic

extension SolutionDocument {
  /// Evaluates a policy of a model in the arithmetic that is asked for.
  ///
  /// `auto` takes an enclosure by balls where it is meaningful and its return is sharp, and solves
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
    func enclosure() throws(EvaluationFailure) -> Enclosure {
      func made<Number: Scalar>(_ evaluation: PolicyEvaluation<Number>) -> Enclosure {
        let accuracies = [evaluation.valueAccuracy, evaluation.visitationAccuracy]
        return Enclosure(
          document: document(evaluation), isBounded: accuracies.allSatisfy(\.errorBound.isFinite),
          isUseful: accuracies.allSatisfy(\.isMeaningful) && evaluation.isReturnSharp)
      }
      if let rounded = try evaluator.round(named.policy) {
        let enclosure = Enclosure(rounded, of: model, policy: named.name, normalised)
        if enclosure.isBounded { return enclosure }
      } else if evaluator.isLarge {
        let enclosure = made(try evaluator.enclose(named.policy))
        if enclosure.isBounded { return enclosure }
      }
      return made(try evaluator.certify(named.policy))
    }
    do throws(EvaluationFailure) {
      try evaluator.requireEnding(named.policy, named: named.name)
      switch rigour.kind {
      case .float64:
        self = document(
          try evaluator.evaluate(named.policy),
          reciprocalCondition: try evaluator.reciprocalCondition(named.policy))
      case .certified: self = try enclosure().document
      case .exact: self = document(try evaluator.solveExactly(named.policy))
      case .auto:
        let seconds = evaluator.exactCost(of: named.policy).seconds
        let isAffordable = seconds <= rigour.configuration.exactSecondsLimit
        do throws(EvaluationFailure) {
          let enclosure = try enclosure()
          if enclosure.isUseful || !isAffordable {
            self = enclosure.document
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

/// A solution in balls, and how good it is.
private struct Enclosure {
  var document: SolutionDocument
  /// Whether its error bounds are finite.
  var isBounded: Bool
  /// Whether its numbers are known well enough for what is asked for.
  var isUseful: Bool

  init(document: SolutionDocument, isBounded: Bool, isUseful: Bool) {
    self.document = document
    self.isBounded = isBounded
    self.isUseful = isUseful
  }

  init(
    _ evaluation: RoundedEvaluation, of model: LoadedModel, policy: String, _ normalised: [String]
  ) {
    document = SolutionDocument(
      evaluation, of: ModelSummary(model.document), policy: policy, normalised: normalised)
    document.model.reading = model.document.reading
    let accuracies = [evaluation.valueAccuracy, evaluation.visitationAccuracy]
    isBounded = accuracies.allSatisfy(\.errorBound.isFinite)
    isUseful = accuracies.allSatisfy(\.isMeaningful) && evaluation.isReturnSharp
  }
}

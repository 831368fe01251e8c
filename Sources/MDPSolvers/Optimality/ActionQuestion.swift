package import MonotoneArithmetic
package import MDPCore

/// A question about the actions of a policy, which an evaluation may be too coarse to decide.
package protocol ActionQuestion {
  /// The type of the answer.
  associatedtype Answer

  /// Whether even an answer that is not decided must be a theorem, so that float64 is not asked; not so
  /// unless said otherwise.
  static var isRigorous: Bool { get }

  /// The answer by an evaluation, and whether that proves it.
  func answer<Number: Scalar>(_ evaluation: PolicyEvaluation<Number>) -> DecidedAnswer<Answer>
}

extension ActionQuestion {
  package static var isRigorous: Bool { false }
}

/// An answer, and whether it is certain.
package struct DecidedAnswer<Answer> {
  /// The answer; where it is not decided, the best that can be said.
  package var answer: Answer
  /// Whether the evaluation's error bounds leave no other.
  package var isDecided: Bool

  package init(_ answer: Answer, isDecided: Bool) {
    self.answer = answer
    self.isDecided = isDecided
  }
}

extension PolicyEvaluator {
  /// Asks about a policy's actions, of sharper and sharper evaluations until one decides.
  ///
  /// Float64 first (balls around its solution where that must be a theorem), then refined balls where these
  /// are sharper, then rationals, as far as the effort goes. A model whose numbers float64 cannot hold is asked about in
  /// rationals at once.
  ///
  /// - Throws: ``EvaluationFailure`` where no evaluation within the effort can be made.
  package func ask<Question: ActionQuestion>(
    _ question: Question, of policy: ExactPolicy, effort: ComparisonEffort
  ) throws(EvaluationFailure) -> DecidedAnswer<Question.Answer> {
    var best: DecidedAnswer<Question.Answer>?
    var failure: EvaluationFailure?
    do throws(EvaluationFailure) {
      let first =
        Question.isRigorous
        ? isLarge ? question.answer(try enclose(policy)) : question.answer(try certify(policy))
        : question.answer(try evaluate(policy))
      if first.isDecided { return first }
      best = first
      if effort.refines, try isRefinable() {
        let second = question.answer(try refine(policy))
        if second.isDecided { return second }
        best = second
      }
    } catch {
      failure = error
    }
    if exactCost(of: policy).seconds <= effort.exactSecondsLimit {
      return question.answer(try solveExactly(policy))
    }
    if let best { return best }
    throw failure ?? .solver(.overflow)
  }
}

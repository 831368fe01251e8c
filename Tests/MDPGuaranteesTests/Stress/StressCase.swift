import MonotoneArithmetic
import MDPGuarantees
import MDPCore
import MDPSolvers

/// One update of the stress set, to be checked in any arithmetic.
struct StressCase {
  let name: String
  let evaluator: PolicyEvaluator
  let current: NamedPolicy
  let candidate: NamedPolicy
  /// One a model and an arithmetic, so that what updates have in common is evaluated once.
  private let verifiers: [ArithmeticKind: UpdateVerifier]

  private init(
    _ evaluator: PolicyEvaluator, _ verifiers: [ArithmeticKind: UpdateVerifier],
    _ step: StressUpdate
  ) {
    let space = evaluator.space
    self.evaluator = evaluator
    self.verifiers = verifiers
    let (start, end) = (step.start.rawValue, "\(step.start.rawValue), step \(step.step.rawValue)")
    name = "\(evaluator.document.name), \(end)"
    current = NamedPolicy(name: start, policy: step.current(space))
    candidate = NamedPolicy(name: end, policy: step.candidate(space))
  }

  /// Every step on every model of a shape and a discount.
  static func each(
    _ shape: StressModel.Shape, _ discount: StressModel.Discount,
    _ body: (StressCase) throws -> Void
  ) throws {
    for scale in StressModel.Scale.allCases {
      let model = StressModel(shape: shape, discount: discount, scale: scale)
      let evaluator = PolicyEvaluator(model.document)
      let verifiers = Dictionary(
        uniqueKeysWithValues: ArithmeticKind.allCases.map {
          ($0, UpdateVerifier(evaluator, arithmetic: $0))
        })
      for start in StressUpdate.Start.allCases {
        for step in StressUpdate.Step.allCases {
          try body(StressCase(evaluator, verifiers, StressUpdate(start: start, step: step)))
        }
      }
    }
  }

  func check(
    _ arithmetic: ArithmeticKind, claims: [any Claim] = ClaimCatalogue.all
  ) throws -> UpdateCheck {
    guard let verifier = verifiers[arithmetic] else { preconditionFailure("no \(arithmetic)") }
    return try verifier.check(from: current, to: candidate, claims: claims)
  }

  /// The update with both policies evaluated in one arithmetic.
  func update<Number: Scalar>(
    _ evaluate: (ExactPolicy) throws -> PolicyEvaluation<Number>
  ) throws -> PolicyUpdate<Number> {
    PolicyUpdate(current: try evaluate(current.policy), candidate: try evaluate(candidate.policy))
  }
}

extension UpdateCheck {
  /// The verdicts by claim.
  var verdicts: [String: Verdict] {
    Dictionary(uniqueKeysWithValues: claims.map { ($0.id, $0.verdict) })
  }
}

extension RealScalar {
  /// The numbers that this one may be, as a ball.
  var enclosure: Ball {
    if let exact = self as? ExactReal { return exact.ball }
    if let ball = self as? Ball { return ball }
    guard approximation.isFinite, radius.isFinite else { return .indeterminate }
    return Ball(midpoint: approximation, radius: radius)
  }
}

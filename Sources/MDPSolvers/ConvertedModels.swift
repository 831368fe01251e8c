internal import MonotoneArithmetic
internal import MonotoneLinearAlgebra
internal import MDPCore

/// One model in the arithmetics that are asked for, each converted when it is first needed.
struct ConvertedModels {
  private let document: MDPDocument
  private let isLarge: Bool
  private let work: SharedWork
  private var float: FiniteMDP<Double>?
  private var tracked: FiniteMDP<TrackedDouble>?
  /// Nil inside where the model is not full.
  private var enclosed: EnclosedMatrix??
  private var balls: [Int: FiniteMDP<Ball>] = [:]
  private var floatBalls: FiniteMDP<FloatBall>?
  private var roundedModel: RoundedMDP?
  private var rational: FiniteMDP<Rational>?

  init(_ document: MDPDocument, isLarge: Bool, _ work: SharedWork) {
    self.document = document
    self.isLarge = isLarge
    self.work = work
  }

  /// In float64, each number with its error bound.
  mutating func inTrackedNumbers() throws(EvaluationFailure) -> FiniteMDP<TrackedDouble> {
    if let tracked { return tracked }
    let converted = try Self.attempt { () throws(NumberOutOfRange) in
      try FiniteMDP.tracked(document)
    }
    tracked = converted
    return converted
  }

  /// The transitions of a full model for fast products; nil where the model is not full.
  mutating func enclosedTransitions() throws(EvaluationFailure) -> EnclosedMatrix? {
    if let enclosed { return enclosed }
    let matrix = EnclosedMatrix(
      try inTrackedNumbers().transitions, midpoints: try inFloat64().transitions)
    enclosed = .some(matrix)
    return matrix
  }

  /// In float64.
  mutating func inFloat64() throws(EvaluationFailure) -> FiniteMDP<Double> {
    if let float { return float }
    let converted =
      if isRoundedEnough, tracked == nil { try rounded().mdp } else {
        FiniteMDP(try inTrackedNumbers()) { $0.value }
      }
    float = converted
    return converted
  }

  /// Whether float64 with one error for all numbers may serve the model: it is large, discounted, and some of its
  /// transitions are zero. Of a full model ``EnclosedMatrix`` is better.
  var isRoundedEnough: Bool { isLarge && !isFull && !document.isUndiscounted }

  private var isFull: Bool {
    document.transitions.nextState.count == document.space.pairCount * document.space.stateCount
  }

  /// In float64 with one error for all numbers.
  mutating func rounded() throws(EvaluationFailure) -> RoundedMDP {
    if let roundedModel { return roundedModel }
    let converted = try Self.attempt { () throws(NumberOutOfRange) in try RoundedMDP(document, work)
    }
    roundedModel = converted
    return converted
  }

  /// In float balls, of two machine words.
  mutating func inFloatBalls() throws(EvaluationFailure) -> FiniteMDP<FloatBall> {
    if let floatBalls { return floatBalls }
    let converted =
      if let tracked { FiniteMDP(tracked) { FloatBall($0) } } else {
        try Self.attempt { () throws(NumberOutOfRange) in try FiniteMDP.enclosed(document) }
      }
    floatBalls = converted
    return converted
  }

  /// In balls of the working precision.
  mutating func inBalls() throws(EvaluationFailure) -> FiniteMDP<Ball> {
    try Self.converted(document, &balls[Ball.workingPrecision])
  }

  /// In rationals, as the file states them.
  mutating func inRationals() throws(EvaluationFailure) -> FiniteMDP<Rational> {
    try Self.converted(document, &rational)
  }

  private static func converted<Number: Scalar>(
    _ document: MDPDocument, _ kept: inout FiniteMDP<Number>?
  ) throws(EvaluationFailure) -> FiniteMDP<Number> {
    if let kept { return kept }
    let converted = try attempt { () throws(NumberOutOfRange) in
      try FiniteMDP<Number>(document)
    }
    kept = converted
    return converted
  }

  private static func attempt<Result>(
    _ work: () throws(NumberOutOfRange) -> Result
  ) throws(EvaluationFailure) -> Result {
    do throws(NumberOutOfRange) { return try work() } catch { throw .range(error) }
  }
}

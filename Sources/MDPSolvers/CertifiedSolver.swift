public import MonotoneArithmetic
public import MDPCore

extension PolicyEvaluation<Ball> {
  /// A certified evaluation: the enclosure of a float64 solution, carried over into balls.
  ///
  /// The residual, the only part that costs O(stored transitions), was taken in ``TrackedDouble``,
  /// whose field operations bound their errors rigorously, or for a full model by ``EnclosedMatrix``,
  /// which proves its bounds; ball arithmetic takes over where the work is O(|S| |A|).
  public init(
    _ tracked: PolicyEvaluation<TrackedDouble>, mdp: FiniteMDP<Ball>, policy: TabularPolicy<Ball>
  ) {
    self.init(
      mdp: mdp, policy: policy, stateValues: tracked.stateValues.map(Ball.init),
      actionValues: tracked.actionValues.map(Ball.init),
      stateVisitation: StateVisitation(
        mass: tracked.stateVisitation.mass.map(Ball.init),
        massError: Ball(tracked.stateVisitation.massError),
        isVisited: tracked.stateVisitation.isVisited),
      valueAccuracy: tracked.valueAccuracy, visitationAccuracy: tracked.visitationAccuracy,
      worstValueState: tracked.worstValueState,
      expectedSteps: tracked.expectedSteps?.map(Ball.init))
  }
}

extension PolicyEvaluation<FloatBall> {
  /// An evaluation in float balls, from one in float64 whose enclosures they carry over unchanged.
  public init(
    _ tracked: PolicyEvaluation<TrackedDouble>, mdp: FiniteMDP<FloatBall>,
    policy: TabularPolicy<FloatBall>
  ) {
    self.init(
      mdp: mdp, policy: policy, stateValues: tracked.stateValues.map(FloatBall.init),
      actionValues: tracked.actionValues.map(FloatBall.init),
      stateVisitation: StateVisitation(
        mass: tracked.stateVisitation.mass.map(FloatBall.init),
        massError: FloatBall(tracked.stateVisitation.massError),
        isVisited: tracked.stateVisitation.isVisited),
      valueAccuracy: tracked.valueAccuracy, visitationAccuracy: tracked.visitationAccuracy,
      worstValueState: tracked.worstValueState,
      expectedSteps: tracked.expectedSteps?.map(FloatBall.init))
  }
}

extension PolicyEvaluation<FloatBall> {
  /// An evaluation in float balls, from one of a large model whose bounds they carry over.
  init(_ rounded: RoundedEvaluation, mdp: FiniteMDP<FloatBall>, policy: TabularPolicy<FloatBall>) {
    func balls(_ numbers: [Double], _ error: Double) -> [FloatBall] {
      numbers.map { FloatBall(TrackedDouble(value: $0, error: error)) }
    }
    let space = rounded.space
    self.init(
      mdp: mdp, policy: policy,
      stateValues: space.states.indices.map {
        FloatBall(
          TrackedDouble(
            value: rounded.stateValues[$0],
            error: space.isTerminal[$0] ? 0 : rounded.valueError))
      },
      actionValues: balls(rounded.actionValues, rounded.actionValueError),
      advantages: balls(rounded.advantages, rounded.advantageError),
      stateVisitation: StateVisitation(
        mass: rounded.visitation.map { FloatBall($0) },
        massError: FloatBall(rounded.visitationError), isVisited: rounded.isVisited),
      expectedReturn: FloatBall(rounded.expectedReturn),
      valueAccuracy: rounded.valueAccuracy, visitationAccuracy: rounded.visitationAccuracy,
      worstValueState: rounded.worstValueState, expectedSteps: nil)
  }
}

extension Ball {
  /// The ball that a tracked number stands for: every real number, where its error is not bounded.
  init(_ tracked: TrackedDouble) {
    self =
      tracked.value.isFinite && tracked.error.isFinite
      ? Ball(midpoint: tracked.value, radius: tracked.error) : .indeterminate
  }
}

/// Corrections of V̂ and ρ̂, by state.
struct PolicyCorrections {
  var values: [Double]
  var visits: [Double]
}

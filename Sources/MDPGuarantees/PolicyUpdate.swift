public import MonotoneArithmetic
internal import MonotoneProbability
public import MDPCore
public import MDPSolvers

/// A step from one policy to another, and everything the guarantees say about it is made of.
///
/// π is `current`, π̃ is `candidate`. Per-state quantities are arrays by state, 0 at terminal
/// states; maxima run over live states.
///
/// Source: Schulman et al. 2015, §2–3.
public struct PolicyUpdate<Number: Scalar>: Sendable {
  /// V, Q, A, ρ, η of π.
  public let current: PolicyEvaluation<Number>
  /// V, Q, A, ρ, η of π̃.
  public let candidate: PolicyEvaluation<Number>
  /// Ā(s) = Σ_a π̃(a|s) A_π(s,a) by state.
  public let expectedAdvantages: [Number]
  /// TV(s) = ½ Σ_a |π − π̃| by state.
  public let totalVariation: [Number]
  /// KL(s) = KL(π‖π̃) by state.
  public let divergence: [Extended<Number.Real>]
  /// KL(π̃‖π) by state.
  public let reverseDivergence: [Extended<Number.Real>]
  /// 𝔸 = Σ_s ρ_π(s) Ā(s).
  public let policyAdvantage: Number

  /// The update from one evaluated policy to another of the same model.
  ///
  /// - Parameter isUnchanged: Where the policies are known to be the same, by state. There
  ///   Ā(s) = Σ_a π A = 0, TV = 0 and KL = 0 exactly, which enclosures of equal numbers cannot
  ///   know. Empty where nothing is known.
  public init(
    current: PolicyEvaluation<Number>, candidate: PolicyEvaluation<Number>,
    isUnchanged: [Bool] = []
  ) {
    let space = current.mdp.space
    precondition(
      isUnchanged.isEmpty || isUnchanged.count == space.stateCount,
      "\(isUnchanged.count) marks for \(space.stateCount) states")
    /// The pairs that count: none where nothing changes.
    func pairs(_ state: Int) -> Range<Int> {
      isUnchanged.isEmpty || !isUnchanged[state] ? space.pairs(of: state) : 0..<0
    }
    precondition(
      space.pairCount == candidate.mdp.space.pairCount,
      "policies of models with \(space.pairCount) and \(candidate.mdp.space.pairCount) pairs")
    self.current = current
    self.candidate = candidate
    let (before, after) = (current.policy, candidate.policy)
    expectedAdvantages = space.states.indices.map { state in
      Number.sum(over: pairs(state), { after[$0] }, times: { current.advantages[$0] })
    }
    totalVariation = space.states.indices.map { state in
      Divergences.totalVariation(pairs(state), { before[$0] }, { after[$0] })
    }
    divergence = space.states.indices.map { state in
      Divergences.kullbackLeibler(pairs(state), { before[$0] }, { after[$0] })
    }
    reverseDivergence = space.states.indices.map { state in
      Divergences.kullbackLeibler(pairs(state), { after[$0] }, { before[$0] })
    }
    let expected = expectedAdvantages
    policyAdvantage = current.stateVisitation.sum { expected[$0] }
  }
}

extension PolicyUpdate {
  /// The model.
  public var mdp: FiniteMDP<Number> { current.mdp }

  /// L_π(π̃) = η(π) + 𝔸: the surrogate objective (2015, eq. 3).
  public var surrogate: Number { current.expectedReturn + policyAdvantage }

  /// G = η(π̃) − L_π(π̃): what the surrogate misses, and what every bound of the ladder bounds.
  public var surrogateGap: Number { candidate.expectedReturn - surrogate }

  /// ε_max = max_{s,a} |A_π(s,a)|.
  public var maxAdvantage: Number { current.maxAdvantage }

  /// ε_exp = max_s |Ā(s)|.
  public var maxExpectedAdvantage: Number { expectedAdvantages.maximumMagnitude }

  /// C = 4 ε_max γ / (1−γ)², the penalty coefficient of Algorithm 1 (2015, eq. 9), for γ < 1.
  public var penaltyCoefficient: Number { current.penaltyCoefficient }

  /// α = max_s TV(s).
  public var maxTotalVariation: Number { totalVariation.maximumMagnitude }

  /// The factor that makes means of sums over ρ_π: 1/Σρ_π, which is 1−γ, for γ = 1 one over the expected number of
  /// steps. Means are then over live states, under ρ_π/Σρ_π; 0 if the process is over from the start.
  var meanWeight: Number {
    guard mdp.isUndiscounted else { return Number.one - mdp.discount }
    let steps = current.stateVisitation.total
    return steps.isExactlyZero ? .zero : Number.one / steps
  }

  /// E_{s~d_π} TV(s), with d_π = ρ_π/Σρ_π.
  public var meanTotalVariation: Number {
    meanWeight * current.stateVisitation.sum { totalVariation[$0] }
  }

  /// max_s KL(π‖π̃).
  public var maxDivergence: Extended<Number.Real> { Self.largest(divergence) }

  /// max_s KL(π̃‖π).
  public var maxReverseDivergence: Extended<Number.Real> { Self.largest(reverseDivergence) }

  /// E_{s~d_π} KL(π‖π̃).
  public var meanDivergence: Extended<Number.Real> { mean(divergence) }

  /// E_{s~d_π} KL(π̃‖π).
  public var meanReverseDivergence: Extended<Number.Real> { mean(reverseDivergence) }

  private func mean(_ values: [Extended<Number.Real>]) -> Extended<Number.Real> {
    meanWeight.real * current.stateVisitation.sum { values[$0] }
  }

  private static func largest(_ values: [Extended<Number.Real>]) -> Extended<Number.Real> {
    values.reduce(.zero) { .maximum($0, $1) }
  }

  /// Whether π̃ = π, known exactly.
  public var isUnchanged: Bool { totalVariation.allSatisfy(\.isExactlyZero) }

  /// Whether both evaluations are accurate enough for a verdict to rest on them, where the
  /// arithmetic itself would not notice if they were not.
  public var isMeaningful: Bool { Number.arithmetic.isRigorous || isAccurate }

  /// Whether the error bounds of both evaluations are small beside their numbers.
  var isAccurate: Bool {
    [current, candidate].allSatisfy {
      $0.valueAccuracy.isMeaningful && $0.visitationAccuracy.isMeaningful
    }
  }

  /// The live state where a per-state quantity is largest.
  func worstState<Size: Scalar>(_ size: (_ state: Int) -> Size) -> Int? {
    mdp.space.liveStates.max { size($1).isAbove(size($0)) }
  }

  /// The live state where a per-state quantity that may be infinite is largest.
  func worstState<Size: Scalar>(_ size: (_ state: Int) -> Extended<Size>) -> Int? {
    mdp.space.liveStates.max { size($1).isAbove(size($0)) }
  }

  /// In a state, the pair whose probability changes most.
  func mostChangedPair(in state: Int) -> Int? {
    mdp.space.pairs(of: state).max { change(ofPair: $1).isAbove(change(ofPair: $0)) }
  }

  private func change(ofPair pair: Int) -> Number {
    (candidate.policy[pair] - current.policy[pair]).magnitude
  }
}

extension Array where Element: Scalar {
  /// The largest magnitude; 0 for an empty array.
  var maximumMagnitude: Element {
    reduce(.zero) { Element.maximum($0, $1.magnitude) }
  }
}

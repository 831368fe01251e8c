internal import MonotoneArithmetic
public import MDPGuarantees
internal import MDPCore
internal import MDPSolvers
internal import RealModule

/// **Algorithm 1**: maximise M_π(π̃) = L_π(π̃) − C · max_s KL(π‖π̃), C = 4 ε_max γ/(1−γ)².
///
/// The rule that the theory guarantees: M_π minorises η and touches it at π, so η never falls
/// (``PenalisedObjective``).
///
/// *Derivation.* For a common radius r every state spends up to r: the objective is
/// Σ_s ρ(s) v_s(r) − C r with v_s(r) = max {Ā(s) : KL(s) ≤ r} concave and v_s' = κ_s(r). So the
/// optimal r solves Σ_s ρ(s) κ_s(r) = C, by a root on the logarithmic scale, where the sum is
/// nearly straight (κ ~ r^−½ for small steps). The multipliers ρ κ_s are the shares of C that prove
/// it optimal (``DualityGap``).
///
/// *Edge cases.* Where the supported actions are level and only an action that π never takes is
/// better, κ_s(0) is finite; if even Σ ρ κ_s(0) ≤ C, the optimum is no step at all: Algorithm 1
/// cannot leave such a policy. C = 0 (γ = 0, or no advantage at all): nothing is penalised and the
/// greedy policy is optimal. States with ρ(s) = 0 keep π.
///
/// Source: Schulman et al. 2015, Algorithm 1. Complexity: O(pairs), a few Newton steps a state, a
/// few times.
public struct PenaltyRule: ImprovementRule {
  /// The rule; it has no settings.
  public init() {}
  public let id = "penalty"
  public let summary = "maximise L − C·max KL: Algorithm 1, guaranteed to improve"
  public let source = "Schulman et al. 2015, Algorithm 1"
  public let line: RuleLine? = RuleLine(.guaranteed, .dashed)
  public let parameters: [RuleParameter] = []
  public var guarantee: String? { DivergenceBound().id }
  public var claims: [any Claim] { [PenalisedObjective.max] }

  public func propose(from start: EvaluatedPolicy) throws(RuleFailure) -> Proposal {
    let price = try start.penaltyPrice()
    guard price > 0 else { return try GreedyStep.unpenalised(start, .maxPenalty) }
    let tradeOffs = TradeOffs(start)
    let gainers = zip(start.space.liveStates, tradeOffs.states).filter {
      $0.1.isVisited && $0.1.canGain
    }
    var step = ConvexStep(start, tradeOffs, multiplier: 0)
    if staysPut(gainers.map(\.1), price) {
      // Level supported actions: κ = A(best) − A(supported) makes π itself the optimum.
      for (state, tradeOff) in gainers {
        let best = tradeOff.unsupportedBest ?? 0
        step.set(
          state, multiplier: tradeOff.scale * (best - tradeOff.supportedBest),
          price: tradeOff.scale * best)
      }
      return try step.proposal(.maxPenalty)
    }
    let points = self.points(gainers.map(\.1), tradeOffs, price)
    for ((state, tradeOff), point) in zip(gainers, points) {
      step.move(state, tradeOff, to: point)
    }
    let proposal = try step.proposal(.maxPenalty)
    return pays(proposal.policy, start, price)
      ? proposal : Proposal(policy: start.policy, residual: proposal.residual)
  }

  /// Whether a step as it is written does not lower the objective.
  ///
  /// At the optimum the gain is twice the penalty. But the radius is common, and a state whose move is
  /// too fine to be written earns nothing for what the others pay.
  private func pays(_ policy: ExactPolicy, _ start: EvaluatedPolicy, _ price: Double) -> Bool {
    let unit = start.unit
    var (gain, largest) = (0.0, 0.0)
    for state in start.space.liveStates {
      let mean = start.meanGap(in: state)
      var (advantage, divergence) = (0.0, 0.0)
      for pair in start.space.pairs(of: state) where policy[pair] != start.policy[pair] {
        let (old, move) = (start.policy[pair], policy[pair] - start.policy[pair])
        advantage += move.doubleValue * (mean - start.gaps.values[pair])
        divergence +=
          old.isExactlyZero
          ? move.doubleValue
          : old.doubleValue * Double.logarithmicExcess((move / old).doubleValue)
      }
      gain += start.share[state] * start.scale(of: state, in: unit) * advantage
      largest = .greatest(largest, divergence)
    }
    return gain >= price * largest
  }

  private func staysPut(_ gainers: [StateTradeOff], _ price: Double) -> Bool {
    guard gainers.allSatisfy({ $0.variance == 0 }) else { return false }
    let gain = gainers.reduce(0) {
      $0 + $1.share * $1.scale * ($1.knee?.multiplier ?? 0)
    }
    return gain <= price
  }

  /// Every state's best point at the common radius where Σ d κ = C (1−γ).
  private func points(
    _ gainers: [StateTradeOff], _ tradeOffs: TradeOffs, _ price: Double
  ) -> [StateTradeOff.Point] {
    let wanted = Double.log(price)
    // Were every step small: κ = sqrt(variance/2r).
    let slope = gainers.reduce(0) {
      $0 + $1.share * $1.scale * (($1.variance / 2).squareRoot() + ($1.unsupportedBest ?? 0))
    }
    let start = 2 * (Double.log(max(slope, .leastNormalMagnitude)) - wanted)
    let root = MonotoneRoot.solve(from: start) { logarithm in
      let radius = Double.exp(logarithm)
      var (sum, change) = (0.0, 0.0)
      for gainer in gainers {
        let point = tradeOffs.optimum(gainer, divergence: radius)
        let gain = gainer.share * gainer.scale * point.multiplier
        sum += gain
        // d κ / d ln r = −κ r/response.
        if point.response > 0 { change -= gain * radius / point.response }
      }
      return .init(value: Double.log(sum) - wanted, slope: change / sum)
    }
    return gainers.map { tradeOffs.optimum($0, divergence: Double.exp(root)) }
  }
}

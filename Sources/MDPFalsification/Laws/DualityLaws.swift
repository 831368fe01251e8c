internal import MonotoneArithmetic
internal import MDPGuarantees
internal import MDPCore
internal import MDPSolvers
internal import MDPTesting

/// Laws of duality and of convergence.
enum DualityLaws {
  static let all = [mixture, occupancy, pointStarts, exchange, neumann, optimum]

  private static let mixture = NamedProperty.law(
    "mixture", "L and total variation are linear along (1−t)π + tπ̃, divergences convex"
  ) { experiment in
    let weight = Rational(numerator: 1, denominator: 3)
    let input = experiment.input
    let mixed = UpdateInput(
      mdp: input.mdp, current: input.current,
      candidate: input.current.mixed(with: input.candidate, weight: weight))
    let (whole, part) = (try experiment.ladder.exact(), try Experiment(mixed).ladder.exact())
    for (name, whole, part) in [
      ("𝔸", whole.policyAdvantage, part.policyAdvantage),
      ("ε_exp", whole.maxExpectedAdvantage, part.maxExpectedAdvantage),
      ("max TV", whole.maxTotalVariation, part.maxTotalVariation),
      ("mean TV", whole.meanTotalVariation, part.meanTotalVariation),
    ] where part != weight * whole {
      throw Broken(description: "\(name) is \(part), not \(weight) of \(whole)")
    }
    if let whole = whole.maxDivergence.number {
      guard let part = part.maxDivergence.number,
        (ExactReal.rational(weight) * whole - part).isNonNegative != .no
      else { throw Broken(description: "max KL is above a third of \(whole.quantity)") }
    }
    return true
  }

  /// x(s,a) = ρ(s)π(a|s) is feasible for the dual linear program, with value η.
  private static let occupancy = NamedProperty.law(
    "occupancy", "ρ(s)π(a|s) conserves flow, has mass 1/(1−γ) and earns η"
  ) { experiment in
    let model = PlainModel(experiment.input)
    let update = try experiment.ladder.exact()
    for (evaluation, probability) in [
      (update.current, \PlainModel.Pair.current), (update.candidate, \.candidate),
    ] {
      let visits = evaluation.stateVisitation.mass
      var inflow = model.initial
      var earned = Rational.zero
      for (state, pairs) in model.pairs.enumerated() {
        if pairs.isEmpty { inflow[state] += model.discount * visits[state] }
        for pair in pairs {
          let flow = visits[state] * pair[keyPath: probability]
          earned += flow * pair.reward
          for (next, probability) in pair.next.enumerated() {
            inflow[next] += model.discount * flow * probability
          }
        }
      }
      guard inflow == visits else { throw Broken(description: "what flows in is not ρ") }
      guard earned == evaluation.expectedReturn else {
        throw Broken(description: "the flow earns \(earned), not \(evaluation.expectedReturn)")
      }
      let mass = visits.reduce(Rational.zero, +)
      guard mass * (Rational(1) - model.discount) == Rational(1) else {
        throw Broken(description: "the mass is \(mass)")
      }
    }
    return true
  }

  /// V(s) is the return of the model that starts in s.
  private static let pointStarts = NamedProperty.law(
    "point-start", "a start in s returns V(s)"
  ) { experiment in
    let values = try experiment.ladder.exact().current.stateValues
    for state in values.indices {
      var model = PlainModel(experiment.input)
      model.initial = values.indices.map { Rational($0 == state ? 1 : 0) }
      let input = model.input
      let start = try PolicyEvaluator(input.mdp).solveExactly(input.current)
      guard start.expectedReturn == values[state] else {
        throw Broken(
          description:
            "from state \(state) the return is \(start.expectedReturn), not \(values[state])")
      }
    }
    return true
  }

  private static let exchange = NamedProperty.law(
    "exchange", "π and π̃ exchanged: the same total variation, KL in the other direction"
  ) { experiment in
    let input = experiment.input
    let reversed = UpdateInput(mdp: input.mdp, current: input.candidate, candidate: input.current)
    let (there, back) = (try experiment.ladder.exact(), try Experiment(reversed).ladder.exact())
    guard there.maxTotalVariation == back.maxTotalVariation,
      there.current.expectedReturn == back.candidate.expectedReturn,
      UpdateNumbers.agree(there[.maxKL], back[.maxReverseKL]),
      UpdateNumbers.agree(there[.maxReverseKL], back[.maxKL])
    else { throw Broken(description: "the two directions do not match") }
    return true
  }

  /// Σ_{t<T} γ^t P^t r comes as near to V as its tail allows.
  private static let neumann = NamedProperty.law(
    "neumann-series", "T backups of 0 are within γ^T max|r|/(1−γ) of V"
  ) { experiment in
    guard let update = experiment.representableUpdate()?.current else { return false }
    let (mdp, policy) = (update.mdp, update.policy)
    var values = [FloatBall](repeating: .zero, count: mdp.stateCount)
    let largest = mdp.expectedReward.reduce(FloatBall.zero) { .maximum($0, $1.magnitude) }
    var tail = largest / (FloatBall.one - mdp.discount)
    for _ in 0..<20 {
      values = mdp.space.states.indices.map { state in
        mdp.space.pairs(of: state).reduce(FloatBall.zero) { sum, pair in
          var next = FloatBall.zero
          for entry in mdp.transitions.entries(ofRow: pair) {
            next += mdp.transitions.values[entry] * values[Int(mdp.transitions.columns[entry])]
          }
          return sum + policy[pair] * (mdp.expectedReward[pair] + mdp.discount * next)
        }
      }
      tail = tail * mdp.discount
    }
    for state in values.indices {
      let miss = (values[state] - update.stateValues[state]).magnitude
      guard (tail - miss).isNonNegative != .no else {
        throw Broken(description: "state \(state) is off by \(miss.quantity)")
      }
    }
    return true
  }

  /// Policy iteration ends, with a proof, at a policy that no action and neither policy improves on.
  private static let optimum = NamedProperty.law(
    "optimum", "policy iteration ends where no advantage is positive and V exceeds both policies'"
  ) { experiment in
    let optimal = try OptimalPolicy(experiment.evaluator)
    guard optimal.isProved else { throw Broken(description: "the optimum is not proved") }
    let best = try experiment.evaluator.solveExactly(optimal.policy)
    let update = try experiment.ladder.exact()
    guard best.advantages.allSatisfy({ $0.signum <= 0 }) else {
      throw Broken(description: "an action still improves the optimum")
    }
    for other in [update.current, update.candidate] {
      for state in best.stateValues.indices
      where best.stateValues[state] < other.stateValues[state] {
        throw Broken(description: "a policy beats the optimum in state \(state)")
      }
    }
    return true
  }
}

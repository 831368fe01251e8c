internal import MonotoneArithmetic
internal import MDPCore
internal import MDPSolvers
internal import RealModule

/// The largest gain in expected advantage that each state can have for its price in divergence:
///
///     maximise Σ_a p(a) A(a) − κ KL(π‖p)        over distributions p
///
/// for a multiplier κ > 0, or with KL(π‖p) ≤ r in place of the penalty. The building block of
/// every convex rule.
///
/// **The optimum.** Stationarity in p(a) gives p(a) = κ π(a) / (ν − A(a)) where π(a) > 0, with the
/// price ν of probability above every A there. An action that π never takes costs no divergence:
/// it receives mass only if it has the largest advantage of all, and then ν = A of it.
///
/// **One dimension.** Let e = A (so that Σ π e = 0), w = 1/ν, z = w e. The supported actions alone
/// are optimal at p = π / ((1 − z) S) with S = Σ π/(1 − z), where
///
///     κ = 1/(w S)        KL = ln S + Σ π ln(1 − z)
///
/// are monotone in the slack t = 1/w − max e, from t = ∞ (no step) down to the *knee*, where ν
/// reaches the best unsupported action, or without one to t = 0, where KL grows without limit.
/// Beyond the knee ν stays, the supported actions shrink by a factor 1 − m, the best unsupported
/// ones share m, and KL = KL(knee) − ln(1 − m), κ = κ(knee) (1 − m).
///
/// **No cancellation.** With R = S − 1 = Σ π z²/(1 − z) (since Σ π e = 0) the divergence is
/// ln(1 + R) − Σ π (−z − ln(1 − z)), two positive numbers of ratio about two, and
/// p − π = π (z − (1 − z) R) / ((1 − z) S): steps with KL ~ 1e-14 keep all but a digit.
///
/// **No overflow.** A state's numbers are in the unit of the advantages that matter to it, the largest
/// near 1; multipliers that are compared among states are in the common unit. Multipliers and
/// divergences beyond any effect on the probabilities that are written are cut off.
///
/// **Edge cases.** Where advantages cannot be told apart within their error bounds a state has
/// nothing to gain and keeps π: otherwise rounding errors would pass for advantages. Ties between
/// unsupported actions share evenly; supported ones shrink or grow in proportion to π by formula.
struct TradeOffs {
  /// The live states, in the order of the space.
  private(set) var states: [StateTradeOff] = []
  /// π by pair.
  let probability: [Double]
  /// e by pair; exactly 0 where a state's supported actions are level.
  private(set) var excess: [Double]

  init(_ start: EvaluatedPolicy) {
    let (space, unit) = (start.space, start.unit)
    probability = start.probability
    excess = [Double](repeating: 0, count: space.pairCount)
    states.reserveCapacity(space.liveStates.count)
    for state in space.liveStates {
      let mean = start.meanGap(in: state)
      for pair in space.pairs(of: state) { excess[pair] = mean - start.gaps.values[pair] }
      states.append(
        study(
          StateTradeOff(
            pairs: space.pairs(of: state), share: start.share[state],
            isVisited: start.isVisited(state), scale: 1,
            // Two numbers within an error of the truth differ for certain only beyond twice that.
            tolerance: 2 * start.gaps.errors[state], supportedBest: 0, variance: 0),
          exponent: (start.gaps.exponents[state] ?? unit) - unit))
    }
  }

  private mutating func study(_ blank: StateTradeOff, exponent: Int) -> StateTradeOff {
    var state = blank
    var (best, worst, unsupported) = (-Double.infinity, Double.infinity, -Double.infinity)
    for pair in state.pairs {
      if probability[pair] > 0 {
        (best, worst) = (.greatest(best, excess[pair]), .least(worst, excess[pair]))
      } else {
        unsupported = .greatest(unsupported, excess[pair])
      }
    }
    let isLevel = best - worst <= state.tolerance
    let canAdd = unsupported - best > state.tolerance
    // The unit of what the policy takes or may take up; a worse action that it leaves alone is none
    // of this.
    let size = [worst, best, canAdd ? unsupported : 0].greatestMagnitude
    let shift = size > 0 && size.isFinite ? Int(size.exponent) : 0
    for pair in state.pairs {
      excess[pair] =
        isLevel && probability[pair] > 0 ? 0 : excess[pair].scaled(byPowerOfTwo: -shift)
    }
    state.scale = .powerOfTwo(exponent + shift)
    state.tolerance = state.tolerance.scaled(byPowerOfTwo: -shift)
    state.supportedBest = isLevel ? 0 : best.scaled(byPowerOfTwo: -shift)
    state.variance = state.pairs.reduce(0) {
      $0 + (probability[$1] > 0 ? probability[$1] * excess[$1] * excess[$1] : 0)
    }
    if state.variance == 0 { state.supportedBest = 0 }
    if canAdd {
      let target = unsupported.scaled(byPowerOfTwo: -shift)
      state.unsupportedBest = target
      state.knee = point(of: state, slack: target - state.supportedBest)
    }
    return state
  }

  /// The supported optimum whose price is `slack` above the best supported action.
  private func point(of state: StateTradeOff, slack: Double) -> StateTradeOff.Point {
    let slack = max(slack, .leastNormalMagnitude)
    let w = 1 / (slack + state.supportedBest)
    guard state.variance > 0 else {
      return .init(slack: slack, divergence: 0, multiplier: slack, response: 0)
    }
    var (ratio, logarithms) = (0.0, 0.0)
    for pair in state.pairs where probability[pair] > 0 {
      let z = w * excess[pair]
      let room = slack + (state.supportedBest - excess[pair])
      ratio += probability[pair] * (z * (excess[pair] / room))
      logarithms +=
        probability[pair] * (z < 0.5 ? Double.logarithmicExcess(-z) : -z - Double.log(w * room))
    }
    var spread = 0.0
    for pair in state.pairs where probability[pair] > 0 {
      let room = slack + (state.supportedBest - excess[pair])
      let deviation = excess[pair] / room - ratio
      spread += probability[pair] * deviation * deviation
    }
    let total = 1 + ratio
    let response = spread / (spread + total * total)
    return .init(
      slack: slack, divergence: .greatest(0, Double.log(onePlus: ratio) - logarithms),
      // Where the squares overflow all that is left is to shrink every other action.
      multiplier: 1 / (w * total), response: response.isFinite ? response : 1)
  }

  /// The best policy of a state that gains at least κ, in the common unit, by its last unit of
  /// divergence.
  func optimum(_ state: StateTradeOff, multiplier common: Double) -> StateTradeOff.Point {
    let wanted = state.scale > 0 ? common / state.scale : .infinity
    let multiplier = min(max(wanted, Self.smallest), 1 / Self.smallest)
    var point = point(of: state, multiplier: multiplier)
    // Beyond the cut nothing answers to the multiplier, which a search must know.
    if multiplier != wanted { point.response = 0 }
    return point
  }

  private func point(of state: StateTradeOff, multiplier: Double) -> StateTradeOff.Point {
    if let knee = state.knee, multiplier <= knee.multiplier {
      return beyond(knee, keeping: multiplier / knee.multiplier)
    }
    guard state.variance > 0 else { return point(of: state, slack: multiplier) }
    // H(t) = 1/Σ π/(t + g), g = max e − e, is increasing and concave: from a point left of the
    // root of H = κ Newton's steps rise to it. H ≤ t/π(best) and H ≤ t + Σ π g give the start.
    var slack = max(multiplier - state.supportedBest, multiplier * bestSupport(state))
    for _ in 0..<Self.iterationLimit {
      var (first, second) = (0.0, 0.0)
      for pair in state.pairs where probability[pair] > 0 {
        let inverse = 1 / (slack + (state.supportedBest - excess[pair]))
        first += probability[pair] * inverse
        second += probability[pair] * inverse * inverse
      }
      let step = (multiplier * first - 1) * first / second
      slack += step
      if abs(step) <= 4 * slack.ulp { break }
    }
    return point(of: state, slack: slack)
  }

  /// The best policy of a state whose divergence is at most r.
  func optimum(_ state: StateTradeOff, divergence wanted: Double) -> StateTradeOff.Point {
    let divergence = min(max(wanted, Self.smallest), Self.largestDivergence)
    var point = point(of: state, divergence: divergence)
    // Nor the multiplier to the divergence.
    if divergence != wanted { point.response = .infinity }
    return point
  }

  private func point(of state: StateTradeOff, divergence: Double) -> StateTradeOff.Point {
    if let knee = state.knee, divergence >= knee.divergence {
      return beyond(knee, keeping: Double.exp(knee.divergence - divergence))
    }
    guard state.variance > 0 else { return point(of: state, slack: 1 / Self.smallest) }
    let wanted = Double.log(divergence)
    // KL ~ variance/(2ν²) far out.
    let start = (state.variance / (2 * divergence)).squareRoot()
    let root = MonotoneRoot.solve(
      from: Double.log(max(start - state.supportedBest, start * 0x1p-10))
    ) { logarithm in
      let slack = Double.exp(logarithm)
      let point = point(of: state, slack: slack)
      let slope = point.response * slack / (point.multiplier * (1 - point.response))
      return .init(value: Double.log(point.divergence) - wanted, slope: -slope / point.divergence)
    }
    return point(of: state, slack: Double.exp(root))
  }

  private func beyond(
    _ knee: StateTradeOff.Point, keeping share: Double
  ) -> StateTradeOff.Point {
    .init(
      slack: knee.slack, moved: 1 - share, divergence: knee.divergence - Double.log(share),
      multiplier: knee.multiplier * share, response: 1)
  }

  private func bestSupport(_ state: StateTradeOff) -> Double {
    var share = 0.0
    for pair in state.pairs where probability[pair] > 0 && excess[pair] == state.supportedBest {
      share += probability[pair]
    }
    return share
  }

  private static let iterationLimit = 100

  /// A multiplier below which only the best action keeps a probability that can be written, one over a
  /// multiplier above which no probability moves, and a divergence that moves none.
  private static let smallest = 1e-100

  /// A divergence beyond which only the best action keeps a probability that can be written.
  private static let largestDivergence = 500.0

  /// Writes p − π of a state at a point.
  func change(_ state: StateTradeOff, at point: StateTradeOff.Point, into change: inout [Double]) {
    let w = 1 / (point.slack + state.supportedBest)
    func room(_ pair: Int) -> Double { point.slack + (state.supportedBest - excess[pair]) }
    var ratio = 0.0
    if state.variance > 0 {
      for pair in state.pairs where probability[pair] > 0 {
        ratio += probability[pair] * (w * excess[pair] * (excess[pair] / room(pair)))
      }
    }
    let kept = 1 - point.moved
    let gainers =
      point.moved > 0 ? state.pairs.filter { isBestUnsupported($0, state) } : []
    for pair in state.pairs where probability[pair] > 0 {
      // (z/(1−z) − R)/S.
      let relative =
        state.variance > 0 ? (excess[pair] / room(pair) - ratio) / (1 + ratio) : 0
      change[pair] = probability[pair] * (kept * relative - point.moved)
    }
    for pair in gainers { change[pair] = point.moved / Double(gainers.count) }
  }

  private func isBestUnsupported(_ pair: Int, _ state: StateTradeOff) -> Bool {
    guard probability[pair] == 0, let best = state.unsupportedBest else { return false }
    return excess[pair] >= best - state.tolerance
  }

  /// ν, the price of probability at a point, in the common unit.
  func price(_ state: StateTradeOff, at point: StateTradeOff.Point) -> Double {
    state.scale * (point.slack + state.supportedBest)
  }

  /// κ at a point, in the common unit.
  func multiplier(_ state: StateTradeOff, at point: StateTradeOff.Point) -> Double {
    state.scale * point.multiplier
  }
}

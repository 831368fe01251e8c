#if Distributed
  internal import MonotoneArithmetic
  internal import MDPFormats

  /// A policy whose distance from the optimum is proved, by inexact policy iteration.
  ///
  /// V̂ ← V̂ + (I − γP_π)⁻¹ d_π, roughly, for the policy π that is greedy for V̂; what PETSc's solver leaves of
  /// d_π, the next policy meets. Each step bounds V* − V_π by ``BellmanResidual``'s theorem, whatever the
  /// solver did; where it gives up, a step of value iteration (V̂ + d_π) takes its place, which always
  /// contracts.
  ///
  /// Source: Gargiani et al. 2023, *Inexact policy iteration methods for large-scale MDPs*; Puterman 1994,
  /// §6.6.
  struct InexactPolicyIteration {
    /// V̂ by state of the process.
    private(set) var values: [Double]
    /// The action of each state, by its place among those of the state.
    private(set) var choices: [Int32]
    /// A bound on V* − V_π in every state.
    private(set) var gap = Double.infinity
    /// A bound on |V_π − V̂| in every state.
    private(set) var valueRadius = Double.infinity
    /// How many corrections were made.
    private(set) var iterations = 0
    /// Krylov iterations.
    private(set) var linearIterations = 0
    /// Stand-ins for packages that PETSc was built without.
    private(set) var remarks: [String] = []
    /// Whether the gap that was asked for was reached.
    private(set) var converged = false

    /// By how much an inner solve is to reduce the residual.
    private static let roughly = 1e-3
    private static let closely = 1e-10
    /// Steps without progress after which rounding is known to allow for no more.
    private static let patience = 4

    /// Improves until the gap is proved, or so many steps are made.
    ///
    /// - Parameters:
    ///   - start: V̂ and π to begin with; nil for V̂ = 0.
    ///   - keep: Called with what is known after each step.
    init(
      _ model: DistributedModel, from start: DistributedShard?, untilGap: Double,
      iterations limit: Int, clock: inout DistributedClock,
      keep: (InexactPolicyIteration, inout DistributedClock) throws -> Void
    ) throws {
      values = start?.stateValues ?? []
      if values.isEmpty { values = [Double](repeating: 0, count: model.order) }
      choices = (0..<model.order).map { state in
        let pairs = model.part.pairs(of: state)
        guard let weights = start?.policy, !weights.isEmpty else { return 0 }
        return Int32(pairs.enumerated().max { weights[$0.1] < weights[$1.1] }?.0 ?? 0)
      }
      var methods = KrylovMethod.attempts[...]
      var system: PolicySystem?
      var best = Double.infinity
      var stalled = 0
      while true {
        let step = clock.measure(.proof) { BellmanStep(model, values: values, current: choices) }
        let changed = model.communicator.largest([step.choices == choices ? 0 : 1])[0] > 0
        choices = step.choices
        gap = step.gap
        valueRadius = step.valueRadius
        converged = gap <= untilGap
        stalled = gap < best || changed ? 0 : stalled + 1
        best = min(best, gap)
        try keep(self, &clock)
        guard !converged, iterations < limit, stalled < Self.patience else { return }

        if changed { system = nil }
        var correction: [Double]?
        while correction == nil, let method = methods.first {
          let current: PolicySystem
          if let system {
            current = system
          } else {
            remarks.addOnce(method.remark)
            current = try clock.measure(.assembly) {
              try PolicySystem(model, .deterministic(choices), method: method)
            }
            system = current
          }
          let before = current.iterations
          correction = clock.measure(.solver) {
            current.solve(step.misses, tolerance: changed ? Self.roughly : Self.closely)
          }
          linearIterations += current.iterations - before
          guard correction == nil else { break }
          methods = methods.dropFirst()
          system = nil
        }
        values = zip(values, correction ?? step.misses).map { $0 + $1 }
        iterations += 1
      }
    }
  }

  /// One look at all pairs: the greedy policy, and the bounds that V̂ proves of it.
  struct BellmanStep {
    /// The greedy action of each state; the current one where it is as good as can be told.
    let choices: [Int32]
    /// d_π of the greedy policy by state, as computed.
    let misses: [Double]
    /// A bound on V* − V_π in every state of the model.
    let gap: Double
    /// A bound on |V_π − V̂| in every state of the model.
    let valueRadius: Double

    init(_ model: DistributedModel, values: [Double], current: [Int32]) {
      let residual = BellmanResidual(model, values: values)
      var (choices, misses) = (current, [Double](repeating: 0, count: model.order))
      // Of all pairs: the largest d. Of the policy: the largest −d, and the largest |d|.
      var (above, below, size) = (-Double.infinity, -Double.infinity, 0.0)
      for state in 0..<model.order {
        let pairs = model.part.pairs(of: state)
        var chosen = residual.difference(
          state: state, pair: pairs.lowerBound + Int(current[state]))
        for (place, pair) in pairs.enumerated() {
          let difference = residual.difference(state: state, pair: pair)
          above = .greatest(above, difference.upper)
          if difference.value - difference.error > chosen.value + chosen.error {
            chosen = difference
            choices[state] = Int32(place)
          }
        }
        misses[state] = chosen.value
        below = .greatest(below, -chosen.lower)
        size = .greatest(size, chosen.size)
      }
      self.choices = choices
      self.misses = misses
      let bounds = model.communicator.largest([above, below, size])
      gap = ((TrackedDouble(bounds[0]) + TrackedDouble(bounds[1])) / model.gap).size
      valueRadius = (TrackedDouble(bounds[2]) / model.gap).size
    }
  }
#endif

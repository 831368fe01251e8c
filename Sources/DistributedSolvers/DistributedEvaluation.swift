#if Distributed
  internal import MonotoneArithmetic

  /// V, ρ and η of a policy, each process with the states that it has.
  ///
  /// PETSc's solver proposes corrections, our residual judges them: V̂ ← V̂ + (I − γP_π)⁻¹ d, until the bound
  /// no longer falls. So a proposal may be rough, or wrong.
  package struct DistributedEvaluation {
    /// V̂ by state of the process.
    package private(set) var values: [Double]
    /// A bound on |V − V̂| in every state of the model.
    package private(set) var valueRadius: Double
    /// ρ̂ by state of the process.
    package private(set) var visits: [Double]
    /// A bound on Σ |ρ − ρ̂| over all states of the model.
    package private(set) var visitationRadius: Double
    /// Krylov iterations.
    package private(set) var linearIterations: Int
    /// Stand-ins for packages that PETSc was built without.
    package private(set) var remarks: [String]

    /// Evaluates a policy.
    package init(
      _ model: DistributedModel, _ policy: DistributedPolicy, clock: inout DistributedClock
    ) throws {
      var solver = Refinement(model, policy)
      let order = model.order
      let communicator = model.communicator
      let (values, valueMiss) = try solver.solve(transposed: false, clock: &clock) { values in
        let residual = BellmanResidual(model, values: values)
        var worst = 0.0
        let misses = (0..<order).map { state in
          let miss = residual.difference(state: state, under: policy)
          worst = .greatest(worst, miss.size)
          return miss.value
        }
        return (misses, communicator.largest([worst])[0])
      }
      let (visits, visitMiss) = try solver.solve(transposed: true, clock: &clock) { visits in
        let residual = VisitationResidual(model, visits: visits, under: policy)
        return (residual.values, residual.norm)
      }
      self.values = values
      self.visits = visits
      valueRadius = (TrackedDouble(valueMiss) / model.gap).upper
      visitationRadius = (TrackedDouble(visitMiss) / model.gap).upper
      linearIterations = solver.iterations
      remarks = solver.remarks
    }
  }

  /// Improves an approximate solution as long as its residual falls.
  private struct Refinement {
    private let model: DistributedModel
    private let policy: DistributedPolicy
    private var methods: ArraySlice<KrylovMethod> = []
    private var system: PolicySystem?
    private(set) var iterations = 0
    private(set) var remarks: [String] = []

    /// Each correction is asked for so many digits.
    private static let tolerance = 1e-9
    private static let mostCorrections = 12

    init(_ model: DistributedModel, _ policy: DistributedPolicy) {
      self.model = model
      self.policy = policy
    }

    /// The best solution that was found, with the bound of its residual.
    ///
    /// - Parameter residual: The residual of a solution, and a bound that is the same in all processes.
    mutating func solve(
      transposed: Bool, clock: inout DistributedClock,
      residual: ([Double]) -> (values: [Double], bound: Double)
    ) throws -> (solution: [Double], bound: Double) {
      var best = [Double](repeating: 0, count: model.order)
      var (misses, bound) = clock.measure(.proof) { residual(best) }
      let start = bound
      methods = KrylovMethod.attempts[...]
      system = nil
      for _ in 0..<Self.mostCorrections where bound > 0 {
        if system == nil {
          guard let method = methods.first else { break }
          remarks.addOnce(method.remark)
          system = try clock.measure(.assembly) {
            try PolicySystem(model, policy, transposed: transposed, method: method)
          }
        }
        let before = system?.iterations ?? 0
        let correction = clock.measure(.solver) {
          system?.solve(misses, tolerance: Self.tolerance)
        }
        iterations += (system?.iterations ?? 0) - before
        if let correction {
          let next = zip(best, correction).map { $0 + $1 }
          let (newMisses, newBound) = clock.measure(.proof) { residual(next) }
          let improved = newBound < bound
          let wasLarge = newBound > bound / 2
          if improved { (best, misses, bound) = (next, newMisses, newBound) }
          if !wasLarge { continue }
          // Rounding allows for no more.
          if bound <= start * 0x1p-40 / model.gap.value { break }
        }
        methods = methods.dropFirst()
        system = nil
      }
      return (best, bound)
    }
  }
#endif

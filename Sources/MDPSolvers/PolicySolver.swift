public import MonotoneArithmetic
internal import MonotoneLinearAlgebra
public import MDPCore

/// Solves a policy's two linear systems in float64 from one factorisation:
///
///     V = r_π + γ P_π V          ρ = ρ₀ + γ P_πᵀ ρ
///
/// over the live states. A terminal state has V = 0 and gathers ρ = (ρ₀ + inflow)/(1 − γ). For γ = 1 the
/// expected number of steps T = 1 + P_π T is solved for, too, and terminal states gather nothing.
///
/// By elimination up to 2,000 live states and for dense models, by ``SparseResolvent`` beyond.
///
/// A workspace: results stay in it until the next solve, and eliminating for one policy of a model
/// after another allocates nothing. Complexity: O(n³) for n live states, or tens to hundreds of
/// products with P_π; plus O(stored transitions).
/// Source: Schulman et al. 2015, §2 (V, ρ_π unnormalised).
public struct PolicySolver {
  /// V by state; 0 at terminal states.
  public private(set) var stateValues: [Double] = []
  /// ρ by state, unnormalised, terminal states included.
  public private(set) var stateVisitation: [Double] = []
  /// The expected number of steps by state, 0 at terminal states; nil for γ < 1.
  public private(set) var expectedSteps: [Double]?
  /// Q by pair, after ``backUp(_:)``.
  public private(set) var actionValues: [Double] = []
  /// A by pair, after ``backUp(_:)``.
  public private(set) var advantages: [Double] = []
  /// η = ρ₀ · V.
  public private(set) var expectedReturn = 0.0
  /// ‖I − γP_π‖∞ over the live states, which is also the 1-norm of its transpose.
  public private(set) var systemNorm = 0.0

  /// P_πᵀ of the last solve over the live states, where that was sparse and asked for it.
  private var transposedChain: SparseRows<Double>?

  /// Told when the chain of a sparse solve is there, for who takes the time.
  var didAssemble: (() -> Void)?

  private let work: SharedWork
  private var system: DenseLU?
  private var isFactored = false
  private var values: [Double] = []
  private var visits: [Double] = []
  /// T by live state; empty for γ < 1.
  private var steps: [Double] = []

  /// A solver without work space; it grows with the models it is given.
  public init() { self.init(SharedWork()) }

  /// A solver whose sparse systems are shared by threads; results are the same for any number.
  init(_ work: SharedWork) { self.work = work }

  /// P_πᵀ over the live states, which takes more memory than all else and is given up here; nil unless the last solve
  /// was sparse and kept it.
  mutating func takeTransposedChain() -> SparseRows<Double>? { transposedChain.take() }

  /// V, ρ and η of a policy.
  ///
  /// - Throws: ``SolverFailure`` if the dense system does not fit in memory or is singular.
  public mutating func solve(
    _ mdp: FiniteMDP<Double>, _ policy: TabularPolicy<Double>
  ) throws(SolverFailure) {
    try solve(mdp, policy, keepsChain: false)
  }

  /// As above, and P_πᵀ can be taken afterwards.
  mutating func solve(
    _ mdp: FiniteMDP<Double>, _ policy: TabularPolicy<Double>, keepsChain: Bool
  ) throws(SolverFailure) {
    let space = mdp.space
    precondition(
      policy.probabilities.count == space.pairCount,
      "a policy of \(policy.probabilities.count) pairs for a model of \(space.pairCount)")
    let order = space.liveStates.count
    steps = [Double](repeating: 1, count: mdp.isUndiscounted ? order : 0)
    isFactored = false
    transposedChain = nil
    if order > Self.largestDenseOrder {
      let chain = SparseChain(mdp, policy, work)
      if chain.density < Self.sparseDensity {
        didAssemble?()
        // Large vectors come and go one by one.
        (values, visits) = ([], [])
        try solve(consume chain, mdp, policy, keepsChain)
        scatter(mdp: mdp, policy: policy)
        return
      }
    }
    Self.resize(&values, to: order)
    Self.resize(&visits, to: order)
    let lu = try workspace(order: order)
    lu.withMatrix { fill($0, mdp: mdp, policy: policy) }
    do { try lu.factor() } catch {
      // Without discounting I − P_π is regular under a policy that ends, but may be singular in float64.
      throw mdp.isUndiscounted ? .endTooFar(steps: .infinity) : .singular(error)
    }
    lu.solve(&values)
    lu.solveTransposed(&visits)
    if mdp.isUndiscounted { lu.solve(&steps) }
    isFactored = true
    scatter(mdp: mdp, policy: policy)
  }

  /// Up to this many live states elimination is faster than any iteration is safe.
  static let largestDenseOrder = 2_000

  /// Above this share of nonzero entries a product costs too much for iteration to gain.
  private static let sparseDensity = 0.05

  /// Whether the chain of some policy may be solved by elimination: it has no more entries than the
  /// transitions of the model.
  static func mayEliminate(_ mdp: FiniteMDP<Double>) -> Bool {
    let order = Double(mdp.space.liveStates.count)
    return mdp.space.liveStates.count <= largestDenseOrder
      || Double(mdp.transitions.entryCount) >= sparseDensity * order * order
  }

  /// Solves the systems of a sparse chain.
  private mutating func solve(
    _ chain: consuming SparseChain, _ mdp: FiniteMDP<Double>, _ policy: TabularPolicy<Double>,
    _ keepsChain: Bool
  ) throws(SolverFailure) {
    systemNorm = chain.systemNorm
    let (live, order) = (mdp.space.liveStates, chain.order)
    let limit = Accuracy.stabilityLimit(order: order)
    var resolvent = chain.resolvent(work)
    func solution(
      _ right: consuming [Double], _ side: SparseResolvent.Side
    ) throws(SolverFailure) -> [Double] {
      let solution = resolvent.solve(right, side)
      guard solution.backwardError <= limit else {
        // Without discounting I − P_π is regular under a policy that ends, but may be singular in float64.
        guard steps.isEmpty else { throw .endTooFar(steps: .infinity) }
        throw .notConverged(states: order, backwardError: solution.backwardError)
      }
      return solution.vector
    }
    values = try solution(live.map { mdp.chainReward(of: $0, under: policy) }, .plain)
    if !steps.isEmpty { steps = try solution(steps, .plain) }
    visits = try solution(live.map { mdp.initial[$0] }, .transposed)
    if keepsChain { transposedChain = resolvent.transposed() }
  }

  /// Q and A from the values of the last solve.
  ///
  /// Complexity: O(stored transitions).
  public mutating func backUp(_ mdp: FiniteMDP<Double>) {
    let space = mdp.space
    precondition(
      stateValues.count == space.stateCount,
      "values of \(stateValues.count) states for a model of \(space.stateCount)")
    Self.resize(&actionValues, to: space.pairCount)
    Self.resize(&advantages, to: space.pairCount)
    mdp.transitions.multiply(stateValues, into: &actionValues)
    for state in space.liveStates {
      for pair in space.pairs(of: state) {
        actionValues[pair] = mdp.expectedReward[pair] + mdp.discount * actionValues[pair]
        advantages[pair] = actionValues[pair] - stateValues[state]
      }
    }
  }

  /// An estimate of 1/(‖M‖∞ ‖M⁻¹‖∞) for M = I − γP_π of the last solve; nil for sparse
  /// systems, which have no factors of the whole to estimate it from.
  ///
  /// Complexity: a few solves.
  public var reciprocalCondition: Double? {
    isFactored ? system?.reciprocalCondition(infinityNorm: systemNorm) : nil
  }

  /// The solution of the last solve's systems for other right-hand sides, given and returned by
  /// state; nil for sparse systems.
  ///
  /// The corrections of iterative refinement, from residuals. A terminal state's own
  /// visitation follows from the live ones and is not corrected here.
  func corrections(
    values: [Double], visits: [Double], space: StateActionSpace
  ) -> PolicyCorrections? {
    guard isFactored, let system else { return nil }
    var valueSide = space.liveStates.map { values[$0] }
    var visitSide = space.liveStates.map { visits[$0] }
    system.solve(&valueSide)
    system.solveTransposed(&visitSide)
    var corrections = PolicyCorrections(
      values: [Double](repeating: 0, count: space.stateCount),
      visits: [Double](repeating: 0, count: space.stateCount))
    for (index, state) in space.liveStates.enumerated() {
      corrections.values[state] = valueSide[index]
      corrections.visits[state] = visitSide[index]
    }
    return corrections
  }

  /// The solution of the last solve, to keep.
  public var solution: PolicySolution {
    PolicySolution(
      stateValues: stateValues, stateVisitation: stateVisitation, order: values.count,
      expectedSteps: expectedSteps)
  }

  private mutating func workspace(order: Int) throws(SolverFailure) -> DenseLU {
    do throws(InsufficientMemory) {
      guard let system else {
        let new = try DenseLU(order: order)
        system = new
        return new
      }
      try system.resize(to: order)
      return system
    } catch {
      throw .memory(error)
    }
  }

  private static func resize(_ vector: inout [Double], to count: Int) {
    if vector.count != count { vector = [Double](repeating: 0, count: count) }
  }

  /// Writes I − γP_π, r_π and ρ₀ over the live states.
  private mutating func fill(
    _ matrix: UnsafeMutableBufferPointer<Double>, mdp: FiniteMDP<Double>,
    policy: TabularPolicy<Double>
  ) {
    let space = mdp.space
    let order = space.liveStates.count
    let position = order == space.stateCount ? nil : space.livePosition
    matrix.update(repeating: 0)
    var norm = 0.0
    for index in 0..<order {
      let state = space.liveStates[index]
      let row = UnsafeMutableBufferPointer(rebasing: matrix[index * order..<(index + 1) * order])
      row[index] = 1
      var chain = LAPACKChainRow(numbers: row, position: position)
      mdp.addChainRow(of: state, under: policy, times: -mdp.discount, to: &chain)
      norm = .greatest(norm, row.reduce(0) { $0 + abs($1) })
      values[index] = mdp.chainReward(of: state, under: policy)
      visits[index] = mdp.initial[state]
    }
    systemNorm = norm
  }

  /// Moves live results to their states, and gathers visitation at terminal states.
  private mutating func scatter(mdp: FiniteMDP<Double>, policy: TabularPolicy<Double>) {
    let space = mdp.space
    Self.resize(&stateValues, to: space.stateCount)
    Self.resize(&stateVisitation, to: space.stateCount)
    expectedReturn = 0
    for state in 0..<space.stateCount {
      let position = space.livePosition[state]
      stateValues[state] = position < 0 ? 0 : values[position]
      stateVisitation[state] = position < 0 ? mdp.initial[state] : visits[position]
      expectedReturn += mdp.initial[state] * stateValues[state]
    }
    expectedSteps =
      mdp.isUndiscounted ? space.livePosition.map { $0 < 0 ? 0 : steps[$0] } : nil
    if space.liveStates.count < space.stateCount {
      stateVisitation = mdp.gatheredAtTerminals(stateVisitation, policy: policy)
    }
  }
}

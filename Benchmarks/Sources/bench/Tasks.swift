import MonotoneArithmetic
import CBareLAPACK
import MonotoneFiles
import MonotoneProbability
import MonotoneLinearAlgebra
import MDPCore
import MDPFormats
import MDPSolvers
import MDPTesting

/// V, ρ and η from a ready dense P_π, against the bare factorisation and two solves.
final class ChainTask {
  private let order: Int
  private var transition: [Double]
  private var reward: [Double]
  private var initial: [Double]
  private var solver: ChainSolver
  private var matrix: [Double]
  private var pivots: [Int32]

  init(order: Int) throws {
    self.order = order
    var random = RandomStream(seed: 1)
    transition = (0..<order * order).map { _ in random.uniform() }
    for row in 0..<order {
      let range = row * order..<(row + 1) * order
      let sum = transition[range].reduce(0, +)
      for index in range { transition[index] /= sum }
    }
    reward = (0..<order).map { _ in random.uniform() }
    initial = [Double](repeating: 1 / Double(order), count: order)
    solver = try ChainSolver(order: order)
    matrix = [Double](repeating: 0, count: order * order)
    pivots = [Int32](repeating: 0, count: order)
  }

  func ours() throws -> Double {
    try transition.withUnsafeBufferPointer { transition in
      try seconds {
        try solver.solve(
          transition: transition, reward: reward, initial: initial, discount: 0.99)
      }
    }
  }

  func bare() -> Double {
    for index in matrix.indices { matrix[index] = -0.99 * transition[index] }
    for index in 0..<order { matrix[index * order + index] += 1 }
    var (x, y) = (reward, initial)
    let n = Int32(order)
    return seconds {
      LAPACKE_dgetrf(LAPACK_COL_MAJOR, n, n, &matrix, n, &pivots)
      LAPACKE_dgetrs(LAPACK_COL_MAJOR, CChar(UInt8(ascii: "T")), n, 1, matrix, n, pivots, &x, n)
      LAPACKE_dgetrs(LAPACK_COL_MAJOR, CChar(UInt8(ascii: "N")), n, 1, matrix, n, pivots, &y, n)
    }
  }
}

/// The backup of Q and A on a dense model with four actions, against four bare dgemv; and the
/// parts of an evaluation that are timed apart from it.
final class BackupTask {
  private let order: Int
  private let document: MDPDocument
  private let model: FiniteMDP<Double>
  private let tracked: FiniteMDP<TrackedDouble>
  private let policy: TabularPolicy<Double>
  private var solver = PolicySolver()
  private let kernels: [[Double]]
  private var products: [Double]
  private let evaluator: PolicyEvaluator
  /// How many policies were certified.
  private var certified: UInt64 = 0

  init(order: Int) throws {
    self.order = order
    document = Garnet.generate(
      GarnetConfiguration(
        states: order, actions: 4, branching: order, seed: 1, resolution: 1000 * order))
    model = try FiniteMDP<Double>(document)
    tracked = try FiniteMDP<TrackedDouble>(document)
    policy = TabularPolicy(
      space: document.space, probabilities: [Double](repeating: 0.25, count: 4 * order))
    let values = model.transitions.values
    kernels = (0..<4).map { action in
      (0..<order).flatMap { state in
        values[(4 * state + action) * order..<(4 * state + action + 1) * order]
      }
    }
    products = [Double](repeating: 0, count: order)
    evaluator = PolicyEvaluator(document)
    try solver.solve(model, policy)
  }

  func ours() -> Double { seconds { solver.backUp(model) } }

  func bare() -> Double {
    let (n, values) = (Int32(order), solver.stateValues)
    return seconds {
      for kernel in kernels {
        cblas_dgemv(CblasRowMajor, CblasNoTrans, n, n, 0.95, kernel, n, values, 1, 0, &products, 1)
      }
    }
  }

  func evaluate() throws -> Double {
    try seconds {
      try solver.solve(model, policy)
      solver.backUp(model)
    }
  }

  /// The error estimate: the whole enclosure of V, ρ, Q, A and η around a solution.
  func enclose() -> Double {
    let floats = policy.map { TrackedDouble($0) }
    let solution = solver.solution
    return seconds {
      _ = PolicyEvaluation(enclosing: solution, mdp: tracked, policy: floats)
    }
  }

  /// A certified evaluation: float64 solution, its enclosure, balls.
  func certify() throws -> Double {
    // The model is converted with the first policy. Of each policy the evaluator keeps what it found.
    if certified == 0 { _ = try evaluator.certify(.uniform(document.space)) }
    certified += 1
    let policy = ExactPolicy.random(document.space, seed: certified)
    return try seconds { _ = try evaluator.certify(policy) }
  }

  /// The estimate of the reciprocal condition.
  func condition() -> Double { seconds { _ = solver.reciprocalCondition } }
}

/// V, ρ, η, Q and A on ten states with four actions, many times over.
final class SmallTask {
  private let model: FiniteMDP<Double>
  private let policy: TabularPolicy<Double>
  private var solver = PolicySolver()
  private static let repeats = 2_000

  init() throws {
    let document = Garnet.generate(
      GarnetConfiguration(states: 10, actions: 4, branching: 10, seed: 1))
    model = try FiniteMDP<Double>(document)
    policy = TabularPolicy(
      space: document.space, probabilities: [Double](repeating: 0.25, count: 40))
  }

  func ours() throws -> Double {
    try seconds {
      for _ in 0..<Self.repeats {
        try solver.solve(model, policy)
        solver.backUp(model)
      }
    } / Double(Self.repeats)
  }
}

/// V and ρ of the uniform policy of a file's model, exactly.
final class ExactTask {
  private let space: StateActionSpace
  private let mdp: FiniteMDP<Rational>

  init(file: String) throws {
    let document = try MDPReader.read(try InputBytes(path: file))
    space = document.space
    mdp = try FiniteMDP<Rational>(document)
  }

  /// The whole evaluation: both systems built and solved, residuals checked, Q, A and η.
  func ours() throws -> Double {
    let uniform = ExactPolicy.uniform(space)
    return try seconds { _ = try PolicyEvaluation(exactly: mdp, policy: uniform) }
  }
}

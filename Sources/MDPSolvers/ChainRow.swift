public import MonotoneArithmetic
public import MonotoneLinearAlgebra
public import MDPCore

/// A row of a policy's chain under construction, in whatever storage a solver wants it.
@usableFromInline package protocol ChainRow<Number> {
  associatedtype Number: Scalar

  /// Adds weight · matrix[row, ·].
  mutating func add(_ matrix: SparseRows<Number>, row: Int, times weight: Number)
}

extension FiniteMDP {
  /// Adds P_π(s, ·) = Σ_a π(a|s) P(·|s,a) to a row: the one way in which P_π and I − γP_π are made.
  ///
  /// A terminal state has no pairs and adds nothing; who counts it as a state adds its self-loop.
  ///
  /// - Parameter factor: What to multiply by, such as −γ; nil for 1.
  @inlinable package func addChainRow<Row: ChainRow<Number>>(
    of state: Int, under policy: TabularPolicy<Number>, times factor: Number? = nil,
    to row: inout Row
  ) {
    for pair in space.pairs(of: state) where !policy[pair].isExactlyZero {
      let weight = if let factor { factor * policy[pair] } else { policy[pair] }
      row.add(transitions, row: pair, times: weight)
    }
  }

  /// r_π(s) = Σ_a π(a|s) r(s,a).
  @inlinable package func chainReward(
    of state: Int, under policy: TabularPolicy<Number>
  ) -> Number {
    var reward = Number.zero
    for pair in space.pairs(of: state) where !policy[pair].isExactlyZero {
      reward += policy[pair] * expectedReward[pair]
    }
    return reward
  }
}

extension SparseAccumulator: ChainRow {}

/// A full row over all states.
package struct FullChainRow<Number: Scalar>: ChainRow {
  /// By state.
  package var numbers: [Number]

  /// A row of zeros.
  package init(count: Int) { numbers = [Number](repeating: .zero, count: count) }

  package mutating func add(_ matrix: SparseRows<Number>, row: Int, times weight: Number) {
    matrix.add(row: row, times: weight, to: &numbers)
  }
}

/// A row of LAPACK's matrix over the live states.
struct LAPACKChainRow: ChainRow {
  /// The row.
  let numbers: UnsafeMutableBufferPointer<Double>
  /// The position of each state; nil where all are live.
  let position: [Int]?

  func add(_ matrix: SparseRows<Double>, row: Int, times weight: Double) {
    guard let position else {
      matrix.add(row: row, times: weight, to: numbers)
      return
    }
    for entry in matrix.entries(ofRow: row) {
      let column = position[Int(matrix.columns[entry])]
      if column >= 0 { numbers[column] += weight * matrix.values[entry] }
    }
  }
}

/// A row of FLINT's matrix over the live states.
struct RationalChainRow: ChainRow {
  /// The matrix.
  let system: RationalSystem
  /// The row.
  let row: Int
  /// The position of each state; −1 for terminal ones.
  let position: [Int]

  func add(_ matrix: SparseRows<Rational>, row pair: Int, times weight: Rational) {
    for entry in matrix.entries(ofRow: pair) {
      let column = position[Int(matrix.columns[entry])]
      if column >= 0 {
        system.add(weight, times: matrix.values[entry], row: row, column: column)
      }
    }
  }
}

internal import MonotoneArithmetic
internal import MonotoneLinearAlgebra
internal import MDPCore
internal import MDPSolvers

/// The exact ergodicity coefficients of the candidate's chain.
///
/// Claims use guaranteed upper bounds on τ(N') and τ(P_π̃) that float64 yields, which a checker could
/// not find again digit for digit. A certificate has the coefficients themselves, up to ``sizeLimit``
/// states; beyond, the claims that need them are not applicable (``ErgodicityBound``).
struct ExactErgodicity {
  /// The most states for which the exact inverse of I − γP_π̃ is computed, and checked.
  static let sizeLimit = 100
  /// The assumption that fails beyond.
  static let sizeAssumption = "size"

  /// τ(P_π̃).
  let ofChain: Rational
  /// τ(N'), N' = (I − γP_π̃)⁻¹.
  let ofResolvent: Rational

  /// The coefficients for an update; nil for a model of more than ``sizeLimit`` states.
  init?(_ update: PolicyUpdate<Rational>) {
    guard update.mdp.stateCount <= Self.sizeLimit else { return nil }
    let chain = Self.chain(update.candidate)
    ofChain = Self.coefficient(chain)
    ofResolvent = Self.coefficient(Self.resolvent(chain, discount: update.mdp.discount))
  }

  /// Of two rows of n entries, float64 finds the distance to within 2(n+2)u of the sum of their
  /// norms (Higham, 2nd ed., §3.1): 5e-14 for n ≤ ``sizeLimit``, of which this is a multiple.
  private static let screeningError = 1e-12

  /// τ of a non-negative matrix: half the largest 1-norm distance of two of its rows.
  ///
  /// Only pairs of rows that float64 cannot tell from the most distant ones are compared exactly.
  private static func coefficient(_ rows: [[Rational]]) -> Rational {
    let floats = rows.map { $0.map(\.approximation) }
    let norm = floats.lazy.map { $0.reduce(0, +) }.greatestMagnitude
    var distances: [(pair: (Int, Int), size: Double)] = []
    for row in rows.indices {
      for other in 0..<row {
        let size = zip(floats[row], floats[other]).reduce(0) { $0 + abs($1.0 - $1.1) }
        distances.append(((row, other), size))
      }
    }
    let farthest = distances.lazy.map(\.size).greatestMagnitude
    return distances.reduce(Rational.zero) { largest, distance in
      // Where float64 overflows, nothing is screened out.
      if distance.size < farthest - screeningError * norm { return largest }
      let (row, other) = distance.pair
      return .maximum(
        largest,
        zip(rows[row], rows[other]).reduce(.zero) { $0 + ($1.0 - $1.1).magnitude } / Rational(2))
    }
  }

  /// P_π by rows; a terminal state loops.
  private static func chain(_ evaluation: PolicyEvaluation<Rational>) -> [[Rational]] {
    let (mdp, space) = (evaluation.mdp, evaluation.mdp.space)
    return space.states.indices.map { state in
      var row = FullChainRow<Rational>(count: space.stateCount)
      if space.isTerminal[state] { row.numbers[state] = .one }
      mdp.addChainRow(of: state, under: evaluation.policy, to: &row)
      return row.numbers
    }
  }

  /// (I − γP)⁻¹ by rows.
  private static func resolvent(_ chain: [[Rational]], discount: Rational) -> [[Rational]] {
    let system = RationalSystem(order: chain.count)
    for (row, entries) in chain.enumerated() {
      for (column, entry) in entries.enumerated() {
        let identity = row == column ? Rational.one : .zero
        system.set(identity - discount * entry, row: row, column: column)
      }
    }
    do throws(SingularMatrix) {
      return try system.inverse()
    } catch {
      preconditionFailure("I − γP is diagonally dominant, hence regular: \(error)")
    }
  }
}

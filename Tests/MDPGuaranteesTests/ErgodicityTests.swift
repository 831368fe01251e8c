import MonotoneArithmetic
import MonotoneLinearAlgebra
import MDPCore
import MDPSolvers
import Testing

@testable import MDPGuarantees

/// The coefficients against closed forms and rational elimination: never below the truth, and
/// above it by no more than rounding.
@Suite("Ergodicity coefficients")
struct ErgodicityTests {
  private func chain(_ rows: [[Rational]]) -> TransitionEnclosure {
    var sparse = SparseRows<Double>(columnCount: rows.count)
    var error = 0.0
    for row in rows {
      let columns = row.indices.filter { !row[$0].isExactlyZero }
      sparse.appendRow(
        columns: columns.map { Int32($0) }, values: columns.map { row[$0].doubleValue })
      error = max(error, columns.reduce(0) { $0 + row[$1].approximationError })
    }
    return TransitionEnclosure(rows: sparse, error: error)
  }

  private func resolvent(_ rows: [[Rational]], discount: Rational) throws -> Double {
    try #require(
      ErgodicityCoefficient.ofResolvent(
        chain(rows), discount: discount.doubleValue, discountError: discount.approximationError))
  }

  /// Twice what the documentation states.
  private func resolventSlack(states: Int, discount: Rational) -> Double {
    let distance = 1 - discount.doubleValue
    return 2 * Double(states + 15) * 0x1p-53 / (distance * distance)
  }

  private func expect(
    _ value: Double, bounds exact: Rational, slack: Double,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(Rational(finite: value) >= exact, sourceLocation: sourceLocation)
    #expect(value <= exact.doubleValue * (1 + slack) + slack, sourceLocation: sourceLocation)
  }

  private func number(_ numerator: Int, _ denominator: Int) -> Rational {
    Rational(numerator: numerator, denominator: denominator)
  }

  @Test("Two states: |λ| for the chain, 1/(1−γλ) for its resolvent, λ the second eigenvalue")
  func twoStates() throws {
    for (p, q) in [(1, 2), (3, 3), (9, 8), (7, 9), (0, 0), (10, 10)] {
      let (p, q) = (number(p, 10), number(q, 10))
      let rows = [[Rational(1) - p, p], [q, Rational(1) - q]]
      let eigenvalue = Rational(1) - p - q
      expect(ErgodicityCoefficient.ofChain(chain(rows)), bounds: eigenvalue.magnitude, slack: 1e-14)
      for discount in [number(1, 10), number(9, 10), number(999, 1000)] {
        expect(
          try resolvent(rows, discount: discount),
          bounds: Rational(1) / (Rational(1) - discount * eigenvalue),
          slack: resolventSlack(states: 2, discount: discount))
      }
    }
  }

  @Test("A chain that forgets all has coefficient 0, its resolvent 1")
  func memoryless() throws {
    let rows = [[Rational]](repeating: [number(1, 3), number(1, 6), number(1, 2)], count: 3)
    expect(ErgodicityCoefficient.ofChain(chain(rows)), bounds: Rational(0), slack: 1e-14)
    expect(try resolvent(rows, discount: number(9, 10)), bounds: Rational(1), slack: 1e-13)
  }

  @Test("Sparse rows with one common successor, and with none", arguments: [40, 150])
  func sparse(count: Int) {
    let half = number(1, 2)
    func row(_ state: Int, common: Int) -> [Rational] {
      var row = [Rational](repeating: Rational(0), count: count)
      row[common] += half
      row[(state + 1) % count] += half
      return row
    }
    let shared = (0..<count).map { row($0, common: 0) }
    expect(ErgodicityCoefficient.ofChain(chain(shared)), bounds: half, slack: 1e-13)
    let apart = (0..<count).map { row($0, common: $0) }
    #expect(ErgodicityCoefficient.ofChain(chain(apart)) == 1)
  }

  @Test("Random chains against rational elimination", arguments: 1...4, ["1/2", "0.9", "0.999"])
  func random(seed: Int, discount: String) throws {
    let document = try Updates.garnet(states: 7, branching: 4, seed: seed, discount: discount)
    let policy = ExactPolicy.random(document.space, seed: UInt64(seed))
    let evaluation = try PolicyEvaluator(document).solveExactly(policy)
    let gamma = evaluation.mdp.discount
    let rows = document.space.states.indices.map { state in
      var row = [Rational](repeating: Rational(0), count: 7)
      for pair in document.space.pairs(of: state) {
        evaluation.mdp.transitions.add(row: pair, times: policy[pair], to: &row)
      }
      return row
    }
    expect(
      ErgodicityCoefficient.ofChain(TransitionEnclosure(evaluation)),
      bounds: halfGreatestDistance(rows), slack: 1e-14)
    let exact = halfGreatestDistance(inverse(ofResolvent: rows, discount: gamma))
    expect(
      try resolvent(rows, discount: gamma), bounds: exact,
      slack: resolventSlack(states: 7, discount: gamma))
    // The same from evaluations in float64 and in balls.
    for coefficient in [
      ErgodicityCoefficient.ofChain(
        TransitionEnclosure(try PolicyEvaluator(document).evaluate(policy))),
      ErgodicityCoefficient.ofChain(
        TransitionEnclosure(try PolicyEvaluator(document).certify(policy))),
    ] {
      expect(coefficient, bounds: halfGreatestDistance(rows), slack: 1e-14)
    }
  }

  private func halfGreatestDistance(_ rows: [[Rational]]) -> Rational {
    var greatest = Rational(0)
    for a in rows {
      for b in rows {
        let distance = zip(a, b).reduce(Rational(0)) { $0 + ($1.0 - $1.1).magnitude }
        greatest = Rational.maximum(greatest, distance / Rational(2))
      }
    }
    return greatest
  }

  /// (I − γP)⁻¹ by Gauss–Jordan elimination.
  private func inverse(ofResolvent rows: [[Rational]], discount: Rational) -> [[Rational]] {
    let count = rows.count
    var work = rows.indices.map { i in
      rows.indices.map { j in Rational(i == j ? 1 : 0) - discount * rows[i][j] }
        + rows.indices.map { Rational($0 == i ? 1 : 0) }
    }
    for pivot in 0..<count {
      let scale = work[pivot][pivot]
      work[pivot] = work[pivot].map { $0 / scale }
      for other in 0..<count where other != pivot {
        let factor = work[other][pivot]
        work[other] = zip(work[other], work[pivot]).map { $0 - factor * $1 }
      }
    }
    return work.map { Array($0[count...]) }
  }

  @Test("A chain of which nothing is known has no coefficient that says anything")
  func unknown() {
    for place in 0..<4 {
      var rows = SparseRows<Double>(columnCount: 2)
      for row in 0..<2 {
        rows.appendRow(
          columns: [0, 1], values: [0, 1].map { 2 * row + $0 == place ? .nan : 0.5 })
      }
      let chain = TransitionEnclosure(rows: rows, error: 0)
      #expect(ErgodicityCoefficient.ofChain(chain) == 1)
      #expect(
        ErgodicityCoefficient.ofResolvent(chain, discount: 0.5, discountError: 0) == nil)
    }
    // Nor has one where 1 − γ may be 0.
    let halves = chain([[number(1, 2), number(1, 2)], [number(1, 2), number(1, 2)]])
    #expect(
      ErgodicityCoefficient.ofResolvent(halves, discount: 1 - 0x1p-53, discountError: 0x1p-53)
        == nil)
  }

  @Test("Beyond the size limit the resolvent's bound says that it does not apply")
  func sizeLimit() throws {
    let count = ErgodicityCoefficient.resolventSizeLimit + 1
    let document = Updates.deterministic(
      next: (0..<count).map { [($0 + 1) % count, $0] },
      rewards: (0..<count).map { [Rational($0 % 2), Rational(0)] },
      discount: number(1, 2))
    let current = Updates.constant(document.space, [number(1, 2), number(1, 2)])
    let candidate = Updates.constant(document.space, [number(1, 3), number(2, 3)])
    let update = try Updates.tracked(document, current, candidate)
    let finding = update.decide(ResolventErgodicityBound())
    #expect(finding.verdict == .notApplicable)
    #expect(finding.assumption?.hasPrefix("size") == true)
    #expect(update.decide(DobrushinBound()).verdict == .holds)
  }
}

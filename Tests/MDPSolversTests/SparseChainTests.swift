import MonotoneArithmetic
import MonotoneLinearAlgebra
import MonotoneProbability
import TestSupport
import Testing

@testable import MDPCore
@testable import MDPSolvers

/// Chains of policies against sums by state in plain dictionaries.
@Suite("Sparse chains")
struct SparseChainTests {
  /// Rows of binary fractions, short and long, over states of which every ninth is an end.
  private static func model(
    states: Int, actions: Int, longest: Int, ends: Bool, seed: UInt64
  ) -> FiniteMDP<Double> {
    var random = RandomStream(seed: seed)
    let isTerminal = (0..<states).map { ends && $0 % 9 == 4 }
    var (pairStart, pairAction) = ([0], [Int32]())
    var rows = SparseRows<Double>(columnCount: states)
    for state in 0..<states {
      for action in 0..<(isTerminal[state] ? 0 : actions) {
        pairAction.append(Int32(action))
        let count = 1 + random.integer(below: longest)
        let columns = Set((0..<count).map { _ in random.integer(below: states) }).sorted()
        rows.appendRow(
          columns: columns.map { Int32($0) },
          values: columns.indices.map { Double(1 + ($0 * 5 + state) % 7) / 64 })
      }
      pairStart.append(pairAction.count)
    }
    return FiniteMDP(
      name: "random",
      space: StateActionSpace(
        states: Names(count: states), actions: Names(count: actions), isTerminal: isTerminal,
        pairStart: pairStart, pairAction: pairAction),
      discount: 0.875, isUndiscounted: false,
      initial: (0..<states).map { $0 == 0 ? 1 : 0 }, transitions: rows,
      expectedReward: pairAction.indices.map { Double($0 % 5) })
  }

  @Test(
    "Every row is the policy's mean of its actions' rows",
    arguments: [(40, 3, 6, false), (40, 3, 6, true), (500, 4, 60, true), (5_000, 2, 4, true)],
    [1, 2, 5])
  func rows(_ shape: (states: Int, actions: Int, longest: Int, ends: Bool), threads: Int) {
    let mdp = Self.model(
      states: shape.states, actions: shape.actions, longest: shape.longest, ends: shape.ends,
      seed: UInt64(shape.states))
    let space = mdp.space
    // Eighths, some of them none: all sums are exact.
    let policy = TabularPolicy(
      space: space, probabilities: (0..<space.pairCount).map { Double($0 % 3) / 8 })
    let chain = SparseChain(mdp, policy, SharedWork(threads: threads))
    var norm = 0.0
    var columns = [[Int32: Double]](repeating: [:], count: chain.order)
    for (index, state) in space.liveStates.enumerated() {
      var row: [Int: Double] = [:]
      for pair in space.pairs(of: state) where policy[pair] != 0 {
        for entry in mdp.transitions.entries(ofRow: pair) {
          let position = space.livePosition[Int(mdp.transitions.columns[entry])]
          if position >= 0 {
            row[position, default: 0] += policy[pair] * mdp.transitions.values[entry]
          }
        }
      }
      let expected = row.sorted { $0.key < $1.key }
      let entries = chain.transition.entries(ofRow: index)
      #expect(chain.transition.columns[entries].map { Int($0) } == expected.map(\.key))
      #expect(Array(chain.transition.values[entries]) == expected.map(\.value))
      for (column, value) in expected { columns[column][Int32(index)] = value }
      norm = max(
        norm,
        row.reduce(row[index] == nil ? 1 : 0) {
          $0 + abs(($1.key == index ? 1 : 0) - 0.875 * $1.value)
        })
    }
    // Sums of a row in another order.
    #expect(abs(chain.systemNorm - norm) <= 1e-12)
    let transposed = chain.transition.transposed(SharedWork(threads: threads))
    for column in 0..<chain.order {
      let entries = transposed.entries(ofRow: column)
      let found = zip(transposed.columns[entries], transposed.values[entries])
      #expect(Dictionary(uniqueKeysWithValues: found.map { ($0, $1) }) == columns[column])
      #expect(transposed.columns[entries].elementsEqual(columns[column].keys.sorted()))
    }
  }
}

import MonotoneArithmetic
import MDPCore

/// A small model as data, in the numbers that make arithmetic hard.
///
/// The stress set is the product of ``Shape``, ``Discount``, ``Scale`` and the policies and steps of
/// ``StressUpdate``.
struct StressModel {
  /// Where transitions lead.
  enum Shape: String, CaseIterable {
    /// Four cells to a terminal goal.
    case corridor
    /// Two blocks of two states that lose one run in 10¹² to each other.
    case nearlyDecomposable
    /// A step that is safe but for one time in 10¹².
    case rareEvent
    /// Two states that lead into the visited ones but that nothing leads to.
    case unreachable
    /// A state that only the last action reaches.
    case reachedByChoice
    /// A deterministic cycle, which never forgets where it started.
    case cycle
    /// One state, where every policy has the same future.
    case single
    /// Dense rows of small denominators.
    case dense
  }

  /// γ, from no future to one of 10⁹ steps.
  enum Discount: String, CaseIterable {
    case none = "0"
    case half = "1/2"
    case usual = "0.9"
    case far = "0.999999"
    case farthest = "0.999999999"
  }

  /// The sizes of the rewards.
  enum Scale: String, CaseIterable {
    case unit, huge, tiny
    /// 10¹², 10⁻¹² and 1 side by side.
    case mixed

    fileprivate func reward(_ pair: Int) -> Rational {
      let pattern = [1, -2, 3, 0, -1, 2, 5, -3, 4]
      let base = Rational(pattern[pair % pattern.count])
      let sizes: [Rational] =
        switch self {
        case .unit: [.one]
        case .huge: [.trillion]
        case .tiny: [.trillionth]
        case .mixed: [.trillion, .trillionth, .one, .trillionth]
        }
      return base * sizes[pair % sizes.count]
    }
  }

  var shape: Shape
  var discount: Discount
  var scale: Scale

  /// Its distribution over next states by state and action; no action where a state is terminal.
  private var rows: [[[Int: Rational]]] {
    let half = Rational(numerator: 1, denominator: 2)
    let third = Rational(numerator: 1, denominator: 3)
    let rare = Rational.trillionth
    func stay(_ state: Int, or other: Int, _ weight: Rational) -> [Int: Rational] {
      [state: .one - weight, other: weight]
    }
    switch shape {
    case .corridor:
      let move = Rational(numerator: 9, denominator: 10)
      let back = [[0: Rational.one]] + (1..<4).map { stay($0, or: $0 - 1, half) }
      return (0..<4).map { [stay($0, or: $0 + 1, move), back[$0]] } + [[]]
    case .nearlyDecomposable:
      return (0..<4).map { state in
        let (partner, abroad) = (state ^ 1, state ^ 2)
        return [
          [state: half, partner: half - rare, abroad: rare],
          [state: third, partner: .one - third - rare, abroad: rare],
          [partner: .one],
        ]
      }
    case .rareEvent:
      return [
        [stay(0, or: 1, rare), stay(0, or: 2, half)], [[1: .one], [2: .one]],
        [stay(2, or: 0, rare), [0: .one]],
      ]
    case .unreachable:
      return [
        [[0: half, 1: half], [1: .one]], [[0: .one], [0: third, 1: .one - third]],
        [[0: .one], [3: .one]], [[2: half, 1: half], [3: .one]],
      ]
    case .reachedByChoice:
      return [
        [[0: half, 1: half], [0: .one], [2: .one]], [[0: .one], [1: .one], [0: .one]],
        [[2: .one], [0: rare, 2: .one - rare], [1: .one]],
      ]
    case .cycle: return (0..<3).map { [[($0 + 1) % 3: .one], [($0 + 2) % 3: .one]] }
    case .single: return [[[0: .one], [0: .one], [0: .one]]]
    case .dense:
      return (0..<4).map { state in
        (0..<3).map { action in
          let weights = (0..<4).map { 1 + (7 * state + 5 * action + 3 * $0 * $0) % 11 }
          let total = weights.reduce(0, +)
          return Dictionary(
            uniqueKeysWithValues: weights.enumerated().map {
              ($0.offset, Rational(numerator: $0.element, denominator: total))
            })
        }
      }
    }
  }

  /// The model as its file would state it; it starts in state 0.
  var document: MDPDocument {
    let rows = rows
    let actions = rows.map(\.count).max() ?? 0
    var table = TransitionTable()
    var probabilities: [ExactNumber] = []
    var (pairStart, pairAction) = ([0], [Int32]())
    for ofState in rows {
      for (action, row) in ofState.enumerated() {
        for (next, probability) in row.sorted(by: { $0.key < $1.key }) {
          table.nextState.append(Int32(next))
          probabilities.append(ExactNumber(probability))
        }
        table.rowStart.append(table.nextState.count)
        pairAction.append(Int32(action))
      }
      pairStart.append(pairAction.count)
    }
    table.probability = ExactNumberArray(probabilities)
    return MDPDocument(
      name: "\(shape.rawValue), γ = \(discount.rawValue), \(scale.rawValue) rewards",
      discount: Self.number(discount.rawValue),
      space: StateActionSpace(
        states: Names(count: rows.count), actions: Names(count: actions),
        isTerminal: rows.map(\.isEmpty), pairStart: pairStart, pairAction: pairAction),
      initial: ExactNumberArray(rows.indices.map { ExactNumber($0 == 0 ? 1 : 0) }),
      transitions: table,
      actionRewards: ExactNumberArray(pairAction.indices.map { ExactNumber(scale.reward($0)) }))
  }

  private static func number(_ text: String) -> ExactNumber {
    guard let number = try? ExactNumber(parsing: text) else {
      preconditionFailure("\(text) is not a number")
    }
    return number
  }
}

extension Rational {
  /// 10¹².
  static let trillion = Rational(1_000_000_000_000)
  /// 10⁻¹².
  static let trillionth = Rational(numerator: 1, denominator: 1_000_000_000_000)
}

import MonotoneArithmetic
import MDPCore
import MonotoneFiles
import TestSupport
import Testing

@testable import MDPFormats

/// Documents drawn at random: names that need escapes, numbers of every kind, unavailable actions,
/// terminal states, rows that miss 1.
struct DocumentGenerator {
  var random: SplitMix

  private mutating func number() -> ExactNumber {
    switch random.below(8) {
    case 0: return ExactNumber(random.below(2_000_001) - 1_000_000)
    case 1:
      return ExactNumber(numerator: random.below(2001) - 1000, denominator: 1 + random.below(999))
    case 2: return ExactNumber(Rational(finite: Double(random.below(1 << 30)) / 1_000_003))
    case 3:
      return ExactNumber(
        Rational(
          numerator: random.below(1 << 40) + 1, denominator: (1 << 40) + random.below(1 << 20)))
    default: return ExactNumber(numerator: random.below(20001) - 10000, denominator: 1000)
    }
  }

  private mutating func names(_ count: Int) -> Names {
    if random.below(4) == 0 { return Names(count: count) }
    let suffixes = ["", " two words", "\"quoted\"", "\\", "\n", "é", "𝄞", "\u{1}", "/", "\u{2028}"]
    return Names((0..<count).map { "n\($0)\(suffixes[random.below(suffixes.count)])" })
  }

  /// Weights over `count` places, not all zero, that sum to 1 exactly or nearly.
  private mutating func row(_ count: Int) -> [ExactNumber] {
    var weights = (0..<count).map { _ in random.below(3) == 0 ? random.below(1000) : 0 }
    weights[random.below(count)] += 1
    let total = weights.reduce(0, +)
    if random.below(3) == 0 {
      // As printed from floats.
      return weights.map {
        $0 == 0 ? ExactNumber(0) : decimal(Double($0) / Double(total))
      }
    }
    return weights.map { ExactNumber(numerator: $0, denominator: total) }
  }

  private func decimal(_ value: Double) -> ExactNumber {
    do {
      return try ExactNumber(parsing: "\(value)")
    } catch {
      preconditionFailure("\(value): \(error)")
    }
  }

  private func sum(_ row: [ExactNumber]) -> ExactNumber? {
    var sum = ExactSum()
    for number in row { sum.add(number) }
    return sum.isOne ? nil : sum.value
  }

  mutating func document(oneKindOfReward: Bool) -> MDPDocument {
    let (stateCount, actionCount) = (1 + random.below(6), 1 + random.below(4))
    let isTerminal = (0..<stateCount).map { _ in random.below(4) == 0 }
    var (pairStart, pairAction) = ([0], [Int32]())
    for state in 0..<stateCount {
      if !isTerminal[state] {
        let always = random.below(actionCount)
        pairAction += (0..<actionCount).filter { $0 == always || random.below(3) > 0 }.map(
          Int32.init)
      }
      pairStart.append(pairAction.count)
    }
    var table = TransitionTable()
    for pair in pairAction.indices {
      let row = row(stateCount)
      if let sum = sum(row) { table.rowSum[pair] = sum }
      for (state, number) in row.enumerated() where !number.isZero {
        table.nextState.append(Int32(state))
        table.probability.append(number)
      }
      table.rowStart.append(table.nextState.count)
    }
    let initial = row(stateCount)
    let kind = random.below(4)
    func has(_ wanted: Int) -> Bool { oneKindOfReward ? kind == wanted : kind != wanted }
    var rewards = (ExactNumberArray(), ExactNumberArray(), ExactNumberArray())
    if has(1) {
      rewards.0 = ExactNumberArray(
        (0..<stateCount).map { isTerminal[$0] ? ExactNumber(0) : number() })
    }
    if has(2) { rewards.1 = ExactNumberArray(pairAction.map { _ in number() }) }
    if has(3) { rewards.2 = ExactNumberArray(table.nextState.map { _ in number() }) }
    rewards.0 = rewards.0.isAllZero ? .init() : rewards.0
    rewards.1 = rewards.1.isAllZero ? .init() : rewards.1
    rewards.2 = rewards.2.isAllZero ? .init() : rewards.2
    let width = random.below(3)
    return MDPDocument(
      name: "random \"\(random.below(1000))\"", description: width == 0 ? "a\tb" : nil,
      source: width == 1 ? "" : nil,
      discount: ExactNumber(numerator: random.below(1000), denominator: 1000),
      space: StateActionSpace(
        states: names(stateCount), actions: names(actionCount), isTerminal: isTerminal,
        pairStart: pairStart, pairAction: pairAction),
      initial: ExactNumberArray(initial), initialSum: sum(initial), transitions: table,
      stateRewards: rewards.0, actionRewards: rewards.1, transitionRewards: rewards.2,
      features: width == 0 ? [] : (0..<stateCount).map { _ in (0..<width).map { _ in number() } })
  }
}

@Suite("Writing and reading back")
struct RoundTripTests {
  @Test("Documents with one kind of reward read back equal from both forms")
  func bothForms() throws {
    var generator = DocumentGenerator(random: SplitMix(state: 11))
    for _ in 0..<500 {
      let document = generator.document(oneKindOfReward: true)
      for form in MDPWriter.Form.allCases {
        let text = MDPWriter.write(document, form: form)
        let read = try readMDP(text)
        #expect(read == document, "\(text)")
        #expect(
          read.normalised.count == document.transitions.rowSum.count
            + (document.initialSum == nil ? 0 : 1))
        #expect(MDPWriter.write(read, form: form) == text)
      }
    }
  }

  @Test("Documents with several kinds of reward come to the same expected rewards")
  func severalRewards() throws {
    var generator = DocumentGenerator(random: SplitMix(state: 12))
    for _ in 0..<300 {
      let document = generator.document(oneKindOfReward: false)
      for form in MDPWriter.Form.allCases {
        let read = try readMDP(MDPWriter.write(document, form: form))
        #expect(read.space == document.space)
        #expect(read.transitions == document.transitions)
        #expect(expectedRewards(read) == expectedRewards(document))
      }
    }
  }

  @Test("The layout is that of the design's example")
  func layout() throws {
    let document = try readMDP(
      mdpText(["rewards": "{\"warm\": -1}", "features": "[[1], [0], [\"1/3\"]]"]))
    #expect(
      MDPWriter.write(document) == """
        {
          "schema": "monotone/mdp/v1",
          "name": "racing",
          "discount": 0.9,
          "states": ["cool", "warm", "over heated"],
          "actions": ["slow", "fast"],
          "initial": {"cool": 1},
          "terminal": ["over heated"],
          "transitions": [
            {"from": "cool", "action": "slow", "to": {"cool": 1}, "reward": 1},
            {"from": "cool", "action": "fast", "to": {"cool": 0.5, "warm": 0.5}, "reward": 2},
            {"from": "warm", "action": "slow", "to": {"cool": 0.5, "warm": 0.5}, \
        "reward": {"cool": 1, "warm": 0}},
            {"from": "warm", "action": "fast", "to": {"over heated": 1}, "reward": -10}
          ],
          "rewards": {"warm": -1},
          "features": [
            [1],
            [0],
            ["1/3"]
          ]
        }

        """)
    let dense = try readMDP(denseText(["rewards": "[[1, 2], [3, null], null]"]))
    #expect(
      MDPWriter.write(dense, form: .dense).hasSuffix(
        """
          "initial": [1, 0, 0],
          "terminal": ["over heated"],
          "transitions": [
            [
              [1, 0, 0],
              [0.5, 0.5, 0]
            ],
            [
              [0.5, 0.5, 0],
              null
            ],
            null
          ],
          "rewards": [
            [1, 2],
            [3, null],
            null
          ]
        }

        """))
  }

  @Test("Policies read back equal, from JSON exactly and from .npy to float64")
  func policies() throws {
    var generator = DocumentGenerator(random: SplitMix(state: 13))
    for _ in 0..<300 {
      let model = generator.document(oneKindOfReward: true)
      let space = model.space
      let policy = ExactPolicy.fromWeights(space) { _ in 1 + generator.random.below(50) }
      let text = PolicyWriter.write(policy, mdp: model.name)
      let read = try PolicyReader.read(InputBytes(text, name: "p"), for: model)
      #expect(read == PolicyDocument(policy: policy))
      let array = try PolicyReader.read(
        InputBytes(NPYWriter.write(policy), name: "p.npy"), for: model)
      for (exact, rounded) in zip(policy.probabilities, array.policy.probabilities) {
        #expect((exact - rounded).magnitude <= Rational(numerator: 1, denominator: 1 << 50))
      }
      for state in space.liveStates {
        let sum = space.pairs(of: state).reduce(Rational(0)) { $0 + array.policy[$1] }
        #expect(sum == Rational(1))
      }
    }
  }
}

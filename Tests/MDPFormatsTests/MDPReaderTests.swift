import MonotoneArithmetic
import MDPCore
import TestSupport
import Testing

@testable import MDPFormats

@Suite("Reading MDPs")
struct MDPReaderTests {
  private func number(_ text: String) throws -> ExactNumber { try ExactNumber(parsing: text) }

  @Test("The design's example, member for member")
  func example() throws {
    let document = try readMDP(mdpText(["description": "\"d\\n\"", "source": "\"s\""]))
    #expect(document.name == "racing")
    #expect(document.description == "d\n")
    #expect(document.source == "s")
    #expect(document.discount == ExactNumber(numerator: 9, denominator: 10))
    #expect(Array(document.space.states) == ["cool", "warm", "over heated"])
    #expect(Array(document.space.actions) == ["slow", "fast"])
    #expect(document.space.isTerminal == [false, false, true])
    #expect(document.space.pairStart == [0, 2, 4, 4])
    #expect(document.space.pairAction == [0, 1, 0, 1])
    #expect(Array(document.initial) == [ExactNumber(1), ExactNumber(0), ExactNumber(0)])
    #expect(document.initialSum == nil)
    #expect(document.transitions.rowStart == [0, 1, 3, 5, 6])
    #expect(document.transitions.nextState == [0, 0, 1, 0, 1, 2])
    #expect(
      document.transitions.probability.map(\.description) == ["1", "0.5", "0.5", "0.5", "0.5", "1"])
    #expect(document.transitions.rowSum.isEmpty)
    #expect(document.stateRewards.isEmpty)
    #expect(document.actionRewards.map(\.description) == ["1", "2", "0", "-10"])
    #expect(document.transitionRewards.map(\.description) == ["0", "0", "0", "1", "0", "0"])
    #expect(document.features.isEmpty)
    #expect(document.normalised.isEmpty)
  }

  @Test("The order of keys and rows does not matter, nor white space")
  func order() throws {
    let expected = try readMDP(mdpText())
    let text =
      #"{"transitions":[{"reward":-10,"to":{"over heated":1},"action":"fast","from":"warm"},"#
      + #"{"reward":{"warm":0,"cool":1},"to":{"warm":0.50,"cool":5e-1},"action":"slow","from":"warm"},"#
      + #"{"reward":2,"to":{"warm":0.5,"over heated":0,"cool":"1/2"},"action":"fast","from":"cool"},"#
      + #"{"reward":1,"to":{"cool":1.0},"action":"slow","from":"cool"}],"terminal":["over heated"],"#
      + #""initial":[1,0,0],"actions":["slow","fast"],"states":["cool","warm","over heated"],"#
      + #""discount":"9/10","name":"racing","schema":"monotone/mdp/v1"}"#
    #expect(try readMDP(text) == expected)
  }

  @Test("Escapes in keys and names are resolved")
  func escapes() throws {
    let expected = try readMDP(mdpText())
    let text = mdpText([
      "states": #"["cool", "w\u0061rm", "over\u0020heated"]"#,
      "initial": #"{"\u0063ool": 1}"#,
      "transitions": #"""
      [
        {"fr\u006fm": "\u0063ool", "action": "\u0073low", "to": {"c\u006fol": 1}, "reward": 1},
        {"from": "cool", "action": "fast", "t\u006f": {"cool": 0.5, "warm": "\u0031/2"}, "reward": 2},
        {"from": "warm", "\u0061ction": "slow", "to": {"warm": 0.5, "cool": 0.5}, "reward": {"cool": 1}},
        {"from": "warm", "action": "fast", "to": {"over heated": 1}, "r\u0065ward": -10}
      ]
      """#,
    ])
    #expect(try readMDP(text) == expected)
  }

  @Test("Counts instead of names; integers refer to them")
  func counts() throws {
    let document = try readMDP(
      """
      {"schema": "monotone/mdp/v1", "name": "n", "discount": 0, "states": 3, "actions": 2,
       "initial": {"1": 1}, "terminal": [2],
       "transitions": [
         {"from": 1, "action": "0", "to": {"0": 1}},
         {"from": "0", "action": 1, "to": {"2": 1}}]}
      """)
    #expect(document.space.states.isCount)
    #expect(document.space.isTerminal == [false, false, true])
    #expect(document.space.pairAction == [1, 0])
    #expect(document.transitions.nextState == [2, 0])
  }

  @Test(
    "References that are not among a count",
    arguments: [
      ("▶3", "unknown state 3; the states are 0 to 2"), ("▶-1", "unknown state"),
      ("▶1.0", "unknown state 1.0"), ("▶\"01\"", "unknown state \"01\""),
      ("▶\"\"", "unknown state"),
      ("▶\"x\"", "unknown state"), ("▶99999999999999999999999", "unknown state"),
    ])
  func unknownReferences(_ reference: String, _ words: String) {
    let marked = MarkedText(
      """
      {"schema": "monotone/mdp/v1", "name": "n", "discount": 0, "states": 3, "actions": 1,
       "initial": [1, 0, 0], "terminal": [1, 2],
       "transitions": [{"from": 0, "action": 0, "to": {"0": 1}},
         {"from": \(reference), "action": 0, "to": {"0": 1}}]}
      """)
    expect(
      faults { _ = try readMDP(marked.text) }, at: marked.places,
      [.value("$.transitions[1].from", words)])
  }

  @Test("Rows printed from floats are kept as written, with their exact sums and paths")
  func normalisation() throws {
    let document = try readMDP(
      mdpText([
        "initial": "{\"cool\": 0.3333333333333333, \"warm\": 0.6666666666666666}",
        "transitions": """
        [
          {"from": "warm", "action": "slow", "to": {"warm": 0.9999999990, "cool": 1e-10}},
          {"from": "cool", "action": "slow", "to": {"cool": 1.0000000010}},
          {"from": "cool", "action": "fast", "to": {"cool": "1/3", "warm": 0.666666667}}
        ]
        """,
      ]))
    #expect(document.initialSum == (try number("0.9999999999999999")))
    #expect(
      document.transitions.rowSum == [
        0: try number("1.000000001"), 1: try number("3000000001/3000000000"),
        2: try number("0.9999999991"),
      ])
    #expect(
      document.normalised == [
        "$.initial", "$.transitions[0].to", "$.transitions[1].to", "$.transitions[2].to",
      ])
    let dense = try readMDP(
      denseText(["transitions": "[[[1, 0, 0], null], [[0.1, 0.9, 1e-10], [0, 1, 0]], null]"]))
    #expect(dense.transitions.rowSum == [1: try number("1.0000000001")])
    #expect(dense.normalised == ["$.transitions[1][0]"])
  }

  @Test("Rewards by state, as object and as array")
  func stateRewards() throws {
    for rewards in ["{\"warm\": \"1/2\"}", "[0, 0.5, null]", "[0, 0.5, 0]", "[0.0, 5e-1, \"0\"]"] {
      let document = try readMDP(mdpText(["rewards": rewards]))
      #expect(document.stateRewards.map(\.description) == ["0", "0.5", "0"])
      #expect(document.actionRewards.count == 4)
    }
    // Rewards that are all 0 are as good as none.
    #expect(try readMDP(mdpText(["rewards": "{}"])).stateRewards.isEmpty)
    #expect(try readMDP(mdpText(["rewards": "[0, 0, null]"])).stateRewards.isEmpty)
  }

  @Test("Rewards beside dense transitions, at every depth")
  func denseRewards() throws {
    let plain = try readMDP(denseText())
    #expect(plain.space.pairAction == [0, 1, 0])
    #expect(plain.transitions.nextState == [0, 0, 1, 0, 1])
    let byState = try readMDP(denseText(["rewards": "[1, 2, 0]"]))
    #expect(byState.stateRewards.map(\.description) == ["1", "2", "0"])
    for rewards in ["[[1, 2], [3, null], null]", "[[1, 2], [3, 0], [0, null]]"] {
      let byAction = try readMDP(denseText(["rewards": rewards]))
      #expect(byAction.actionRewards.map(\.description) == ["1", "2", "3"])
      #expect(byAction.stateRewards.isEmpty && byAction.transitionRewards.isEmpty)
    }
    for rewards in [
      "[[[1, 2, 3], [4, 5, 6]], [[7, 8, 9], null], null]",
      "[[[1, 2, 3], [4, 5, 6]], [[7, 8, 9], [0, null, 0]], [null, null]]",
    ] {
      let byNextState = try readMDP(denseText(["rewards": rewards]))
      // Where a row does not lead, nothing is paid.
      #expect(byNextState.transitionRewards.map(\.description) == ["1", "4", "5", "7", "8"])
      #expect(byNextState.actionRewards.isEmpty)
    }
  }

  @Test("A row without a probability for a listed next state may still name its reward")
  func unpaidRewards() throws {
    let document = try readMDP(
      mdpText([
        "transitions": """
        [{"from": "cool", "action": "slow", "to": {"cool": 1, "warm": 0}, "reward": {"warm": 5}},
         {"from": "warm", "action": "slow", "to": {"cool": 1}, "reward": {"warm": 0}}]
        """
      ]))
    #expect(document.transitionRewards.isEmpty)
  }

  @Test("Features are rectangular and exact")
  func features() throws {
    let document = try readMDP(mdpText(["features": "[[1, 0.5], [\"1/3\", 0], [-2, 1e-3]]"]))
    #expect(
      document.features.map { $0.map(\.description) } == [
        ["1", "0.5"], ["1/3", "0"], ["-2", "0.001"],
      ])
  }

  @Test("All states terminal, and no transitions")
  func allTerminal() throws {
    let document = try readMDP(
      mdpText(["terminal": "[\"over heated\", \"warm\", \"cool\"]", "transitions": "[]"]))
    #expect(document.space.pairCount == 0)
    let dense = try readMDP(
      mdpText([
        "terminal": "[\"over heated\", \"warm\", \"cool\"]",
        "transitions": "[null, [null, null], null]",
      ]))
    #expect(dense == document)
  }

  @Test("Rows with many next states in any order are sorted, rewards along")
  func longRows() throws {
    var random = SplitMix(state: 5)
    let order = Array(0..<200).shuffled(using: &random)
    // 1 + 2 + … + 200 = 20100.
    let to = order.map { "\"\($0)\": \"\($0 + 1)/20100\"" }.joined(separator: ", ")
    let rewards = order.shuffled(using: &random).map { "\"\($0)\": \($0)" }
    let document = try readMDP(
      """
      {"schema": "monotone/mdp/v1", "name": "n", "discount": 0, "states": 200, "actions": 1,
       "initial": {"0": 1}, "terminal": [\((1..<200).map(String.init).joined(separator: ", "))],
       "transitions": [{"from": 0, "action": 0, "to": {\(to)},
         "reward": {\(rewards.joined(separator: ", "))}}]}
      """)
    #expect(document.transitions.nextState == Array(0..<200))
    #expect(
      document.transitions.probability.elementsEqual(
        (1...200).map { ExactNumber(numerator: $0, denominator: 20100) }))
    #expect(document.transitionRewards.map(\.description) == (0..<200).map(String.init))
  }

  @Test("Names of every length are told apart to the last byte, however many there are")
  func names() throws {
    var random = SplitMix(state: 8)
    var names: [String] = []
    for length in 1..<30 {
      let stem = String(repeating: "s", count: length - 1)
      for last in "abcdefgh" { names.append(stem + String(last)) }
    }
    names.shuffle(using: &random)
    let list = names.map { "\"\($0)\"" }.joined(separator: ", ")
    let rows = names.indices.map { index in
      "{\"from\": \"\(names[index])\", \"action\": 0, "
        + "\"to\": {\"\(names[(index * 7 + 3) % names.count])\": 1}}"
    }
    let document = try readMDP(
      """
      {"schema": "monotone/mdp/v1", "name": "n", "discount": 0, "states": [\(list)], "actions": 1,
       "initial": {"\(names[5])": 1},
       "transitions": [\(rows.shuffled(using: &random).joined(separator: ",\n"))]}
      """)
    #expect(document.initial.firstIndex { !$0.isZero } == 5)
    #expect(
      document.transitions.nextState == names.indices.map { Int32(($0 * 7 + 3) % names.count) })
  }
}

import MonotoneArithmetic
import MDPCore
import MonotoneFiles
import Testing

@testable import MDPFormats

/// A valid MDP with one member a line, in which members can be replaced, added or left out.
func mdpText(_ changes: [String: String?] = [:]) -> String {
  let members: KeyValuePairs = [
    "schema": "\"monotone/mdp/v1\"",
    "name": "\"racing\"",
    "discount": "0.9",
    "states": "[\"cool\", \"warm\", \"over heated\"]",
    "actions": "[\"slow\", \"fast\"]",
    "initial": "{\"cool\": 1}",
    "terminal": "[\"over heated\"]",
    "transitions": """
    [
        {"from": "cool", "action": "slow", "to": {"cool": 1}, "reward": 1},
        {"from": "cool", "action": "fast", "to": {"cool": 0.5, "warm": "1/2"}, "reward": 2},
        {"from": "warm", "action": "slow", "to": {"warm": 0.5, "cool": 0.5}, "reward": {"cool": 1}},
        {"from": "warm", "action": "fast", "to": {"over heated": 1}, "reward": -10}
      ]
    """,
  ]
  var lines: [String] = []
  for (key, value) in members {
    guard let value = changes[key, default: value] else { continue }
    lines.append("  \"\(key)\": \(value)")
  }
  let known = Set(members.map(\.key))
  for (key, value) in changes.sorted(by: { $0.key < $1.key }) where !known.contains(key) {
    if let value { lines.append("  \"\(key)\": \(value)") }
  }
  return "{\n\(lines.joined(separator: ",\n"))\n}\n"
}

/// The same with dense arrays.
func denseText(_ changes: [String: String?] = [:]) -> String {
  let dense: [String: String?] = [
    "transitions": """
    [
        [[1, 0, 0], [0.5, 0.5, 0]],
        [[0.5, 0.5, 0], null],
        null
      ]
    """
  ]
  return mdpText(dense.merging(changes) { $1 })
}

func readMDP(
  _ text: String, configuration: MDPReaderConfiguration = .init()
) throws(InvalidInput) -> MDPDocument {
  try MDPReader.read(InputBytes(text, name: "test.json"), configuration: configuration)
}

/// A small generator for tests (Steele, Lea & Flood 2014), so that cases are the same every time.
struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }
}

/// r(s,a) in exact arithmetic.
func expectedRewards(_ document: MDPDocument) -> [Rational] {
  var rewards: [Rational] = []
  let table = document.transitions
  for state in document.space.states.indices {
    for pair in document.space.pairs(of: state) {
      var reward = Rational(0)
      if !document.stateRewards.isEmpty { reward += document.stateRewards[state].rational }
      if !document.actionRewards.isEmpty { reward += document.actionRewards[pair].rational }
      if !document.transitionRewards.isEmpty {
        let sum = table.rowSum[pair]?.rational ?? Rational(1)
        for entry in table.rowStart[pair]..<table.rowStart[pair + 1] {
          reward +=
            table.probability[entry].rational / sum * document.transitionRewards[entry].rational
        }
      }
      rewards.append(reward)
    }
  }
  return rewards
}

@testable import MDPFormats

/// The right shape with inadmissible values.
extension MDPFaultTests {
  static let valueCases: [Case] = [
    Case(["name": "▶\"\""], .value("$.name", "empty")),
    Case(["discount": "▶1.0000001"], .value("$.discount", "1.0000001 is not in [0, 1]")),
    Case(["discount": "▶-0.5"], .value("$.discount", "-0.5 is not in [0, 1]")),
    Case(["discount": "▶\"NaN\""], .value("$.discount", "\"NaN\" is not a number")),
    Case(["discount": "▶\"1/0\""], .value("$.discount", "the denominator is zero")),
    Case(["discount": "▶\"\""], .value("$.discount", "expected an integer")),
    Case(["discount": "▶1e999999999"], .value("$.discount", "exponent is beyond ±10000")),
    Case(["discount": "▶\"1e-10001\""], .value("$.discount", "exponent is beyond ±10000")),
    Case(["states": "▶[]"], .value("$.states", "no state")),
    Case(["actions": "▶[]"], .value("$.actions", "no action")),
    Case(["states": "▶0"], .value("$.states", "not a count")),
    Case(["states": "▶-3"], .value("$.states", "not a count")),
    Case(["states": "▶2.5"], .value("$.states", "not a count")),
    Case(
      ["states": "[\"cool\", \"warm\", \"over heated\", ▶\"cool\"]"],
      .value("$.states[3]", "state \"cool\" is named twice")),
    Case(
      ["states": #"["cool", "warm", "over heated", ▶"\u0063ool"]"#],
      .value("$.states[3]", "named twice")),
    Case(
      ["states": "[\"cool\", ▶\"\", \"warm\", \"over heated\"]"],
      .value("$.states[1]", "the name is empty")),
    Case(
      ["actions": "[\"slow\", \"fast\", ▶\"fast\"]"],
      .value("$.actions[2]", "action \"fast\" is named twice")),
    Case(
      [
        "states": "▶[\"cool\", \"warm\", \"over heated\", \"é\", \"e\u{301}\"]",
        "terminal": "[\"over heated\", \"é\", \"e\u{301}\"]",
      ],
      .value("$.states", "the same text to Unicode")),
    Case(["initial": "{▶\"hot\": 1}"], .value("$.initial.hot", "unknown state \"hot\"")),
    Case(["initial": "▶{\"cool\": 0.9}"], .value("$.initial", "sum to 0.9, not to 1")),
    Case(["initial": "▶{}"], .value("$.initial", "sum to 0, not to 1")),
    Case(
      ["initial": "{\"cool\": 1.5, \"warm\": ▶-0.5}"],
      .value("$.initial.warm", "must not be negative")),
    Case(["initial": "{\"cool\": ▶\"inf\"}"], .value("$.initial.cool", "\"inf\" is not a number")),
    Case(["initial": "▶[0.5, 0.4, 0]"], .value("$.initial", "sum to 0.9, not to 1")),
    Case(["initial": "[1, 0, ▶\"x\"]"], .value("$.initial[2]", "\"x\" is not a number")),
    Case(
      ["initial": "▶{\"cool\": 1.0000000010000000001}"],
      .value("$.initial", "sum to about 1.000000001")),
    Case(
      ["terminal": "[\"over heated\", ▶\"hot\"]"], .value("$.terminal[1]", "unknown state \"hot\"")),
    Case(
      ["terminal": "[\"over heated\", ▶\"over heated\"]"], .value("$.terminal[1]", "listed twice")),
    Case(
      [
        "terminal": nil,
        "transitions":
          "▶[{\"from\": \"cool\", \"action\": \"slow\", \"to\": {\"cool\": 1}},\(loop)]",
      ],
      .value("$.transitions", "state \"over heated\" has no action")),
    Case(
      ["transitions": "▶▶[]"], .value("$.transitions", "\"cool\" has no action"),
      .value("$.transitions", "\"warm\" has no action")),
    Case(
      transitions(#"{"from": ▶"hot", "action": "slow", "to": {"cool": 1}}"#, loop),
      .value("$.transitions[0].from", "unknown state \"hot\"")),
    Case(
      transitions(#"{"from": "cool", "action": ▶"go", "to": {"cool": 1}}"#, loop),
      .value("$.transitions[0].action", "unknown action \"go\"")),
    Case(
      transitions(#"{"from": "cool", "action": "slow", "to": {▶"hot": 0.5, "cool": 0.5}}"#, loop),
      .value("$.transitions[0].to.hot", "unknown state \"hot\"")),
    Case(
      transitions(#"{"from": "cool", "action": "slow", "to": ▶{"warm": 0.5, "cool": 0.4}}"#, loop),
      .value("$.transitions[0].to", "sum to 0.9, not to 1")),
    Case(
      transitions(
        #"{"from": "cool", "action": "slow", "to": ▶{"warm": "1/3", "cool": "1/3"}}"#, loop),
      .value("$.transitions[0].to", "sum to 2/3, not to 1")),
    Case(
      transitions(#"{"from": "cool", "action": "slow", "to": {"warm": ▶-1, "cool": 2}}"#, loop),
      .value("$.transitions[0].to.warm", "must not be negative")),
    Case(
      transitions(
        #"{"from": "cool", "action": "slow", "to": {"over heated": ▶"x", "cool": 1}}"#, loop),
      .value("$.transitions[0].to[\"over heated\"]", "\"x\" is not a number")),
    Case(
      transitions(
        #"{"from": "cool", "action": "slow", "to": {"cool": 1}, "reward": ▶"1//2"}"#, loop),
      .value("$.transitions[0].reward", "not a number")),
    Case(
      transitions(
        #"{"from": "cool", "action": "slow", "to": {"cool": 1}, "reward": {▶"hot": 1}}"#, loop),
      .value("$.transitions[0].reward.hot", "unknown state \"hot\"")),
    Case(
      transitions(
        #"{"from": "cool", "action": "slow", "to": {"cool": 1}, "reward": {▶"warm": 1}}"#, loop),
      .value("$.transitions[0].reward.warm", "to which the row does not lead")),
    Case(
      transitions(
        #"{"from": "cool", "action": "slow", "reward": {▶"warm": 1}, "to": {"cool": 1}}"#, loop),
      .value("$.transitions[0].reward.warm", "to which the row does not lead")),
    Case(
      transitions(loop, #"{"from": "cool", "action": "slow", "to": {"cool": 1}}"#, "▶" + loop),
      .value("$.transitions[2]", "action \"slow\" of state \"warm\" is given twice")),
    Case(
      transitions(
        loop, "▶" + loop, "▶" + loop, #"{"from": "cool", "action": "slow", "to": {"cool": 1}}"#),
      .value("$.transitions[1]", "given twice"), .value("$.transitions[2]", "given twice")),
    Case(
      transitions(
        loop, #"{"from": "cool", "action": "slow", "to": {"cool": 1}}"#,
        #"{"from": ▶"over heated", "action": "slow", "to": {"cool": 1}}"#),
      .value("$.transitions[2].from", "move their rewards onto the transitions into it")),
    Case(
      ["rewards": "{\"over heated\": ▶5}"],
      .value("$.rewards[\"over heated\"]", "move it onto the transitions into it")),
    Case(
      ["rewards": "[1, 2, ▶\"1/2\"]"],
      .value("$.rewards[2]", "move it onto the transitions into it")),
    Case(["rewards": "{▶\"hot\": 1}"], .value("$.rewards.hot", "unknown state \"hot\"")),
    Case(["features": "[[1], [2], [▶\"a\"]]"], .value("$.features[2][0]", "not a number")),
  ]
}

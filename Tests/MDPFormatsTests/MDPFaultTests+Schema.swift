@testable import MDPFormats

/// Wrong keys and types.
extension MDPFaultTests {
  static let schemaCases: [Case] = [
    Case(
      ["name": nil, "discount": nil], .schema("$", "\"name\" is missing"),
      .schema("$", "\"discount\" is missing")),
    Case(
      ["schema": "▶\"monotone/mdp/v2\""], .schema("$.schema", "\"monotone/mdp/v2\"; this version")),
    Case(["schema": "▶\"monotone/policy/v1\""], .schema("$.schema", "a policy, expected an MDP")),
    Case(["schema": "▶1", "discount": "true"], .schema("$.schema", "found 1; expected")),
    Case(["name": "▶7"], .schema("$.name", "found 7; expected a string")),
    Case(["description": "▶null"], .schema("$.description", "found null; expected a string")),
    Case(["discount": "▶null"], .schema("$.discount", "found null; expected a number")),
    Case(["discount": "▶[0.9]"], .schema("$.discount", "found an array; expected a number")),
    Case(["states": "▶\"cool\""], .schema("$.states", "an array of names, or a count")),
    Case(
      ["states": "[\"cool\", \"warm\", ▶3, \"over heated\"]"],
      .schema("$.states[2]", "found 3; expected a name")),
    Case(["initial": "▶1"], .schema("$.initial", "expected an object of probabilities")),
    Case(
      ["initial": "{\"cool\": ▶true}"], .schema("$.initial.cool", "found true; expected a number")),
    Case(
      ["initial": "{\"cool\": 0.5, ▶\"cool\": 0.5}"], .schema("$.initial.cool", "stands here twice")
    ),
    Case(
      ["initial": #"{"cool": 0.5, ▶"\u0063ool": 0.5}"#],
      .schema("$.initial.cool", "stands here twice")),
    Case(
      ["initial": "▶[1, 0]"],
      .schema("$.initial", "found 2 entries; expected 3, one for each state")),
    Case(["initial": "▶[1, 0, 0, 0]"], .schema("$.initial", "found 4 entries; expected 3")),
    Case(["terminal": "▶{}"], .schema("$.terminal", "expected an array of state names")),
    Case(
      ["terminal": "[\"over heated\", ▶2]"], .schema("$.terminal[1]", "found 2; expected the name")),
    Case(["transitions": "▶{}"], .schema("$.transitions", "expected an array")),
    Case(
      ["extra": "{\"a\": {}}"],
      .schema("$.extra", "unknown key \"extra\"; the keys here are schema")),
    Case(
      transitions(#"▶{"from": "cool", "to": {"cool": 1}}"#, loop),
      .schema("$.transitions[0]", "\"action\" is missing")),
    Case(
      transitions(#"▶{"action": "slow", "to": {"cool": 1}}"#, loop),
      .schema("$.transitions[0]", "\"from\" is missing")),
    Case(
      transitions(#"▶{"from": "cool", "action": "slow"}"#, loop),
      .schema("$.transitions[0]", "\"to\" is missing")),
    Case(
      transitions(#"{"from": "cool", "action": "slow", "to": {"cool": 1}, ▶"rewards": 1}"#, loop),
      .schema("$.transitions[0].rewards", "unknown key \"rewards\"; the keys here are from")),
    Case(
      transitions(#"{"from": "cool", ▶"from": "x", "action": "slow", "to": {"cool": 1}}"#, loop),
      .schema("$.transitions[0].from", "stands here twice")),
    Case(
      transitions(#"{"from": "cool", "action": "slow", "to": {"cool": 1}, ▶"to": 3}"#, loop),
      .schema("$.transitions[0].to", "stands here twice")),
    Case(
      transitions(#"{"from": "cool", "action": "slow", "to": {"cool": 0.5, ▶"cool": 0.5}}"#, loop),
      .schema("$.transitions[0].to.cool", "stands here twice")),
    Case(
      transitions(#"{"from": "cool", "action": "slow", "to": {"cool": 0, ▶"cool": 1}}"#, loop),
      .schema("$.transitions[0].to.cool", "stands here twice")),
    Case(
      transitions(#"{"from": "cool", "action": "slow", "to": ▶[1, 0, 0]}"#, loop),
      .schema("$.transitions[0].to", "expected an object of probabilities")),
    Case(
      transitions(#"{"from": "cool", "action": "slow", "to": {"cool": 1}, "reward": ▶[1]}"#, loop),
      .schema("$.transitions[0].reward", "expected a number, or an object")),
    Case(
      transitions(
        #"{"from": "cool", "action": "slow", "to": {"cool": 1}, "reward": {"cool": 1, ▶"cool": 2}}"#,
        loop),
      .schema("$.transitions[0].reward.cool", "stands here twice")),
    Case(
      transitions(#"{"from": "cool", "action": ▶1, "to": {"cool": 1}}"#, loop),
      .schema("$.transitions[0].action", "found 1; expected the name of one of the actions")),
    Case(
      transitions(#"{"from": "cool", "action": "slow", "to": {"cool": 1}}"#, loop, "▶[[1]]"),
      .schema("$.transitions[2]", "expected an object with the keys from")),
    Case(["rewards": "▶\"none\""], .schema("$.rewards", "expected an object of rewards by state")),
    Case(
      ["rewards": "▶[[1, 2], [1, 2], null]"], .schema("$.rewards", "belong to dense transitions")),
    Case(["rewards": "▶[1, 2]"], .schema("$.rewards", "found 2 entries; expected 3")),
    Case(["rewards": "[1, ▶null, null]"], .schema("$.rewards[1]", "found null; expected a number")),
    Case(
      ["rewards": "{\"cool\": 1, ▶\"cool\": 1}"], .schema("$.rewards.cool", "stands here twice")),
    Case(["features": "▶{}"], .schema("$.features", "expected an array of feature vectors")),
    Case(["features": "▶[[1], [2]]"], .schema("$.features", "found 2 feature vectors; expected 3")),
    Case(
      ["features": "[[1, 2], ▶[3], [4, 5]]"],
      .schema("$.features[1]", "found 1 features; expected 2")),
    Case(["features": "[▶[], [1], [2]]"], .schema("$.features[0]", "found 0 features")),
    Case(["features": "[[1], ▶2, [3]]"], .schema("$.features[1]", "expected an array of numbers")),
  ]
}

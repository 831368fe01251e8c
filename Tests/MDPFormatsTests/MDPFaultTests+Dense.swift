@testable import MDPFormats

/// Dense arrays of transitions and rewards.
extension MDPFaultTests {
  static let denseCases: [Case] = [
    Case(
      ["transitions": "▶[[[1, 0, 0], null], [[0, 1, 0], null]]"], dense: true,
      .schema("$.transitions", "found 2 entries; expected 3, one for each state")),
    Case(
      ["transitions": "[▶[[1, 0, 0]], [[0, 1, 0], null], null]"], dense: true,
      .schema("$.transitions[0]", "found 1 entries; expected 2, one for each action")),
    Case(
      ["transitions": "[[[1, 0, 0], null], ▶[null], null]"], dense: true,
      .schema("$.transitions[1]", "found 1 entries; expected 2, one for each action")),
    Case(
      ["transitions": "[[[1, 0, 0], ▶[1, 0]], [[0, 1, 0], null], null]"], dense: true,
      .schema("$.transitions[0][1]", "found 2 entries; expected 3, one for each state")),
    Case(
      ["transitions": "[[[1, 0, 0], ▶0.5], [[0, 1, 0], null], null]"], dense: true,
      .schema("$.transitions[0][1]", "found 0.5; expected an array")),
    Case(
      ["transitions": "[[[1, 0, 0], null], ▶\"x\", null]"], dense: true,
      .schema("$.transitions[1]", "expected the rows of a state")),
    Case(
      ["transitions": "[[[1, ▶null, 0], null], [[0, 1, 0], null], null]"], dense: true,
      .schema("$.transitions[0][0][1]", "found null; expected a number")),
    Case(
      ["transitions": "[[[1, 0, 0], ▶[0, 0, 0]], [[0, 1, 0], null], null]"], dense: true,
      .value("$.transitions[0][1]", "sum to 0, not to 1")),
    Case(
      ["transitions": "[[[1, 0, 0], null], ▶null, null]"], dense: true,
      .value("$.transitions[1]", "state \"warm\" has no action")),
    Case(
      ["transitions": "[[[1, 0, 0], null], ▶[null, null], null]"], dense: true,
      .value("$.transitions[1]", "state \"warm\" has no action")),
    Case(
      ["transitions": "[[[1, 0, 0], null], [[0, 1, 0], null], ▶[[0, 0, 1], null]]"], dense: true,
      .value("$.transitions[2]", "is terminal and has no transitions")),
    Case(
      ["rewards": "[[1, 2], [3, ▶4], null]"], dense: true,
      .value("$.rewards[1][1]", "action \"fast\", which state \"warm\" does not offer")),
    Case(
      ["rewards": "[[1, 2], [3, null], [0, ▶4]]"], dense: true,
      .value("$.rewards[2][1]", "the terminal state \"over heated\" has a reward")),
    Case(
      ["rewards": "[[1, ▶null], [3, null], null]"], dense: true,
      .schema("$.rewards[0][1]", "found null; expected rewards")),
    Case(
      ["rewards": "[▶null, [3, null], null]"], dense: true,
      .schema(
        "$.rewards[0]", "found null; expected rewards, because state \"cool\" is not terminal")),
    Case(
      ["rewards": "[[1, 2], ▶5, null]"], dense: true,
      .schema("$.rewards[1]", "found 5; expected an array")),
    Case(
      ["rewards": "[1, ▶[5], null]"], dense: true,
      .schema("$.rewards[1]", "found an array; expected a number")),
    Case(
      ["rewards": "[[1, 2], ▶[3], null]"], dense: true,
      .schema("$.rewards[1]", "found 1 entries; expected 2")),
    Case(
      ["rewards": "[▶[1, 2, null], [3, null], null]"], dense: true,
      .schema("$.rewards[0]", "found 3 entries; expected 2")),
    Case(
      ["rewards": "▶[[1, 2], [3, 0]]"], dense: true,
      .schema("$.rewards", "found 2 entries; expected 3")),
    Case(
      ["rewards": "[[[1, 2, 3], ▶[1, 2]], [[1, 0, 0], null], null]"], dense: true,
      .schema("$.rewards[0][1]", "found 2 entries; expected 3")),
    Case(
      ["rewards": "[[[1, 2, 3], [1, 2, 3]], [[1, 0, 0], [0, ▶1, 1]], null]"], dense: true,
      .value("$.rewards[1][1][1]", "does not offer")),
  ]
}

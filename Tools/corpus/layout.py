"""The text of the files: 2-space structure, one transition (or one dense row) a line, long lists wrapped."""

import json

from .numbers import number_text

WIDTH = 118


def mdp_text(model):
    """`model` in format monotone/mdp/v1."""
    entries = [
        ("schema", '"monotone/mdp/v1"'),
        ("name", string_text(model.name)),
        ("description", string_text(model.description)),
        ("source", string_text(model.source)),
        ("discount", number_text(model.discount)),
        ("states", str(len(model.states)) if model.count_states else _wrapped(map(string_text, model.states), "[]")),
        ("actions", str(len(model.actions)) if model.count_actions else _wrapped(map(string_text, model.actions), "[]")),
        ("initial", _initial(model)),
    ]
    if model.terminal:
        entries.append(("terminal", _wrapped([_reference(s, model.count_states) for s in model.terminal], "[]")))
    if model.state_rewards:
        entries.append(("rewards", _wrapped(_members(model.state_rewards), "{}")))
    entries += _dense(model) if model.dense else [("transitions", _lines(_sparse_lines(model)))]
    if model.features:
        entries.append(("features", _lines(_row(map(number_text, row)) for row in model.features)))
    return object_text(entries)


def object_text(entries):
    """A JSON object, one member a line, from (key, JSON text) pairs."""
    return "{\n" + ",\n".join(f"  {string_text(key)}: {text}" for key, text in entries) + "\n}\n"


def policy_text(mdp, probabilities):
    """A policy in format monotone/policy/v1, one state a line."""
    lines = [f"    {string_text(s)}: " + "{" + ", ".join(_members(row)) + "}" for s, row in probabilities.items()]
    return object_text(
        [
            ("schema", '"monotone/policy/v1"'),
            ("mdp", string_text(mdp)),
            ("probabilities", "{\n" + ",\n".join(lines) + "\n  }"),
        ]
    )


def _initial(model):
    """By state, or beside dense transitions as an array."""
    if not model.dense:
        return _wrapped(_members(model.initial), "{}")
    return _wrapped([number_text(model.initial.get(s, 0)) for s in model.states], "[]")


def _sparse_lines(model):
    for t in model.transitions:
        members = [
            f'"from": {_reference(t.source, model.count_states)}',
            f'"action": {_reference(t.action, model.count_actions)}',
            '"to": {' + ", ".join(_members(t.to)) + "}",
        ]
        if isinstance(t.reward, dict):
            members.append('"reward": {' + ", ".join(_members(t.reward)) + "}")
        elif t.reward != 0:
            members.append(f'"reward": {number_text(t.reward)}')
        yield "{" + ", ".join(members) + "}"


def _dense(model):
    """Transitions as [state][action][nextState]; rewards as [state][action], or as transitions if any needs it."""
    table = {(t.source, t.action): t for t in model.transitions}
    per_next_state = any(isinstance(t.reward, dict) for t in model.transitions)
    rows, rewards = [], []
    for s in model.states:
        if s in model.terminal:
            rows.append("null")
            rewards.append("null")
            continue
        of_state = [table.get((s, a)) for a in model.actions]
        laws = ["null" if t is None else _row(number_text(t.to.get(n, 0)) for n in model.states) for t in of_state]
        rows.append("[\n      " + ",\n      ".join(laws) + "\n    ]")
        if per_next_state:
            cells = ["null" if t is None else _row(number_text(_reward(t, n)) for n in model.states) for t in of_state]
            rewards.append("[\n      " + ",\n      ".join(cells) + "\n    ]")
        else:
            rewards.append(_row("null" if t is None else number_text(t.reward) for t in of_state))
    entries = [("transitions", _lines(rows))]
    if not model.state_rewards:
        entries.append(("rewards", _lines(rewards)))
    return entries


def _reward(transition, state):
    if not isinstance(transition.reward, dict):
        return transition.reward if state in transition.to else 0
    return transition.reward.get(state, 0)


def _members(mapping):
    return [f"{string_text(key)}: {number_text(value)}" for key, value in mapping.items()]


def _reference(name, counted):
    return str(name) if counted else string_text(name)


def _row(items):
    return "[" + ", ".join(items) + "]"


def _lines(items):
    return "[\n    " + ",\n    ".join(items) + "\n  ]"


def _wrapped(items, brackets):
    """A list or object on one line, or filled lines where it is long."""
    items = list(items)
    one_line = brackets[0] + ", ".join(items) + brackets[1]
    if len(one_line) <= WIDTH - 14:
        return one_line
    lines, current = [], ""
    for index, item in enumerate(items):
        piece = item + ("," if index + 1 < len(items) else "")
        if current and len(current) + 1 + len(piece) > WIDTH - 4:
            lines.append(current)
            current = piece
        else:
            current = f"{current} {piece}" if current else piece
    lines.append(current)
    return brackets[0] + "\n    " + "\n    ".join(lines) + "\n  " + brackets[1]


def string_text(text):
    return json.dumps(text, ensure_ascii=False)

"""What Storm and umbi read in the files of a folder, as the values of the uniform policy.

The discount stands for GAMMA. Prints a list of {"reader", "file", "values"}.
"""

import json
import os

import numpy as np
import stormpy
import umbi

# Storm writes remarks to standard output, which is for the answer alone.
output = os.fdopen(os.dup(1), "w")
os.dup2(2, 1)
g = float("GAMMA")
answers = []


def value(entry):
    return entry.value() if callable(entry.value) else entry.value


def answer(reader, file, rows, rewards):
    # rows[s][c] = {target: probability}, rewards[s][c]
    n = len(rows)
    P, r = np.zeros((n, n)), np.zeros(n)
    for s in range(n):
        for c, row in enumerate(rows[s]):
            r[s] += rewards[s][c] / len(rows[s])
            for t, p in row.items():
                P[s, t] += p / len(rows[s])
    V = np.linalg.solve(np.eye(n) - g * P, r)
    answers.append({"reader": reader, "file": file, "values": V.tolist()})


def storm(file, model):
    (reward,) = model.reward_models.values()
    # Kept while their rows are walked.
    paid = reward.transition_rewards if reward.has_transition_rewards else None
    matrix = model.transition_matrix
    rows, rewards = [], []
    for s in range(model.nr_states):
        group = range(matrix.get_row_group_start(s), matrix.get_row_group_end(s))
        rows.append([{e.column: float(value(e)) for e in matrix.get_row(c)} for c in group])
        rewards.append([])
        for c in group:
            earned = 0.0
            if reward.has_state_rewards:
                earned += float(reward.state_rewards[s])
            if reward.has_state_action_rewards:
                earned += float(reward.state_action_rewards[c])
            if paid is not None:
                entries = {e.column: float(value(e)) for e in paid.get_row(c)}
                earned += sum(p * entries.get(t, 0.0) for t, p in rows[s][c - group[0]].items())
            rewards[-1].append(earned)
    answer("stormpy", file, rows, rewards)


def umb(file):
    ats = umbi.ats.read(file)
    (name,) = ats.reward_annotation_names
    reward = ats.get_reward_annotation(name)
    rows, rewards = [], []
    choices = branches = 0
    for s in ats.states:
        rows.append([])
        rewards.append([])
        for choice in ats.get_state_choices(s):
            row, earned = {}, 0.0
            if reward.has_state_values:
                earned += float(reward.state_values[s])
            if reward.has_choice_values:
                earned += float(reward.choice_values[choices])
            for branch in choice.branches:
                row[branch.target] = row.get(branch.target, 0.0) + float(branch.prob)
                if reward.has_branch_values:
                    earned += float(branch.prob) * float(reward.branch_values[branches])
                branches += 1
            choices += 1
            rows[-1].append(row)
            rewards[-1].append(earned)
    answer("umbi", file, rows, rewards)


for file in ("exact.drn", "rounded.drn"):
    storm(file, stormpy.build_model_from_drn(file))
for file in ("exact.umb", "rounded.umb"):
    storm(file, stormpy.build_model_from_umb(file))
if os.path.exists("rounded.tra"):
    storm(
        "rounded.tra",
        stormpy.build_model_from_explicit(
            "rounded.tra", "rounded.lab", state_rewards="rounded.state.rew", transition_rewards="rounded.trans.rew"
        ),
    )
for file in ("exact.umb", "rounded.umb"):
    umb(file)
print(json.dumps(answers), file=output)

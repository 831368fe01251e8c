"""The optimal values that pymdptoolbox and QuantEcon find from the arrays of a folder.

Prints a list of {"reader", "values"}.
"""

import json
import os

import mdptoolbox.mdp
import numpy as np
from quantecon.markov import DiscreteDP

# QuantEcon's compiler writes remarks to standard output, which is for the answer alone.
output = os.fdopen(os.dup(1), "w")
os.dup2(2, 1)
answers = []
if os.path.exists("pymdptoolbox.npz"):
    arrays = np.load("pymdptoolbox.npz")
    plan = mdptoolbox.mdp.PolicyIteration(arrays["P"], arrays["R"], float(arrays["discount"]))
    plan.run()
    answers.append({"reader": "pymdptoolbox", "values": list(plan.V)})
arrays = np.load("quantecon.npz")
plan = DiscreteDP(
    arrays["R"], arrays["Q"], float(arrays["beta"]), s_indices=arrays["s_indices"], a_indices=arrays["a_indices"]
).solve(method="policy_iteration")
answers.append({"reader": "quantecon", "values": plan.v.tolist()})
print(json.dumps(answers), file=output)

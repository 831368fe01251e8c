"""The text of `mdps/README.md`: the table of the MDPs, taken from the models themselves."""

from .counterexamples import refutations
from .numbers import exact

HEAD = """\
# The MDPs

Every file is in the format `monotone/mdp/v1` (JSON Schema: `schema/mdp.schema.json`); the description inside says what it
models and what was rounded or chosen. Numbers are exact: 0.1 is 1/10, "1/3" a third, and every row sums to exactly 1.

This file and all MDPs, policies, refutations and attainments are written by `python3 Tools/make_mdps.py` (`--check` compares); the schemas
are written by hand, and `python3 Tools/check_schema.py` checks every file against them. To add an MDP, add its builder
under `Tools/corpus/` and its name to `catalogue.py`. Reference values are in `Tests/Goldens/`, by `Tools/make_goldens.py`.

| name | states | actions | γ | features used | source |
|---|--:|--:|--:|---|---|
"""

COUNTEREXAMPLES = """
The states include terminal states. "Unavailable actions" means that some action is missing in some live state.

## Counterexamples

`counterexamples/` refutes, with at most three states each, claims that are found in the wild or are easily made. Each
`NAME.refutation.json` (`schema/refutation.schema.json`) names an MDP, a current and a candidate policy and the variant that
they violate; `python3 Tools/check_counterexamples.py` proves it in exact arithmetic.

| variant | MDP | what is wrong |
|---|---|---|
"""

ATTAINMENT = """
## Attainment

`attainment/` holds for each bound of the ladder the update on which it comes closest to equality, and says how close, and
what is known of the supremum: [attainment/README.md](attainment/README.md).
"""

HARMFUL = """
## Harmful steps

With its exact advantages no rule of `monotone improve` can lower the return, however long the step: each rule moves every
state to a distribution pi' with E_{a~pi'} A(s,a) >= 0 (the convex ones since staying at pi is allowed in each state by itself,
the softmax ones since they raise probabilities in the order of A, or of pi A, which has its sign), and
return(pi') = return(pi) + sum_s rho_pi'(s) E_{a~pi'} A(s,a). What a rule can lose beyond its bounds is the *guarantee*.

With wrong advantages that is over. `harmful/wrong-advantage.json` has a uniform policy with return -3 and advantages up to 0.4.
Made from advantages that are wrong by 0.11 in one state,

- `wrong-advantage.greedy.policy.json`, the step of policy iteration, lowers the return to -4;
- `wrong-advantage.max-kl.policy.json`, the step of max-kl with delta = 1, lowers it too;
- `wrong-advantage.conservative.policy.json` mixes toward the very same greedy policy by its alpha*, and improves, as Kakade &
  Langford 2002 promise: the target gains in the surrogate, under the visits of the old policy.

All three have a larger surrogate than the uniform policy. `python3 Tools/find_harmful.py` searches for such models, and checks
on each that steps from exact advantages do no harm. To see it:
`monotone check mdps/harmful/wrong-advantage.json --current uniform --candidate mdps/harmful/wrong-advantage.greedy.policy.json`
"""


def readme_text(models):
    rows = [
        f"| [{m.name}]({m.name}.json) | {len(m.states)} | {len(m.actions)} | {float(exact(m.discount)):g} "
        f"| {', '.join(features_used(m))} | {m.source.replace('|', '&#124;')} |"
        for m in models
    ]
    refuted = [f"| `{r.variant}` | {r.model.name} | {r.description.replace('|', '&#124;')} |" for r in refutations()]
    return (
        HEAD + "\n".join(rows) + "\n" + COUNTEREXAMPLES + "\n".join(refuted) + "\n" + ATTAINMENT + HARMFUL
    )


def features_used(model):
    """The parts of the format that the model's file exercises."""
    per_next_state = any(isinstance(t.reward, dict) for t in model.transitions)
    used = ["r(s)"] if model.state_rewards else []
    if not model.state_rewards or any(t.reward != 0 for t in model.transitions):
        used.append("r(s,a,s')" if per_next_state else "r(s,a)")
    if model.terminal:
        used.append("terminal states")
    live = len(model.states) - len(model.terminal)
    if len(model.transitions) < live * len(model.actions):
        used.append("unavailable actions")
    if all(len(t.to) == 1 for t in model.transitions):
        used.append("deterministic")
    if model.dense:
        used.append("dense arrays")
    if model.count_states or model.count_actions:
        used.append("states and actions as counts")
    if model.features:
        used.append("features")
    if any(_is_fraction(p) for t in model.transitions for p in t.to.values()):
        used.append("p/q strings")
    return used


def _is_fraction(probability):
    """Whether it is written "p/q": given so, or a decimal that would not terminate."""
    denominator = exact(probability).denominator
    for prime in (2, 5):
        while denominator % prime == 0:
            denominator //= prime
    return isinstance(probability, str) or denominator != 1

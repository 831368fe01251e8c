"""Refutations of false variants of the bounds: an MDP, two policies and the variant that they violate.

`Tools/check_counterexamples.py` proves each. All violate the lower side: the candidate returns less than is claimed.
"""

from dataclasses import dataclass
from fractions import Fraction

from . import chains, equality_cases, textbook
from .layout import mdp_text, object_text, policy_text, string_text
from .model import Model, Transition

FOLDER = "counterexamples"


@dataclass
class Refutation:
    """A variant, and the update that violates it; `own` puts the model beside the refutation, else it is in the corpus."""

    variant: str
    description: str
    model: Model
    current: dict
    candidate: dict
    own: bool = False


def refutations():
    kakade, coupling = equality_cases.kakade_2003(), equality_cases.coupling_hundredth()
    everywhere = {"i": None, "j": None}
    first = {s: {"a1": 1} for s in everywhere}
    coupling_current = {s: {"stay1": "1/100", "stay2": "99/100"} for s in everywhere}
    coupling_candidate = {s: {"stay2": "99/100", "go": "1/100"} for s in everywhere}
    chain, robot, bandit = chains.two_state_chain(), textbook.recycling_robot(), chains.bandit()
    return [
        Refutation(
            "total-variation-constant-2-expected-advantage",
            "Theorem 1 of Schulman et al. 2015 with 2 gamma eps alpha^2/(1-gamma)^2 and eps = max_s |E_{a~candidate} A(s,a)|, "
            "as if the theorem for mixtures held with the candidate's own advantage. On Kakade's example with "
            "alpha = 0.03 the expected advantage is itself of order alpha, so the claim is of third order; the gap is not.",
            kakade,
            first,
            {s: {"a1": "97/100", "a2": "3/100"} for s in everywhere},
        ),
        Refutation(
            "total-variation-constant-2",
            "Theorem 1 of Schulman et al. 2015 with the constant 2 instead of 4: 2 gamma eps alpha^2/(1-gamma)^2, "
            "eps = max |A(s,a)|. The coupling family with alpha = 0.01 attains nine tenths of the constant 4.",
            coupling,
            coupling_current,
            coupling_candidate,
        ),
        Refutation(
            "kl-without-surrogate",
            "return(candidate) >= return(current) - C max KL, without the surrogate's own change. Moving towards worse "
            "actions loses return in proportion to the step, but KL only to its square.",
            chain,
            {"low": {"stay": "1/2", "move": "1/2"}, "high": {"stay": "1/2", "move": "1/2"}},
            {"low": {"stay": "501/1000", "move": "499/1000"}, "high": {"stay": "499/1000", "move": "501/1000"}},
        ),
        Refutation(
            "normalised-visitation",
            "The surrogate with the visitation normalised to sum 1, the penalty coefficient unchanged: "
            "|return(candidate) - (return(current) + E_d E_{a~candidate} A)| <= C max KL. The change of return is then "
            "1/(1-gamma) times what the surrogate says, an error of first order.",
            robot,
            {"high": {"search": "1/2", "wait": "1/2"}, "low": {"search": "1/4", "wait": "1/4", "recharge": "1/2"}},
            {"high": {"search": "499/1000", "wait": "501/1000"}, "low": {"search": "1/4", "wait": "1/4", "recharge": "1/2"}},
        ),
        Refutation(
            "conservative-mixture-candidate-advantage",
            "Eq. 6 of Schulman et al. 2015 for the mixture (1 - alpha) pi + alpha pi' with eps = max_s |E_{a~mixture} A| in "
            "place of the target's max_s |E_{a~pi'} A|: too small by the factor alpha. Kakade's example, alpha = 1/10.",
            kakade,
            first,
            {s: {"a1": "9/10", "a2": "1/10"} for s in everywhere},
        ),
        Refutation(
            "mean-kl-penalty-every-discount",
            "|return(candidate) - surrogate| <= C E_d KL with the paper's C, which holds for discounts from 2/3, claimed for "
            "every discount. Here the discount is 0.01: state j is hardly ever visited, so its divergence hardly counts in "
            "the mean, and the gap is of the order of the product of the two states' steps.",
            rarely_visited(),
            {"i": {"stay": "999/1000", "switch": "1/1000"}, "j": {"stay": "1/2", "switch": "1/2"}},
            {"i": {"stay": "99899/100000", "switch": "101/100000"}, "j": {"stay": "11/20", "switch": "9/20"}},
            own=True,
        ),
        Refutation(
            "pirotta-q-norm",
            "The corollary of safe policy iteration read for rewards of any sign: |return(candidate) - surrogate| <= "
            "gamma/(2 (1-gamma)^2) (2 alpha)^2 max |Q|, that is 2 gamma alpha^2 max |Q|/(1-gamma)^2 with "
            "alpha = max_s TV. The span of Q over actions, which the proof needs, is at most max |Q| only where Q has one "
            "sign; on the coupling family Q = A has both.",
            coupling,
            coupling_current,
            coupling_candidate,
        ),
        Refutation(
            "pinsker-quarter",
            "TV(s)^2 <= KL(s)/4, Pinsker's inequality with half its constant. Two arms of the bandit, 1/2 : 1/2 against "
            "3/5 : 2/5.",
            bandit,
            {"machine": {"left-arm": "1/2", "middle-arm": "1/2"}},
            {"machine": {"left-arm": "3/5", "middle-arm": "2/5"}},
        ),
    ]


def rarely_visited():
    return Model(
        name="mean-kl-penalty-every-discount",
        description=(
            "Two states, two actions, discount 0.01. From i, 'switch' pays 1 and leads to j; at j 'stay' costs 1, 'switch' "
            "pays 1 and leads back. Policies that hardly ever switch at i make j almost invisible to a mean."
        ),
        source="Found by a numerical search for the largest ratio, then rounded.",
        discount=Fraction(1, 100),
        states=["i", "j"],
        actions=["stay", "switch"],
        initial={"i": 1},
        transitions=[
            Transition("i", "stay", {"i": 1}, 0),
            Transition("i", "switch", {"j": 1}, 1),
            Transition("j", "stay", {"j": 1}, -1),
            Transition("j", "switch", {"i": 1}, 1),
        ],
    )


def counterexample_files():
    """Path under `mdps/` and text of every file of every refutation."""
    files = {}
    for r in refutations():
        current, candidate = f"{r.variant}.current.policy.json", f"{r.variant}.candidate.policy.json"
        if r.own:
            mdp = f"{r.variant}.mdp.json"
            assert not r.model.faults(), r.model.faults()
            files[f"{FOLDER}/{mdp}"] = mdp_text(r.model)
        else:
            mdp = f"../{r.model.name}.json"
        files[f"{FOLDER}/{current}"] = policy_text(r.model.name, r.current)
        files[f"{FOLDER}/{candidate}"] = policy_text(r.model.name, r.candidate)
        files[f"{FOLDER}/{r.variant}.refutation.json"] = object_text(
            [
                ("schema", '"monotone/refutation/v1"'),
                ("name", string_text(r.variant)),
                ("description", string_text(r.description)),
                ("variant", string_text(r.variant)),
                ("mdp", string_text(mdp)),
                ("current", string_text(current)),
                ("candidate", string_text(candidate)),
            ]
        )
    return files

"""How close each bound of the ladder comes to equality: for each an MDP and two policies on which it is tightest.

The attainment of a bound B by an update is |G|/B, G = return(candidate) - surrogate. The examples are closed forms, most of
them members of a family along which the attainment tends to its supremum; `Tools/search_attainment.py` looks for better
ones, `Tools/make_attainment_goldens.py` computes the figures of the files exactly.
"""

from dataclasses import dataclass
from fractions import Fraction

from . import equality_cases
from .layout import mdp_text, object_text, policy_text, string_text
from .model import Model, Transition

FOLDER = "attainment"
MILLIONTH = Fraction(1, 10**6)


@dataclass
class Example:
    """An update, and what its claims come to on it; `own` puts the model beside it, else it is in the corpus."""

    name: str
    model: Model
    current: dict
    candidate: dict
    claims: dict
    own: bool = True


@dataclass
class Attained:
    """Why a claim is tight on an example, and what is known of the largest attainment over all updates."""

    description: str
    supremum: str


def examples():
    return [kakade_half(), kakade_millionth(), stay_or_leave(), coupling(), coupling_millionth(), fork(), unvisited(), corridor()]


def kakade(name, alpha, claims):
    mixture = {"a1": 1 - alpha, "a2": alpha}
    return Example(
        name,
        equality_cases.kakade_2003(),
        {"i": {"a1": 1}, "j": {"a1": 1}},
        {"i": mixture, "j": mixture},
        claims,
        own=False,
    )


def kakade_half():
    why = (
        "Kakade's example, half way to a2: the first disagreement leads to j for good, where the advantage is opposite to "
        "that at i. {} Equality for every discount and every mixture weight."
    )
    return kakade(
        "kakade-half",
        Fraction(1, 2),
        {
            "visitation-shift-span": Attained(
                why.format("All that the visitation loses had the largest expected advantage, all that it gains the least."),
                "1, attained",
            ),
            "visitation-shift": Attained(why.format("The two expected advantages are opposite, so sp = 2 eps."), "1, attained"),
            "coupling-span": Attained(why.format("The runs part with probability alpha in each step and never meet."), "1, attained"),
            "conservative-mixture-2002": Attained(
                why.format("The runs part with probability alpha in each step and never meet."), "1, attained"
            ),
        },
    )


def kakade_millionth():
    why = (
        "Kakade's example with mixture weight alpha = 1e-6: the attainment is (1 - gamma)/(1 - gamma (1 - alpha)), what is lost "
        "by counting every disagreement of a run instead of the first. {}"
    )
    limit = "1, in the limit alpha -> 0; not attained, {}"
    smaller = "because {} is a smaller bound wherever gamma alpha > 0"
    return kakade(
        "kakade-millionth",
        MILLIONTH,
        {
            "mean-total-variation": Attained(
                why.format("TV is alpha in each state, and the expected advantages are opposite."),
                limit.format(
                    "because among the states that it visits less the candidate would have to remain for good, disagree, and "
                    "with each disagreement leave for good"
                ),
            ),
            "max-total-variation-span": Attained(
                why.format("The bound does not see that only the first one matters."), limit.format(smaller.format("coupling-span"))
            ),
            "conservative-mixture": Attained(
                why.format("The bound does not see that only the first one matters."),
                limit.format(smaller.format("conservative-mixture-2002")),
            ),
        },
    )


def stay_or_leave():
    why = (
        "The current policy leaves for good, the candidate stays and collects. They disagree once on each run of the current "
        "policy, and what follows is then never the same again. {} Equality for every discount."
    )
    return Example(
        "stay-or-leave",
        Model(
            name="stay-or-leave",
            description=(
                "From 'here', 'stay' pays 1 and 'leave' ends the run. For the update from leaving to staying the gap is "
                "gamma/(1 - gamma): the bounds resolvent-ergodicity, dobrushin and mean-total-variation-span, exactly."
            ),
            source="Chosen as the smallest model on which these bounds are equalities.",
            discount=Fraction(9, 10),
            states=["here", "gone"],
            actions=["stay", "leave"],
            initial={"here": 1},
            terminal=["gone"],
            transitions=[Transition("here", "stay", {"here": 1}, 1), Transition("here", "leave", {"gone": 1})],
        ),
        {"here": {"leave": 1}},
        {"here": {"stay": 1}},
        {
            "resolvent-ergodicity": Attained(
                why.format("The rows of the candidate's resolvent do not overlap: its coefficient is 1/(1 - gamma)."), "1, attained"
            ),
            "dobrushin": Attained(
                why.format("The rows of the candidate's chain do not overlap: its coefficient is 1."), "1, attained"
            ),
            "mean-total-variation-span": Attained(
                why.format("Changed transitions are as far apart as changed policies."), "1, attained"
            ),
        },
    )


def coupling_policies(alpha):
    current, candidate = {"stay1": alpha, "stay2": 1 - alpha}, {"stay2": 1 - alpha, "go": alpha}
    return {"i": current, "j": current}, {"i": candidate, "j": candidate}


def coupling():
    why = (
        "The coupling family with alpha = 1/100: all the probability that moves goes from the largest negative advantage to "
        "the largest positive one at i, the other way at j, and j is never left. {} Equality for every discount and alpha."
    )
    current, candidate = coupling_policies(Fraction(1, 100))
    return Example(
        "coupling-hundredth",
        equality_cases.coupling_hundredth(),
        current,
        candidate,
        {
            "coupling": Attained(why.format("So expected advantages are as large as 2 alpha eps, of either sign."), "1, attained"),
            "coupling-range": Attained(why.format("The range of advantages is twice the largest."), "1, attained"),
        },
        own=False,
    )


def coupling_millionth():
    current, candidate = coupling_policies(MILLIONTH)
    return Example(
        "coupling-millionth",
        equality_cases.coupling_family("coupling-millionth", Fraction(9, 10), MILLIONTH),
        current,
        candidate,
        {
            "total-variation": Attained(
                "The coupling family with alpha = 1e-6, on which the bound before the last step of the proof is an equality: "
                "the attainment is (1 - gamma)/(1 - gamma (1 - alpha)), what that step costs.",
                "1, in the limit alpha -> 0; not attained, because coupling is a smaller bound wherever gamma alpha > 0",
            )
        },
    )


def fork():
    alpha = Fraction(1, 1000)
    why = (
        "A fork between two lasting states with opposite advantages; pi tosses a coin everywhere, the candidate moves "
        "alpha = 1/1000 of it. Pinsker's inequality is tight for coins and small alpha. The gap is "
        "4 gamma alpha^2/(1 - gamma), so {} (1 - gamma) is lost because TV counts in the lasting states "
        "too, where no transition changes: hence gamma = 1e-6."
    )
    coin, moved = Fraction(1, 2), {"left": Fraction(1, 2) + alpha, "right": Fraction(1, 2) - alpha}
    states = ["fork", "port", "starboard"]
    return Example(
        "fork",
        Model(
            name="fork",
            description=(
                "From 'fork' each action leads to a side, which is never left. At 'port', 'left' pays 1 and 'right' costs 1; "
                "at 'starboard' it is the other way round. A coin in each state makes all values 0."
            ),
            source="Chosen so that Pinsker's inequality is the only loss of the KL bounds as gamma and alpha vanish.",
            discount=MILLIONTH,
            states=states,
            actions=["left", "right"],
            initial={"fork": 1},
            transitions=[
                Transition("fork", "left", {"port": 1}),
                Transition("fork", "right", {"starboard": 1}),
                Transition("port", "left", {"port": 1}, 1),
                Transition("port", "right", {"port": 1}, -1),
                Transition("starboard", "left", {"starboard": 1}, -1),
                Transition("starboard", "right", {"starboard": 1}, 1),
            ],
        ),
        {s: {"left": coin, "right": coin} for s in states},
        {s: moved for s in states},
        {
            "kl": Attained(
                why.format("the attainment is (1 - gamma) alpha^2/KL, about (1 - gamma)/2."),
                "1/2, in the limit gamma, alpha -> 0; not attained: TV^2 <= KL/2 and total-variation give at most 1/2. For long "
                "horizons it is less: at most sqrt((1 - gamma)/(2 gamma)) + max TV/2, by mean-kl",
            ),
            "kl-pinsker": Attained(
                why.format("the attainment is (1 - gamma) 2 alpha^2/KL, about 1 - gamma."),
                "1, in the limit gamma, alpha -> 0; not attained, because total-variation is a smaller bound and is not attained",
            ),
            "mean-kl-root": Attained(
                why.format("the attainment is (1 - gamma) sqrt(2) alpha/sqrt(KL), about 1 - gamma."),
                "1, in the limit gamma, alpha -> 0; not attained, because mean-total-variation is a smaller bound and is not attained",
            ),
        },
    )


def unvisited():
    delta = MILLIONTH
    coin = Fraction(1, 2)
    return Example(
        "unvisited",
        Model(
            name="unvisited",
            description=(
                "'home' and 'away' pay nothing, except that at 'away' one can work for 1; neither is left but by 'go' from home. "
                "A policy that never goes does not see what it would do there."
            ),
            source="Chosen so that F = 0 in mean-kl: expected advantages differ only where the current policy never is.",
            discount=Fraction(9, 10),
            states=["home", "away"],
            actions=["rest", "go", "work"],
            initial={"home": 1},
            transitions=[
                Transition("home", "rest", {"home": 1}),
                Transition("home", "go", {"away": 1}),
                Transition("away", "rest", {"away": 1}),
                Transition("away", "work", {"away": 1}, 1),
            ],
        ),
        {"home": {"rest": 1}, "away": {"rest": 1}},
        {"home": {"rest": 1 - delta, "go": delta}, "away": {"rest": coin, "work": coin}},
        {
            "mean-kl": Attained(
                "The candidate takes up an action that the current policy never takes, with probability delta = 1e-6, and finds a "
                "state that it never saw: F = 0, KL = -log(1 - delta), and the attainment is "
                "delta/KL (1 - gamma)/(1 - gamma (1 - delta)).",
                "1, in the limit delta -> 0; not attained, because KL > 2 h^2 in its proof wherever the policies differ",
            )
        },
    )


def corridor():
    seldom, coin = MILLIONTH, Fraction(1, 2)
    onward = {"gate": Fraction(79, 100), "hall": Fraction(93, 100)}
    return Example(
        "corridor",
        Model(
            name="corridor",
            description=(
                "From 'hub' one may enter a gate; from there, and again from the hall behind, 'on' leads on for 1 and 'back' leads "
                "to the hub at a cost of 1. With coins at gate and hall all values are 0."
            ),
            source="Found by Tools/search_attainment.py, then understood as a chain and rounded.",
            discount=Fraction(2, 3),
            states=["hub", "gate", "hall"],
            actions=["back", "on"],
            initial={"hub": 1},
            transitions=[
                Transition("hub", "back", {"hub": 1}),
                Transition("hub", "on", {"gate": 1}),
                Transition("gate", "back", {"hub": 1}, -1),
                Transition("gate", "on", {"hall": 1}, 1),
                Transition("hall", "back", {"hub": 1}, -1),
                Transition("hall", "on", {"hall": 1}, 1),
            ],
        ),
        {"hub": {"back": 1 - seldom, "on": seldom}, "gate": {"back": coin, "on": coin}, "hall": {"back": coin, "on": coin}},
        {
            "hub": {"back": 1 - Fraction(186, 100) * seldom, "on": Fraction(186, 100) * seldom},
            **{s: {"back": 1 - p, "on": p} for s, p in onward.items()},
        },
        {
            "mean-kl-penalty": Attained(
                "The policy seldom enters a corridor in which it tosses coins; the candidate enters it 1.86 times as often, and goes "
                "on with probability 0.79, then 0.93. Each state of the corridor is rare, so its divergence costs little, and raises "
                "the visits of the next. The least discount that the bound allows.",
                "not known; at most sqrt((1 - gamma)/(2 gamma)) + 1/4 <= 3/4, by mean-kl with F <= 2 eps^2 K and m <= eps. Longer "
                "corridors reach 0.338, 0.355 and 0.375 with 4, 5 and 7 states, in a numerical search",
            )
        },
    )


def attainment_files():
    """Path under `mdps/` and text of every file of every example."""
    files = {}
    for e in examples():
        current, candidate = f"{e.name}.current.policy.json", f"{e.name}.candidate.policy.json"
        if e.own:
            mdp = f"{e.name}.mdp.json"
            assert not e.model.faults(), e.model.faults()
            files[f"{FOLDER}/{mdp}"] = mdp_text(e.model)
        else:
            mdp = f"../{e.model.name}.json"
        files[f"{FOLDER}/{current}"] = policy_text(e.model.name, e.current)
        files[f"{FOLDER}/{candidate}"] = policy_text(e.model.name, e.candidate)
        for claim, attained in e.claims.items():
            files[f"{FOLDER}/{claim}.attainment.json"] = object_text(
                [
                    ("schema", '"monotone/attainment/v1"'),
                    ("name", string_text(e.name)),
                    ("description", string_text(attained.description)),
                    ("claim", string_text(claim)),
                    ("supremum", string_text(attained.supremum)),
                    ("mdp", string_text(mdp)),
                    ("current", string_text(current)),
                    ("candidate", string_text(candidate)),
                ]
            )
    return files

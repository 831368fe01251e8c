"""MDPs on which a bound of the ladder is attained exactly."""

from fractions import Fraction

from .model import Model, Transition


def kakade_2003():
    half = Fraction(1, 2)
    return Model(
        name="kakade-2003",
        description=(
            "At i, a1 stays for 1/2 and a2 goes to j for 1; at j both stay, for 1/2 and 0. From pi = a1, the mixture "
            "(1 - alpha) a1 + alpha a2 attains the bounds conservative-mixture-2002 and coupling-span exactly, for every "
            "discount and every alpha."
        ),
        source="Kakade 2003, On the Sample Complexity of Reinforcement Learning (PhD thesis), Example 7.4.1.",
        discount=Fraction(9, 10),
        states=["i", "j"],
        actions=["a1", "a2"],
        initial={"i": 1},
        transitions=[
            Transition("i", "a1", {"i": 1}, half),
            Transition("i", "a2", {"j": 1}, 1),
            Transition("j", "a1", {"j": 1}, half),
            Transition("j", "a2", {"j": 1}, 0),
        ],
    )


def coupling_family(name, discount, alpha):
    """The family on which `coupling` is attained; e = 1."""
    balance = alpha / (1 - alpha)
    return Model(
        name=name,
        description=(
            f"The coupling family with e = 1 and alpha = {alpha}: under pi = (alpha, 1 - alpha, 0) all values are 0, and "
            "with candidate (0, 1 - alpha, alpha) in both states the gap between return and surrogate is "
            "-4 gamma alpha^2 / ((1 - gamma)(1 - gamma (1 - alpha))): the bound coupling, exactly."
        ),
        source="Tightness of Schulman et al. 2015, appendix A, eq. 44 (before its last step).",
        discount=discount,
        states=["i", "j"],
        actions=["stay1", "stay2", "go"],
        initial={"i": 1},
        transitions=[
            Transition("i", "stay1", {"i": 1}, -1),
            Transition("i", "stay2", {"i": 1}, balance),
            Transition("i", "go", {"j": 1}, 1),
            Transition("j", "stay1", {"j": 1}, 1),
            Transition("j", "stay2", {"j": 1}, -balance),
            Transition("j", "go", {"j": 1}, -1),
        ],
    )


def coupling_hundredth():
    return coupling_family("coupling-family", Fraction(9, 10), Fraction(1, 100))


def coupling_quarter():
    return coupling_family("coupling-family-quarter", Fraction(1, 2), Fraction(1, 4))

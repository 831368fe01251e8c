"""Small chains of the exploration and policy-gradient literature."""

from fractions import Fraction

from .model import Model, Transition


def two_state_chain():
    states = ["low", "high"]
    return Model(
        name="two-state-chain",
        description=(
            "Two states joined by a switch; being in 'high' pays 1, r(s). With p = pi(move|low), q = pi(move|high) and "
            "g the discount: V(high) = (1 - g + g p) / ((1 - g)(1 - g + g (p + q))) and "
            "V(low) = g p / ((1 - g)(1 - g + g (p + q))). Uniform policy, g = 0.9: V = (4.5, 5.5), return 4.5; "
            "optimal: V = (9, 10)."
        ),
        source="Elementary; the closed form is two equations in two unknowns.",
        discount=Fraction(9, 10),
        states=states,
        actions=["stay", "move"],
        initial={"low": 1},
        state_rewards={"low": 0, "high": 1},
        transitions=[
            Transition("low", "stay", {"low": 1}),
            Transition("low", "move", {"high": 1}),
            Transition("high", "stay", {"high": 1}),
            Transition("high", "move", {"low": 1}),
        ],
    )


def strens_chain():
    states = [str(i) for i in range(1, 6)]
    slip = Fraction(1, 5)

    def outcome(state, action):
        """Where the action leads, and its reward, when it does not slip."""
        if action == "back":
            return "1", 2
        return (state, 10) if state == "5" else (str(int(state) + 1), 0)

    transitions = []
    for s in states:
        for a, other in (("forward", "back"), ("back", "forward")):
            (ahead, pay), (slipped, slipped_pay) = outcome(s, a), outcome(s, other)
            transitions.append(
                Transition(s, a, {ahead: 1 - slip, slipped: slip}, {ahead: pay, slipped: slipped_pay})
            )
    return Model(
        name="strens-chain",
        description=(
            "The Chain: 'forward' advances without reward until state 5, where it stays and earns 10; 'back' returns to "
            "state 1 and earns 2. With probability 0.2 the action slips to the other one's outcome. Strens scores 1,000 "
            "undiscounted steps; the discount 0.99 is a choice under which 'forward' is optimal everywhere."
        ),
        source=(
            "Strens 2000, A Bayesian framework for reinforcement learning, section 5; Dearden, Friedman & Russell 1998, "
            "Bayesian Q-learning; after Meuleau & Bourgine."
        ),
        discount=Fraction(99, 100),
        states=states,
        actions=["forward", "back"],
        initial={"1": 1},
        transitions=transitions,
    )


def river_swim():
    states = [str(i) for i in range(6)]
    tenth = Fraction(1, 10)
    transitions = []
    for i, s in enumerate(states):
        transitions.append(Transition(s, "left", {states[max(i - 1, 0)]: 1}, 5 if i == 0 else 0))
        if i == 0:
            transitions.append(Transition(s, "right", {"0": 7 * tenth, "1": 3 * tenth}))
        elif i < 5:
            transitions.append(
                Transition(s, "right", {states[i - 1]: tenth, s: 6 * tenth, states[i + 1]: 3 * tenth})
            )
        else:
            transitions.append(Transition(s, "right", {"4": 7 * tenth, "5": 3 * tenth}, {"4": 0, "5": 10000}))
    return Model(
        name="river-swim",
        description=(
            "Six places along a river. Swimming left goes with the current and always works; swimming right mostly "
            "fails. The left bank pays 5, holding out at the right bank 10,000, r(s,a,s')."
        ),
        source=(
            "Strehl & Littman 2008, An analysis of model-based interval estimation for Markov decision processes, "
            "section 5 (RiverSwim)."
        ),
        discount=Fraction(95, 100),
        states=states,
        actions=["left", "right"],
        initial={"1": Fraction(1, 2), "2": Fraction(1, 2)},
        transitions=transitions,
    )


def double_loop():
    states = [str(i) for i in range(9)]
    transitions = [Transition("0", "a", {"1": 1}), Transition("0", "b", {"5": 1})]
    for i in range(1, 5):
        onward, pay = ("0", 1) if i == 4 else (states[i + 1], 0)
        transitions += [Transition(states[i], action, {onward: 1}, pay) for action in "ab"]
    for i in range(5, 9):
        onward, pay = ("0", 2) if i == 8 else (states[i + 1], 0)
        transitions += [Transition(states[i], "a", {"0": 1}), Transition(states[i], "b", {onward: 1}, pay)]
    return Model(
        name="double-loop",
        description=(
            "Two loops of five steps that share state 0. The right loop (1 to 4, any action) pays 1 a round; the left "
            "loop (5 to 8) pays 2, but only if b is chosen all the way round: a falls back to 0 without reward. "
            "Always b is optimal: V(0) = 2 g^4 / (1 - g^5)."
        ),
        source=(
            "Dearden, Friedman & Russell 1998, Bayesian Q-learning, section 5 (Loop), after Watkins 1989; Strens 2000. "
            "The discount is a choice."
        ),
        discount=Fraction(95, 100),
        states=states,
        actions=["a", "b"],
        initial={"0": 1},
        transitions=transitions,
    )


def approximate_greedy_chain():
    """The chain on which greedy steps under value errors of at most 1 reach the worst case; see the description."""
    discount, error, size = Fraction(9, 10), 1, 4
    states = [str(i) for i in range(1, size + 1)]
    transitions = [Transition("1", "stay", {"1": 1})]
    cost = Fraction(0)
    for i in range(2, size + 1):
        cost = discount * cost + 2 * discount * error
        transitions.append(Transition(str(i), "stay", {str(i): 1}, -cost))
        transitions.append(Transition(str(i), "back", {str(i - 1): 1}))
    return Model(
        name="kakade-langford",
        description=(
            "Why greedy improvement on approximate values is not safe. State 1 is free; staying in state i costs "
            "g_i = 0.9 g_(i-1) + 1.8 (g_1 = 0), going back is free, so the optimal value is 0 everywhere. Let pi_k stay "
            "in k and go back elsewhere. Take its values with an error of 1: one too low at k, one too high at k+1. Then "
            "staying in k+1 is greedy (a tie), so approximate policy iteration may move from pi_1 to pi_2, pi_3 and "
            "pi_4, each worse than the last: the loss tends to 2 gamma/(1-gamma)^2 = 180 times the error as the chain "
            "grows. Conservative and trust-region updates are the answer."
        ),
        source=(
            "The degradation that Kakade & Langford 2002, Approximately optimal approximate reinforcement learning, "
            "section 3, sets out from; the chain is after Bertsekas & Tsitsiklis 1996, Neuro-Dynamic Programming, "
            "Example 6.4."
        ),
        discount=discount,
        states=states,
        actions=["stay", "back"],
        initial={str(size): 1},
        transitions=transitions,
    )


def combination_lock():
    code = [0, 2, 1, 1, 0, 2, 1, 0]
    states = [f"dialled-{i}" for i in range(len(code))] + ["open"]
    transitions = []
    for i, right in enumerate(code):
        for digit in range(3):
            target = states[i + 1] if digit == right else "dialled-0"
            transitions.append(Transition(states[i], f"digit-{digit}", {target: 1}, 1 if target == "open" else 0))
    return Model(
        name="combination-lock",
        description=(
            "Eight digits, 0 2 1 1 0 2 1 0, in order, open the lock and pay the only reward, 1, on the transition into "
            "the terminal state. A wrong digit starts over. Optimal return: 0.95^7."
        ),
        source="Whitehead 1991, Complexity and cooperation in Q-learning; Koenig & Simmons 1993 (combination lock).",
        discount=Fraction(95, 100),
        states=states,
        actions=["digit-0", "digit-1", "digit-2"],
        initial={"dialled-0": 1},
        terminal=["open"],
        transitions=transitions,
    )


def periodic_cycle():
    states = ["north", "east", "south", "west"]
    transitions = []
    for i, s in enumerate(states):
        for action, step in (("clockwise", 1), ("anticlockwise", -1)):
            target = states[(i + step) % 4]
            transitions.append(Transition(s, action, {target: 1}, {target: 1 if target == "north" else 0}))
    return Model(
        name="periodic-cycle",
        description=(
            "Four places in a ring; every move goes to a neighbour, so every policy has period 2 and P^t never "
            "converges. Arriving at 'north' pays 1, r(s,a,s'); a policy that always goes back there earns it every "
            "second step."
        ),
        source="Elementary; periodic chains as in Puterman 1994, appendix A.",
        discount=Fraction(99, 100),
        states=states,
        actions=["clockwise", "anticlockwise"],
        initial={"north": 1},
        transitions=transitions,
        dense=True,
    )


def bandit():
    return Model(
        name="bandit",
        description=(
            "One state, three arms, discount 0: the return is the immediate reward, the surrogate is exact, and every "
            "penalty coefficient is 0."
        ),
        source="Sutton & Barto 2018, chapter 2 (k-armed bandit), with known mean rewards.",
        discount=0,
        states=["machine"],
        actions=["left-arm", "middle-arm", "right-arm"],
        initial={"machine": 1},
        transitions=[
            Transition("machine", "left-arm", {"machine": 1}, Fraction(1, 3)),
            Transition("machine", "middle-arm", {"machine": 1}, Fraction(1, 2)),
            Transition("machine", "right-arm", {"machine": 1}, Fraction(-1, 4)),
        ],
    )

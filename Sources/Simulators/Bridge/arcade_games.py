"""Games of consoles as environments of Gymnasium: those of the Arcade Learning Environment, and MinAtar's.

The worker of Gymnasium runs this file where a game is asked for. Both packages are used as they are installed; their
licences are the GNU General Public License, so that nothing of them is part of the program that started the worker.
"""

import difflib
import importlib
import logging

# The arguments of a game, unless others are given, and what they may be: all of them are written down with a run.
ATARI = {
    "episodic_life": False,
    "frameskip": 4,
    "full_action_space": False,
    "img_height": 52,
    "img_width": 40,
    "life_loss_info": False,
    "max_num_frames_per_episode": 108_000,
    "maxpool": True,
    "noop_max": 30,
    "repeat_action_probability": 0.0,
    "reward_clipping": False,
    "stack_num": 4,
    "use_fire_reset": True,
}
MINATAR = {"difficulty_ramping": True, "sticky_action_prob": 0.1, "use_minimal_action_set": True}
RANGES = {
    "frameskip": (1, 1000),
    "img_height": (16, 1000),
    "img_width": (16, 1000),
    "max_num_frames_per_episode": (1, 2_000_000_000),
    "noop_max": (0, 10_000),
    "repeat_action_probability": (0, 1),
    "stack_num": (1, 15),
    "sticky_action_prob": (0, 1),
}
MINATAR_GAMES = ["asterix", "breakout", "freeway", "seaquest", "space_invaders"]


class Refusal(Exception):
    """What was asked for cannot be done; the kind says what sort of reason it is."""

    def __init__(self, kind, message):
        super().__init__(message)
        self.kind = kind


def package(module, name):
    """Imports the package of a family of games."""
    # MinAtar warns that it cannot draw, which nobody asks it to.
    logging.disable(logging.WARNING)
    try:
        return importlib.import_module(module)
    except ImportError as error:
        raise Refusal("games", f"{name}: {error}") from error
    finally:
        logging.disable(logging.NOTSET)


def require_game(name, games, package):
    """Refuses names that are no game's, with the nearest ones."""
    if name in games:
        return
    known = {game.replace("_", ""): game for game in games}
    word = name.lower().removeprefix("ale/").split("-v")[0].replace("_", "").replace("-", "").replace(" ", "")
    near = [known[key] for key in difflib.get_close_matches(word, known, n=3)]
    hint = f"the nearest names are {', '.join(near)}" if near else f"there are {', '.join(sorted(games))}"
    raise Refusal("unknown", f"{package} has no game of this name; {hint}")


def complete(defaults, given):
    """All arguments of a game.

    Args:
        defaults: Those that are not given.
        given: Those that are.
    """
    for key, value in given.items():
        if key not in defaults:
            near = difflib.get_close_matches(key, defaults, n=1)
            hint = f"; the nearest is {near[0]}" if near else ""
            raise Refusal("usage", f"--gym-make: found {key!r}; expected one of {', '.join(defaults)}{hint}")
        usual = defaults[key]
        fits = isinstance(value, bool) == isinstance(usual, bool) and isinstance(value, type(usual) | int)
        least, most = RANGES.get(key, (False, True))
        if not fits or not least <= value <= most:
            words = "true or false" if isinstance(usual, bool) else f"{type(usual).__name__} from {least} to {most}"
            raise Refusal("usage", f"--gym-make: {key}: found {value!r}; expected {words}")
    return {key: type(usual)(given.get(key, usual)) for key, usual in defaults.items()}


class AtariGame:
    """A game of the Arcade Learning Environment, in a vector of its own so that others may go on while it rests."""

    def __init__(self, name, arguments, limit):
        package("ale_py", "ale-py")
        from ale_py import roms
        from ale_py.vector_env import AtariVectorEnv
        from gymnasium.vector import AutoresetMode

        require_game(name, roms.get_all_rom_ids(), "ale-py")
        if limit is not None:
            arguments = arguments | {"max_num_frames_per_episode": min(limit * arguments["frameskip"], 2_000_000_000)}
        self.games = AtariVectorEnv(name, 1, num_threads=1, autoreset_mode=AutoresetMode.SAME_STEP, **arguments)
        self.observation_space = self.games.single_observation_space
        self.action_space = self.games.single_action_space
        # The joystick has 18 positions, in the order of the numbers of the whole set.
        self.joystick = arguments["full_action_space"] and self.action_space.n == 18
        self.following = None

    def reset(self, seed=None):
        """Begins an episode, or shows the one that began where the last ended."""
        observation, self.following = self.following, None
        if seed is not None or observation is None:
            import numpy

            observation = self.games.reset(seed=None if seed is None else numpy.array([seed]))[0][0]
        return observation, {}

    def step(self, action):
        """Makes an action; where the episode ends, the observation is its last."""
        import numpy

        observations, rewards, terminated, truncated, info = self.games.step(numpy.array([action]))
        observation, self.following = observations[0], None
        if terminated[0] or truncated[0]:
            observation, self.following = info["final_obs"][0], observation.copy()
        return observation, float(rewards[0]), bool(terminated[0]), bool(truncated[0]), {}

    def close(self):
        """Ends the threads of the game."""
        self.games.close()


def minatar_game(gymnasium, name, arguments, limit):
    """Makes a game of MinAtar."""
    package("minatar.gym", "MinAtar")
    require_game(name, MINATAR_GAMES, "MinAtar")
    return gymnasium.make(
        gymnasium.envs.registration.EnvSpec(
            id=f"MinAtar/{name.title().replace('_', '')}-v0",
            entry_point="minatar.gym:BaseEnv",
            max_episode_steps=limit,
            kwargs={"game": name},
        ),
        **arguments,
    )


def games(gymnasium, kind, name, given, limit, sticky, full):
    """How a game is made.

    Args:
        gymnasium: The package.
        kind: `atari` or `minatar`.
        name: The game's.
        given: Keyword arguments that somebody chose.
        limit: The most steps of an episode; None for the game's own.
        sticky: The probability that the last action is repeated; None for what the arguments say.
        full: Whether all actions of the console are there; None likewise.

    Returns:
        The complete arguments, and a function that makes an environment.
    """
    if kind == "atari":
        repeats, actions, whole = "repeat_action_probability", "full_action_space", full
    else:
        repeats, actions, whole = "sticky_action_prob", "use_minimal_action_set", not full
    given = given | ({} if sticky is None else {repeats: sticky}) | ({} if full is None else {actions: whole})
    if kind == "atari":
        arguments = complete(ATARI, given)
        return arguments, lambda: AtariGame(name, arguments, limit)
    arguments = complete(MINATAR, given)
    return arguments, lambda: minatar_game(gymnasium, name, arguments, limit)

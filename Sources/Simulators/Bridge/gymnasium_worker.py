"""Steps copies of a Gymnasium environment for the program that started this one.

    python3 -c SOURCE \
        '{"id": "CartPole-v1", "make": {}, "limit": null, "import": [], "path": [], "first": 0, "count": 8}'

`limit` is the most steps of an episode, null for the environment's own; `path` has folders of packages that are
looked through last; `first` is the number of the first environment, for messages. For a game of a console, `games`
has its `kind`, `sticky` and `full`, and the `source` of arcade_games.py, which knows how it is made; else it is null.

Protocol, version 1. Descriptors: 0 requests, 1 replies, 2 words for people, 3 the lifeline, 4 a file that both map.

First this side writes lines of text to the replies, each a word and what it tells, and `ready` when the environments
are made. `refused KIND MESSAGE` comes instead if they cannot be. Then every request is one byte, and so is its reply:

    s  step: each environment that does not rest makes its action; where the episode ends, the next begins
    r  reset: each environment that does not rest begins an episode, from its seed if that is not negative
    .  done
    !  failed; a line with the reason follows, this process ends, and the traceback is among the words for people

All numbers are in the file, which has these parts, N rows each, beginning at multiples of 8 bytes:

    seeds         int64
    actions       of the action's type: a row per environment, flattened
    rewards       float64
    observations  of the observation's type, flattened; after an end, the first of the next episode
    last          the same for the last observation of an episode that ended; other rows mean nothing
    ends          uint8: 0 goes on, 1 terminated, 2 truncated
    resting       uint8: 1 for environments that a request leaves alone

At the end of the requests the environments are closed. The lifeline has no data: when its other end closes, the
kernel ends this process, even in the middle of a step.
"""

import contextlib
import difflib
import faulthandler
import fcntl
import importlib
import importlib.metadata
import json
import mmap
import os
import platform
import resource
import select
import signal
import sys
import threading
import traceback
import types

VERSION = 1
OLDEST_GYMNASIUM = 1
LIFELINE, MEMORY = 3, 4
STEP, RESET, DONE, FAILED = b"s", b"r", b".", b"!"
# Packages whose versions change what environments do, by the names of their modules.
SIMULATORS = {"mujoco": "MuJoCo", "ale_py": "ale-py", "Box2D": "Box2D", "minatar": "MinAtar"}


class Refusal(Exception):
    """What was asked for cannot be done; the kind says what sort of reason it is."""

    def __init__(self, kind, message):
        super().__init__(message)
        self.kind = kind


class Nonsense(Exception):
    """An environment answered what is no answer."""


def take_descriptors():
    """Keeps the pipes for the protocol: what environments print goes to the words for people.

    Returns:
        The descriptors of requests and replies, which programs that environments start do not get.
    """
    os.closerange(MEMORY + 1, resource.getrlimit(resource.RLIMIT_NOFILE)[0])
    requests, replies = os.dup(0), os.dup(1)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(2, 1)
    os.set_inheritable(LIFELINE, False)
    os.set_inheritable(MEMORY, False)
    return requests, replies


def end_with_parent():
    """Ends this process when the lifeline closes, whatever it is doing."""
    if sys.platform == "linux":
        # By a signal, whose default is to end the process: a thread would wait for the interpreter.
        signal.signal(signal.SIGIO, signal.SIG_DFL)
        fcntl.fcntl(LIFELINE, fcntl.F_SETOWN, os.getpid())
        fcntl.fcntl(LIFELINE, fcntl.F_SETFL, fcntl.fcntl(LIFELINE, fcntl.F_GETFL) | fcntl.FASYNC)
    else:
        threading.Thread(target=lambda: os.read(LIFELINE, 1) or os._exit(1), daemon=True).start()
    if select.select([LIFELINE], [], [], 0)[0]:
        os._exit(1)


def load(modules):
    """Imports gymnasium and the modules that register environments."""
    try:
        import gymnasium
        import numpy
    except ImportError as error:
        raise Refusal("package", str(error)) from error
    version = gymnasium.__version__
    if int(version.split(".")[0]) < OLDEST_GYMNASIUM:
        raise Refusal("old", f"found gymnasium {version}; expected {OLDEST_GYMNASIUM}.0 or later")
    for module in modules:
        try:
            importlib.import_module(module)
        except ModuleNotFoundError as error:
            raise Refusal("import", f"--gym-import {module}: {error}") from error
        except Exception as error:
            raise Refusal("failed", f"--gym-import {module}: {type(error).__name__}: {error}") from error
    return gymnasium, numpy


def uses_mujoco(gymnasium, name):
    """Whether an environment of a name, which may leave the version out, is one of MuJoCo's."""
    versions = (spec for key, spec in gymnasium.registry.items() if key == name or key.startswith(f"{name}-v"))
    return any("mujoco" in str(spec.entry_point) for spec in versions)


def silence_mujoco():
    """Has MuJoCo's warnings said; by itself it writes them into a file in the folder that the program runs in."""
    with contextlib.suppress(ImportError):
        import mujoco

        mujoco.set_mju_user_warning(lambda text: print(f"MuJoCo: {text}", file=sys.stderr))


def make_game(maker):
    """Makes one game of a console."""
    try:
        return maker()
    except Exception as error:
        if hasattr(error, "kind"):
            raise Refusal(error.kind, str(error)) from error
        raise Refusal("failed", f"{type(error).__name__}: {error}") from error


def maker(gymnasium, wanted):
    """How environments are made.

    Returns:
        A function that makes one, and lines that tell with which arguments, where those are completed.
    """
    name, arguments, limit, games = wanted["id"], wanted["make"], wanted["limit"], wanted.get("games")
    if games:
        module = types.ModuleType("arcade_games")
        exec(compile(games["source"], "arcade_games.py", "exec"), module.__dict__)
        try:
            known = module.games(gymnasium, games["kind"], name, arguments, limit, games["sticky"], games["full"])
        except module.Refusal as refusal:
            raise Refusal(refusal.kind, str(refusal)) from refusal
        return lambda: make_game(known[1]), [f"arguments {json.dumps(known[0], sort_keys=True)}"]
    if limit is not None:
        if "max_episode_steps" in arguments:
            raise Refusal("usage", "found --time-limit and max_episode_steps of --gym-make; leave one out")
        arguments["max_episode_steps"] = limit
    return lambda: make(gymnasium, name, arguments), []


def make(gymnasium, name, arguments):
    """Makes one environment."""
    try:
        if uses_mujoco(gymnasium, name):
            silence_mujoco()
        return gymnasium.make(name, **arguments)
    except gymnasium.error.DependencyNotInstalled as error:
        raise Refusal("dependency", str(error)) from error
    except gymnasium.error.UnregisteredEnv as error:
        near = difflib.get_close_matches(name, gymnasium.registry, n=3)
        hint = f"; the nearest names are {', '.join(near)}" if near else ""
        raise Refusal("unknown", f"{error}{hint}") from error
    except Exception as error:
        words = f" with {json.dumps(arguments)}" if arguments else ""
        raise Refusal("failed", f"gymnasium.make{words}: {type(error).__name__}: {error}") from error


class Observations:
    """How observations are written down."""

    def __init__(self, gymnasium, numpy, space):
        self.numpy, self.kind = numpy, numpy.ndarray
        # The shape in the file, and the order of its axes as the environment has them.
        self.layout, self.axes = None, None
        if isinstance(space, gymnasium.spaces.Discrete):
            self.dtype, self.shape, self.size = numpy.dtype(numpy.int64), (), 1
            self.line = f"observation discrete {space.n} {space.start}"
            self.conform = self.index
        elif self.is_image(gymnasium, space):
            self.dtype, self.shape, self.size = numpy.dtype(numpy.uint8), space.shape, space.low.size
            self.conform = self.array
            # Channels come last, unless the first axis is the shortest: then frames are stacked along it.
            first = numpy.argmin(self.shape) == 0
            self.layout = (*self.shape[1:], self.shape[0]) if first else self.shape
            self.axes = (2, 0, 1) if first else (0, 1, 2)
            sizes = " ".join(str(size) for size in self.layout)
            self.line = f"observation image {sizes} {int(space.high.flat[0])}"
        elif isinstance(space, gymnasium.spaces.Box) and self.wire(space.dtype) is not None and space.low.size:
            self.dtype, self.shape, self.size = self.wire(space.dtype), space.shape, space.low.size
            self.line = f"observation box {self.dtype.name} {self.size}"
            self.conform = self.array
        else:
            raise Refusal(
                "spaces",
                f"found observations of {describe(space)}; expected a Box of numbers or Discrete: register the "
                "environment within gymnasium.wrappers.FlattenObservation or TransformObservation in a module, and "
                "name the module with --gym-import",
            )

    def is_image(self, gymnasium, space):
        """Whether observations are images: three axes of bytes, or of flags."""
        if not isinstance(space, gymnasium.spaces.Box) or len(space.shape) != 3 or not space.low.size:
            return False
        if space.dtype == self.numpy.bool_:
            return True
        return space.dtype == self.numpy.uint8 and not space.low.any() and (space.high == 255).all()

    def wire(self, dtype):
        """The type in the file; None where no type of the file has all its numbers."""
        if dtype == self.numpy.bool_:
            return self.numpy.dtype(self.numpy.uint8)
        if dtype == self.numpy.float16:
            return self.numpy.dtype(self.numpy.float32)
        return dtype if dtype.kind in "iuf" and dtype.itemsize <= 8 and dtype.isnative else None

    def array(self, observation):
        """An observation of a Box, with the type converted as Gymnasium's vector environments do."""
        if observation.__class__ is not self.kind:
            try:
                observation = self.numpy.asarray(observation)
            except ValueError as error:
                raise Nonsense(f"the observation is no array: {error}") from None
        if observation.shape != self.shape:
            raise Nonsense(f"the observation has shape {observation.shape}; expected {self.shape} as in its space")
        found = observation.dtype
        if found is not self.dtype and not self.numpy.can_cast(found, self.dtype, "same_kind"):
            raise Nonsense(f"the observation is of {found}; expected {self.dtype} as in its space")
        return observation

    def index(self, observation):
        """An observation of a Discrete space."""
        if isinstance(observation, (int, self.numpy.integer)):
            return observation
        if isinstance(observation, self.numpy.ndarray) and observation.shape == () and observation.dtype.kind in "iu":
            return observation
        raise Nonsense(f"the observation is {observation!r}; expected an integer as in its space")


class Actions:
    """How actions are written down."""

    def __init__(self, gymnasium, numpy, space, joystick):
        spaces = gymnasium.spaces
        self.dtype, self.shape = space.dtype, space.shape
        if joystick:
            self.lines = [f"action joystick {space.dtype.name}"]
            return
        if isinstance(space, spaces.Box) and space.dtype in (numpy.float32, numpy.float64) and space.low.size:
            self.lines = [
                f"action box {space.dtype.name}",
                "low " + " ".join(repr(float(x)) for x in space.low.flat),
                "high " + " ".join(repr(float(x)) for x in space.high.flat),
            ]
            return
        if isinstance(space, spaces.Discrete):
            counts, starts = [space.n], [space.start]
        elif isinstance(space, spaces.MultiDiscrete):
            counts, starts = space.nvec.flat, space.start.flat
        elif isinstance(space, spaces.MultiBinary):
            counts = [2] * int(numpy.prod(space.shape))
            starts = [0] * len(counts)
        else:
            raise Refusal(
                "spaces",
                f"found actions of {describe(space)}; expected Box of float32 or float64, Discrete, MultiDiscrete or "
                "MultiBinary: register the environment within gymnasium.wrappers.TransformAction in a module, and "
                "name the module with --gym-import",
            )
        self.lines = [
            f"action choices {space.dtype.name}",
            "counts " + " ".join(str(int(x)) for x in counts),
            "starts " + " ".join(str(int(x)) for x in starts),
        ]


def describe(space):
    """A space in few words."""
    words = str(space)
    return words if len(words) <= 120 else f"{type(space).__name__}{space.shape or ''} of {space.dtype}"


class Copies:
    """The environments, and the file that their numbers are in."""

    def __init__(self, gymnasium, numpy, make, count):
        self.environments = [make() for _ in range(count)]
        first = self.environments[0]
        self.spaces = first.observation_space, first.action_space
        self.observing = Observations(gymnasium, numpy, self.spaces[0])
        self.acting = Actions(gymnasium, numpy, self.spaces[1], getattr(first, "joystick", False))
        for index in range(count):
            try:
                self.require_spaces(index)
            except Nonsense as error:
                raise Refusal("spaces", f"copy {index} of the environment: {error}") from None
        self.current = 0
        self.map(numpy, count)

    def map(self, numpy, count):
        """Lays the parts out in the file."""
        rows = (count, self.observing.size)
        parts = [
            ("seeds", numpy.int64, (count,)),
            ("actions", self.acting.dtype, (count, *self.acting.shape)),
            ("rewards", numpy.float64, (count,)),
            ("observations", self.observing.dtype, rows),
            ("last", self.observing.dtype, rows),
            ("ends", numpy.uint8, (count,)),
            ("resting", numpy.uint8, (count,)),
        ]
        places, self.bytes = [], 0
        for _, dtype, shape in parts:
            places.append(self.bytes)
            self.bytes += -(-numpy.dtype(dtype).itemsize * int(numpy.prod(shape)) // 8) * 8
        os.ftruncate(MEMORY, self.bytes)
        memory = mmap.mmap(MEMORY, self.bytes)
        for (name, dtype, shape), place in zip(parts, places, strict=True):
            part = numpy.frombuffer(memory, dtype, int(numpy.prod(shape)), place).reshape(shape)
            setattr(self, name, part)
        self.observations, self.last = self.shaped(self.observations), self.shaped(self.last)
        # Single numbers go faster through memory views than through arrays.
        self.rewards, self.ends = memoryview(self.rewards), memoryview(self.ends)
        self.steps = [environment.step for environment in self.environments]

    def shaped(self, rows):
        """Rows of the file as observations of the environments."""
        if self.observing.layout is None:
            return rows.reshape((len(rows), *self.observing.shape))
        images = rows.reshape((len(rows), *self.observing.layout))
        return images.transpose((0, *(axis + 1 for axis in self.observing.axes)))

    def require_spaces(self, index):
        """Refuses an environment whose spaces are not those that were told."""
        environment = self.environments[index]
        found = environment.observation_space, environment.action_space
        for kind, one, first in zip(("observations", "actions"), found, self.spaces, strict=True):
            if one is not first and one != first:
                raise Nonsense(f"the space of its {kind} is {describe(one)}, and was {describe(first)}")

    def begin(self, index, seed=None):
        """Begins an episode; returns its first observation."""
        environment = self.environments[index]
        result = environment.reset() if seed is None else environment.reset(seed=seed)
        if not isinstance(result, tuple) or len(result) != 2:
            raise Nonsense("reset gave no pair of observation and info")
        self.require_spaces(index)
        return self.observing.conform(result[0])

    def reset(self):
        """Begins an episode in each environment that does not rest."""
        for index, (rests, seed) in enumerate(zip(self.resting.tolist(), self.seeds.tolist(), strict=True)):
            if not rests:
                self.current = index
                self.observations[index] = self.begin(index, None if seed < 0 else seed)

    def step(self):
        """Makes an action in each environment that does not rest."""
        conform, observations, rewards, ends = self.observing.conform, self.observations, self.rewards, self.ends
        steps, resting = self.steps, self.resting.tobytes()
        # A copy, as environments may keep their actions.
        for index, action in enumerate(self.actions.copy()):
            if resting[index]:
                continue
            self.current = index
            result = steps[index](action)
            try:
                observation, reward, terminated, truncated, _ = result
            except (TypeError, ValueError):
                raise Nonsense("step gave no five values: observation, reward, terminated, truncated, info") from None
            try:
                rewards[index] = reward
            except TypeError:
                raise Nonsense(f"the reward is {reward!r}; expected a number") from None
            observation = conform(observation)
            if terminated or truncated:
                ends[index] = 1 if terminated else 2
                self.last[index] = observation
                observation = self.begin(index)
            else:
                ends[index] = 0
            observations[index] = observation

    def close(self):
        """Closes the environments; what they say to that is of no matter any more."""
        for environment in self.environments:
            with contextlib.suppress(Exception):
                environment.close()


def versions(gymnasium, numpy, modules):
    """A line for each program that environments depend on."""
    found = {"Gymnasium": gymnasium.__version__, "Python": platform.python_version(), "NumPy": numpy.__version__}
    for module, name in [*SIMULATORS.items(), *((module, module) for module in modules)]:
        version = getattr(sys.modules.get(module), "__version__", None)
        if version is None and module in sys.modules:
            with contextlib.suppress(importlib.metadata.PackageNotFoundError):
                version = importlib.metadata.version(module)
        if isinstance(version, str):
            found.setdefault(name, version)
    return [f"version {name} {version}" for name, version in found.items()]


def in_one_line(words):
    """Words without line breaks, as lines are what replies are made of."""
    return " ".join(str(words).split())


def serve(requests, replies, copies, first):
    """Answers requests until there are no more."""
    work = {STEP: copies.step, RESET: copies.reset}
    while request := os.read(requests, 1):
        try:
            work[request]()
        except BaseException as error:
            words = error if isinstance(error, Nonsense) else f"{type(error).__name__}: {error}"
            what = "step" if request == STEP else "reset"
            traceback.print_exc()
            sys.stderr.flush()
            reason = f"environment {first + copies.current}, {what}: {in_one_line(words)}"
            os.write(replies, FAILED + f"{reason}\n".encode())
            os._exit(1)
        os.write(replies, DONE)


def main():
    """Makes the environments and serves them."""
    requests, replies = take_descriptors()
    end_with_parent()
    # Who started us decides when to end; crashes and hangs show where they are.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    faulthandler.enable()
    sys.stdout.reconfigure(line_buffering=True)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    wanted = json.loads(sys.argv[1])
    sys.path += wanted["path"]
    lines = [f"protocol {VERSION}"]
    try:
        gymnasium, numpy = load(wanted["import"])
        make_one, arguments = maker(gymnasium, wanted)
        copies = Copies(gymnasium, numpy, make_one, wanted["count"])
        lines += arguments
        lines += versions(gymnasium, numpy, wanted["import"])
        lines += [
            "autoreset same-step",
            copies.observing.line,
            *copies.acting.lines,
            f"memory {copies.bytes}",
            "ready",
        ]
    except Refusal as refusal:
        if refusal.kind == "failed":
            traceback.print_exception(refusal.__cause__)
        lines.append(f"refused {refusal.kind} {in_one_line(refusal)}")
    with open(replies, "wb", closefd=False) as file:
        file.write("".join(f"{line}\n" for line in lines).encode())
    if lines[-1] == "ready":
        serve(requests, replies, copies, wanted["first"])
        copies.close()


if __name__ == "__main__":
    main()

"""Draws an episode with Gymnasium's renderer and writes the video to standard output.

    python3 draw_episode.py REQUEST FORMAT [FOLDER ...]

REQUEST is a JSON file:

    environment  the id for gymnasium.make
    states       of a robot: what to show, in order; positions and then velocities of a MuJoCo model

or, to play an episode once more,

    make, import  keyword arguments, and modules that register environments
    seed          of the reset that began it
    actions       as the policy chose them: numbers for each coordinate or, from 0, each choice
    return        the sum of its rewards

FORMAT is gif or mp4. The folders are searched for packages after Python's own.
"""

import importlib
import importlib.util
import io
import json
import os
import sys
import tempfile

# GIF counts in hundredths of a second; a few frames more than 25 a second are seen by nobody.
SECONDS_PER_FRAME = 0.04
# Every robot has a camera of this name, which goes with it.
VIEW = {"width": 320, "height": 240, "camera_name": "track"}
# What MuJoCo can draw with where there is no screen, in the order in which they are tried.
PLATFORMS = ["egl", "osmesa", "glfw"]
STATUS_NO_RENDERER = 3


class Differs(Exception):
    """An episode that is played once more is another."""


def frames_of_states(request):
    """Pictures of every n-th state, and the seconds that each is shown."""
    import gymnasium

    silence()
    environment = gymnasium.make(request["environment"], render_mode="rgb_array", **VIEW)
    environment.reset(seed=0)
    world = environment.unwrapped
    stride = max(1, round(SECONDS_PER_FRAME / world.dt))
    positions, velocities = world.model.nq, world.model.nv
    pictures = []
    for state in request["states"][::stride]:
        world.set_state(_array(state[:positions]), _array(state[positions : positions + velocities]))
        pictures.append(environment.render())
    environment.close()
    return pictures, stride * world.dt


def frames_of_actions(request):
    """The same of an episode that is played once more."""
    import gymnasium

    for module in request["import"]:
        importlib.import_module(module)
    if importlib.util.find_spec("mujoco"):
        silence()
    environment = gymnasium.make(request["environment"], **(request["make"] | {"render_mode": "rgb_array"}))
    environment.reset(seed=request["seed"])
    seconds = 1 / environment.metadata.get("render_fps", 25)
    stride = max(1, round(SECONDS_PER_FRAME / seconds))
    pictures, total = [], 0.0
    for index, action in enumerate(request["actions"]):
        if index % stride == 0:
            pictures.append(environment.render())
        total += float(environment.step(_action(environment.action_space, action))[1])
    environment.close()
    if total != request["return"]:
        raise Differs(f"the environment does not repeat itself: it earns {total} in place of {request['return']}")
    return pictures, stride * seconds


def silence():
    """Has MuJoCo keep its warnings; by itself it writes them into a file in the folder that we are in."""
    import mujoco

    mujoco.set_mju_user_warning(lambda text: None)


def _array(numbers):
    import numpy

    return numpy.array(numbers, dtype=float)


def _action(space, numbers):
    """What an environment of Gymnasium takes, from what a policy chose."""
    action = _array(numbers)
    if hasattr(space, "low"):
        return action.reshape(space.shape).clip(space.low, space.high).astype(space.dtype)
    action = (action + _array(getattr(space, "start", 0)).ravel()).astype(space.dtype)
    return action.reshape(space.shape) if space.shape else action[0]


def gif(pictures, seconds):
    """The bytes of a GIF."""
    from PIL import Image

    images = [Image.fromarray(picture) for picture in pictures]
    # One palette for all, without dithering: the background stays still and takes no room.
    palette = images[len(images) // 2].quantize(64)
    images = [image.quantize(palette=palette, dither=Image.Dither.NONE) for image in images]
    file = io.BytesIO()
    images[0].save(
        file,
        "GIF",
        save_all=True,
        append_images=images[1:],
        duration=round(1000 * seconds),
        loop=0,
        optimize=True,
    )
    return file.getvalue()


def mp4(pictures, seconds):
    """The bytes of an MP4."""
    import imageio

    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "episode.mp4")
        with imageio.get_writer(path, fps=1 / seconds, macro_block_size=1) as writer:
            for picture in pictures:
                writer.append_data(picture)
        with open(path, "rb") as file:
            return file.read()


def again():
    """Starts over with the next platform, which cannot be changed in a process; False after the last."""
    tried = os.environ.get("MUJOCO_GL")
    if tried not in PLATFORMS[:-1] or "MONOTONE_TRIES_PLATFORMS" not in os.environ:
        return False
    os.environ["MUJOCO_GL"] = PLATFORMS[PLATFORMS.index(tried) + 1]
    os.execv(sys.executable, sys.orig_argv)


def main():
    """Writes the video that the arguments ask for."""
    request, form, *folders = sys.argv[1:]
    sys.path += folders
    if "MUJOCO_GL" not in os.environ:
        os.environ["MUJOCO_GL"] = PLATFORMS[0]
        os.environ["MONOTONE_TRIES_PLATFORMS"] = "1"
    with open(request, encoding="utf-8") as file:
        request = json.load(file)
    try:
        frames = frames_of_states if "states" in request else frames_of_actions
        pictures, seconds = frames(request)
        if not all(hasattr(picture, "shape") and picture.ndim == 3 for picture in pictures):
            raise TypeError("its pictures are no arrays of height, width and colour")
    except ImportError as error:
        sys.exit(f"{error}")
    except Differs as error:
        print(error, file=sys.stderr)
        sys.exit(STATUS_NO_RENDERER)
    except Exception as error:  # Each platform fails in a way of its own.
        if not again():
            print(f"{type(error).__name__}: {error}", file=sys.stderr)
            sys.exit(STATUS_NO_RENDERER)
    try:
        data = {"gif": gif, "mp4": mp4}[form](pictures, seconds)
    except (ImportError, ValueError) as error:
        # What imageio lacks for mp4 it says in many lines.
        print(f"no {form}: {str(error).splitlines()[0]}", file=sys.stderr)
        sys.exit(STATUS_NO_RENDERER)
    sys.stdout.buffer.write(data)


main()

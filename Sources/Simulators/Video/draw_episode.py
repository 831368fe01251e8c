"""Draws an episode with Gymnasium's renderer and writes the video to standard output.

    python3 draw_episode.py REQUEST FORMAT [FOLDER ...]

REQUEST is a JSON file:

    environment  the id for gymnasium.make
    states       what to show, in order: positions and then velocities of a MuJoCo model

FORMAT is gif or mp4. The folders are searched for packages after Python's own.
"""

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


def frames(request):
    """Pictures of every n-th state, and the seconds that each is shown."""
    import gymnasium
    import mujoco

    # By itself it writes its warnings into a file in the folder that we are in.
    mujoco.set_mju_user_warning(lambda text: None)
    environment = gymnasium.make(request["environment"], render_mode="rgb_array", **VIEW)
    environment.reset(seed=0)
    world = environment.unwrapped
    stride = max(1, round(SECONDS_PER_FRAME / world.dt))
    positions, velocities = world.model.nq, world.model.nv
    pictures = []
    for state in request["states"][::stride]:
        world.set_state(
            _array(state[:positions]), _array(state[positions : positions + velocities])
        )
        pictures.append(environment.render())
    environment.close()
    return pictures, stride * world.dt


def _array(numbers):
    import numpy

    return numpy.array(numbers, dtype=float)


def gif(pictures, seconds):
    from PIL import Image

    images = [Image.fromarray(picture) for picture in pictures]
    # One palette for all, without dithering: the background stays still and takes no room.
    palette = images[len(images) // 2].quantize(64)
    images = [image.quantize(palette=palette, dither=Image.Dither.NONE) for image in images]
    file = io.BytesIO()
    images[0].save(
        file, "GIF", save_all=True, append_images=images[1:], duration=round(1000 * seconds),
        loop=0, optimize=True,
    )
    return file.getvalue()


def mp4(pictures, seconds):
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
    request, form, *folders = sys.argv[1:]
    sys.path += folders
    if "MUJOCO_GL" not in os.environ:
        os.environ["MUJOCO_GL"] = PLATFORMS[0]
        os.environ["MONOTONE_TRIES_PLATFORMS"] = "1"
    with open(request, encoding="utf-8") as file:
        request = json.load(file)
    try:
        pictures, seconds = frames(request)
    except ImportError as error:
        sys.exit(f"{error}")
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

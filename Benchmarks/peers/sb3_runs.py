"""Runs of sb3-contrib's TRPO: their learning curves, and the files of those that are not made yet."""

import json
import pathlib

import numpy
from stable_baselines3.common.callbacks import BaseCallback

# Of a score.
EPISODES = 100


class Curve(BaseCallback):
    """The mean return of the last episodes, at every so many steps."""

    def __init__(self, every):
        super().__init__()
        self.every, self.points = every, []

    def _on_step(self):
        return True

    def _on_rollout_end(self):
        while self.num_timesteps >= (len(self.points) + 1) * self.every:
            returns = [episode["r"] for episode in self.model.ep_info_buffer]
            self.points.append(round(float(numpy.mean(returns)), 3) if returns else None)


def make_missing(folder, runs, train):
    """Makes each run (what it trains on, its seed) that has no result file yet, and writes that whole."""
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    for world, seed in runs:
        file = folder / f"{world}-{seed}.json"
        if file.exists():
            continue
        record = train(world, seed)
        part = file.with_suffix(".part")
        part.write_text(json.dumps(record, indent=1) + "\n")
        part.replace(file)
        print(f"{file.name}: {record['score']:.1f} in {record['processorSeconds'] / 60:.1f} core-minutes", flush=True)

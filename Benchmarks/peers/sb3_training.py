#!/usr/bin/env python3
"""Measures whole training against sb3-contrib's TRPO: environment steps per second.

    pip install -r Benchmarks/peers/requirements.txt
    make build
    python3 Benchmarks/peers/sb3_training.py [--monotone .build/release/monotone]

Both sides: one environment, batches of 2048 steps, two hidden layers of 64 tanh units for policy and
critic, float32, ten iterations of conjugate gradients, damping 0.1, at most ten trials of 0.8, GAE with
lambda 0.95, advantages normalised; the critic by Adam at 1e-3, ten epochs of minibatches of 128. One
thread.

sb3-contrib: `TRPO.learn()` alone, in a process that is warm. Ours: the whole command, from its start to
the finished folder with its checkpoints and drawing.

Rounds alternate between the two; ratios are taken round by round, of processor time (which a machine that
does other things, too, falsifies least) and of wall time. Then our time from start to the first step, ahead of
whatever else runs where the system allows that, and the most memory.
"""

import argparse
import os
import pathlib
import re
import resource
import shutil
import statistics
import subprocess
import tempfile
import time

os.environ["OPENBLAS_NUM_THREADS"] = "1"
os.environ["OMP_NUM_THREADS"] = "1"
# Each side's linear algebra picks its own instructions.
os.environ.pop("OPENBLAS_CORETYPE", None)

import sb3_contrib  # noqa: E402  (the thread counts must be set before)
import torch  # noqa: E402

TARGET = 25
BATCH = 2048
OPTIONS = f"""--environments 1 --batch {BATCH} --hidden 64,64 --critic-hidden 64,64 --cg-iterations 10
    --damping 0.1 --trials 10 --backtrack 0.8 --lambda 0.95 --discount 0.99 --critic-learning-rate 1e-3
    --critic-epochs 10 --critic-batch 128 --budget 0.01""".split()


def peer(environment):
    """A trainer of the peer's, after its first iteration."""
    model = sb3_contrib.TRPO(
        "MlpPolicy",
        environment,
        n_steps=BATCH,
        batch_size=128,
        learning_rate=1e-3,
        n_critic_updates=10,
        cg_max_steps=10,
        cg_damping=0.1,
        line_search_max_iter=10,
        line_search_shrinking_factor=0.8,
        gae_lambda=0.95,
        gamma=0.99,
        target_kl=0.01,
        policy_kwargs={"net_arch": {"pi": [64, 64], "vf": [64, 64]}},
        device="cpu",
        seed=1,
    )
    model.learn(BATCH)
    return model


def theirs(model, iterations):
    """Processor and wall seconds a step."""
    steps = iterations * BATCH
    before, start = time.process_time(), time.perf_counter()
    model.learn(steps, reset_num_timesteps=False)
    return (time.process_time() - before) / steps, (time.perf_counter() - start) / steps


def processor_time():
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def ours(monotone, environment, iterations, folder):
    """Processor and wall seconds a step."""
    steps = iterations * BATCH
    before, start = processor_time(), time.perf_counter()
    subprocess.run(
        [monotone, "train", environment, "--steps", str(steps), "--output", folder, *OPTIONS],
        check=True,
        stderr=subprocess.DEVNULL,
    )
    return (processor_time() - before) / steps, (time.perf_counter() - start) / steps


def first_step(monotone, folder):
    """Milliseconds from a process's start to the row of its first step, by strace; None without."""
    if not shutil.which("strace"):
        return None
    log = os.path.join(folder, "strace")
    ahead = ["chrt", "--rr", "10"]
    if not shutil.which("chrt") or subprocess.run([*ahead, "true"], stderr=subprocess.DEVNULL).returncode:
        ahead = []
    command = [monotone, "train", "CartPole-v1", "--batch", "2", "--steps", "2"]
    subprocess.run(
        [*ahead, "strace", "-f", "--seccomp-bpf", "-ttt", "-e", "trace=execve,write", "-o", log, *command]
        + ["--output", os.path.join(folder, "first")],
        check=True,
        stderr=subprocess.DEVNULL,
    )
    start = None
    for line in open(log, errors="replace"):
        parts = re.match(r"\d+ +([\d.]+) (\w+)\((.*)", line)
        if parts and parts[2] == "execve" and start is None:
            start = float(parts[1])
        if parts and parts[2] == "write" and '"2,1,' in parts[3]:
            return 1e3 * (float(parts[1]) - start)
    return None


def peak_memory(monotone, folder):
    """MiB of a run with the largest resident set, as the kernel keeps it for the program alone."""
    process = subprocess.Popen(
        [monotone, "train", "Pendulum-v1", "--steps", str(40 * BATCH), "--output", folder, *OPTIONS],
        stderr=subprocess.DEVNULL,
    )
    most = 0
    while process.poll() is None:
        try:
            status = pathlib.Path(f"/proc/{process.pid}/status").read_text()
        except OSError:
            break
        peak = re.search(r"VmHWM:\s+(\d+)", status)
        most = max(most, int(peak[1]) if peak else 0)
        time.sleep(0.01)
    process.wait()
    return most / 1024


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--monotone", default=".build/release/monotone")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--iterations", type=int, default=4, help="of the peer, a round")
    options = parser.parse_args()
    monotone = str(pathlib.Path(options.monotone).resolve())
    torch.set_num_threads(1)
    print(f"sb3-contrib {sb3_contrib.__version__}, torch {torch.__version__}, one thread")
    with tempfile.TemporaryDirectory() as folder:
        for environment in ("CartPole-v1", "Pendulum-v1"):
            model = peer(environment)
            pairs = []
            for _ in range(options.rounds):
                mine = ours(monotone, environment, 25 * options.iterations, folder)
                pairs.append((mine, theirs(model, options.iterations)))
            for kind, name in enumerate(("processor", "wall")):
                ratios = [b[kind] / a[kind] for a, b in pairs]
                ratio = statistics.median(ratios)
                rates = [1 / statistics.median(x[side][kind] for x in pairs) for side in (0, 1)]
                print(
                    f"{environment:12} {name:9} time: {rates[0]:9,.0f} steps/s, peer "
                    f"{rates[1]:7,.0f}  x{ratio:6.1f} ({min(ratios):.1f} to {max(ratios):.1f})  "
                    f"at least {TARGET}: {'met' if ratio >= TARGET else 'MISSED'}",
                    flush=True,
                )
        starts = [x for x in (first_step(monotone, folder) for _ in range(15)) if x is not None]
        if starts:
            print(
                f"start to first step: {statistics.median(starts):.0f} ms ({min(starts):.0f} to "
                f"{max(starts):.0f}, under strace)  at most 50: "
                f"{'met' if statistics.median(starts) <= 50 else 'MISSED'}"
            )
        memory = peak_memory(monotone, folder)
        print(f"most memory: {memory:.0f} MiB  at most 60: {'met' if memory <= 60 else 'MISSED'}")


if __name__ == "__main__":
    main()

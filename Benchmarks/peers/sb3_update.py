#!/usr/bin/env python3
"""Measures one trust-region update against sb3-contrib's own, on the same batch and network.

    pip install -r Benchmarks/peers/requirements.txt
    swift build --package-path Benchmarks -c release
    OPENBLAS_NUM_THREADS=1 python3 Benchmarks/peers/sb3_update.py Benchmarks/.build/release/bench

Both sides: a Gaussian policy with a learned standard deviation, or a categorical one for the sizes of
CartPole-v1, on a network with two hidden layers of 64 tanh units, float32, one thread, damping 0.1, and as many Fisher products as sb3-contrib makes for
ten iterations of conjugate gradients (twelve: one to start, ten, one for the step length).

sb3-contrib: `TRPO.train()` with no critic update (n_critic_updates = 0), handed its batch as ready
tensors in place of the rollout buffer's shuffled copies; parameters are set back before every run. Ours:
taking the batch in, the old policy's forward pass, gradient, conjugate gradients, line search.

Rounds alternate between the two, each making one update to wake up and one that is timed, so that a machine that slows down slows both; ratios are taken round by
round. Also one Fisher product against the sgemm calls that it makes, and against those of going
through the layers forth and back, of which networks of one or two outputs make half.
"""

import argparse
import os
import pathlib
import sys
import tempfile
import time
import warnings

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("OMP_NUM_THREADS", "1")

import gymnasium as gym  # noqa: E402  (the thread counts must be set before)
import numpy as np  # noqa: E402
import sb3_contrib  # noqa: E402
import torch  # noqa: E402
from stable_baselines3.common.logger import Logger  # noqa: E402
from stable_baselines3.common.type_aliases import RolloutBufferSamples  # noqa: E402

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from compare import Bench  # noqa: E402
from ratios import compare  # noqa: E402

ITERATIONS = 10
PRODUCTS = ITERATIONS + 2


class Space(gym.Env):
    """Shapes only: nothing is stepped."""

    def __init__(self, inputs, outputs, is_categorical):
        self.observation_space = gym.spaces.Box(-np.inf, np.inf, (inputs,), np.float32)
        if is_categorical:
            self.action_space = gym.spaces.Discrete(outputs)
        else:
            self.action_space = gym.spaces.Box(-1, 1, (outputs,), np.float32)


class Peer:
    """sb3-contrib's policy step on a fixed batch."""

    def __init__(self, inputs, outputs, is_categorical, rows):
        torch.manual_seed(1)
        self.model = sb3_contrib.TRPO(
            "MlpPolicy",
            Space(inputs, outputs, is_categorical),
            n_steps=2,
            batch_size=2,
            n_critic_updates=0,
            cg_max_steps=ITERATIONS,
            cg_damping=0.1,
            normalize_advantage=False,
            policy_kwargs={"net_arch": {"pi": [64, 64], "vf": [64, 64]}},
            device="cpu",
            seed=1,
        )
        self.model.set_logger(Logger(None, []))
        self.policy = self.model.policy
        rng = np.random.default_rng(1)
        self.observations = torch.tensor(rng.standard_normal((rows, inputs)), dtype=torch.float32)
        with torch.no_grad():
            distribution = self.policy.get_distribution(self.observations)
            self.actions = distribution.sample()
            log_prob = distribution.log_prob(self.actions)
        # Large, or the peer's absolute tolerance would end its iteration early.
        self.advantages = torch.tensor(1000 * rng.standard_normal(rows), dtype=torch.float32)
        samples = RolloutBufferSamples(
            self.observations, self.actions, None, log_prob, self.advantages, None
        )
        self.model.rollout_buffer.get = lambda batch_size=None: iter([samples])
        self.model.rollout_buffer.values = np.zeros(2)
        self.model.rollout_buffer.returns = np.arange(2.0)
        self.start = {name: p.detach().clone() for name, p in self.policy.named_parameters()}
        self.products = 0

    def parameters(self):
        """Layer by layer weights, inputs x outputs, and biases; then log-deviations."""
        actor = self.policy.mlp_extractor.policy_net
        layers = [actor[0], actor[2], self.policy.action_net]
        parts = [x for layer in layers for x in (layer.weight.T, layer.bias)]
        parts += [self.policy.log_std] if hasattr(self.policy, "log_std") else []
        return np.concatenate([p.detach().numpy().reshape(-1) for p in parts]).astype(np.float32)

    def reset(self):
        with torch.no_grad():
            for name, p in self.policy.named_parameters():
                p.copy_(self.start[name])

    def update(self):
        """The seconds of the second of two updates, the first of which wakes processor and caches up."""
        self.reset()
        self.model.train()
        self.reset()
        start = time.perf_counter()
        self.model.train()
        elapsed = time.perf_counter() - start
        if not self.model.logger.name_to_value["train/is_line_search_success"]:
            raise SystemExit("the peer's line search failed")
        return elapsed

    def count_products(self):
        """Fisher products of one update."""
        inner, count = self.model.hessian_vector_product, []

        def counted(*arguments, **options):
            count.append(1)
            return inner(*arguments, **options)

        self.model.hessian_vector_product = counted
        self.reset()
        self.model.train()
        del self.model.hessian_vector_product
        return len(count)


def write_batch(path, peer, shape, rows):
    inputs, outputs, is_categorical = shape
    with open(path, "wb") as file:
        file.write(f"{inputs} 64 64 {outputs} {rows} {PRODUCTS} {int(is_categorical)}\n".encode())
        for part in (peer.observations, peer.actions, peer.advantages):
            file.write(part.numpy().astype(np.float32).tobytes())
        file.write(peer.parameters().tobytes())


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("executable")
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--only-ours", action="store_true", help="products against sgemm only")
    options = parser.parse_args()
    torch.set_num_threads(1)
    # The mean of no critic losses.
    warnings.simplefilter("ignore", RuntimeWarning)
    bench = Bench(options.executable)
    print(
        f"sb3-contrib {sb3_contrib.__version__}, torch {torch.__version__}, one thread; ours, peer, "
        f"ratio (range over {options.rounds} rounds)"
    )
    small, large, choice = (3, 1, False), (17, 6, False), (4, 2, True)
    cases = [(small, 2048, 5), (large, 2048, 4), (choice, 2048, 5), (small, 50_000, 8), (large, 50_000, 4.5)]
    with tempfile.TemporaryDirectory() as folder:
        for shape, rows, target in cases:
            name = f"{shape[0]}-64-64-{shape[1]}, {rows} rows"
            path = pathlib.Path(folder) / f"{shape[0]}-{rows}.batch"
            peer = Peer(*shape, rows)
            write_batch(path, peer, shape, rows)
            rounds = options.rounds
            if not options.only_ours:
                made = peer.count_products()
                if made != PRODUCTS:
                    raise SystemExit(f"the peer makes {made} Fisher products, not {PRODUCTS}")
                compare(f"update, {name}", lambda: bench("update", path), peer.update, rounds, target)
                if rows > 10_000:
                    compare(
                        f"update, {name}, products on 10 %",
                        lambda: bench("update-tenth", path),
                        peer.update,
                        rounds,
                        22,
                    )
            product_rounds = rounds if rows > 10_000 else 20 * rounds
            for floor, text in [("bare-product", "its own sgemm"), ("bare-layers", "sgemm by layers")]:
                compare(
                    f"Fisher product, {name}: {text}",
                    lambda: bench("product", path),
                    lambda: bench(floor, path),
                    product_rounds,
                    1.5,
                    at_least=False,
                )


if __name__ == "__main__":
    main()

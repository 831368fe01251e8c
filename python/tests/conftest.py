"""What all tests share."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator
from fractions import Fraction
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

import pytest

import monotone
from monotone import _places

# The installed package is a plugin by its entry point.
INSTALLED = any(point.name == "monotone" for point in entry_points(group="pytest11"))
pytest_plugins = ["pytester", *([] if INSTALLED else ["monotone.pytest_plugin"])]

ROOT = Path(__file__).resolve().parents[2]
MODELS = _places.models()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--long", action="store_true", help="100,000 fuzzed calls and a long search for leaks")


@pytest.fixture
def is_long(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--long"))


@pytest.fixture
def racing() -> Iterator[monotone.MDP]:
    with monotone.model("racing") as mdp:
        yield mdp


@pytest.fixture
def racing_file() -> Path:
    return MODELS / "racing.json"


@pytest.fixture
def two_states() -> Iterator[monotone.MDP]:
    """Stay or move; moving pays 1 from state 0."""
    transitions = [[["1", "0"], ["0", "1"]], [["0", "1"], ["1", "0"]]]
    rewards = [[0, 1], [0, 0]]
    with monotone.MDP.from_arrays(transitions, rewards, Fraction(1, 2), name="two") as mdp:
        yield mdp


def load_example(path: str) -> Any:
    """A file of Examples/ as a module; skips the test where there is no source checkout."""
    file = ROOT / "Examples" / path
    if not file.exists():
        pytest.skip("needs the source checkout")
    name = file.stem.replace("-", "_")
    specification = importlib.util.spec_from_file_location(name, file)
    assert specification is not None
    assert specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    sys.modules[name] = module
    specification.loader.exec_module(module)
    return module

"""The pytest plugin, loaded by its entry point ``pytest11``; it imports the package only where a test needs it.

    pytest --monotone-arithmetic exact --monotone-report failures/

A test with the argument ``monotone_mdp`` runs on every shipped model, or on those of a mark:

    @pytest.mark.monotone_models("racing", "river-swim")
    def test_rule(monotone_mdp): ...
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from .model import MDP

ARITHMETICS = ("auto", "float64", "certified", "exact")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Adds the options."""
    group = parser.getgroup("monotone", "exact verification of policy optimisation")
    group.addoption(
        "--monotone-arithmetic",
        choices=ARITHMETICS,
        help="arithmetic of the assertions of monotone.testing that name none",
    )
    group.addoption(
        "--monotone-report",
        metavar="DIR",
        help="folder for the model, the policies and the command that reproduce each failed assertion",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Declares the mark and sets what the options say."""
    config.addinivalue_line("markers", "monotone_models(*names): the shipped models that monotone_mdp stands for")
    arithmetic, report = config.getoption("monotone_arithmetic"), config.getoption("monotone_report")
    if arithmetic or report:
        from ._judgement import configuration

        configuration.arithmetic = arithmetic
        configuration.report = Path(report) if report else None


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Makes a test of each model."""
    if "monotone_mdp" in metafunc.fixturenames:
        from .models import model_names

        mark = metafunc.definition.get_closest_marker("monotone_models")
        names = mark.args if mark is not None else model_names()
        metafunc.parametrize("monotone_mdp", names, indirect=True)


@pytest.fixture
def monotone_mdp(request: pytest.FixtureRequest) -> Iterator[MDP]:
    """A shipped model, open during the test."""
    from .models import model

    with model(request.param) as mdp:
        yield mdp


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Says where the files of failures are."""
    folder = config.getoption("monotone_report")
    if folder and Path(folder).is_dir():
        count = sum(1 for _ in Path(folder).glob("failure-*"))
        terminalreporter.write_line(f"monotone: {count} failures to reproduce in {folder}")

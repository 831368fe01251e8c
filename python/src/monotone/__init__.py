"""Exact verification of policy optimisation on finite Markov decision processes.

    >>> import monotone
    >>> mdp = monotone.load("mdps/racing.json")
    >>> check = mdp.check("uniform", "greedy(uniform)")
    >>> check.improved
    Verdict.HOLDS

Submodules, imported at first use: :mod:`monotone.gymnasium` (environments in and out), :mod:`monotone.testing`
(assertions), :mod:`monotone.strategies` (Hypothesis), :mod:`monotone.sb3` (a callback for stable-baselines3),
:mod:`monotone.command` (reports and conversions by the command).
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from ._arrays import PolicyLike
from ._decimals import Decimals
from ._operations import Arithmetic
from .check import Check
from .claim import Claim
from .connection import Connection, connect, load, validate
from .errors import (
    ClosedHandle,
    Fault,
    InternalError,
    InvalidInput,
    LibraryError,
    MonotoneError,
    Undecided,
    UndecidedWarning,
    UnreadableFile,
    UsageError,
    VersionMismatch,
)
from .model import MDP
from .models import model, model_names
from .quantity import Quantity
from .solution import Solution
from .verdict import Outcome, Verdict

if TYPE_CHECKING:
    from . import command as command
    from . import gymnasium as gymnasium
    from . import sb3 as sb3
    from . import strategies as strategies
    from . import testing as testing
    from .audit import Audit as Audit
    from .audit import AuditRow as AuditRow
    from .auditor import Auditor as Auditor
    from .certificate import Certificate as Certificate
    from .command import convert as convert
    from .command import verify as verify
    from .gymnasium import from_gymnasium as from_gymnasium
    from .improvement import Improvement as Improvement
    from .improvement import Step as Step

__version__ = "0.1.0"

__all__ = [
    "MDP",
    "Arithmetic",
    "Audit",
    "AuditRow",
    "Auditor",
    "Certificate",
    "Check",
    "Claim",
    "ClosedHandle",
    "Connection",
    "Decimals",
    "Fault",
    "Improvement",
    "InternalError",
    "InvalidInput",
    "LibraryError",
    "MonotoneError",
    "Outcome",
    "PolicyLike",
    "Quantity",
    "Solution",
    "Step",
    "Undecided",
    "UndecidedWarning",
    "UnreadableFile",
    "UsageError",
    "Verdict",
    "VersionMismatch",
    "connect",
    "convert",
    "from_gymnasium",
    "load",
    "model",
    "model_names",
    "validate",
    "verify",
]

# Where names live that are imported at first use: their modules need more than NumPy, or few programs need them.
_SUBMODULES = ("command", "gymnasium", "sb3", "strategies", "testing")
_LAZY = {
    "Audit": "audit",
    "AuditRow": "audit",
    "Auditor": "auditor",
    "Certificate": "certificate",
    "Improvement": "improvement",
    "Step": "improvement",
    "convert": "command",
    "from_gymnasium": "gymnasium",
    "verify": "command",
}


def __getattr__(name: str) -> Any:
    if name in _SUBMODULES:
        return importlib.import_module(f"{__name__}.{name}")
    if name in _LAZY:
        return getattr(importlib.import_module(f"{__name__}.{_LAZY[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *_SUBMODULES, *_LAZY})

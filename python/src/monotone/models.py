"""The models that come with Monotone."""

from __future__ import annotations

from ._engine import Engine
from .errors import UsageError
from .model import MDP

__all__ = ["model", "model_names"]


def model_names() -> tuple[str, ...]:
    """The names of the shipped models, such as ``racing`` and ``frozen-lake-4x4``."""
    from . import _places

    return tuple(sorted(path.stem for path in _places.models().glob("*.json")))


def model(name: str, *, engine: Engine | None = None) -> MDP:
    """Opens a shipped model.

    Raises:
        UsageError: There is none of that name; the message has the nearest.
    """
    from . import _places

    if name not in model_names():
        import difflib

        near = difflib.get_close_matches(name, model_names(), n=1)
        hint = f"; did you mean {near[0]!r}?" if near else "; monotone.model_names() lists them"
        raise UsageError(f"no shipped model is called {name!r}{hint}")
    return MDP.from_file(_places.models() / f"{name}.json", engine=engine)

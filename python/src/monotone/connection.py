"""Connections: where the engine runs."""

from __future__ import annotations

import json
import os
from functools import partial
from types import TracebackType
from typing import Any

from . import _session
from ._engine import Engine
from .errors import Fault, UnreadableFile
from .model import MDP

__all__ = ["Connection", "connect", "load", "validate"]


class Connection:
    """An engine, with the functions that open models in it. Made by :func:`connect`."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.from_arrays = partial(MDP.from_arrays, engine=engine)
        self.from_dict = partial(MDP.from_dict, engine=engine)
        self.from_json = partial(MDP.from_json, engine=engine)
        self.load = partial(MDP.from_file, engine=engine)

    def from_gymnasium(self, environment: Any, discount: Any, **options: Any) -> MDP:
        """As :func:`monotone.from_gymnasium`."""
        from .gymnasium import from_gymnasium

        return from_gymnasium(environment, discount, engine=self._engine, **options)

    def catalogue(self) -> dict[str, Any]:
        """The claims, the improvement rules and the environments that the engine knows."""
        document: dict[str, Any] = json.loads(self._engine.call("catalogue").text())
        return document

    def close(self) -> None:
        """Ends the engine, and with it all models that it opened."""
        self._engine.close()

    def __enter__(self) -> Connection:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def connect(*, isolated: bool = False) -> Connection:
    """Opens an engine of its own.

    Args:
        isolated: Whether it runs in another process (``monotone serve``): where no library can be loaded, or where
            a crash must not take this interpreter along. Calls take some 100 µs more, and wait for each other.

    Raises:
        LibraryError: There is no library, or no command.
    """
    if isolated:
        from ._isolated import IsolatedEngine

        return Connection(IsolatedEngine())
    from . import _native

    return Connection(_native.engine())


def load(path: str | os.PathLike[str], **options: Any) -> MDP:
    """Opens the model of a file, with the options of :meth:`MDP.from_file`."""
    return MDP.from_file(path, **options)


def validate(path: str | os.PathLike[str], *, mdp: MDP | None = None) -> tuple[Fault, ...]:
    """All faults of a model, policy or batch file; none where it is valid.

    Args:
        path: The file.
        mdp: The model of a policy or a batch.

    Raises:
        UnreadableFile: There is no such file.
    """
    engine, handle = (_session.default(), 0) if mdp is None else (mdp._engine, mdp._handle)
    try:
        with open(path, "rb") as file:
            content = file.read()
    except OSError as error:
        raise UnreadableFile(f"{os.fspath(path)} cannot be read: {error.strerror or error}") from error
    report = json.loads(engine.validate(content, os.fspath(path), handle, None).text())
    return tuple(Fault.of(fault | {"file": file["file"]}) for file in report["files"] for fault in file["faults"])

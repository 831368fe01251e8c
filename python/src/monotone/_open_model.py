"""A model that is open in an engine, until it is closed."""

from __future__ import annotations

import contextlib
import weakref
from types import TracebackType
from typing import TYPE_CHECKING, Any

from ._arrays import Space
from ._decimals import Decimals
from ._engine import Engine, PolicyInput, Reply
from .errors import ClosedHandle, MonotoneError, UsageError

if TYPE_CHECKING:
    from typing_extensions import Self

__all__ = ["OpenModel"]


class OpenModel:
    """The engine, the handle there, and its end."""

    _engine: Engine
    _handle: int
    _space: Space
    _finaliser: weakref.finalize[Any, Any]
    name: str
    decimals: Decimals | None

    def close(self) -> None:
        """Closes the model; again does nothing. Results stay valid."""
        self._finaliser()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _call(self, name: str, policies: tuple[PolicyInput, ...] = (), options: str | None = None) -> Reply:
        if not self._finaliser.alive:
            raise self._closed()
        try:
            return self._engine.call(name, self._handle, policies, options)
        except UsageError as error:
            if self._finaliser.alive:
                raise
            # Another thread closed it during the call.
            raise self._closed() from error

    def _closed(self) -> ClosedHandle:
        return ClosedHandle(f"the model {self.name} is closed; open it again")


def close_quietly(engine: Engine, handle: int) -> None:
    """Closes a handle whose owner is gone; an engine that is gone has closed it already."""
    with contextlib.suppress(MonotoneError):
        engine.call("close", handle)

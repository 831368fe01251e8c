"""Finite Markov decision processes."""

from __future__ import annotations

import json
import os
import weakref
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from . import _opening, _session
from ._arrays import Space
from ._decimals import Decimals
from ._engine import Engine, Reply, numbers, options_text
from ._open_model import close_quietly
from ._operations import Operations
from .errors import UsageError

__all__ = ["MDP"]


class MDP(Operations):
    """A finite MDP (S, A, P, r, ρ0, γ), open in the engine. Make one with ``from_…`` or :func:`monotone.load`.

    A terminal state absorbs with reward 0; rows of policies there may hold anything finite. A model may be used
    from several threads. It is closed by ``with``, by :meth:`close`, or when nothing refers to it any more.

    Attributes:
        name: What results call it.
        states: The names of the states.
        actions: The names of the actions.
        discount: γ.
        normalised: Places of rows of probabilities that missed the sum 1 by rounding, and were divided by it.
        decimals: How floats became rational; None where none had to.
    """

    def __init__(self, engine: Engine, reply: Reply, decimals: Decimals | None) -> None:
        """Use the ``from_…`` methods instead."""
        document = json.loads(reply.text())
        self._engine, self._handle, self._opened = engine, reply.handle, reply
        self._finaliser = weakref.finalize(self, close_quietly, engine, reply.handle)
        self.name: str = document["name"]
        self.states: tuple[str, ...] = tuple(document["states"])
        self.actions: tuple[str, ...] = tuple(document["actions"])
        self.discount = Fraction(document["discount"])
        self.normalised: tuple[str, ...] = tuple(document.get("normalised") or ())
        self.decimals = decimals
        self._space = Space(self.states, self.actions, self._flags("terminal", (len(self.states),)))

    @classmethod
    def from_arrays(
        cls,
        transitions: Any,
        rewards: ArrayLike | Sequence[Any],
        discount: str | float | Fraction,
        *,
        initial: ArrayLike | Sequence[Any] | None = None,
        terminal: ArrayLike | Iterable[int] | None = None,
        available: ArrayLike | None = None,
        name: str = "arrays",
        decimals: Decimals = "shortest",
        normalise: float | None = None,
        engine: Engine | None = None,
    ) -> MDP:
        """A model of arrays, of float64, float32, Fractions or texts such as ``"1/3"``.

        Args:
            transitions: P(s'|s, a), shape (S, A, S); or a sparse matrix (S·A, S) in compressed rows, row s·A + a.
                A row of zeros makes the action unavailable.
            rewards: r, shape (S,), (S, A) or (S, A, S), in any unit.
            discount: γ; a text or a Fraction is exact.
            initial: ρ0, shape (S,), or the index of the initial state; default state 0.
            terminal: Flags of shape (S,), or indices.
            available: Flags of shape (S, A); default where the row of ``transitions`` is not all zeros.
            name: What results call it.
            decimals: How floats become rational: ``shortest``, ``exact`` or ``simplest``.
            normalise: The most by which a row may miss the sum 1 and be divided by it; default 1e-9.
            engine: Of :func:`monotone.connect`; default the library in this process.

        Raises:
            InvalidInput: With every fault.
        """
        engine = engine or _session.default()
        given = _opening.model_arrays(
            name=name,
            discount=discount,
            transitions=transitions,
            rewards=rewards,
            initial=initial,
            terminal=terminal,
            available=available,
            decimals=decimals,
        )
        options = options_text({"decimals": decimals, "normalise": normalise})
        return cls(engine, engine.open_arrays(given, options), decimals)

    @classmethod
    def from_dict(
        cls, document: Mapping[str, Any], *, normalise: float | None = None, engine: Engine | None = None
    ) -> MDP:
        """A model of the members of a model file (``monotone/mdp/v1``); numbers may be Fractions, too.

        Raises:
            InvalidInput: With every fault.
        """
        return cls.from_json(_opening.document_text(document), normalise=normalise, engine=engine)

    @classmethod
    def from_json(
        cls,
        text: str | bytes,
        *,
        name: str = "model.json",
        normalise: float | None = None,
        engine: Engine | None = None,
    ) -> MDP:
        """A model of the text of a model file, of any format that the command reads; ``name`` stands in messages.

        Raises:
            InvalidInput: With every fault and its line.
        """
        engine = engine or _session.default()
        content = text.encode(errors="surrogatepass") if isinstance(text, str) else bytes(text)
        reply = engine.open_text(content, name, options_text({"normalise": normalise}))
        return cls(engine, reply, None)

    @classmethod
    def from_file(
        cls,
        path: str | os.PathLike[str],
        *,
        normalise: float | None = None,
        format: str | None = None,
        discount: str | float | Fraction | None = None,
        terminal: str | None = None,
        decimals: Decimals | None = None,
        reward: str | None = None,
        engine: Engine | None = None,
    ) -> MDP:
        """A model of a file, of any format that the command reads.

        Args:
            path: The file; its name or content tells the format.
            normalise: The most by which a row may miss the sum 1 and be divided by it; default 1e-9.
            format: The format by name, such as ``umb``, ``drn``, ``prism`` or ``npz``.
            discount: γ in place of the file's, or where it has none; a text or a Fraction is exact.
            terminal: Terminal states of another format: ``marked``, ``absorbing`` or ``none``.
            decimals: Numbers of another format: ``exact``, ``shortest`` or ``simplest``.
            reward: The reward structure to take where a file has several.
            engine: Of :func:`monotone.connect`.

        Raises:
            UnreadableFile: There is no such file.
            InvalidInput: With every fault and its line.
        """
        engine = engine or _session.default()
        options = {
            "normalise": normalise,
            "format": format,
            "discount": None if discount is None else str(discount),
            "terminal": terminal,
            "decimals": decimals,
            "reward": reward,
        }
        return cls(engine, engine.open_file(os.fspath(path), options_text(options)), decimals)

    @property
    def shape(self) -> tuple[int, int]:
        """(S, A)."""
        return self._space.shape

    @property
    def terminal(self) -> NDArray[np.bool_]:
        """Which states end an episode, shape (S,)."""
        return self._space.terminal

    @cached_property
    def available(self) -> NDArray[np.bool_]:
        """Which actions can be taken, shape (S, A)."""
        return self._flags("available", self.shape)

    @cached_property
    def initial(self) -> NDArray[np.float64]:
        """ρ0, shape (S,)."""
        return self._numbers("initial", self.shape[:1])

    @cached_property
    def rewards(self) -> NDArray[np.float64]:
        """r(s, a), the expected reward, shape (S, A)."""
        return self._numbers("rewards", self.shape)

    @cached_property
    def transitions(self) -> NDArray[np.float64]:
        """P(s'|s, a), shape (S, A, S); terminal states and unavailable actions have rows of zeros.

        Raises:
            UsageError: It would have more than 10,000,000 elements.
        """
        array = self._opened.array("transitions")
        if array is None:
            raise UsageError(f"transitions of shape {(*self.shape, self.shape[0])} are too large to be dense")
        return array

    def _flags(self, name: str, shape: tuple[int, ...]) -> NDArray[np.bool_]:
        array = self._opened.array(name)
        # Models with numbers beyond float64 come without arrays; of those, nothing is known to be terminal here.
        return np.full(shape, name == "available") if array is None else array.view(np.bool_)

    def _numbers(self, name: str, shape: tuple[int, ...]) -> NDArray[np.float64]:
        array = self._opened.array(name)
        if array is None:
            raise UsageError(f"{self.name} has numbers beyond float64, and no array of {name}; see to_json()")
        return numbers(array, shape)

    def __repr__(self) -> str:
        states, actions = self.shape
        text = f"<MDP {self.name}: {states} states, {actions} actions, γ = {self.discount}>"
        return text if self._finaliser.alive else text[:-1] + ", closed>"

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickles the model's file, so that a copy opens in another process; the arithmetic stays exact."""
        return MDP.from_json, (self.to_json(),)

    def __deepcopy__(self, memo: object) -> MDP:
        """The model itself: it never changes."""
        return self

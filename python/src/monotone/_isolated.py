"""The engine in another process: ``monotone serve``, JSON lines over its standard input and output.

For where no library can be loaded, or where a crash must not take the interpreter along. One call at a time.
"""

from __future__ import annotations

import contextlib
import json
import math
import subprocess
import threading
import weakref
from collections.abc import Mapping
from typing import Any

import numpy as np

from . import _places
from ._engine import Array, ModelArrays, PolicyInput, failure, frozen
from .errors import ClosedHandle, InternalError, LibraryError

_DTYPES = {"float64": "f8", "float32": "f4", "int64": "i8", "int32": "i4", "int8": "i1"}
_ROLES = {"check": ("current", "candidate"), "certificate": ("current", "candidate")}


class IsolatedReply:
    """A reply that came as a line."""

    def __init__(self, line: Mapping[str, Any]) -> None:
        self.handle: int = line.get("handle") or 0
        self._result = line.get("result")
        self._arrays: Mapping[str, Any] = line.get("arrays") or {}

    def text(self) -> str:
        """The result as JSON."""
        return json.dumps(self._result)

    def array(self, name: str) -> Array | None:
        """The array of that name, read-only; what is not finite comes as NaN."""
        sent = self._arrays.get(name)
        if sent is None:
            return None
        data = sent["data"]
        if sent["type"].startswith("float"):
            data = [math.nan if value is None else value for value in data]
        return frozen(np.array(data, dtype=_DTYPES[sent["type"]]).reshape(sent["shape"]))


class IsolatedEngine:
    """A process of the command; safe to call from any thread."""

    def __init__(self) -> None:
        command = [str(_places.command()), "serve"]
        try:
            self._process = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8", bufsize=1
            )
        except OSError as error:
            raise LibraryError(f"{command[0]} cannot be started: {error}") from error
        self._finaliser = weakref.finalize(self, _end, self._process)
        self._lock = threading.Lock()
        self._number = 0
        self._closed = False

    def call(
        self, name: str, handle: int = 0, policies: tuple[PolicyInput, ...] = (), options: str | None = None
    ) -> IsolatedReply:
        """A call on a handle and policies of its model."""
        roles = _ROLES.get(name, ("policy",))
        sent = dict(zip(roles, map(_policy, policies), strict=False))
        return self._send(name, {**_handle(handle), **sent}, options)

    def open_file(self, path: str, options: str | None) -> IsolatedReply:
        """Opens the model of a file."""
        return self._send("model_from_file", {"path": path}, options)

    def open_text(self, text: bytes, name: str, options: str | None) -> IsolatedReply:
        """Opens the model of a file's text."""
        return self._send("model_from_text", {"text": _decoded(text), "name": name}, options)

    def open_arrays(self, model: ModelArrays, options: str | None) -> IsolatedReply:
        """Opens a model of arrays."""
        arrays = {name: _nested(array) for name, array in _dense(model).items()}
        fields = {"name": model.name, "discount": model.discount, **arrays}
        return self._send("model_from_arrays", fields, options)

    def validate(self, text: bytes, name: str, handle: int, options: str | None) -> IsolatedReply:
        """Checks a file's text."""
        return self._send("validate", {"text": _decoded(text), "name": name, **_handle(handle)}, options)

    def close(self) -> None:
        """Ends the process."""
        with self._lock:
            self._closed = True
            self._finaliser()

    def _send(self, name: str, fields: Mapping[str, Any], options: str | None) -> IsolatedReply:
        with self._lock:
            if self._closed:
                raise ClosedHandle("the connection is closed; open one with monotone.connect(isolated=True)")
            self._number += 1
            request = {"id": self._number, "call": name, **fields}
            if options is not None:
                request["options"] = json.loads(options)
            reply = self._exchange(json.dumps(request))
        if reply.get("status"):
            raise failure(reply["status"], json.dumps(reply.get("result")))
        return IsolatedReply(reply)

    def _exchange(self, line: str) -> dict[str, Any]:
        """Sends a line and waits for its answer, past answers that nobody waited for."""
        writing, reading = self._process.stdin, self._process.stdout
        if writing is None or reading is None:
            raise InternalError("the process has no pipes")
        try:
            writing.write(line + "\n")
            writing.flush()
            while answer := reading.readline():
                reply: dict[str, Any] = json.loads(answer)
                if reply["id"] == self._number:
                    return reply
        except OSError:
            pass
        self._closed = True
        raise InternalError(
            f"`monotone serve` ended with status {self._process.wait()} during a call; open a new connection"
        )


def _end(process: subprocess.Popen[str]) -> None:
    """Ends a process by the end of its input."""
    for stream in (process.stdin, process.stdout):
        if stream is not None:
            with contextlib.suppress(OSError):
                stream.close()
    process.wait()


def _handle(handle: int) -> dict[str, int]:
    """The handle of a call that has one."""
    return {"handle": handle} if handle else {}


def _policy(policy: PolicyInput) -> dict[str, Any]:
    if policy.array is None:
        sent: dict[str, Any] = {"expression": policy.expression}
    else:
        sent = {"probabilities": _nested(policy.array)}
        if policy.array.dtype == np.float32:
            sent["precision"] = "float32"
    if policy.name is not None:
        sent["name"] = policy.name
    return sent


def _nested(array: Array) -> Any:
    """The elements as nested lists; NaN and infinities as texts, which the engine refuses by name."""
    if array.dtype.kind == "f" and not np.isfinite(array).all():
        array = np.where(np.isfinite(array), array, array.astype(str)).astype(object)
    return array.tolist()


def _decoded(text: bytes) -> str:
    return text.decode("utf-8", errors="replace")


def _dense(model: ModelArrays) -> Mapping[str, Array]:
    """The arrays with transitions of shape (S, A, S); lines have no sparse ones."""
    if "columns" not in model.arrays:
        return model.arrays
    states, actions = model.shape
    arrays = dict(model.arrays)
    starts, columns = arrays.pop("row_starts"), arrays.pop("columns")
    rows = np.zeros((states * actions, states), dtype=arrays["transitions"].dtype)
    rows[np.repeat(np.arange(len(rows)), np.diff(starts)), columns] = arrays["transitions"]
    arrays["transitions"] = rows.reshape(states, actions, states)
    return arrays

"""The engine in this process: ``monotone.h`` by ctypes.

Calls release the interpreter's lock. A call costs a few microseconds beyond the engine: structures of arguments are
made once per thread, and addresses travel as integers.
"""

from __future__ import annotations

import ctypes
import threading
from pathlib import Path
from typing import Any

import numpy as np

from . import _places
from ._abi import (
    ARRAY_FIELDS,
    DTYPES,
    REPLY_FIELDS,
    SIGNATURES,
    ArrayArgument,
    ModelArgument,
    PolicyArgument,
    encoded,
    load,
)
from ._engine import Array, ModelArrays, PolicyInput, failure
from .errors import ClosedHandle

_JSON_LOCK = threading.Lock()


class NativeReply:
    """A reply that owns its memory; arrays are copied when asked for, JSON is made when asked for."""

    __slots__ = ("__weakref__", "_arrays", "_count", "_library", "_lock", "_pointer", "_text", "handle", "status")

    def __init__(self, library: Any, pointer: int) -> None:
        self._library, self._pointer = library, pointer
        self._lock: threading.Lock = _JSON_LOCK
        self._text: str | None = None
        fields = REPLY_FIELDS.unpack(ctypes.string_at(pointer, REPLY_FIELDS.size))
        self.status: int = fields[0]
        self._count: int = fields[1]
        self._arrays: int = fields[2] or 0
        self.handle: int = fields[3]

    def __del__(self) -> None:
        self._library.monotone_reply_free(self._pointer)

    def text(self) -> str:
        """The result as JSON."""
        with self._lock:
            if self._text is None:
                length = ctypes.c_int64()
                address = self._library.monotone_reply_json(self._pointer, ctypes.byref(length))
                self._text = ctypes.string_at(address, length.value).decode()
            return self._text

    def array(self, name: str) -> Array | None:
        """A copy of the array of that name, read-only."""
        wanted = name.encode()
        table = ctypes.string_at(self._arrays, ARRAY_FIELDS.size * self._count) if self._count else b""
        for data, kind, rank, *shape, label in ARRAY_FIELDS.iter_unpack(table):
            if ctypes.string_at(label) == wanted:
                dtype, lengths = DTYPES[kind], shape[:rank]
                size = dtype.itemsize
                for length in lengths:
                    size *= length
                content = ctypes.string_at(data, size) if size else b""
                array: Array = np.frombuffer(content, dtype)
                return array if rank == 1 else array.reshape(lengths)
        return None


class NativeEngine:
    """The shared library in this process; safe to call from any thread."""

    def __init__(self, path: Path) -> None:
        self._library = load(path)
        self._functions: dict[str, Any] = {}
        self._rooms = threading.local()
        self._closed = False

    def call(
        self, name: str, handle: int = 0, policies: tuple[PolicyInput, ...] = (), options: str | None = None
    ) -> NativeReply:
        """A call on a handle and policies of its model."""
        function, shape = SIGNATURES[name]
        arguments: list[Any] = [handle] if shape[0] == "h" else []
        held = None
        if policies:
            try:
                rooms, addresses = self._rooms.policies
            except AttributeError:
                rooms = (PolicyArgument(), PolicyArgument())
                addresses = tuple(ctypes.addressof(room) for room in rooms)
                self._rooms.policies = rooms, addresses
            held = [rooms[index].hold(policy) for index, policy in enumerate(policies)]
            arguments += addresses[: len(policies)]
        if shape[-1] == "o":
            arguments.append(None if options is None else options.encode())
        reply = self._reply(function, arguments)
        del held
        return reply

    def open_file(self, path: str, options: str | None) -> NativeReply:
        """Opens the model of a file."""
        return self._reply("monotone_model_from_file", [encoded(path, "the path"), _text(options)])

    def open_text(self, text: bytes, name: str, options: str | None) -> NativeReply:
        """Opens the model of a file's bytes."""
        arguments = [text, len(text), encoded(name, "the name"), _text(options)]
        return self._reply("monotone_model_from_bytes", arguments)

    def open_arrays(self, model: ModelArrays, options: str | None) -> NativeReply:
        """Opens a model of arrays."""
        name, discount = encoded(model.name, "the name"), encoded(model.discount, "the discount")
        room = ModelArgument(name, discount, *model.shape)
        held: list[object] = []
        for member, array in model.arrays.items():
            holder = ArrayArgument()
            held += [holder, holder.hold(array)]
            setattr(room, member, ctypes.addressof(holder))
        return self._reply("monotone_model_from_arrays", [ctypes.byref(room), _text(options)])

    def validate(self, text: bytes, name: str, handle: int, options: str | None) -> NativeReply:
        """Checks a file's bytes."""
        arguments = [text, len(text), encoded(name, "the name"), handle, _text(options)]
        return self._reply("monotone_validate", arguments)

    def close(self) -> None:
        """Refuses further calls; the library itself stays loaded, for other engines."""
        self._closed = True

    def _reply(self, function: str, arguments: list[Any]) -> NativeReply:
        if self._closed and function != "monotone_close":
            raise ClosedHandle("the connection is closed; open one with monotone.connect()")
        reply = NativeReply(self._library, getattr(self._library, function)(*arguments))
        if reply.status:
            raise failure(reply.status, reply.text())
        return reply


def _text(options: str | None) -> bytes | None:
    return None if options is None else options.encode()


def engine() -> NativeEngine:
    """An engine on the library of this installation."""
    return NativeEngine(_places.library())

"""Monotone's C interface as ctypes sees it: the structures of ``monotone.h`` and the functions of a library."""

from __future__ import annotations

import ctypes
import struct
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from . import _places
from ._engine import Array, PolicyInput
from .errors import LibraryError, UsageError, VersionMismatch

ABI_VERSION = 1
TYPES = {"d": 1, "f": 2, "q": 3, "l": 3, "i": 4, "b": 5, "O": 6}
DTYPES: dict[int, np.dtype[Any]] = {
    1: np.dtype("f8"),
    2: np.dtype("f4"),
    3: np.dtype("i8"),
    4: np.dtype("i4"),
    5: np.dtype("i1"),
}
MAX_RANK = 4
MODEL_ARRAYS = ("transitions", "columns", "row_starts", "rewards", "initial", "terminal", "available")

ARRAY_FIELDS = struct.Struct("@Pii4qP")
REPLY_FIELDS = struct.Struct("@iiPQP")


class ArrayArgument(ctypes.Structure):
    """``monotone_array``."""

    _fields_ = (
        ("data", ctypes.c_void_p),
        ("type", ctypes.c_int32),
        ("rank", ctypes.c_int32),
        ("shape", ctypes.c_int64 * MAX_RANK),
        ("name", ctypes.c_char_p),
    )

    def hold(self, array: Array) -> object:
        """Points to an array without gaps; what is returned must live as long as the call."""
        self.type = TYPES[array.dtype.char]
        self.rank = array.ndim
        self.shape[: array.ndim] = array.shape
        if array.dtype.char == "O":
            texts = (ctypes.c_char_p * array.size)(*(str(text).encode() for text in array.flat))
            self.data = ctypes.addressof(texts)
            return texts
        self.data = array.__array_interface__["data"][0]
        return array


class PolicyArgument(ctypes.Structure):
    """``monotone_policy``, with room for its array."""

    _fields_ = (("expression", ctypes.c_char_p), ("array", ctypes.c_void_p), ("name", ctypes.c_char_p))

    def __init__(self) -> None:
        super().__init__()
        self.room = ArrayArgument()
        self.room_address = ctypes.addressof(self.room)

    def hold(self, policy: PolicyInput) -> object:
        """Points to a policy; what is returned must live as long as the call."""
        self.name: bytes | None = None if policy.name is None else encoded(policy.name, "the policy's name")
        self.array: int | None
        self.expression: bytes | None
        if policy.array is None:
            self.array = None
            self.expression = encoded(policy.expression or "", "the policy")
            return None
        self.expression = None
        self.array = self.room_address
        return self.room.hold(policy.array)


class ModelArgument(ctypes.Structure):
    """``monotone_model_arrays``."""

    _fields_ = (
        ("name", ctypes.c_char_p),
        ("discount", ctypes.c_char_p),
        ("states", ctypes.c_int64),
        ("actions", ctypes.c_int64),
        *((name, ctypes.c_void_p) for name in MODEL_ARRAYS),
    )


def encoded(text: str, what: str) -> bytes:
    """UTF-8 for C, where a zero byte would end the text early.

    Raises:
        UsageError: The text has a zero byte or is not Unicode.
    """
    if "\0" in text:
        raise UsageError(f"{what} has a zero byte, which no name and no file has: {text!r}")
    try:
        return text.encode()
    except UnicodeEncodeError as error:
        raise UsageError(f"{what} is not Unicode text: {error}") from error


# What each call takes: h a handle, p a policy, o options.
SIGNATURES = {
    "catalogue": ("monotone_catalogue", "-"),
    "close": ("monotone_close", "h"),
    "model_write": ("monotone_model_write", "ho"),
    "resolve_policy": ("monotone_resolve_policy", "hpo"),
    "solve": ("monotone_solve", "hpo"),
    "check": ("monotone_check", "hppo"),
    "certificate": ("monotone_certificate", "hppo"),
    "improve": ("monotone_improve", "hpo"),
    "audit_open": ("monotone_audit_open", "ho"),
    "audit_step": ("monotone_audit_step", "hpo"),
    "audit_document": ("monotone_audit_document", "h"),
}


@cache
def load(path: Path) -> ctypes.CDLL:
    """The library at a path, with its functions declared.

    Raises:
        LibraryError: It cannot be loaded.
        VersionMismatch: It has another version of the interface.
    """
    try:
        library = ctypes.CDLL(str(path))
        version = int(library.monotone_abi_version())
    except (OSError, AttributeError) as error:
        raise LibraryError(f"{path} cannot be loaded as Monotone's library: {error}") from error
    if version != ABI_VERSION:
        raise VersionMismatch(
            f"{path} has version {version} of the interface, and this package needs {ABI_VERSION}; install the "
            f"wheel, which has both, or set {_places.LIBRARY_VARIABLE} to the library of this package"
        )
    kinds = {"h": ctypes.c_uint64, "p": ctypes.c_void_p, "o": ctypes.c_char_p, "-": None}
    for function, shape in SIGNATURES.values():
        declare(library, function, [kinds[kind] for kind in shape if kind != "-"])
    text, size = ctypes.c_char_p, ctypes.c_int64
    declare(library, "monotone_model_from_file", [text, text])
    declare(library, "monotone_model_from_bytes", [text, size, text, text])
    declare(library, "monotone_model_from_arrays", [ctypes.c_void_p, text])
    declare(library, "monotone_validate", [text, size, text, ctypes.c_uint64, text])
    declare(library, "monotone_reply_json", [ctypes.c_void_p, ctypes.c_void_p])
    declare(library, "monotone_reply_free", [ctypes.c_void_p])
    library.monotone_version.restype = ctypes.c_char_p
    return library


def declare(library: ctypes.CDLL, function: str, arguments: list[Any]) -> None:
    """Declares a function whose result, where it has one, is an address."""
    declared = getattr(library, function)
    declared.argtypes, declared.restype = arguments, ctypes.c_void_p


def version(path: Path) -> str:
    """The version of a library, such as "0.3.0"."""
    value = load(path).monotone_version()
    return bytes(value).decode()

"""The state of the local AWS as bytes, and back again.

Owns how the few things are kept that pickle refuses: locks come back free, threads ended, keys as their standard
encoding. Reading a pickle runs what it names, so only trusted bytes may be read.
"""

from __future__ import annotations

import io
import pickle
import threading
from collections import defaultdict
from collections.abc import Callable, Mapping
from types import FunctionType
from typing import Any
from weakref import WeakValueDictionary

import dill  # type: ignore[import-untyped]
from cryptography import x509
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_der_private_key,
    load_der_public_key,
)

_Reduced = tuple[Any, ...]


def dumps(state: Any) -> bytes:
    """Raises whatever the state's own objects raise when they are pickled, RuntimeError if they change meanwhile."""
    target = io.BytesIO()
    _Pickler(target, protocol=pickle.HIGHEST_PROTOCOL).dump(state)
    return target.getvalue()


def loads(data: bytes) -> Any:
    """Raises anything for bytes that this version of the program has not written."""
    return pickle.loads(data)  # noqa: S301 - the folder is the user's own, and the help says that it must be trusted


class _Pickler(pickle.Pickler):
    def reducer_override(self, obj: Any) -> Any:
        reduce = _REDUCERS.get(type(obj))
        if reduce:
            return reduce(obj)
        if type(obj).__module__.startswith("cryptography."):
            return _reduced_key(obj)
        if isinstance(obj, dict) and type(obj).__module__ not in _OF_PYTHON:
            return _reduced_dict(obj)
        return NotImplemented


def _reduced_function(function: FunctionType) -> Any:
    """A function that no module names, such as the factory of a defaultdict."""
    return (dill.loads, (dill.dumps(function),)) if "<" in function.__qualname__ else NotImplemented


def _reduced_event(event: threading.Event) -> _Reduced:
    return _event, (event.is_set(),)


def _event(is_set: bool) -> threading.Event:  # noqa: FBT001 - called by pickle
    event = threading.Event()
    if is_set:
        event.set()
    return event


def _reduced_weak_values(values: WeakValueDictionary[Any, Any]) -> _Reduced:
    return WeakValueDictionary, (), None, None, iter(list(values.items()))


def _reduced_key(key: Any) -> Any:
    if isinstance(key, x509.Certificate):
        return _certificate, (key.public_bytes(Encoding.DER),)
    if hasattr(key, "private_bytes"):
        return _private_key, (key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption()),)
    if hasattr(key, "public_bytes"):
        return _public_key, (key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo),)
    return NotImplemented


def _certificate(encoded: bytes) -> Any:
    return x509.load_der_x509_certificate(encoded)


def _private_key(encoded: bytes) -> Any:
    return load_der_private_key(encoded, None)


def _public_key(encoded: bytes) -> Any:
    return load_der_public_key(encoded)


def _reduced_dict(values: dict[Any, Any]) -> _Reduced:
    """A kind of dict whose ways of being made and filled are its own (S3's keys collect versions), copied as it is."""
    factory = values.default_factory if isinstance(values, defaultdict) else None
    return _empty_dict, (type(values),), (dict(dict.items(values)), vars(values), factory), None, None, _fill_dict


def _empty_dict(kind: type[dict[Any, Any]]) -> dict[Any, Any]:
    return kind.__new__(kind)


def _fill_dict(empty: dict[Any, Any], state: tuple[Any, ...]) -> None:
    items, attributes, factory = state
    dict.update(empty, items)
    vars(empty).update(attributes)
    if isinstance(empty, defaultdict):
        empty.default_factory = factory


_OF_PYTHON = ("builtins", "collections")

_REDUCERS: Mapping[type, Callable[[Any], Any]] = {
    type(threading.Lock()): lambda _: (threading.Lock, ()),
    type(threading.RLock()): lambda _: (threading.RLock, ()),
    threading.Condition: lambda _: (threading.Condition, ()),
    threading.Event: _reduced_event,
    threading.Thread: lambda _: (threading.Thread, ()),
    WeakValueDictionary: _reduced_weak_values,
    FunctionType: _reduced_function,
}

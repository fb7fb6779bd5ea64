"""The file of a saved state: a line that says what it is, a line that says what wrote it, the state itself.

Owns what is read of a file before its content is trusted. Nothing is unpickled that is not whole, or that another
version has written.
"""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field

import moto
from fitness import __version__

_MAGIC = b"state of the local AWS of config-fitness\n"
_FORMAT = 1


def _versions() -> Mapping[str, str]:
    python = ".".join(platform.python_version_tuple()[:2])
    return {"config-fitness": __version__, "moto": moto.__version__, "Python": python}


class UnreadableError(Exception):
    """The file cannot be used; the message is the end of a sentence that begins with its name."""


@dataclass(frozen=True)
class Saved:
    """A state, pickled, and the endpoint that it was saved at."""

    endpoint: str
    state: bytes


@dataclass(frozen=True)
class _Header:
    endpoint: str
    size: int
    sha256: str
    format: int = _FORMAT
    versions: Mapping[str, str] = field(default_factory=_versions)


def encoded(saved: Saved) -> bytes:
    """The content of the file."""
    header = _Header(saved.endpoint, len(saved.state), hashlib.sha256(saved.state).hexdigest())
    return b"".join((_MAGIC, json.dumps(asdict(header)).encode(), b"\n", saved.state))


def decoded(content: bytes) -> Saved:
    """Raises UnreadableError."""
    magic, found, rest = content.partition(b"\n")
    if magic + found != _MAGIC:
        raise UnreadableError("is not a state that `fitness local up` has saved")
    line, _, state = rest.partition(b"\n")
    header = _read(line)
    _check_versions(header)
    if len(state) != header.size or hashlib.sha256(state).hexdigest() != header.sha256:
        raise UnreadableError("is damaged")
    return Saved(header.endpoint, state)


def _read(line: bytes) -> _Header:
    try:
        return _Header(**json.loads(line))
    except (TypeError, ValueError):
        raise UnreadableError("is damaged, or of a later format") from None


def _check_versions(header: _Header) -> None:
    if header.format != _FORMAT:
        raise UnreadableError(f"has format {header.format}, and this version reads {_FORMAT}")
    wrote, reads = dict(header.versions), dict(_versions())
    if wrote != reads:
        raise UnreadableError(f"was saved with {_listed(wrote)}, and here is {_listed(reads)}")


def _listed(versions: Mapping[str, str]) -> str:
    return ", ".join(f"{name} {version}" for name, version in versions.items())

"""Emptying the local AWS: the one that runs, through its endpoint, or the state that a stopped one has saved."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from workbench.local_aws.persistence.folder import Folder
from workbench.local_aws.resetting import PATH, SERVER
from workbench.problems import UserError

_DEFAULT_ENDPOINT = "http://127.0.0.1:4566"
_LOOPBACK = ("127.0.0.1", "localhost", "::1")
_ANSWER_SECONDS = 5
_RESET_SECONDS = 60


@dataclass(frozen=True)
class Target:
    """What is to be emptied, as the user knows it, and how."""

    name: str
    clear: Callable[[], None]


def running(port: int | None) -> Target:
    """The local AWS that runs: at this port, or where AWS_ENDPOINT_URL says.

    Raises UserError for an endpoint that is not a local AWS, ConnectionError when nothing answers.
    """
    endpoint = f"http://127.0.0.1:{port}" if port else os.environ.get("AWS_ENDPOINT_URL") or _DEFAULT_ENDPOINT
    return _at(endpoint.rstrip("/"))


def saved(path: Path) -> Target:
    """The local AWS that keeps its state in this folder. Raises UserError for a folder that is not one of ours."""
    folder = Folder(path)
    if not folder.is_ours():
        raise UserError(f"{folder.path} holds no state of a local AWS: nothing is deleted.")
    owner = folder.holder()
    if owner is None:
        return Target(f"the data folder {folder.path}", folder.clear)
    if not owner.endpoint:
        raise UserError(f"The data folder {folder.path} is in use by {owner}, which does not answer yet: try again.")
    return _at(owner.endpoint)


def _at(endpoint: str) -> Target:
    if urlsplit(endpoint).hostname not in _LOOPBACK:
        raise UserError(f"{endpoint} is not on this machine: unset AWS_ENDPOINT_URL, or name a --port.")
    try:
        is_ours = _asked(endpoint, "GET", _ANSWER_SECONDS) == SERVER
    except (URLError, TimeoutError, ConnectionError):
        cure = "name the --port of a running one, or the --data folder of a stopped one"
        raise ConnectionError(f"No local AWS answers at {endpoint}: {cure}") from None
    except ValueError:
        raise UserError(f"{endpoint} is not the address of a local AWS: name its --port.") from None
    if not is_ours:
        raise UserError(f"What answers at {endpoint} is not this local AWS: nothing is deleted.")
    return Target(f"the local AWS at {endpoint}", lambda: _reset(endpoint))


def _reset(endpoint: str) -> None:
    _asked(endpoint, "POST", _RESET_SECONDS)


def _asked(endpoint: str, method: str, seconds: float) -> str:
    request = Request(endpoint + PATH, data=b"" if method == "POST" else None, method=method)  # noqa: S310 - checked
    with urlopen(request, timeout=seconds) as answer:  # noqa: S310 - as above
        return str(answer.read(1000).decode(errors="replace"))

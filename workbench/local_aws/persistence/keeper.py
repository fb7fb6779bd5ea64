"""Keeping the state of all parts in a folder: read at the start, saved a moment after each change and at the end.

Owns when it is saved. Reading the state closes the gate for some milliseconds; writing the file blocks nobody.
"""

from __future__ import annotations

import hashlib
import logging
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from workbench.local_aws.persistence import pickling
from workbench.local_aws.persistence.folder import Folder
from workbench.local_aws.persistence.gate import Gate
from workbench.local_aws.persistence.pace import Pace
from workbench.local_aws.persistence.part import Part
from workbench.local_aws.persistence.saved import Saved
from workbench.local_aws.persistence.snapshot import snapshot
from workbench.local_aws.service import Call
from workbench.problems import UserError

logger = logging.getLogger(__name__)


class Keeper:
    """Keeps the state of a local AWS in a folder, in this order: `open`, `restore`, `start`, `save` and `close`."""

    def __init__(self, path: Path, gate: Gate, warn: Callable[[str], None] = logger.warning) -> None:
        self._folder = Folder(path)
        self._gate = gate
        self._warn = warn
        self._pace = Pace(time.monotonic)
        self._parts: Mapping[str, Part] = {}
        self._endpoint = ""
        self._found: Saved | None = None
        self._state: Mapping[str, Any] = {}
        self._digest = b""
        self._problem = ""
        self._left_out: Mapping[str, str] = {}
        self._saving = threading.Lock()
        self._thread = threading.Thread(target=self._run, name="keeper", daemon=True)

    def open(self) -> None:
        """Locks the folder and reads what it holds. Raises UserError."""
        self._folder.lock()
        self._found = self._folder.read()
        if self._found:
            self._state = self._unpickled(self._found)

    def restore(self, parts: Mapping[str, Part], endpoint: str) -> None:
        """Gives each part its state back; from now on, these are the parts that are kept. Raises UserError."""
        self._parts, self._endpoint = parts, endpoint
        try:
            for name, state in self._state.items():
                parts[name].restore(state)
        except Exception as error:
            raise self._unusable(error) from error
        self._state = {}
        self._tell_of_moved_endpoint()

    def start(self) -> None:
        self._folder.announce(self._endpoint)
        self._thread.start()

    def observe(self, call: Call) -> None:
        """Takes note of a request of any client."""
        if call.writes:
            self._pace.changed()

    def save(self) -> None:
        """Saves now, if anything has changed. Raises OSError; what was saved before is then still there."""
        with self._saving:
            with self._gate.closed():
                taken = snapshot(self._parts)
            self._tell_of(taken.left_out)
            digest = hashlib.sha256(taken.state).digest()
            if digest != self._digest:
                self._folder.write(Saved(self._endpoint, taken.state))
                self._digest = digest

    def close(self) -> None:
        """Ends the thread, and leaves the folder to others."""
        self._pace.close()
        if self._thread.is_alive():
            self._thread.join()
        self._folder.unlock()

    def _run(self) -> None:
        while self._pace.wait():
            began = time.monotonic()
            try:
                self.save()
                self._report("")
            except OSError as error:
                self._report(f"The state cannot be saved in {self._folder.path} ({error.strerror or error}).")
            except Exception as error:
                logger.debug("The state was not saved", exc_info=True)
                self._report(f"The state cannot be saved ({type(error).__name__}: {error}).")
            self._pace.saved(time.monotonic() - began, again=bool(self._problem))

    def _report(self, problem: str) -> None:
        """Says once that saving fails, and once that it works again."""
        if problem != self._problem:
            self._warn(f"Warning: {problem} It is tried again." if problem else "The state is saved again.")
        self._problem = problem

    def _tell_of(self, left_out: Mapping[str, str]) -> None:
        for name in left_out.keys() - self._left_out.keys():
            self._warn(f"Warning: {name} is not saved, because its state cannot be ({left_out[name]}).")
        self._left_out = left_out

    def _unpickled(self, found: Saved) -> Mapping[str, Any]:
        try:
            state: Mapping[str, Any] = pickling.loads(found.state)
        except Exception as error:
            raise self._unusable(error) from error
        return state

    def _unusable(self, error: Exception) -> UserError:
        what = f"{type(error).__name__}: {error}"
        return UserError(f"{self._folder.state_file} cannot be understood ({what}): {self._folder.cure}.")

    def _tell_of_moved_endpoint(self) -> None:
        found = self._found
        if found and found.endpoint != self._endpoint and found.endpoint.encode() in found.state:
            self._warn(
                f"Warning: what was saved at {found.endpoint} names that address (queue URLs in outputs and in "
                "functions' environments): start with the same --port, or deploy again."
            )
        self._found = None

"""The folder of `--data`: the state of one local AWS on disk, and the lock that keeps a second one out.

Owns the files in it. A save appears in one step, so whatever happens, there is either the old state or the new one.
"""

from __future__ import annotations

import errno
import fcntl
import json
import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from workbench.local_aws.persistence.saved import Saved, UnreadableError, decoded, encoded
from workbench.problems import UserError

_STATE = "local-aws.state"
_UNFINISHED = "local-aws.state.new"
_LOCK = "local-aws.lock"


@dataclass(frozen=True)
class Owner:
    """The local AWS that uses a folder; `endpoint` is empty until it is up, `pid` is 0 until it has said so."""

    pid: int
    endpoint: str = ""

    def __str__(self) -> str:
        process = f"process {self.pid}" if self.pid else "another local AWS"
        return f"{process} at {self.endpoint}" if self.endpoint else process


class Folder:
    """A data folder. `lock` it before anything else."""

    def __init__(self, path: Path) -> None:
        self.path = path.absolute()
        self._lock: int | None = None

    @property
    def state_file(self) -> Path:
        return self.path / _STATE

    def lock(self) -> None:
        """Makes the folder if need be, for its user alone. The kernel ends the lock with the process.

        Raises UserError when another process has it, or when the folder cannot be written.
        """
        try:
            self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._check_writable()
            owner = self.holder()
        except OSError as error:
            raise UserError(
                f"The data folder {self.path} cannot be used ({error.strerror}): name another with --data."
            ) from None
        if owner:
            cure = "stop that one, or name another folder with --data"
            raise UserError(f"The data folder {self.path} is in use by {owner}: {cure}.")
        self._sign(Owner(os.getpid()))

    def holder(self) -> Owner | None:
        """Who has the lock; None when nobody had it, and then we have it. Raises OSError."""
        lock = os.open(self.path / _LOCK, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(lock)
            return self._signed()
        self._lock = lock
        return None

    def announce(self, endpoint: str) -> None:
        """Tells where the local AWS that has the lock answers."""
        self._sign(Owner(os.getpid(), endpoint))

    def unlock(self) -> None:
        if self._lock is not None:
            os.ftruncate(self._lock, 0)
            os.close(self._lock)
            self._lock = None

    def read(self) -> Saved | None:
        """The saved state, None where nothing was saved. Raises UserError for a file that cannot be used."""
        try:
            self._check_owner()
            return decoded(self.state_file.read_bytes())
        except FileNotFoundError:
            return None
        except UnreadableError as error:
            raise UserError(f"{self.state_file} {error}: {self.cure}.") from None
        except OSError as error:
            raise UserError(f"{self.state_file} cannot be read ({error.strerror}): {self.cure}.") from None

    @property
    def cure(self) -> str:
        return f"name another folder with --data, or give that state up with `fitness local reset --data {self.path}`"

    def write(self, saved: Saved) -> None:
        """Raises OSError; the state that was saved before is then still there."""
        unfinished = self.path / _UNFINISHED
        try:
            with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
                file.write(encoded(saved))
                file.flush()
                os.fsync(file.fileno())
            unfinished.replace(self.state_file)
        except OSError as error:
            with suppress(OSError):
                unfinished.unlink()
            raise OSError(error.errno, error.strerror, str(self.state_file)) from error
        self._settle()

    def is_ours(self) -> bool:
        """Whether a local AWS has kept its state here."""
        return any((self.path / name).exists() for name in (_STATE, _UNFINISHED, _LOCK))

    def clear(self) -> None:
        """Deletes the saved state, and the folder if nothing else is in it. Have the lock. Raises OSError."""
        for name in (_STATE, _UNFINISHED, _LOCK):
            (self.path / name).unlink(missing_ok=True)
        with suppress(OSError):
            self.path.rmdir()
        self.unlock()

    def _check_owner(self) -> None:
        if self.state_file.stat().st_uid != os.geteuid():
            raise UnreadableError("belongs to another user, and reading it would run what it says")

    def _check_writable(self) -> None:
        if not os.access(self.path, os.W_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    def _signed(self) -> Owner:
        with suppress(OSError, ValueError, TypeError):
            return Owner(**json.loads((self.path / _LOCK).read_text()))
        return Owner(0)

    def _sign(self, owner: Owner) -> None:
        if self._lock is not None:
            os.ftruncate(self._lock, 0)
            os.pwrite(self._lock, json.dumps(vars(owner)).encode(), 0)

    def _settle(self) -> None:
        """The new name is on disk, too."""
        folder = os.open(self.path, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)

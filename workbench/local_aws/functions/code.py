"""The code of functions on disk: each zip is extracted once and shared by every process that runs it."""

from __future__ import annotations

import hashlib
import io
import os
import shutil
import tempfile
import zipfile
from pathlib import Path


def extract(archive: bytes, cache: Path) -> Path:
    """The folder that holds the content of this zip, under `cache`, in a folder named after the content."""
    folder = cache / hashlib.sha256(archive).hexdigest()
    if not folder.exists():
        cache.mkdir(parents=True, exist_ok=True)
        _extract_to(archive, folder)
    return folder


def _extract_to(archive: bytes, folder: Path) -> None:
    """Appears in one step, so that two who need it at once never see half of it."""
    partial = Path(tempfile.mkdtemp(dir=folder.parent, prefix=".extracting-"))
    with zipfile.ZipFile(io.BytesIO(archive)) as content:
        for member in content.infolist():
            content.extract(member, partial)
            mode = member.external_attr >> 16 & 0o777
            if mode and not member.is_dir():
                (partial / member.filename).chmod(mode | 0o400)
    try:
        os.replace(partial, folder)  # noqa: PTH105 - fails when the other one was faster, unlike a plain move
    except OSError:
        shutil.rmtree(partial, ignore_errors=True)

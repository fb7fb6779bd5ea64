"""Build step: refuse to build with a rules.yaml that the hook could not load. Not shipped."""

import sys
from pathlib import Path

if sys.version_info < (3, 11):  # noqa: UP036 - whatever Python the builder has
    sys.exit(f"Building the hook needs Python 3.11 or later, and this is {sys.version.split()[0]}: set PYTHON.")

from fitness.catalogue import InvalidCatalogue, load

try:
    load(Path("rules.yaml").read_text(encoding="utf-8"))
except (InvalidCatalogue, OSError, UnicodeDecodeError) as error:
    sys.exit(str(error))

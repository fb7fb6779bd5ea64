"""State that survives a restart: what the services hold, kept in a folder that the user names.

`Keeper` is what the server uses: it reads the folder before the services start, gives them their state back, and saves
after every change.
"""

from __future__ import annotations

from workbench.local_aws.persistence.folder import Folder
from workbench.local_aws.persistence.gate import Gate
from workbench.local_aws.persistence.keeper import Keeper
from workbench.local_aws.persistence.part import Part

__all__ = ["Folder", "Gate", "Keeper", "Part"]

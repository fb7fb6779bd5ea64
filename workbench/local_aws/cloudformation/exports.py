"""Exports: names that one stack gives to values, so that other stacks can use them.

Owns what keeps an export as it is: one name belongs to one stack, and a value in use neither changes nor goes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from workbench.local_aws.cloudformation.model import Output, Stack
from workbench.local_aws.cloudformation.provider import ProvisioningError
from workbench.local_aws.cloudformation.store import Stacks, region_of

Importers = Callable[[str], list[Stack]]
"""The stacks that use an export."""


def check(stack: Stack, outputs: Iterable[Output], stacks: Stacks, importers: Importers) -> None:
    """Raises ProvisioningError when the stack may not have these outputs."""
    wanted = {output.export: output.value for output in outputs if output.export}
    for name, (owner, _) in stacks.exports(region_of(stack)).items():
        if name in wanted and owner is not stack:
            raise ProvisioningError(f"Export with name {name} is already exported by stack {owner.name}. ")
    for output in stack.outputs:
        if output.export and wanted.get(output.export) != output.value:
            _check_unused(output.export, importers, "updated" if output.export in wanted else "deleted")


def check_none_in_use(stack: Stack, importers: Importers) -> None:
    """Raises ProvisioningError when another stack uses what this one exports."""
    for output in stack.outputs:
        if output.export:
            _check_unused(output.export, importers, "deleted")


def _check_unused(name: str, importers: Importers, fate: str) -> None:
    users = importers(name)
    if users:
        raise ProvisioningError(f"Export {name} cannot be {fate} as it is in use by {users[0].name}")

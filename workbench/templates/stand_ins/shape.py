"""How the physical id and the attributes of a resource type are made up.

Owns `Shape`, a declaration in patterns, and `stand_in`, which fills the patterns. `{name}` is the physical name,
`{id}` a short lower-case id, `{uuid}`, `{hex}` and `{unique}` (capitals and digits) are what they say; `{partition}`,
`{region}`, `{account}`, `{suffix}`, `{stack}` and `{logical}` tell the resource's place; every other field is one of
its properties (`{BucketName}`), `{FunctionName:last}` the part after its last colon or slash. A pattern that cannot be
filled gives nothing.
"""

from __future__ import annotations

import hashlib
import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from workbench.resources import Unknown
from workbench.templates.functions import scalar_text
from workbench.templates.scope import partition_of, pseudo_parameters

_FIELD = re.compile(r"\{(\w+)(:last)?\}")
_LAST = re.compile(r"[:/]")
_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"


@dataclass(frozen=True)
class Shape:
    """The patterns of one resource type.

    Attributes:
        name: the property that holds the physical name, for types that have one.
        ref: what `Ref` returns.
        attributes: what `Fn::GetAtt` returns, by attribute.
        defaults: properties that the patterns use, where the template does not give them.
        generated: the physical name that CloudFormation makes up.
    """

    name: str | None = None
    ref: str = "{name}"
    attributes: Mapping[str, str] = field(default_factory=dict)
    defaults: Mapping[str, str] = field(default_factory=dict)
    generated: str = "{stack}-{logical}-{unique}"


@dataclass(frozen=True)
class Home:
    """The stack that a resource belongs to, and where it is: what ARNs and generated names tell."""

    region: str
    account: str
    stack: str

    @property
    def stack_id(self) -> str:
        place = f"arn:{partition_of(self.region)}:cloudformation:{self.region}:{self.account}"
        return f"{place}:stack/{self.stack}/{_ids(self, '')['uuid']}"

    @property
    def pseudo(self) -> dict[str, Any]:
        """The stack's pseudo parameters."""
        return pseudo_parameters(self.region, self.account, self.stack, self.stack_id)

    def nested(self, logical_id: str) -> Home:
        """The home of the resources in a nested stack."""
        return replace(self, stack=f"{self.stack}-{logical_id}-{_ids(self, logical_id)['unique']}")


@dataclass(frozen=True)
class StandIn:
    """What stands for a resource that does not exist yet."""

    physical_id: str
    attributes: Mapping[str, str]


def stand_in(shape: Shape, logical_id: str, properties: Mapping[str, Any], home: Home) -> StandIn:
    """The stand-in of a resource; the same for the same stack, logical id and names."""
    values = {**shape.defaults, **properties, **_place(home), **_ids(home, logical_id), "logical": logical_id}
    given = properties.get(shape.name) if shape.name else None
    values["name"] = scalar_text(given) if isinstance(given, str | int) else _filled(shape.generated, values)
    physical_id = _filled(shape.ref, values)
    filled = {name: _filled(pattern, values) for name, pattern in shape.attributes.items()}
    known = {name: value for name, value in filled.items() if isinstance(value, str)}
    return StandIn(physical_id if isinstance(physical_id, str) else values["name"], known)


def _place(home: Home) -> dict[str, str]:
    suffix = home.pseudo["AWS::URLSuffix"]
    return {**vars(home), "partition": partition_of(home.region), "suffix": suffix}


def _filled(pattern: str, values: Mapping[str, Any]) -> str | Unknown:
    missing = [name for name, _ in _FIELD.findall(pattern) if not isinstance(values.get(name), str | int)]
    if missing:
        return Unknown(f"{missing[0]} is not known")
    return _FIELD.sub(lambda found: _part(scalar_text(values[found[1]]), last=bool(found[2])), pattern)


def _part(text: str, *, last: bool) -> str:
    return _LAST.split(text)[-1] if last else text


def _ids(home: Home, logical_id: str) -> dict[str, str]:
    digest = hashlib.sha256(f"{home.account}/{home.region}/{home.stack}/{logical_id}".encode()).digest()
    letters = "".join(_ALPHABET[byte % len(_ALPHABET)] for byte in digest)
    return {
        "id": letters[:10].lower(),
        "unique": letters[:12],
        "hex": digest.hex()[:17],
        "uuid": str(uuid.UUID(bytes=digest[:16], version=4)),
    }

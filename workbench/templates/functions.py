"""Intrinsic functions that are plain functions of their resolved argument.

Owns one small function each, in `FUNCTIONS`. The argument holds neither calls nor `Unknown` any more; what is wrong
with it is an `InvalidTemplate` at `path`, the place of the call.
"""

from __future__ import annotations

import base64
import ipaddress
import itertools
import json
from collections.abc import Callable
from typing import Any

from workbench.resources import Unknown
from workbench.templates.errors import InvalidTemplate, Path
from workbench.templates.scope import Scope


def scalar_text(value: Any) -> str:
    """The text that CloudFormation makes of a scalar."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def _join(argument: Any, _: Scope, path: Path) -> Any:
    match argument:
        case [str() as delimiter, list() as items]:
            if any(isinstance(item, dict | list) for item in items):
                raise InvalidTemplate("Fn::Join: every value in the list must be a text", path)
            return delimiter.join(map(scalar_text, items))
    raise InvalidTemplate("Fn::Join takes a delimiter and a list", path)


def _split(argument: Any, _: Scope, path: Path) -> Any:
    match argument:
        case [str() as delimiter, str() | int() | float() as text] if delimiter:
            return scalar_text(text).split(delimiter)
    raise InvalidTemplate("Fn::Split takes a delimiter and a text", path)


def _import_value(argument: Any, scope: Scope, path: Path) -> Any:
    if not isinstance(argument, str):
        raise InvalidTemplate("Fn::ImportValue takes the name of an export", path)
    return scope.import_value(argument)


def _base64(argument: Any, _: Scope, path: Path) -> Any:
    if isinstance(argument, dict | list):
        raise InvalidTemplate("Fn::Base64 takes a text", path)
    return base64.b64encode(scalar_text(argument).encode()).decode()


def _cidr(argument: Any, _: Scope, path: Path) -> Any:
    match argument:
        case [_, _]:
            return Unknown("Fn::Cidr without the bits of a subnet")
        case [block, count, bits]:
            try:
                return _subnets(str(block), int(count), int(bits))
            except (ValueError, TypeError) as error:
                raise InvalidTemplate(f"Fn::Cidr: {error}", path) from error
    raise InvalidTemplate("Fn::Cidr takes an address block, a count and the bits of a subnet", path)


def _subnets(block: str, count: int, bits: int) -> list[str]:
    network = ipaddress.ip_network(block, strict=False)
    subnets = network.subnets(new_prefix=network.max_prefixlen - bits)
    chosen = [str(subnet) for subnet in itertools.islice(subnets, count)]
    if len(chosen) < count:
        raise ValueError(f"{block} has no room for {count} subnets of {bits} bits")
    return chosen


def _get_azs(argument: Any, scope: Scope, _: Path) -> Any:
    return scope.availability_zones(str(argument or scope.pseudo.get("AWS::Region", "")))


def _to_json_string(argument: Any, _: Scope, __: Path) -> Any:
    return json.dumps(argument, separators=(",", ":"))


FUNCTIONS: dict[str, Callable[[Any, Scope, Path], Any]] = {
    "Fn::Base64": _base64,
    "Fn::Cidr": _cidr,
    "Fn::GetAZs": _get_azs,
    "Fn::ImportValue": _import_value,
    "Fn::Join": _join,
    "Fn::Split": _split,
    "Fn::ToJsonString": _to_json_string,
}

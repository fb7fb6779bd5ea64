"""Methods of Java's strings, lists, maps and numbers, which templates call on values. Pure."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from workbench.local_aws.gateway.answers import compact

_Methods = Mapping[str, Callable[..., Any]]


def text_of(value: Any) -> str:
    """What Java's toString says: maps are no JSON, but lists of API Gateway's own kind are."""
    if isinstance(value, bool) or value is None:
        return json.dumps(value)
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}={text_of(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return compact(value)
    return str(value)


def method_of(value: Any, name: str) -> Callable[..., Any] | None:
    """A method of this name, bound to the value."""
    own = next((methods for kind, methods in _BY_TYPE if isinstance(value, kind)), {})
    method = own.get(name) or _OF_ALL.get(name)
    return partial(method, value) if method else None


def _index_of(text: str, part: str, start: int = 0) -> int:
    return text.find(part, start)


def _substring(text: str, begin: int, end: int | None = None) -> str:
    return text[begin:end]


def _replace_all(text: str, pattern: str, replacement: str, most: int = 0) -> str:
    return re.sub(pattern, _replacement(replacement), text, count=most)


def _replace_first(text: str, pattern: str, replacement: str) -> str:
    return _replace_all(text, pattern, replacement, most=1)


def _replacement(java: str) -> str:
    """Java names groups `$1` and takes the character after a backslash as it is."""
    parts = re.findall(r"\$(\d)|\\(.)|([^$\\]+|.)", java, re.DOTALL)
    literal = (escaped or plain for _, escaped, plain in parts)
    groups = (f"\\g<{group}>" if group else "" for group, _, _ in parts)
    return "".join(group or text.replace("\\", r"\\") for group, text in zip(groups, literal, strict=True))


def _split(text: str, pattern: str, limit: int = 0) -> list[str]:
    parts = re.split(pattern, text, maxsplit=max(limit - 1, 0))
    while limit == 0 and len(parts) > 1 and not parts[-1]:
        parts.pop()
    return parts


def _get(items: list[Any], index: int) -> Any:
    return items[index] if 0 <= index < len(items) else None


def _add(items: list[Any], item: Any) -> bool:
    items.append(item)
    return True


def _add_all(items: list[Any], others: list[Any]) -> bool:
    items.extend(others)
    return True


def _set(items: list[Any], index: int, item: Any) -> Any:
    before, items[index] = items[index], item
    return before


def _put(mapping: dict[Any, Any], key: Any, value: Any) -> Any:
    before = mapping.get(key)
    mapping[key] = value
    return before if before is not None else ""


def _put_all(mapping: dict[Any, Any], other: dict[Any, Any]) -> str:
    mapping.update(other)
    return ""


def _entries(mapping: dict[Any, Any]) -> list[dict[str, Any]]:
    return [{"key": key, "value": value} for key, value in mapping.items()]


_OF_ALL: _Methods = {
    "equals": lambda value, other: type(value) is type(other) and value == other,
    "toString": text_of,
}
_OF_TEXT: _Methods = {
    "charAt": lambda text, index: text[index],
    "concat": lambda text, other: text + other,
    "contains": lambda text, part: part in text,
    "endsWith": str.endswith,
    "equalsIgnoreCase": lambda text, other: text.lower() == str(other).lower(),
    "indexOf": _index_of,
    "isEmpty": lambda text: not text,
    "lastIndexOf": str.rfind,
    "length": len,
    "matches": lambda text, pattern: re.fullmatch(pattern, text) is not None,
    "replace": str.replace,
    "replaceAll": _replace_all,
    "replaceFirst": _replace_first,
    "split": _split,
    "startsWith": str.startswith,
    "substring": _substring,
    "toLowerCase": str.lower,
    "toUpperCase": str.upper,
    "trim": str.strip,
}
_OF_LISTS: _Methods = {
    "add": _add,
    "addAll": _add_all,
    "contains": lambda items, item: item in items,
    "get": _get,
    "indexOf": lambda items, item: items.index(item) if item in items else -1,
    "isEmpty": lambda items: not items,
    "set": _set,
    "size": len,
}
_OF_MAPS: _Methods = {
    "containsKey": lambda mapping, key: key in mapping,
    "containsValue": lambda mapping, value: value in mapping.values(),
    "entrySet": _entries,
    "get": dict.get,
    "getOrDefault": dict.get,
    "isEmpty": lambda mapping: not mapping,
    "keySet": list,
    "put": _put,
    "putAll": _put_all,
    "remove": lambda mapping, key: mapping.pop(key, ""),
    "size": len,
    "values": lambda mapping: list(mapping.values()),
}
_OF_NUMBERS: _Methods = {"doubleValue": float, "intValue": int, "longValue": int}
_BY_TYPE: tuple[tuple[type, _Methods], ...] = (
    (str, _OF_TEXT),
    (list, _OF_LISTS),
    (dict, _OF_MAPS),
    (int, _OF_NUMBERS),
    (float, _OF_NUMBERS),
)

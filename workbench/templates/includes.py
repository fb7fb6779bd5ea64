"""The transform AWS::Include, for what it includes from local files.

Owns `included`. `sam deploy` uploads such a file and CloudFormation puts its content in the place of the call, before
any other transform; what is not a local file stays a call.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable
from typing import Any

from workbench.templates.yaml_reader import read

INCLUDE = "AWS::Include"
ReadFile = Callable[[str], str | None]


def included(value: Any, folder: str, read_file: ReadFile) -> Any:
    """The value with every local include done; `folder` is where its template lies."""
    if isinstance(value, list):
        return [included(item, folder, read_file) for item in value]
    if not isinstance(value, dict):
        return value
    inside = {key: included(item, folder, read_file) for key, item in value.items()}
    content = _content(inside.get("Fn::Transform"), folder, read_file)
    if content is None:
        return inside
    others = {key: item for key, item in inside.items() if key != "Fn::Transform"}
    return {**content, **others} if isinstance(content, dict) else content


def _content(call: Any, folder: str, read_file: ReadFile) -> Any:
    match call:
        case {"Name": "AWS::Include", "Parameters": {"Location": str() as location}} if "://" not in location:
            path = posixpath.normpath(posixpath.join(folder, location))
            text = read_file(path)
            return None if text is None else read(text, path)[0]
    return None

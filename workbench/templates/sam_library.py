"""The library of the SAM transform, without the AWS SDK.

Owns `load_translator`. The library imports boto3 for what an offline transform never does: ask IAM, the Serverless
Application Repository or the profiles of this machine. Loading boto3 takes as long as the library itself, and a
preview has a second, so what the library names of it is an empty stand-in unless boto3 is loaded anyway.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from types import ModuleType
from typing import Any

_SDK: Mapping[str, Mapping[str, Any]] = {
    "boto3": {"Session": type("Session", (), {})},
    "botocore.client": {"BaseClient": type("BaseClient", (), {})},
    "botocore.config": {"Config": type("Config", (), {})},
    "botocore.exceptions": {name: type(name, (Exception,), {}) for name in ("ClientError", "EndpointConnectionError")},
}


@cache
def load_translator() -> tuple[type[Any], type[Any], type[Exception]]:
    """The library's `Translator` and `Parser`, and the exception with which it refuses a template."""
    logging.getLogger("samtranslator").addHandler(logging.NullHandler())
    with _without_sdk():
        from samtranslator.model.exceptions import InvalidDocumentException
        from samtranslator.parser.parser import Parser
        from samtranslator.translator.translator import Translator
    return Translator, Parser, InvalidDocumentException


@contextmanager
def _without_sdk() -> Iterator[None]:
    if "boto3" in sys.modules:
        yield
        return
    stand_ins = {name: ModuleType(name) for name in _SDK if name not in sys.modules}
    for name, module in stand_ins.items():
        vars(module).update(_SDK[name])
    sys.modules.update(stand_ins)
    try:
        yield
    finally:
        for name in stand_ins:
            del sys.modules[name]

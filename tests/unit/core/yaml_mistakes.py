"""A good rules.yaml to spoil: the text, and what `load` must say of a spoiled one."""

from __future__ import annotations

import pytest
from fitness.catalogue import InvalidCatalogue, load

GOOD = """\
version: 1
severities: {high: 7.5, low: 2.5}
categories:
  security: {title: Security, weight: 1}
criticality:
  - {resource: "Orders*", factor: 3}
rules:
  ssl-only:
    title: HTTPS only
    category: security
    severity: high
    parameters: {days: 7}
    resource_types: [AWS::S3::Bucket]
gate:
  minimum: 60
waivers:
  - rule: ssl-only
    resources: [Logs]
    reason: Audited elsewhere.
    expires: 2027-03-31
"""
PLACE = "▸"


def refused(old: str, new: str, sentence: str) -> None:
    """`GOOD` with `old` replaced by `new` is refused with the sentence, at the place that `▸` marks in `new`."""
    assert GOOD.count(old) == 1, f"{old!r} must stand once in the good catalogue"
    refused_text(GOOD.replace(old, new), sentence)


def refused_text(text: str, sentence: str) -> None:
    before = text[: text.index(PLACE)]
    line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    with pytest.raises(InvalidCatalogue) as caught:
        load(text.replace(PLACE, ""), "my/rules.yaml")
    assert str(caught.value) == f"my/rules.yaml:{line}:{column}: {sentence}"
    assert (caught.value.source, caught.value.line, caught.value.column) == ("my/rules.yaml", line, column)

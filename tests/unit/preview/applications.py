"""Builders of the preview's tests: a catalogue and an application from a few lines."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from textwrap import dedent

from fitness import catalogue
from fitness.baseline import Baseline
from fitness.catalogue import Catalogue
from fitness.scorecard import Scorecard

from workbench.preview.findings import PlacedFinding, find, stack_resources
from workbench.preview.scorecards import make
from workbench.templates.application import Application, read_application
from workbench.templates.stand_ins import Home

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
RULES = """
version: 1
categories: {security: {title: Security}}
gate: {minimum: 0, coverage_minimum: 0}
rules:
  sns-encrypted-kms:
    title: Topics are encrypted
    category: security
    severity: high
    resource_types: [AWS::SNS::Topic]
"""


def rules(text: str = RULES) -> Catalogue:
    return catalogue.load(dedent(text))


def application(text: str, parameters: Mapping[str, str] | None = None) -> Application:
    files = {"t.yaml": dedent(text)}
    home = Home("eu-west-1", "111122223333", "orders")
    return read_application("t.yaml", parameters or {}, home, read_file=files.get)


def findings(text: str, catalogue: Catalogue | None = None) -> Mapping[tuple[str, str], PlacedFinding]:
    found = find(catalogue or rules(), application(text))
    return {(finding.rule, finding.resource): finding for finding in found}


def card(text: str, catalogue: Catalogue | None = None, baseline: Baseline | None = None) -> Scorecard:
    read, judging = application(text), catalogue or rules()
    return make(judging, read.home, stack_resources(read), find(judging, read), taken_at=NOW, baseline=baseline)

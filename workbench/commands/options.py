"""Options that several commands share, each group handed to the command as one value."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING, Any

import click

from workbench import files
from workbench.account import Account
from workbench.files import WritablePath
from workbench.reports.formats import FORMATS

if TYPE_CHECKING:
    from fitness.baseline import Baseline
    from fitness.catalogue import Catalogue

Command = Callable[..., Any]

RULES = "rules.yaml"

rules = click.option("--rules", default=RULES, show_default=True, metavar="FILE", help="The catalogue.")


@dataclass(frozen=True)
class Destination:
    """How a report is written, and where; None is standard output."""

    format: str
    output: str | None


@dataclass(frozen=True)
class Terms:
    """What a stack is judged by: the catalogue, and the scorecard that the user wants it compared with."""

    catalogue: Catalogue
    baseline: Baseline | None


def account(function: Command) -> Command:
    """The usual options of AWS clients; the command gets `account`."""

    @click.option("--profile", metavar="NAME", help="A profile of the AWS configuration (or AWS_PROFILE).")
    @click.option("--region", metavar="REGION", help="The AWS region (or AWS_REGION).")
    @click.option("--endpoint-url", metavar="URL", help="Where AWS answers, if not in the cloud (or AWS_ENDPOINT_URL).")
    @wraps(function)
    def with_account(*, profile: str | None, region: str | None, endpoint_url: str | None, **rest: Any) -> Any:
        return function(account=Account(profile, region, endpoint_url), **rest)

    return with_account


def report(function: Command) -> Command:
    """Format and output file of a report; the command gets `destination`."""

    @click.option(
        "--format",
        "format_",
        type=click.Choice(list(FORMATS)),
        default="text",
        show_default=True,
        help="How to write it.",
    )
    @click.option("--output", type=WritablePath(), metavar="FILE", help="Write the report to a file.")
    @wraps(function)
    def with_destination(*, format_: str, output: str | None, **rest: Any) -> Any:
        return function(destination=Destination(format_, output), **rest)

    return with_destination


def terms(function: Command) -> Command:
    """What a stack is judged by; the command gets `terms`."""

    @rules
    @click.option("--baseline", metavar="FILE", help="The scorecard to compare with, not the stack's own baseline.")
    @wraps(function)
    def with_terms(*, rules: str, baseline: str | None, **rest: Any) -> Any:
        return function(terms=Terms(load_rules(rules), load_baseline(baseline) if baseline else None), **rest)

    return with_terms


def load_rules(path: str) -> Catalogue:
    """The catalogue of a file."""
    from fitness import catalogue

    return catalogue.load(files.read(path, "run in the folder that holds it, or name it with --rules"), path)


def load_baseline(path: str) -> Baseline:
    """The baseline that a scorecard file is."""
    from fitness import baseline

    return baseline.from_json(files.read(path), path)

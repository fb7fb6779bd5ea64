"""The text of a first rules.yaml: the rules of the application's types, with what holds today.

Owns the choice of rules, the suggested enforcement and the comments. Pure: it works on a preview by all rules of
starter.yaml.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from fitness.catalogue import Catalogue
from fitness.model import Enforcement
from fitness.rule import Rule

from workbench.init.exclusions import Exclusion, exclusions
from workbench.init.starter import Section, preamble, sections
from workbench.managed_rules import Verdict
from workbench.preview import Preview

_STEP = 5
_WIDTH = 57
_MOST_NAMES = 4
_HEADER = """\
# What a fit architecture is: the Config rules, what each is worth, and what stops a release.
# Drafted from {template}: the rules of the resource types that it has, and whether they hold today. Edit it freely.
# `fitness explain RULE` tells what a rule checks, `fitness preview {template}` what the template is worth.
version:"""
_GATE = """\
gate:
  enforcement: report             # says what it would stop; set it to enforce once you trust it
  mode: no_regression             # no_regression | improve | threshold
  minimum: {minimum}{pad}# floor of the fitness; today it is {today}
  coverage_minimum: 90            # per cent
  on_inconclusive: fail           # fail | pass
  wait: 600                       # seconds to wait for Config to evaluate what changed
  settle: 30                      # seconds without a newer row before a changed stack counts as evaluated

waivers: []
#  - rule: {example}
#    resources: [LogicalId]
#    reason: Why this resource need not comply.
#    owner: your-team
#    expires: 2027-03-31           # required, last day inclusive (UTC)
"""


@dataclass(frozen=True)
class Standing:
    """What a preview says of one rule: logical paths by verdict."""

    paths: Mapping[Verdict, Sequence[str]] = field(default_factory=dict)

    @property
    def holds(self) -> bool:
        return bool(self.paths.get(Verdict.COMPLIANT)) and not self.paths.get(Verdict.NON_COMPLIANT)

    def sentence(self) -> str:
        """Whether the rule holds, for a comment."""
        if violated := self.paths.get(Verdict.NON_COMPLIANT):
            return f"Violated today by {_names(violated)}."
        if held := self.paths.get(Verdict.COMPLIANT):
            return f"Holds today for {_names(held)}."
        if unknown := self.paths.get(Verdict.UNKNOWN):
            return f"Only a deployment can tell for {_names(unknown)}."
        return "Applies to nothing today."


def draft(template: str, preview: Preview, catalogue: Catalogue, today: Fraction | None = None) -> str:
    """The text of rules.yaml; `preview` judges by `catalogue`, the starter's, and `today` is the fitness if known."""
    left_out = exclusions(preview.application.resources)
    standings = _standings(preview, left_out)
    rules = list(_rules(standings, catalogue, left_out))
    header = _HEADER.format(template=template) + preamble().rstrip("\n")
    return "\n".join([header, "", "rules:", "", *rules, _gate(today, next(iter(standings), "sqs-queue-dlq-check"))])


def _standings(preview: Preview, left_out: Mapping[str, Sequence[Exclusion]]) -> Mapping[str, Standing]:
    stack = preview.application.home.stack
    found: dict[str, dict[Verdict, list[str]]] = {}
    for finding in preview.findings:
        excluded = {each.path for each in left_out.get(finding.rule, ())}
        paths = found.setdefault(finding.rule, defaultdict(list))
        if finding.resource not in excluded:
            name = "the stack" if finding.resource == stack else finding.resource
            paths[finding.finding.verdict].append(name)
    return {rule: Standing(paths) for rule, paths in found.items()}


def _rules(
    standings: Mapping[str, Standing], catalogue: Catalogue, left_out: Mapping[str, Sequence[Exclusion]]
) -> Iterator[str]:
    for section in sections():
        chosen = [rule for rule in section.rules if rule in standings]
        if chosen:
            yield f"  # {section.heading}\n"
        for rule in chosen:
            yield from _entry(section, catalogue.rules[rule], standings[rule], left_out.get(rule, ()))


def _entry(section: Section, rule: Rule, standing: Standing, excluded: Sequence[Exclusion]) -> Iterator[str]:
    yield f"  # {standing.sentence()}"
    for line in section.rules[rule.id].split("\n"):
        yield f"  {line}" if line.startswith(rule.id) else line
        if line.startswith("    severity:"):
            yield from _suggestion(rule, standing)
        if line.startswith("    resource_types:") and excluded:
            names = ", ".join(each.path for each in excluded)
            yield f"    exclude: [{names}]".ljust(_WIDTH) + f"# {excluded[0].reason}"
    yield ""


def _suggestion(rule: Rule, standing: Standing) -> Iterator[str]:
    if rule.severity != "critical" or rule.enforcement is not Enforcement.SCORED:
        return
    if standing.holds:
        yield "    enforcement: blocking".ljust(_WIDTH) + "# it holds: keep it so"
    else:
        yield "    # enforcement: blocking".ljust(_WIDTH) + "# suggested, once it holds"


def _gate(today: Fraction | None, example: str) -> str:
    minimum = str(0 if today is None else int(today // _STEP * _STEP))
    shown = "not known" if today is None else f"{float(today):.1f}"
    return _GATE.format(minimum=minimum, pad=" " * (23 - len(minimum)), today=shown, example=example)


def _names(paths: Sequence[str]) -> str:
    more = len(paths) - _MOST_NAMES
    return ", ".join(paths[:_MOST_NAMES]) + (f" and {more} more" if more > 0 else "")

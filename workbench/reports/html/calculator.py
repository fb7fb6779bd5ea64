"""What the calculator in the page computes with: weights, shares and statuses, as compact JSON.

Owns the format that `arithmetic.js` reads. A rule's row has one letter for each resource: `c` compliant,
`n` non-compliant, `u` unknown, and a dot for what is in no sum.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from fitness.model import Enforcement, Pair, Status
from fitness.rule import Rule
from fitness.scorecard import Scorecard
from jinja2.utils import htmlsafe_json_dumps
from markupsafe import Markup

from workbench.reports.wording import clean

_LETTERS: Mapping[Status, str] = {
    Status.COMPLIANT: "c",
    Status.NON_COMPLIANT: "n",
    Status.INSUFFICIENT_DATA: "u",
}


def data(card: Scorecard) -> Markup:
    """The data as JSON that is harmless inside HTML."""
    return htmlsafe_json_dumps(content(card), separators=(",", ":"), ensure_ascii=False)


def content(card: Scorecard) -> dict[str, Any]:
    judged = {pair.resource for pair in card.judgement.pairs}
    resources = [resource for resource in card.snapshot.resources if resource.path in judged]
    categories = list(card.catalogue.categories.values())
    pairs = _by_rule(pair for pair in card.judgement.pairs if not pair.waived)
    rules = [rule for rule in card.catalogue.rules.values() if rule.enforcement is not Enforcement.OFF]
    index = {category.id: position for position, category in enumerate(categories)}
    paths = [resource.path for resource in resources]
    return {
        "resources": [clean(path) for path in paths],
        "shares": [float(card.catalogue.share(resource)) for resource in resources],
        "categories": [{"weight": float(category.weight)} for category in categories],
        "rules": [
            {**_rule(rule), "category": index[rule.category], "row": _row(pairs[rule.id], paths)} for rule in rules
        ],
    }


def _by_rule(pairs: Iterable[Pair]) -> Mapping[str, Mapping[str, str]]:
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for pair in pairs:
        found[pair.rule][pair.resource] = _LETTERS.get(pair.status, ".")
    return found


def _rule(rule: Rule) -> dict[str, Any]:
    return {"id": rule.id, "title": clean(rule.title), "weight": float(rule.weight), "enforcement": rule.enforcement}


def _row(letters: Mapping[str, str], paths: Sequence[str]) -> str:
    return "".join(letters.get(path, ".") for path in paths)

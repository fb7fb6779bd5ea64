"""Which Config rules speak for a rule of the catalogue: by logical id, by `match`, or by a known name shape."""

from __future__ import annotations

from dataclasses import replace

import pytest
from fitness.model import ConfigRule, Evaluation, Status
from fitness.pairs import speaks_for

from tests.unit.core.builders import JUST_JUDGED, rule
from tests.unit.core.judging import HUB, judged, row, snapshot

SSL = rule("bucket-ssl", match=("acme-*-ssl", "tls"))
OTHER_ID = replace(SSL, id="https-only")
CUSTOM = replace(OTHER_ID, managed=None, function="SslFunction")

OWN_PATHS = {
    "in the stack": ("BucketSsl", True),
    "in a nested stack": ("ConfigRules/BucketSsl", True),
    "two stacks down": ("A/B/BucketSsl", True),
    "another id": ("ConfigRules/BucketSslOnly", False),
    "other capitals": ("ConfigRules/bucketssl", False),
    "the id as a nested stack": ("BucketSsl/Other", False),
}


@pytest.mark.parametrize(("path", "speaks"), OWN_PATHS.values(), ids=OWN_PATHS)
def test_the_stacks_own_config_rule_is_known_by_its_logical_id(path: str, *, speaks: bool) -> None:
    assert speaks_for(SSL, ConfigRule("any-name", path)) is speaks


def test_the_name_of_the_stacks_own_config_rule_does_not_matter() -> None:
    assert not speaks_for(SSL, ConfigRule("securityhub-bucket-ssl-1a2b3c", "ConfigRules/Other"))


FOREIGN_NAMES = {
    "Security Hub's": ("securityhub-bucket-ssl-1a2b3c", True),
    "a conformance pack's": ("bucket-ssl-conformance-pack-9z8y7x", True),
    "Security Hub's without a hash": ("securityhub-bucket-ssl", False),
    "Security Hub's of a longer id": ("securityhub-bucket-ssl-only-1a2b3c", False),
    "a conformance pack's of a longer id": ("my-bucket-ssl-conformance-pack-9z8y7x", False),
    "the bare id": ("bucket-ssl", False),
    "matched by a pattern": ("acme-prod-ssl", True),
    "matched by a name": ("tls", True),
    "matched in part only": ("acme-prod-ssl-2", False),
    "matched but for capitals": ("Acme-prod-ssl", False),
}


@pytest.mark.parametrize(("name", "speaks"), FOREIGN_NAMES.values(), ids=FOREIGN_NAMES)
def test_a_config_rule_from_elsewhere_is_known_by_its_name(name: str, *, speaks: bool) -> None:
    assert speaks_for(SSL, ConfigRule(name, None)) is speaks


def test_a_config_rule_from_elsewhere_is_also_known_by_the_managed_identifier() -> None:
    assert speaks_for(OTHER_ID, ConfigRule("securityhub-bucket-ssl-1a2b3c", None))
    assert speaks_for(OTHER_ID, ConfigRule("https-only-conformance-pack-9z8y7x", None))
    assert not speaks_for(CUSTOM, ConfigRule("securityhub-bucket-ssl-1a2b3c", None))


def test_a_config_rule_from_elsewhere_is_enough_for_a_score() -> None:
    assert judged(snapshot(row("NON_COMPLIANT", HUB), by=[HUB])) == "NON_COMPLIANT"


def test_a_row_is_enough_to_know_a_config_rule_from_elsewhere() -> None:
    assert judged(snapshot(row("NON_COMPLIANT", HUB), by=[])) == "NON_COMPLIANT"


def test_a_config_rule_known_from_another_resources_row_proves_nothing_of_this_one() -> None:
    elsewhere = Evaluation("B", HUB.name, Status.COMPLIANT, "DETECTIVE", JUST_JUDGED, JUST_JUDGED, JUST_JUDGED, None)
    assert judged(snapshot(elsewhere, by=[])) == "INSUFFICIENT_DATA no_row"

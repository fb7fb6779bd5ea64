"""What a preview promises of a template is what Config says of the deployed stack, pair by pair."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from fitness.catalogue import Catalogue

from tests.e2e.truth.comparison import deployed, differences, promised
from tests.e2e.truth.conftest import TEMPLATES
from workbench.local_aws.server import LocalAws

pytestmark = pytest.mark.slow
# Drift is detected in an account only: both say that they do not know.
NEVER_KNOWN = {"cloudformation-stack-drift-detection-check"}


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.stem)
def test_a_deployed_template_is_what_its_preview_promised(template: Path, account: LocalAws, rules: Catalogue) -> None:
    expected = promised(template, rules, template.stem)
    assert differences(deployed(account, rules, template.stem, expected), expected) == []


def test_the_templates_have_pairs_of_every_kind(rules: Catalogue) -> None:
    found = Counter(status for path in TEMPLATES for status in promised(path, rules, path.stem).values())
    assert found["COMPLIANT"] > 150
    assert found["NON_COMPLIANT"] > 150
    assert found["NOT_APPLICABLE"] > 20


def test_nothing_in_the_templates_is_unknown(rules: Catalogue) -> None:
    pairs = [(key, status) for path in TEMPLATES for key, status in promised(path, rules, path.stem).items()]
    assert {rule for (rule, _), status in pairs if status == "INSUFFICIENT_DATA"} == NEVER_KNOWN

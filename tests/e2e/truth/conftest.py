"""One local AWS with all templates deployed, and then a Config rule for every managed rule: each evaluates them all."""

from __future__ import annotations

from pathlib import Path

import pytest
from fitness.catalogue import Catalogue

from tests.e2e.cloudformation.stacks import Stacks
from tests.e2e.truth.catalogue import every_rule, provide
from workbench.local_aws.server import LocalAws

TEMPLATES = sorted(Path(__file__).parent.glob("templates/*.yaml"))
CAPABILITIES = ["CAPABILITY_NAMED_IAM", "CAPABILITY_AUTO_EXPAND"]


@pytest.fixture(scope="module")
def rules() -> Catalogue:
    return every_rule()


@pytest.fixture(scope="module")
def account(aws: LocalAws, rules: Catalogue) -> LocalAws:
    for template in TEMPLATES:
        deploy(aws, template)
    provide(aws, rules)
    return aws


def deploy(aws: LocalAws, template: Path) -> None:
    body = template.read_text()
    aws.client("cloudformation").create_stack(StackName=template.stem, TemplateBody=body, Capabilities=CAPABILITIES)
    assert Stacks(aws).settled(template.stem)["StackStatus"] == "CREATE_COMPLETE"

"""Applications of the kinds that people write live in the local AWS as on AWS, with the released SAM CLI."""

from __future__ import annotations

import pytest

from tests.e2e.samples.life import Life
from tests.e2e.samples.uses import USES

pytestmark = [pytest.mark.slow, pytest.mark.parametrize("name", USES)]


def test_it_does_what_it_is_for(life: Life, name: str) -> None:
    assert life.use == USES[name][1]


def test_its_resources_are_what_the_template_says(life: Life) -> None:
    assert list(life.drifted) == []


def test_the_same_again_changes_nothing(life: Life, name: str) -> None:
    assert f"No changes to deploy. Stack {name} is up to date" in life.again.stderr


def test_nothing_is_left_of_it(life: Life) -> None:
    assert (life.deleted.returncode, list(life.left)) == (0, [])

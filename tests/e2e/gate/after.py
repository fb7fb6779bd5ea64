"""Which scenario a test looks at."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.e2e.gate.deployed import Deployed


def after(scenario: Callable[[Deployed], Any]) -> pytest.MarkDecorator:
    """The test's `outcome` is what this scenario left."""
    return pytest.mark.parametrize("outcome", [pytest.param(scenario, id="")], indirect=True)

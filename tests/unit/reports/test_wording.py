"""How figures are written: the same everywhere, never better than they are."""

from fractions import Fraction

import pytest

from workbench.reports.wording import number


@pytest.mark.parametrize(
    ("value", "written"),
    [
        pytest.param(None, "n/a", id="what is unknown is no number"),
        pytest.param(Fraction(5997, 100), "59.9", id="a fraction is cut, never rounded up"),
        pytest.param(89.166667, "89.1", id="a number from a file or from CloudWatch is cut alike"),
        pytest.param(87.1, "87.1", id="a number that has one decimal keeps it"),
        pytest.param(100.0, "100.0", id="all is all"),
    ],
)
def test_number(value: Fraction | float | None, written: str) -> None:
    assert number(value) == written

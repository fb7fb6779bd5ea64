"""The record of a stack as it is told."""

from __future__ import annotations

from datetime import timedelta
from textwrap import dedent

import pytest
from fitness import scorecard

from tests.unit.reports.cards import NOW, READ, VERSIONS, card_of
from workbench.record import Run, sparkline, told_baseline, told_history
from workbench.reports.formats import Page
from workbench.reports.layout import printed


@pytest.mark.parametrize(
    ("values", "line"),
    [
        pytest.param([0.0, 50.0, 100.0], "▁▄█", id="from the lowest to the highest"),
        pytest.param([71.0, 71.0], "▁▁", id="level"),
        pytest.param([None, 10.0, 20.0], "·▁█", id="nothing known at first"),
        pytest.param([None], "·", id="nothing known at all"),
        pytest.param([], "", id="no runs"),
    ],
)
def test_a_sparkline(values: list[float | None], line: str) -> None:
    assert sparkline(values) == line


def test_the_history_is_a_line_a_run() -> None:
    past = [
        Run(NOW, None, "INCONCLUSIVE", "Failed", "Nothing is known of any of the 3 pairs that should be judged."),
        Run(NOW + timedelta(hours=1), 71.25, "PASS", "Succeeded", ""),
    ]
    assert printed(told_history("orders", past), Page()) == dedent("""\
        Fitness of orders: ·▁   (times in UTC)

          2026-11-22 10:05  n/a   INCONCLUSIVE  Failed     Nothing is known of any of
                                                           the 3 pairs that should be
                                                           judged.
          2026-11-22 11:05  71.2  PASS          Succeeded
        """)


@pytest.mark.parametrize(
    ("pinned", "says"),
    [
        pytest.param(False, "moves with every release", id="moving"),
        pytest.param(True, "pinned: kept until `fitness baseline unpin`", id="pinned"),
    ],
)
def test_the_baseline_tells_what_was_accepted(pinned: bool, says: str) -> None:
    document = scorecard.to_json(card_of({READ: {"Bucket": "c"}, VERSIONS: {"Bucket": "c"}})) | {"pinned": pinned}
    assert printed(told_baseline("orders", document), Page()) == dedent(f"""\
        Baseline of orders: 100.0, PASS
          - read 2026-11-22 10:05 UTC
          - 2 pairs on 1 resource, catalogue sha256:934429af4edd
          - {says}
        """)

"""The file of a saved state: what is refused before anything in it is run."""

from __future__ import annotations

import pytest

from workbench.local_aws.persistence.saved import Saved, UnreadableError, decoded, encoded

SAVED = Saved("http://127.0.0.1:4566", b"state\nwith lines")


def test_what_was_written_is_read() -> None:
    assert decoded(encoded(SAVED)) == SAVED


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        pytest.param(b"", "is not a state", id="empty"),
        pytest.param(b"\x80\x04N.", "is not a state", id="a bare pickle"),
        pytest.param(encoded(SAVED)[:30], "is not a state", id="cut in the first line"),
        pytest.param(encoded(SAVED)[:80], "is damaged", id="cut in the second line"),
        pytest.param(encoded(SAVED)[:-1], "is damaged", id="cut in the state"),
        pytest.param(encoded(SAVED)[:-1] + b"!", "is damaged", id="changed"),
        pytest.param(encoded(SAVED).replace(b'"format": 1', b'"format": 2'), "has format 2", id="later format"),
        pytest.param(encoded(SAVED).replace(b'"moto": "', b'"moto": "0.'), "was saved with .* moto 0", id="other moto"),
    ],
)
def test_anything_else_is_refused(content: bytes, problem: str) -> None:
    with pytest.raises(UnreadableError, match=problem):
        decoded(content)

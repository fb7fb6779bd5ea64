"""Which route a path takes."""

import pytest

from workbench.local_aws.gateway.routing import best, captured


@pytest.mark.parametrize(
    ("pattern", "path", "parameters"),
    [
        ("/", "/", {}),
        ("/first", "/first", {}),
        ("/first", "/first/", {}),
        ("/first", "/second", None),
        ("/first", "/first/more", None),
        ("/items/{id}", "/items/7", {"id": "7"}),
        ("/items/{id}", "/items", None),
        ("/items/{id}/parts/{part}", "/items/7/parts/2", {"id": "7", "part": "2"}),
        ("/files/{proxy+}", "/files/a/b.txt", {"proxy": "a/b.txt"}),
        ("/files/{proxy+}", "/files", None),
    ],
)
def test_a_pattern_captures_its_parameters(pattern: str, path: str, parameters: dict[str, str] | None) -> None:
    assert captured(pattern, path) == parameters


def test_a_fixed_segment_goes_before_a_variable_and_a_variable_before_a_greedy_one() -> None:
    patterns = ["/{proxy+}", "/items/{id}", "/items/new"]
    assert best(patterns, "/items/new") == "/items/new"
    assert best(patterns, "/items/7") == "/items/{id}"
    assert best(patterns, "/items/7/more") == "/{proxy+}"


def test_no_pattern_may_match() -> None:
    assert best(["/items"], "/orders") is None

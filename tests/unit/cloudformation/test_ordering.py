"""The order in which resources are worked on."""

from __future__ import annotations

import threading
from datetime import UTC, datetime

from workbench.local_aws.cloudformation.model import StackResource
from workbench.local_aws.cloudformation.ordering import dependency_order, removal_order, walk

GRAPH = {"c": {"b"}, "b": {"a"}, "a": set(), "x": set()}


def visited(graph: dict[str, set[str]], failing: str = "") -> tuple[list[str], list[str]]:
    """Nodes in the order of their visit, and those that failed."""
    seen: list[str] = []

    def visit(node: str) -> None:
        seen.append(node)
        if node == failing:
            raise ValueError(node)

    failed = walk(graph, visit, is_slow=lambda _: False, fails=ValueError)
    return seen, failed


def test_each_node_is_visited_after_what_it_requires() -> None:
    seen, failed = visited(GRAPH)
    assert sorted(seen) == sorted(GRAPH)
    assert seen.index("a") < seen.index("b") < seen.index("c")
    assert failed == []


def test_after_a_failure_nothing_new_begins() -> None:
    seen, failed = visited({"a": set(), "b": {"a"}, "c": {"b"}}, failing="b")
    assert (seen, failed) == (["a", "b"], ["b"])


def test_slow_nodes_run_side_by_side() -> None:
    both = threading.Barrier(2, timeout=5)
    assert walk({"a": set(), "b": set()}, lambda _: both.wait() and None, lambda _: True, ValueError) == []


def test_what_has_begun_is_waited_for_when_another_fails() -> None:
    failing, ended = threading.Event(), []

    def visit(node: str) -> None:
        if node == "quick":
            failing.set()
            raise ValueError(node)
        failing.wait(5)
        ended.append(node)

    failed = walk({"slow": set(), "quick": set()}, visit, lambda node: node == "slow", ValueError)
    assert (failed, ended) == (["quick"], ["slow"])


def test_a_slow_failure_is_told_too() -> None:
    def visit(node: str) -> None:
        raise ValueError(node)

    assert sorted(walk({"a": set(), "b": set()}, visit, lambda _: True, ValueError)) == ["a", "b"]


def resource(name: str, *requires: str) -> StackResource:
    return StackResource(name, "T", "CREATE_COMPLETE", datetime.now(UTC), requires=frozenset(requires))


def test_removal_goes_the_other_way_round() -> None:
    resources = [resource("c", "b"), resource("a"), resource("b", "a", "gone")]
    assert [one.logical_id for one in dependency_order(resources)] == ["a", "b", "c"]
    assert [one.logical_id for one in removal_order(resources)] == ["c", "b", "a"]

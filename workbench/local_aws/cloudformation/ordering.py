"""The order in which resources are worked on, and the walk in that order, slow ones beside the others.

Owns the failure rule of the walk: after a failure nothing new begins, and what has begun is waited for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, wait
from graphlib import TopologicalSorter

from workbench.local_aws import background
from workbench.local_aws.cloudformation.model import StackResource

Visit = Callable[[str], None]


def dependency_order(resources: Iterable[StackResource]) -> list[StackResource]:
    """Each resource after those that it requires."""
    by_name = {resource.logical_id: resource for resource in resources}
    graph = {name: [other for other in by_name if other in by_name[name].requires] for name in by_name}
    return [by_name[name] for name in TopologicalSorter(graph).static_order()]


def removal_order(resources: Iterable[StackResource]) -> list[StackResource]:
    """Each resource before those that it requires."""
    return dependency_order(resources)[::-1]


def walk(
    graph: Mapping[str, Iterable[str]], visit: Visit, is_slow: Callable[[str], bool], fails: type[Exception]
) -> list[str]:
    """Visits each node after those that it requires; returns the nodes whose visit raised `fails`.

    Nodes that are not slow are visited one at a time in the caller's thread, in the order of the graph.
    """
    sorter = TopologicalSorter(graph)
    sorter.prepare()
    failed: list[str] = []
    running: dict[Future[None], str] = {}
    while sorter.is_active() and not failed:
        ready = sorter.get_ready()
        running.update({_begin(visit, node): node for node in ready if is_slow(node)})
        failed += _visit_quick([node for node in ready if not is_slow(node)], visit, sorter, fails)
        if not ready and not failed:
            failed += _collect(running, sorter, fails)
    while running:
        failed += _collect(running, sorter, fails)
    return failed


def _begin(visit: Visit, node: str) -> Future[None]:
    """Visits in a thread that does not keep the program from ending, as those of an executor would."""
    future: Future[None] = Future()

    def settle() -> None:
        try:
            visit(node)
        except BaseException as error:  # noqa: BLE001 - it is raised again where the result is asked for
            future.set_exception(error)
        else:
            future.set_result(None)

    background.start(f"stack-resource-{node}", settle)
    return future


def _visit_quick(nodes: list[str], visit: Visit, sorter: TopologicalSorter[str], fails: type[Exception]) -> list[str]:
    for node in nodes:
        try:
            visit(node)
        except fails:
            return [node]
        sorter.done(node)
    return []


def _collect(running: dict[Future[None], str], sorter: TopologicalSorter[str], fails: type[Exception]) -> list[str]:
    """Takes finished slow nodes out of `running`; returns those that failed."""
    finished, _ = wait(running, return_when=FIRST_COMPLETED)
    failed = []
    for future in finished:
        node = running.pop(future)
        try:
            future.result()
        except fails:
            failed.append(node)
        else:
            sorter.done(node)
    return failed

"""Laws of the verdict, for any catalogue, gate, baseline and state of the pairs."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from fitness.baseline import Baseline
from fitness.gate import Gate, Mode
from fitness.judgement import judge
from fitness.model import Outcome, Status
from fitness.verdict import Verdict, decide
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.unit.core.builders import NOW, baseline
from tests.unit.core.worlds import MATRICES, PATHS, World, pairs_of, several, worlds

LEVELS = st.sampled_from([Fraction(0), Fraction(50), Fraction(60), Fraction(100)])
GATES = st.builds(
    Gate,
    mode=st.sampled_from(Mode),
    minimum=LEVELS,
    target=LEVELS,
    coverage_minimum=LEVELS,
    allowed_regressions=st.sampled_from([{}, {"medium": 1}]),
)
BEFORE = st.none() | st.tuples(MATRICES, st.sampled_from(["A", "A B", "A B C"]))


@st.composite
def gated_worlds(draw: st.DrawFn) -> World:
    world = draw(worlds())
    return replace(world, catalogue=replace(world.catalogue, gate=draw(GATES)))


def accepted(world: World) -> Baseline:
    """The baseline that the world itself would be."""
    statuses = {pair.key: pair.status for pair in world.pairs}
    return replace(baseline("", *PATHS), statuses=statuses)


@st.composite
def changes(draw: st.DrawFn) -> tuple[World, Baseline | None]:
    """Any state now, any state then, of as many resources as there were."""
    world, before = draw(gated_worlds()), draw(BEFORE)
    if before is None:
        return world, None
    states, paths = before
    then = pairs_of(world.catalogue, states)
    known = {pair.key: pair.status for pair in then if pair.resource in paths.split()}
    return world, replace(baseline("", *paths.split()), statuses=known)


def verdict(world: World, before: Baseline | None) -> Verdict:
    return decide(judge(world.catalogue, world.resources, world.pairs, before), NOW.date())


@given(gated_worlds())
def test_what_has_not_changed_never_fails(world: World) -> None:
    assert verdict(world, accepted(world)).outcome is not Outcome.FAIL


@given(gated_worlds(), several(st.booleans(), 9))
def test_the_fix_itself_never_fails(world: World, chosen: list[bool]) -> None:
    fixed = world.with_pairs(
        replace(pair, status=Status.COMPLIANT) if fix and pair.status is Status.NON_COMPLIANT else pair
        for pair, fix in zip(world.pairs, chosen, strict=False)
    )
    assert verdict(fixed, accepted(world)).outcome is not Outcome.FAIL


@given(gated_worlds(), st.sampled_from(PATHS))
def test_the_deletion_of_a_resource_never_fails_unless_the_mode_is_improve(world: World, gone: str) -> None:
    assume(world.catalogue.gate.mode is not Mode.IMPROVE)
    left = world.with_pairs(pair for pair in world.pairs if pair.resource != gone)
    assert verdict(left, accepted(world)).outcome is not Outcome.FAIL


@given(changes(), several(st.sampled_from([Status.COMPLIANT, Status.NON_COMPLIANT]), 9))
def test_a_decided_verdict_stays_whatever_the_unknown_pairs_turn_out_to_be(
    change: tuple[World, Baseline | None], answers: list[Status]
) -> None:
    world, before = change
    known = world.with_pairs(
        replace(pair, status=answer) if pair.status is Status.INSUFFICIENT_DATA else pair
        for pair, answer in zip(world.pairs, answers, strict=False)
    )
    first, last = verdict(world, before).outcome, verdict(known, before).outcome
    assert first is Outcome.INCONCLUSIVE or (first is Outcome.FAIL) == (last is Outcome.FAIL)


@given(changes())
def test_only_what_is_unknown_makes_a_verdict_inconclusive(change: tuple[World, Baseline | None]) -> None:
    world, before = change
    for status in (Status.COMPLIANT, Status.NON_COMPLIANT):
        assert verdict(world.assuming(status), before).outcome is not Outcome.INCONCLUSIVE


@given(changes())
def test_every_verdict_but_a_pass_has_reasons_and_the_first_is_its_sentence(
    change: tuple[World, Baseline | None],
) -> None:
    found = verdict(*change)
    assert (found.outcome is Outcome.PASS) == (not found.reasons)
    assert not found.reasons or found.sentence == found.reasons[0].message
    assert len({(reason.code, reason.message) for reason in found.reasons}) == len(found.reasons)


@given(changes())
def test_a_failure_names_only_pairs_that_are_violations(change: tuple[World, Baseline | None]) -> None:
    world, before = change
    violations = {pair.key for pair in world.pairs if pair.status is Status.NON_COMPLIANT and not pair.waived}
    named = [reason for reason in verdict(world, before).reasons if reason.code in ("blocking_violation", "regression")]
    assert {(reason.rule, reason.resource) for reason in named} <= violations

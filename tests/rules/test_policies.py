"""Patterns and fixed values: the parts of the one definition of "public"."""

from __future__ import annotations

from fnmatch import fnmatchcase

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.managed_rules.names import same_key
from workbench.managed_rules.policies import is_fixed, is_fixed_for_s3, is_narrow_range, overlap

patterns = st.text("ab*", max_size=6)
KEY = "arn:aws:kms:eu-west-1:111122223333:key/1234"


@given(patterns, patterns)
def test_overlap_does_not_depend_on_the_order(one: str, other: str) -> None:
    assert overlap(one, other) == overlap(other, one)


@given(st.text("ab", max_size=5), patterns)
def test_a_name_overlaps_with_what_matches_it(name: str, pattern: str) -> None:
    assert overlap(name, pattern) == fnmatchcase(name, pattern)


@pytest.mark.parametrize(("one", "other"), [("s3:get*", "s3:*object"), ("*", "sqs:*"), ("s3:?etobject", "s3:get*")])
def test_patterns_that_share_an_action_overlap(one: str, other: str) -> None:
    assert overlap(one, other)


@pytest.mark.parametrize(("one", "other"), [("s3:get*", "s3:put*"), ("s3:getobject", "s3:getobjectacl")])
def test_patterns_that_share_no_action_do_not_overlap(one: str, other: str) -> None:
    assert not overlap(one, other)


@pytest.mark.parametrize("value", ["", "*", "1111*", "${aws:PrincipalTag/team}", "arn:aws:sns:*:111122223333:orders"])
def test_wildcards_and_variables_are_not_fixed(value: str) -> None:
    assert not is_fixed(value)


@pytest.mark.parametrize(
    "value",
    [
        "111122223333",
        "arn:aws:s3:::uploads",
        "arn:aws:cloudfront::111122223333:distribution/*",
        "arn:aws:iam::111122223333:role/app-*",
        "o-12345*",
    ],
)
def test_s3_takes_a_fixed_beginning_as_fixed(value: str) -> None:
    assert is_fixed_for_s3(value)


@pytest.mark.parametrize("value", ["*", "arn:aws:iam::*:role/app", "arn:*", "AROAEXAMPLEID:*", "o-${aws:username}*"])
def test_s3_takes_an_open_beginning_as_not_fixed(value: str) -> None:
    assert not is_fixed_for_s3(value)


@pytest.mark.parametrize("value", ["192.0.2.1", "192.0.2.0/24", "100.0.0.0/8", "172.16.0.0/12", "2001:db8::/32"])
def test_a_narrow_or_private_range_limits_access(value: str) -> None:
    assert is_narrow_range(value)


@pytest.mark.parametrize("value", ["0.0.0.0/0", "0.0.0.0/1", "::/0", "everywhere"])
def test_a_wide_range_limits_nobody(value: str) -> None:
    assert not is_narrow_range(value)


@pytest.mark.parametrize("other", [KEY, "1234"])
def test_a_key_is_the_same_by_id_and_arn(other: str) -> None:
    assert same_key(KEY, other)


def test_keys_of_two_accounts_are_not_the_same() -> None:
    assert not same_key(KEY, "arn:aws:kms:eu-west-1:444455556666:key/1234")

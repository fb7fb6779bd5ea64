"""Names as CloudFormation gives them."""

from __future__ import annotations

import re

import pytest

from workbench.local_aws.cloudformation.names import physical_name, stack_arn


def test_a_name_is_stack_logical_id_and_a_random_part() -> None:
    assert re.fullmatch(r"orders-Table-[A-Z0-9]{12}", physical_name("orders", "Table"))


def test_a_bucket_has_a_name_in_lower_case() -> None:
    assert re.fullmatch(r"orders-table-[a-z0-9]{12}", physical_name("Orders", "Table", 63, lower=True))


@pytest.mark.parametrize(("stack", "logical"), [("s" * 128, "L" * 100), ("s" * 128, "L"), ("s", "L" * 200)])
def test_a_name_fits_and_keeps_something_of_both(stack: str, logical: str) -> None:
    name = physical_name(stack, logical, 64)
    assert len(name) <= 64
    assert re.fullmatch(r"s+-L+-[A-Z0-9]{12}", name)


def test_no_two_stacks_share_an_id() -> None:
    assert stack_arn("eu-west-1", "123456789012", "orders") != stack_arn("eu-west-1", "123456789012", "orders")

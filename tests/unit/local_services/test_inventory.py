"""When the state of a place is read again, and what of it counts as a change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from tests.unit.local_services.fakes import BUCKET, CHECKS, START, bucket
from workbench.local_aws.config.inventory import Inventory, Membership, ServiceClient, Sources
from workbench.local_aws.config.items import tags_of
from workbench.local_aws.service import RequestContext
from workbench.resources import Resource

HERE = RequestContext("111122223333", "eu-west-1")
STACK = "AWS::CloudFormation::Stack"


@dataclass
class Services:
    """What each place holds, and what was read of it."""

    held: dict[str, Resource] = field(default_factory=dict)
    read: list[str] = field(default_factory=list)
    updates: dict[tuple[str, str], datetime] = field(default_factory=dict)

    def read_bucket(self, _: ServiceClient, __: RequestContext, name: str) -> Iterator[Resource]:
        self.read.append(name)
        if name in self.held:
            yield self.held[name]

    def read_stacks(self, _: ServiceClient, __: RequestContext, ___: str) -> Iterator[Resource]:
        yield from (each for each in self.held.values() if each.type == STACK)

    def inventory(self) -> Inventory:
        readers = {"s3": self.read_bucket, "cloudformation": self.read_stacks}
        return Inventory(Sources(lambda *_: None, readers, self.memberships), HERE, CHECKS)

    def memberships(self, _: str) -> Mapping[tuple[str, str], Membership]:
        return {which: Membership(at, {"aws:cloudformation:stack-name": "shop"}) for which, at in self.updates.items()}


def test_only_what_was_touched_is_read() -> None:
    services = Services({"orders": bucket("orders"), "items": bucket("items")})
    inventory = services.inventory()
    inventory.touch("s3/orders")
    inventory.touch("s3/items")
    inventory.refresh()
    inventory.touch("s3/items")
    found = inventory.refresh()
    assert services.read == ["items", "orders", "items"]
    assert set(found) == {(BUCKET, "orders"), (BUCKET, "items")}


def test_nothing_is_known_of_a_service_that_nobody_reads() -> None:
    assert not Services().inventory().touch("sagemaker")


def test_what_is_gone_is_gone() -> None:
    services = Services({"orders": bucket("orders")})
    inventory = services.inventory()
    inventory.touch("s3/orders")
    inventory.refresh()
    services.held.clear()
    inventory.touch("s3/orders")
    assert inventory.refresh() == {}


def stack(status: str) -> Resource:
    return Resource("shop", STACK, "arn:shop", {"StackName": "shop"}, {"StackStatus": status})


def test_a_stack_that_changes_counts_as_it_was() -> None:
    services = Services({"shop": stack("CREATE_COMPLETE")})
    inventory = services.inventory()
    inventory.touch("cloudformation")
    before = dict(inventory.refresh())
    services.held["shop"] = stack("UPDATE_IN_PROGRESS")
    inventory.touch("cloudformation")
    assert inventory.refresh() == before


def test_a_stack_that_is_being_created_is_not_there_yet() -> None:
    services = Services({"shop": stack("CREATE_IN_PROGRESS")})
    inventory = services.inventory()
    inventory.touch("cloudformation")
    assert inventory.refresh() == {}


def test_an_update_that_no_property_shows_is_a_change() -> None:
    services = Services({"orders": bucket("orders")}, updates={(BUCKET, "orders"): START})
    inventory = services.inventory()
    inventory.touch("s3/orders")
    before = dict(inventory.refresh())
    services.updates[BUCKET, "orders"] = START + timedelta(minutes=1)
    inventory.touch("cloudformation")
    assert inventory.refresh() != before


def test_while_cloudformation_is_at_work_a_resource_counts_as_it_was() -> None:
    services = Services({"orders": bucket("orders")}, updates={(BUCKET, "orders"): START})
    inventory = services.inventory()
    inventory.touch("s3/orders")
    before = dict(inventory.refresh())
    services.updates.clear()
    inventory.touch("cloudformation")
    assert inventory.refresh() == before


def test_a_resource_of_a_stack_has_the_tags_of_its_stack_beside_its_own() -> None:
    tagged = bucket("orders", Tags=[{"Key": "team", "Value": "shop"}])
    services = Services({"orders": tagged}, updates={(BUCKET, "orders"): START})
    inventory = services.inventory()
    inventory.touch("s3/orders")
    assert tags_of(inventory.refresh()[BUCKET, "orders"]) == {"team": "shop", "aws:cloudformation:stack-name": "shop"}

"""EC2: the subnets that functions lie in."""

from __future__ import annotations

from collections.abc import Iterator

from workbench.local_aws.config.inventory import ServiceClient
from workbench.local_aws.config.state.reading import pages, picked
from workbench.local_aws.service import RequestContext
from workbench.resources import Resource

_SUBNET = ("AvailabilityZone", "AvailabilityZoneId", "CidrBlock", "MapPublicIpOnLaunch", "VpcId")


def read(clients: ServiceClient, _: RequestContext, __: str) -> Iterator[Resource]:
    for subnet in pages(clients("ec2"), "describe_subnets", "Subnets"):
        subnet_id = subnet["SubnetId"]
        yield Resource(subnet_id, "AWS::EC2::Subnet", subnet_id, picked(subnet, *_SUBNET))

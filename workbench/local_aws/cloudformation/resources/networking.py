"""The network that functions lie in, names of the web and their certificates."""

from __future__ import annotations

from typing import Any

from workbench.local_aws.cloudformation.provider import Context, Physical, Properties, Provider
from workbench.local_aws.cloudformation.resources.calling import call
from workbench.local_aws.cloudformation.resources.plain import Answer, Plain, provider
from workbench.local_aws.cloudformation.resources.settings import gone_is_fine, pick


def _vpc_default(what: str) -> Any:
    """Ids of what a VPC comes with."""
    asks = {
        "DefaultSecurityGroup": ("describe_security_groups", "SecurityGroups", "GroupId"),
        "DefaultNetworkAcl": ("describe_network_acls", "NetworkAcls", "NetworkAclId"),
    }
    method, member, identifier = asks[what]

    def read(_: Properties, answer: Answer, context: Context) -> Any:
        filters = [{"Name": "vpc-id", "Values": [answer["Ref"]]}]
        found = getattr(context.client("ec2"), method)(Filters=filters)[member]
        return found[0][identifier] if found else None

    return read


def _create_vpc(properties: Properties, context: Context) -> Physical:
    made = _VPC.create({name: properties[name] for name in properties if name not in _VPC_SWITCHES}, context)
    _switch_vpc(made.id, properties, context)
    return Physical(made.id, {**made.attributes, "CidrBlock": properties.get("CidrBlock")})


def _update_vpc(vpc_id: str, _: Properties, new: Properties, context: Context) -> Physical:
    _switch_vpc(vpc_id, new, context)
    return Physical(vpc_id, {"VpcId": vpc_id, "CidrBlock": new.get("CidrBlock")})


def _switch_vpc(vpc_id: str, properties: Properties, context: Context) -> None:
    for name in _VPC_SWITCHES & properties.keys():
        switch = {name: {"Value": str(properties[name]).lower() == "true"}}
        context.client("ec2").modify_vpc_attribute(VpcId=vpc_id, **switch)


_VPC_SWITCHES = {"EnableDnsHostnames", "EnableDnsSupport"}
_VPC = provider(
    Plain(
        "ec2",
        "create_vpc",
        "Vpc.VpcId",
        "delete_vpc",
        {"VpcId": "=Ref"},
        attributes={
            "VpcId": "=Ref",
            "DefaultSecurityGroup": _vpc_default("DefaultSecurityGroup"),
            "DefaultNetworkAcl": _vpc_default("DefaultNetworkAcl"),
        },
    )
)


def _create_group(properties: Properties, context: Context) -> Physical:
    ec2 = context.client("ec2")
    name = properties.get("GroupName") or context.name(255)
    made = call(
        ec2,
        "create_security_group",
        GroupName=name,
        Description=properties["GroupDescription"],
        **pick(properties, "VpcId"),
    )
    group_id = made["GroupId"]
    context.exists(group_id)
    _permit(ec2, group_id, {}, properties)
    return Physical(group_id, {"GroupId": group_id, "Id": group_id, "VpcId": properties.get("VpcId", "")})


def _update_group(group_id: str, old: Properties, new: Properties, context: Context) -> Physical:
    _permit(context.client("ec2"), group_id, old, new)
    return Physical(group_id, {"GroupId": group_id, "Id": group_id, "VpcId": new.get("VpcId", "")})


def _permit(ec2: Any, group_id: str, old: Properties, new: Properties) -> None:
    for direction, side in (("ingress", "SecurityGroupIngress"), ("egress", "SecurityGroupEgress")):
        before, after = old.get(side) or [], new.get(side) or []
        for rule in [rule for rule in before if rule not in after]:
            call(ec2, f"revoke_security_group_{direction}", GroupId=group_id, IpPermissions=[_permission(rule)])
        for rule in [rule for rule in after if rule not in before]:
            call(ec2, f"authorize_security_group_{direction}", GroupId=group_id, IpPermissions=[_permission(rule)])


def _permission(rule: Properties) -> dict[str, Any]:
    described = pick(rule, "Description")
    group = rule.get("SourceSecurityGroupId") or rule.get("DestinationSecurityGroupId")
    return {
        **pick(rule, "IpProtocol", "FromPort", "ToPort"),
        "IpRanges": [{"CidrIp": rule["CidrIp"], **described}] if "CidrIp" in rule else [],
        "Ipv6Ranges": [{"CidrIpv6": rule["CidrIpv6"], **described}] if "CidrIpv6" in rule else [],
        "UserIdGroupPairs": [{"GroupId": group, **described}] if group else [],
    }


def _delete_group(group_id: str, _: Properties, context: Context) -> None:
    with gone_is_fine():
        context.client("ec2").delete_security_group(GroupId=group_id)


def _attach(properties: Properties, context: Context) -> Physical:
    call(context.client("ec2"), "attach_internet_gateway", **pick(properties, "InternetGatewayId", "VpcId"))
    return Physical(f"IGW|{properties['VpcId']}", {"AttachmentType": "IGW"})


def _detach(_: str, properties: Properties, context: Context) -> None:
    with gone_is_fine():
        call(context.client("ec2"), "detach_internet_gateway", **pick(properties, "InternetGatewayId", "VpcId"))


_PLAIN = {
    "EC2::Subnet": Plain(
        "ec2",
        "create_subnet",
        "Subnet.SubnetId",
        "delete_subnet",
        {"SubnetId": "=Ref"},
        attributes={"SubnetId": "=Ref", "AvailabilityZone": "Subnet.AvailabilityZone", "VpcId": "=VpcId"},
    ),
    "EC2::InternetGateway": Plain(
        "ec2",
        "create_internet_gateway",
        "InternetGateway.InternetGatewayId",
        "delete_internet_gateway",
        {"InternetGatewayId": "=Ref"},
        attributes={"InternetGatewayId": "=Ref"},
    ),
    "EC2::RouteTable": Plain(
        "ec2",
        "create_route_table",
        "RouteTable.RouteTableId",
        "delete_route_table",
        {"RouteTableId": "=Ref"},
        attributes={"RouteTableId": "=Ref"},
    ),
    "EC2::Route": Plain(
        "ec2",
        "create_route",
        lambda properties, *_: f"{properties['RouteTableId']}|{properties.get('DestinationCidrBlock', '')}",
        "delete_route",
        {"RouteTableId": "=RouteTableId", "DestinationCidrBlock": "=DestinationCidrBlock"},
    ),
    "EC2::SubnetRouteTableAssociation": Plain(
        "ec2",
        "associate_route_table",
        "AssociationId",
        "disassociate_route_table",
        {"AssociationId": "=Ref"},
        attributes={"Id": "=Ref"},
    ),
    "EC2::EIP": Plain(
        "ec2",
        "allocate_address",
        "PublicIp",
        "release_address",
        {"PublicIp": "=Ref"},
        attributes={"AllocationId": "AllocationId", "PublicIp": "=Ref"},
    ),
    "EC2::NatGateway": Plain(
        "ec2",
        "create_nat_gateway",
        "NatGateway.NatGatewayId",
        "delete_nat_gateway",
        {"NatGatewayId": "=Ref"},
        attributes={"NatGatewayId": "=Ref"},
    ),
    "EC2::VPCEndpoint": Plain(
        "ec2",
        "create_vpc_endpoint",
        "VpcEndpoint.VpcEndpointId",
        "delete_vpc_endpoints",
        {"VpcEndpointIds": lambda _, answer, __: [answer["Ref"]]},
        attributes={"Id": "=Ref"},
    ),
    "CertificateManager::Certificate": Plain(
        "acm",
        "request_certificate",
        "CertificateArn",
        "delete_certificate",
        {"CertificateArn": "=Ref"},
        tags=("Tags", list),
    ),
    "Route53::HostedZone": Plain(
        "route53",
        "create_hosted_zone",
        lambda _, answer, __: answer["HostedZone"]["Id"].rsplit("/", 1)[-1],
        "delete_hosted_zone",
        {"Id": "=Ref"},
        attributes={"Id": "=Ref", "NameServers": "DelegationSet.NameServers"},
    ),
}


def _hosted_zone() -> Provider:
    """The caller tells each request from a repetition of it."""
    plain = provider(_PLAIN["Route53::HostedZone"])

    def create(properties: Properties, context: Context) -> Physical:
        return plain.create({**properties, "CallerReference": context.name()}, context)

    return Provider(create, None, plain.delete)


PROVIDERS = {
    **{f"AWS::{name}": provider(plain) for name, plain in _PLAIN.items()},
    "AWS::EC2::SecurityGroup": Provider(
        _create_group, _update_group, _delete_group, replaces=frozenset({"GroupDescription", "GroupName", "VpcId"})
    ),
    "AWS::EC2::VPC": Provider(
        _create_vpc,
        _update_vpc,
        _VPC.delete,
        replaces=frozenset({"CidrBlock", "InstanceTenancy", "Ipv4IpamPoolId", "Ipv4NetmaskLength"}),
    ),
    "AWS::EC2::VPCGatewayAttachment": Provider(_attach, None, _detach),
    "AWS::Route53::HostedZone": _hosted_zone(),
}

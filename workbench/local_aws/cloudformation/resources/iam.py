"""AWS IAM: roles, and policies on their own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from workbench.local_aws.cloudformation.provider import Context, Physical, Properties, Provider
from workbench.local_aws.cloudformation.resources.calling import call
from workbench.local_aws.cloudformation.resources.iam_principals import set_policies
from workbench.local_aws.cloudformation.resources.settings import gone_is_fine, pick, retagged

_ROLE_NAME_LENGTH = 64


def _create_role(properties: Properties, context: Context) -> Physical:
    iam = context.client("iam")
    name = properties.get("RoleName") or context.name(_ROLE_NAME_LENGTH)
    call(
        iam,
        "create_role",
        RoleName=name,
        Tags=context.tag_list(properties) or None,
        **pick(
            properties,
            "AssumeRolePolicyDocument",
            "Description",
            "MaxSessionDuration",
            "Path",
            "PermissionsBoundary",
        ),
    )
    context.exists(name)
    set_policies(iam, "role", name, {}, properties)
    return _role(iam, name)


def _update_role(name: str, old: Properties, new: Properties, context: Context) -> Physical:
    iam = context.client("iam")
    call(iam, "update_assume_role_policy", RoleName=name, PolicyDocument=new["AssumeRolePolicyDocument"])
    call(iam, "update_role", RoleName=name, **pick(new, "Description", "MaxSessionDuration"))
    if new.get("PermissionsBoundary"):
        iam.put_role_permissions_boundary(RoleName=name, PermissionsBoundary=new["PermissionsBoundary"])
    elif old.get("PermissionsBoundary"):
        iam.delete_role_permissions_boundary(RoleName=name)
    set_policies(iam, "role", name, old, new)
    wanted = context.tag_map(new)
    current = {tag["Key"]: tag["Value"] for tag in iam.list_role_tags(RoleName=name)["Tags"]}
    if gone := retagged(current, wanted):
        iam.untag_role(RoleName=name, TagKeys=gone)
    if wanted:
        iam.tag_role(RoleName=name, Tags=context.tag_list(new))
    return _role(iam, name)


def _delete_role(name: str, properties: Properties, context: Context) -> None:
    iam = context.client("iam")
    with gone_is_fine():
        set_policies(iam, "role", name, properties, {})
        iam.delete_role(RoleName=name)


def _role(iam: Any, name: str) -> Physical:
    role = iam.get_role(RoleName=name)["Role"]
    return Physical(name, {"Arn": role["Arn"], "RoleId": role["RoleId"]})


def _create_policy(properties: Properties, context: Context) -> Physical:
    _put_inline(context.client("iam"), properties)
    return Physical(context.name(128))


def _update_policy(physical_id: str, old: Properties, new: Properties, context: Context) -> Physical:
    iam = context.client("iam")
    for kind, owner in set(_owners(old)) - set(_owners(new)):
        with gone_is_fine():
            getattr(iam, f"delete_{kind}_policy")(**{f"{kind.capitalize()}Name": owner}, PolicyName=old["PolicyName"])
    _put_inline(iam, new)
    return Physical(physical_id)


def _delete_policy(_: str, properties: Properties, context: Context) -> None:
    iam = context.client("iam")
    for kind, owner in _owners(properties):
        with gone_is_fine():
            delete = getattr(iam, f"delete_{kind}_policy")
            delete(**{f"{kind.capitalize()}Name": owner}, PolicyName=properties["PolicyName"])


def _put_inline(iam: Any, properties: Properties) -> None:
    for kind, owner in _owners(properties):
        call(
            iam,
            f"put_{kind}_policy",
            **{f"{kind.capitalize()}Name": owner},
            **pick(properties, "PolicyName", "PolicyDocument"),
        )


def _owners(properties: Properties) -> Iterator[tuple[str, str]]:
    for kind, prop in (("role", "Roles"), ("user", "Users"), ("group", "Groups")):
        for name in properties.get(prop) or []:
            yield kind, name


def _create_managed_policy(properties: Properties, context: Context) -> Physical:
    iam = context.client("iam")
    name = properties.get("ManagedPolicyName") or context.name(128)
    arn = call(iam, "create_policy", PolicyName=name, **pick(properties, "PolicyDocument", "Description", "Path"))[
        "Policy"
    ]["Arn"]
    context.exists(arn)
    _attach(iam, arn, properties, "attach")
    return _managed(iam, arn)


def _update_managed_policy(arn: str, old: Properties, new: Properties, context: Context) -> Physical:
    iam = context.client("iam")
    if old["PolicyDocument"] != new["PolicyDocument"]:
        _drop_old_versions(iam, arn)
        call(iam, "create_policy_version", PolicyArn=arn, PolicyDocument=new["PolicyDocument"], SetAsDefault=True)
    _attach(iam, arn, old, "detach")
    _attach(iam, arn, new, "attach")
    return _managed(iam, arn)


def _managed(iam: Any, arn: str) -> Physical:
    policy = iam.get_policy(PolicyArn=arn)["Policy"]
    return Physical(arn, {"PolicyArn": arn, **pick(policy, "AttachmentCount", "DefaultVersionId", "PolicyId")})


def _delete_managed_policy(arn: str, properties: Properties, context: Context) -> None:
    iam = context.client("iam")
    with gone_is_fine():
        _attach(iam, arn, properties, "detach")
        _drop_old_versions(iam, arn)
        iam.delete_policy(PolicyArn=arn)


def _drop_old_versions(iam: Any, arn: str) -> None:
    """IAM keeps five versions of a policy and refuses a sixth."""
    for version in iam.list_policy_versions(PolicyArn=arn)["Versions"]:
        if not version["IsDefaultVersion"]:
            iam.delete_policy_version(PolicyArn=arn, VersionId=version["VersionId"])


def _attach(iam: Any, arn: str, properties: Properties, verb: str) -> None:
    for kind, owner in _owners(properties):
        getattr(iam, f"{verb}_{kind}_policy")(**{f"{kind.capitalize()}Name": owner}, PolicyArn=arn)


PROVIDERS: dict[str, Provider] = {
    "AWS::IAM::ManagedPolicy": Provider(
        _create_managed_policy,
        _update_managed_policy,
        _delete_managed_policy,
        replaces=frozenset({"ManagedPolicyName", "Description", "Path"}),
    ),
    "AWS::IAM::Policy": Provider(_create_policy, _update_policy, _delete_policy, replaces=frozenset({"PolicyName"})),
    "AWS::IAM::Role": Provider(
        _create_role,
        _update_role,
        _delete_role,
        replaces=frozenset({"RoleName", "Path"}),
        tagged=True,
    ),
}

"""AWS IAM: users, groups and instance profiles, and the policies that principals have."""

from __future__ import annotations

from functools import partial
from typing import Any

from workbench.local_aws.cloudformation.provider import Context, Physical, Properties, Provider
from workbench.local_aws.cloudformation.resources.calling import call
from workbench.local_aws.cloudformation.resources.settings import gone_is_fine, pick

_NAME_LENGTH = 64


def set_policies(iam: Any, kind: str, name: str, old: Properties, new: Properties) -> None:
    """Managed and inline policies of a role, user or group, from the old properties to the new ones."""
    owner = _named(kind, name)
    attached, wanted = set(old.get("ManagedPolicyArns") or []), set(new.get("ManagedPolicyArns") or [])
    for arn in attached - wanted:
        with gone_is_fine():
            getattr(iam, f"detach_{kind}_policy")(**owner, PolicyArn=arn)
    for arn in sorted(wanted - attached):
        getattr(iam, f"attach_{kind}_policy")(**owner, PolicyArn=arn)
    inline, wanted_inline = _inline(old), _inline(new)
    for policy in inline.keys() - wanted_inline.keys():
        with gone_is_fine():
            getattr(iam, f"delete_{kind}_policy")(**owner, PolicyName=policy)
    for policy, document in wanted_inline.items():
        if inline.get(policy) != document:
            call(iam, f"put_{kind}_policy", **owner, PolicyName=policy, PolicyDocument=document)


def _inline(properties: Properties) -> dict[str, Any]:
    return {policy["PolicyName"]: policy["PolicyDocument"] for policy in properties.get("Policies") or []}


def _principal(kind: str) -> Provider:
    """Users and groups, which differ in name only."""
    name = f"{kind.capitalize()}Name"
    held = {name, "Path", "Policies", "ManagedPolicyArns", *(["Groups"] if kind == "user" else [])}
    return Provider(
        partial(_create, kind),
        partial(_update, kind),
        partial(_delete, kind),
        replaces=frozenset({name, "Path"}),
        held=frozenset(held),
    )


def _create(kind: str, properties: Properties, context: Context) -> Physical:
    iam = context.client("iam")
    name = properties.get(f"{kind.capitalize()}Name") or context.name(_NAME_LENGTH)
    call(iam, f"create_{kind}", **_named(kind, name), **pick(properties, "Path"))
    context.exists(name)
    set_policies(iam, kind, name, {}, properties)
    _join_groups(iam, name, {}, properties)
    return _physical(iam, kind, name)


def _update(kind: str, name: str, old: Properties, new: Properties, context: Context) -> Physical:
    iam = context.client("iam")
    set_policies(iam, kind, name, old, new)
    _join_groups(iam, name, old, new)
    return _physical(iam, kind, name)


def _delete(kind: str, name: str, properties: Properties, context: Context) -> None:
    iam = context.client("iam")
    with gone_is_fine():
        set_policies(iam, kind, name, properties, {})
        _join_groups(iam, name, properties, {})
        call(iam, f"delete_{kind}", **_named(kind, name))


def _join_groups(iam: Any, user: str, old: Properties, new: Properties) -> None:
    before, after = set(old.get("Groups") or []), set(new.get("Groups") or [])
    for group in before - after:
        iam.remove_user_from_group(GroupName=group, UserName=user)
    for group in after - before:
        iam.add_user_to_group(GroupName=group, UserName=user)


def _physical(iam: Any, kind: str, name: str) -> Physical:
    found = call(iam, f"get_{kind}", **_named(kind, name))[kind.capitalize()]
    return Physical(name, {"Arn": found["Arn"]})


def _named(kind: str, name: str) -> dict[str, str]:
    return {f"{kind.capitalize()}Name": name}


def _create_instance_profile(properties: Properties, context: Context) -> Physical:
    iam = context.client("iam")
    name = properties.get("InstanceProfileName") or context.name(128)
    iam.create_instance_profile(InstanceProfileName=name, **pick(properties, "Path"))
    context.exists(name)
    for role in properties["Roles"]:
        iam.add_role_to_instance_profile(InstanceProfileName=name, RoleName=role)
    profile = iam.get_instance_profile(InstanceProfileName=name)["InstanceProfile"]
    return Physical(name, {"Arn": profile["Arn"]})


def _delete_instance_profile(name: str, properties: Properties, context: Context) -> None:
    iam = context.client("iam")
    with gone_is_fine():
        for role in properties["Roles"]:
            iam.remove_role_from_instance_profile(InstanceProfileName=name, RoleName=role)
        iam.delete_instance_profile(InstanceProfileName=name)


PROVIDERS: dict[str, Provider] = {
    "AWS::IAM::Group": _principal("group"),
    "AWS::IAM::InstanceProfile": Provider(_create_instance_profile, None, _delete_instance_profile),
    "AWS::IAM::User": _principal("user"),
}

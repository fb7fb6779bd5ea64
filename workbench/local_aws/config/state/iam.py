"""IAM: roles, users, groups with their inline policies, and customer managed policies."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from workbench.local_aws.config.inventory import ServiceClient
from workbench.local_aws.config.state.reading import compact, found, pages, picked
from workbench.local_aws.service import RequestContext
from workbench.resources import Resource

_ROLE = ("RoleName", "Path", "Description", "MaxSessionDuration", "AssumeRolePolicyDocument", "Tags")


def read(clients: ServiceClient, _: RequestContext, __: str) -> Iterator[Resource]:
    client = clients("iam")
    for role in pages(client, "list_roles", "Roles"):
        yield from _role(client, role["RoleName"])
    for user in pages(client, "list_users", "Users"):
        name = user["UserName"]
        groups = [group["GroupName"] for group in pages(client, "list_groups_for_user", "Groups", UserName=name)]
        properties = {"UserName": name} | compact({"Groups": groups}) | _policies(client, "user", name)
        yield Resource(name, "AWS::IAM::User", name, properties, picked(user, "Arn", "UserId"))
    for group in pages(client, "list_groups", "Groups"):
        name = group["GroupName"]
        properties = {"GroupName": name} | _policies(client, "group", name)
        yield Resource(name, "AWS::IAM::Group", name, properties, picked(group, "Arn", "GroupId"))
    for policy in pages(client, "list_policies", "Policies", Scope="Local"):
        yield _managed_policy(client, policy)


def _role(client: Any, name: str) -> Iterator[Resource]:
    role = found(client.get_role, RoleName=name).get("Role")
    if not role:
        return
    boundary = (role.get("PermissionsBoundary") or {}).get("PermissionsBoundaryArn")
    properties = picked(role, *_ROLE) | compact({"PermissionsBoundary": boundary}) | _policies(client, "role", name)
    yield Resource(name, "AWS::IAM::Role", name, properties, picked(role, "Arn", "RoleId"))


def _policies(client: Any, kind: str, name: str) -> dict[str, Any]:
    """The inline policies and the ARNs of the attached ones of a role, user or group."""
    who = {f"{kind.capitalize()}Name": name}
    get = getattr(client, f"get_{kind}_policy")
    inline = [
        found(get, PolicyName=each, **who) for each in pages(client, f"list_{kind}_policies", "PolicyNames", **who)
    ]
    attached = pages(client, f"list_attached_{kind}_policies", "AttachedPolicies", **who)
    return compact(
        {
            "Policies": [picked(policy, "PolicyName", "PolicyDocument") for policy in inline if policy],
            "ManagedPolicyArns": [policy["PolicyArn"] for policy in attached],
        }
    )


def _managed_policy(client: Any, policy: Mapping[str, Any]) -> Resource:
    arn = policy["Arn"]
    version = found(client.get_policy_version, PolicyArn=arn, VersionId=policy["DefaultVersionId"]).get("PolicyVersion")
    holders = found(client.list_entities_for_policy, PolicyArn=arn)
    properties = {
        "Description": found(client.get_policy, PolicyArn=arn).get("Policy", {}).get("Description"),
        "ManagedPolicyName": policy["PolicyName"],
        "Path": policy.get("Path"),
        "PolicyDocument": (version or {}).get("Document"),
        "Roles": [holder["RoleName"] for holder in holders.get("PolicyRoles") or ()],
        "Users": [holder["UserName"] for holder in holders.get("PolicyUsers") or ()],
        "Groups": [holder["GroupName"] for holder in holders.get("PolicyGroups") or ()],
    }
    attributes = {"Arn": arn, "PolicyArn": arn, "PolicyId": policy["PolicyId"], "Name": policy["PolicyName"]}
    return Resource(arn, "AWS::IAM::ManagedPolicy", arn, compact(properties), attributes)

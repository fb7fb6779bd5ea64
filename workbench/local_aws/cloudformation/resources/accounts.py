"""Who may do what, beyond roles: keys, providers and pools of identities, and policies that hang on something."""

from __future__ import annotations

from workbench.local_aws.cloudformation.provider import Context, Physical, Properties, Provider
from workbench.local_aws.cloudformation.resources.calling import call
from workbench.local_aws.cloudformation.resources.plain import Plain, provider
from workbench.local_aws.cloudformation.resources.settings import gone_is_fine, json_text

_PLAIN = {
    "IAM::AccessKey": Plain(
        "iam",
        "create_access_key",
        "AccessKey.AccessKeyId",
        "delete_access_key",
        {"AccessKeyId": "=Ref", "UserName": "=UserName"},
        attributes={"Id": "=Ref", "SecretAccessKey": "AccessKey.SecretAccessKey"},
    ),
    "IAM::OIDCProvider": Plain(
        "iam",
        "create_open_id_connect_provider",
        "OpenIDConnectProviderArn",
        "delete_open_id_connect_provider",
        {"OpenIDConnectProviderArn": "=Ref"},
        attributes={"Arn": "=Ref"},
        renamed={"ClientIdList": "ClientIDList"},
    ),
    "Cognito::IdentityPool": Plain(
        "cognito-identity",
        "create_identity_pool",
        "IdentityPoolId",
        "delete_identity_pool",
        {"IdentityPoolId": "=Ref"},
        name="IdentityPoolName",
        max_length=128,
        attributes={"Name": "=IdentityPoolName", "Id": "=Ref"},
    ),
    "Cognito::UserPoolDomain": Plain(
        "cognito-idp",
        "create_user_pool_domain",
        "=Domain",
        "delete_user_pool_domain",
        {"Domain": "=Ref", "UserPoolId": "=UserPoolId"},
        attributes={"CloudFrontDistribution": "CloudFrontDomain"},
    ),
    "Cognito::UserPoolGroup": Plain(
        "cognito-idp",
        "create_group",
        "=GroupName",
        "delete_group",
        {"GroupName": "=Ref", "UserPoolId": "=UserPoolId"},
        update="update_group",
        name="GroupName",
        max_length=128,
        replaces=frozenset({"UserPoolId"}),
    ),
    "Cognito::UserPoolResourceServer": Plain(
        "cognito-idp",
        "create_resource_server",
        "=Identifier",
        "delete_resource_server",
        {"Identifier": "=Ref", "UserPoolId": "=UserPoolId"},
    ),
    "SecretsManager::ResourcePolicy": Plain(
        "secretsmanager",
        "put_resource_policy",
        "ARN",
        "delete_resource_policy",
        {"SecretId": "=SecretId"},
        update="put_resource_policy",
        replaces=frozenset({"SecretId"}),
    ),
    "Logs::ResourcePolicy": Plain(
        "logs",
        "put_resource_policy",
        "=PolicyName",
        "delete_resource_policy",
        {"policyName": "=Ref"},
        update="put_resource_policy",
        replaces=frozenset({"PolicyName"}),
    ),
    "Backup::BackupVault": Plain(
        "backup",
        "create_backup_vault",
        "=BackupVaultName",
        "delete_backup_vault",
        {"BackupVaultName": "=Ref"},
        replaces=frozenset({"BackupVaultName"}),
        attributes={"BackupVaultArn": "BackupVaultArn", "BackupVaultName": "=Ref"},
    ),
    "ECR::Repository": Plain(
        "ecr",
        "create_repository",
        "=RepositoryName",
        "delete_repository",
        {"repositoryName": "=Ref"},
        name="RepositoryName",
        lower=True,
        attributes={"Arn": "repository.repositoryArn", "RepositoryUri": "repository.repositoryUri"},
    ),
    "CloudWatch::CompositeAlarm": Plain(
        "cloudwatch",
        "put_composite_alarm",
        "=AlarmName",
        "delete_alarms",
        {"AlarmNames": lambda _, answer, __: [answer["Ref"]]},
        name="AlarmName",
        max_length=255,
        attributes={
            "Arn": lambda _, answer, context: context.arn("cloudwatch", f"alarm:{answer['Ref']}"),
        },
    ),
}


def _inline_policy(holder: str) -> Provider:
    """AWS::IAM::RolePolicy and its like: one inline policy of one role, user or group."""
    kind, owner = holder.lower(), f"{holder}Name"

    def put(properties: Properties, context: Context) -> Physical:
        name, who = properties["PolicyName"], properties[owner]
        policy = json_text(properties["PolicyDocument"])
        call(context.client("iam"), f"put_{kind}_policy", PolicyName=name, PolicyDocument=policy, **{owner: who})
        return Physical(f"{name}|{who}")

    def update(_: str, _old: Properties, new: Properties, context: Context) -> Physical:
        return put(new, context)

    def delete(_: str, properties: Properties, context: Context) -> None:
        with gone_is_fine():
            target = {"PolicyName": properties["PolicyName"], owner: properties[owner]}
            call(context.client("iam"), f"delete_{kind}_policy", **target)

    return Provider(put, update, delete, replaces=frozenset({"PolicyName", owner}))


PROVIDERS = {
    **{f"AWS::{name}": provider(plain) for name, plain in _PLAIN.items()},
    **{f"AWS::IAM::{holder}Policy": _inline_policy(holder) for holder in ("Group", "Role", "User")},
}

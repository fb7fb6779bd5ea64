"""Stand-ins of who may do what, and of keys, secrets and certificates: IAM, KMS, Secrets Manager, Cognito, WAF, ACM."""

from __future__ import annotations

from workbench.templates.stand_ins.shape import Shape

_IAM = "arn:{partition}:iam::{account}:"
_PATH = {"Path": "/"}
_SECRET = "arn:{partition}:secretsmanager:{region}:{account}:secret:{name}-{id}"  # noqa: S105 - a pattern
_USER_POOL = "{region}_{unique}"
_CERTIFICATE = "arn:{partition}:acm:{region}:{account}:certificate/{uuid}"

SHAPES = {
    "AWS::IAM::Role": Shape(
        "RoleName", attributes={"Arn": _IAM + "role{Path}{name}", "RoleId": "AROA{unique}"}, defaults=_PATH
    ),
    "AWS::IAM::User": Shape("UserName", attributes={"Arn": _IAM + "user{Path}{name}"}, defaults=_PATH),
    "AWS::IAM::Group": Shape("GroupName", attributes={"Arn": _IAM + "group{Path}{name}"}, defaults=_PATH),
    "AWS::IAM::InstanceProfile": Shape(
        "InstanceProfileName", attributes={"Arn": _IAM + "instance-profile{Path}{name}"}, defaults=_PATH
    ),
    "AWS::IAM::ManagedPolicy": Shape(
        "ManagedPolicyName",
        ref=_IAM + "policy{Path}{name}",
        attributes={"PolicyArn": _IAM + "policy{Path}{name}", "PolicyId": "ANPA{unique}"},
        defaults=_PATH,
    ),
    "AWS::KMS::Key": Shape(
        ref="{uuid}",
        attributes={"Arn": "arn:{partition}:kms:{region}:{account}:key/{uuid}", "KeyId": "{uuid}"},
    ),
    "AWS::KMS::Alias": Shape("AliasName"),
    "AWS::SecretsManager::Secret": Shape("Name", ref=_SECRET, attributes={"Id": _SECRET}),
    "AWS::SecretsManager::SecretTargetAttachment": Shape(ref="{SecretId}"),
    "AWS::Cognito::UserPool": Shape(
        ref=_USER_POOL,
        attributes={
            "Arn": "arn:{partition}:cognito-idp:{region}:{account}:userpool/" + _USER_POOL,
            "ProviderName": "cognito-idp.{region}.{suffix}/" + _USER_POOL,
            "ProviderURL": "https://cognito-idp.{region}.{suffix}/" + _USER_POOL,
            "UserPoolId": _USER_POOL,
        },
    ),
    "AWS::Cognito::UserPoolClient": Shape(ref="{id}", attributes={"ClientId": "{id}"}),
    "AWS::Cognito::UserPoolDomain": Shape(ref="{Domain}"),
    "AWS::Cognito::UserPoolGroup": Shape("GroupName"),
    "AWS::Cognito::IdentityPool": Shape(
        ref="{region}:{uuid}", attributes={"Id": "{region}:{uuid}", "Name": "{IdentityPoolName}"}
    ),
    "AWS::WAFv2::WebACL": Shape(
        "Name",
        ref="{name}|{uuid}|{Scope}",
        attributes={"Arn": "arn:{partition}:wafv2:{region}:{account}:regional/webacl/{name}/{uuid}", "Id": "{uuid}"},
    ),
    "AWS::CertificateManager::Certificate": Shape(ref=_CERTIFICATE),
}

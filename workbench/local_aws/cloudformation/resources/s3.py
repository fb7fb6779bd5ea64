"""Amazon S3: buckets and their policies."""

from __future__ import annotations

from typing import Any

from workbench.local_aws.cloudformation.provider import Context, Physical, Properties, Provider
from workbench.local_aws.cloudformation.resources import s3_configuration as shapes
from workbench.local_aws.cloudformation.resources.calling import call
from workbench.local_aws.cloudformation.resources.settings import (
    Setting,
    apply_settings,
    gone_is_fine,
    json_text,
)

_CANNED_ACLS = {
    "AuthenticatedRead": "authenticated-read",
    "AwsExecRead": "aws-exec-read",
    "BucketOwnerFullControl": "bucket-owner-full-control",
    "BucketOwnerRead": "bucket-owner-read",
    "LogDeliveryWrite": "log-delivery-write",
    "Private": "private",
    "PublicRead": "public-read",
    "PublicReadWrite": "public-read-write",
}

_SETTINGS = {
    "OwnershipControls": Setting(
        lambda s3, name, value: call(s3, "put_bucket_ownership_controls", Bucket=name, OwnershipControls=value),
        lambda s3, name: call(s3, "delete_bucket_ownership_controls", Bucket=name),
    ),
    "PublicAccessBlockConfiguration": Setting(
        lambda s3, name, value: call(s3, "put_public_access_block", Bucket=name, PublicAccessBlockConfiguration=value),
        lambda s3, name: call(s3, "delete_public_access_block", Bucket=name),
    ),
    "AccessControl": Setting(
        lambda s3, name, value: call(s3, "put_bucket_acl", Bucket=name, ACL=_CANNED_ACLS[value]),
        lambda s3, name: call(s3, "put_bucket_acl", Bucket=name, ACL="private"),
    ),
    "VersioningConfiguration": Setting(
        lambda s3, name, value: call(s3, "put_bucket_versioning", Bucket=name, VersioningConfiguration=value),
        lambda s3, name: call(
            s3, "put_bucket_versioning", Bucket=name, VersioningConfiguration={"Status": "Suspended"}
        ),
    ),
    "BucketEncryption": Setting(
        lambda s3, name, value: call(
            s3, "put_bucket_encryption", Bucket=name, ServerSideEncryptionConfiguration=shapes.encryption(value)
        ),
        lambda s3, name: call(s3, "delete_bucket_encryption", Bucket=name),
    ),
    "LoggingConfiguration": Setting(
        lambda s3, name, value: call(
            s3, "put_bucket_logging", Bucket=name, BucketLoggingStatus=shapes.logging(value, name)
        ),
        lambda s3, name: call(s3, "put_bucket_logging", Bucket=name, BucketLoggingStatus={}),
    ),
    "LifecycleConfiguration": Setting(
        lambda s3, name, value: call(
            s3, "put_bucket_lifecycle_configuration", Bucket=name, LifecycleConfiguration=shapes.lifecycle(value)
        ),
        lambda s3, name: call(s3, "delete_bucket_lifecycle", Bucket=name),
    ),
    "ReplicationConfiguration": Setting(
        lambda s3, name, value: call(
            s3, "put_bucket_replication", Bucket=name, ReplicationConfiguration=shapes.replication(value)
        ),
        lambda s3, name: call(s3, "delete_bucket_replication", Bucket=name),
    ),
    "NotificationConfiguration": Setting(
        lambda s3, name, value: call(
            s3,
            "put_bucket_notification_configuration",
            Bucket=name,
            NotificationConfiguration=shapes.notification(value),
        ),
        lambda s3, name: call(s3, "put_bucket_notification_configuration", Bucket=name, NotificationConfiguration={}),
    ),
    "CorsConfiguration": Setting(
        lambda s3, name, value: call(s3, "put_bucket_cors", Bucket=name, CORSConfiguration=shapes.cors(value)),
        lambda s3, name: call(s3, "delete_bucket_cors", Bucket=name),
    ),
    "WebsiteConfiguration": Setting(
        lambda s3, name, value: call(s3, "put_bucket_website", Bucket=name, WebsiteConfiguration=shapes.website(value)),
        lambda s3, name: call(s3, "delete_bucket_website", Bucket=name),
    ),
    "AccelerateConfiguration": Setting(
        lambda s3, name, value: call(
            s3,
            "put_bucket_accelerate_configuration",
            Bucket=name,
            AccelerateConfiguration={"Status": value["AccelerationStatus"]},
        ),
        lambda s3, name: call(
            s3, "put_bucket_accelerate_configuration", Bucket=name, AccelerateConfiguration={"Status": "Suspended"}
        ),
    ),
    "ObjectLockConfiguration": Setting(
        lambda s3, name, value: call(s3, "put_object_lock_configuration", Bucket=name, ObjectLockConfiguration=value),
        lambda s3, name: call(
            s3, "put_object_lock_configuration", Bucket=name, ObjectLockConfiguration={"ObjectLockEnabled": "Enabled"}
        ),
    ),
}


def _create_bucket(properties: Properties, context: Context) -> Physical:
    s3 = context.client("s3")
    name = properties.get("BucketName") or context.name(63, lower=True)
    place = {} if context.region == "us-east-1" else {"LocationConstraint": context.region}
    arguments: dict[str, Any] = {"CreateBucketConfiguration": place} if place else {}
    if properties.get("ObjectLockEnabled"):
        arguments["ObjectLockEnabledForBucket"] = True
    s3.create_bucket(Bucket=name, **arguments)
    context.exists(name)
    apply_settings(_SETTINGS, s3, name, {}, properties)
    _tag(s3, name, properties, context)
    return _bucket(name, context)


def _update_bucket(name: str, old: Properties, new: Properties, context: Context) -> Physical:
    s3 = context.client("s3")
    apply_settings(_SETTINGS, s3, name, old, new)
    _tag(s3, name, new, context)
    return _bucket(name, context)


def _delete_bucket(name: str, _: Properties, context: Context) -> None:
    with gone_is_fine():
        context.client("s3").delete_bucket(Bucket=name)


def _tag(s3: Any, name: str, properties: Properties, context: Context) -> None:
    tags = context.tag_list(properties)
    if tags:
        s3.put_bucket_tagging(Bucket=name, Tagging={"TagSet": tags})
    else:
        s3.delete_bucket_tagging(Bucket=name)


def _bucket(name: str, context: Context) -> Physical:
    region = context.region
    return Physical(
        name,
        {
            "Arn": f"arn:aws:s3:::{name}",
            "DomainName": f"{name}.s3.amazonaws.com",
            "DualStackDomainName": f"{name}.s3.dualstack.{region}.amazonaws.com",
            "RegionalDomainName": f"{name}.s3.{region}.amazonaws.com",
            "WebsiteURL": f"http://{name}.s3-website.{region}.amazonaws.com",
        },
    )


def _create_policy(properties: Properties, context: Context) -> Physical:
    bucket = properties["Bucket"]
    context.client("s3").put_bucket_policy(Bucket=bucket, Policy=json_text(properties["PolicyDocument"]))
    return Physical(bucket)


def _update_policy(bucket: str, _: Properties, new: Properties, context: Context) -> Physical:
    context.client("s3").put_bucket_policy(Bucket=bucket, Policy=json_text(new["PolicyDocument"]))
    return Physical(bucket)


def _delete_policy(bucket: str, _: Properties, context: Context) -> None:
    with gone_is_fine():
        context.client("s3").delete_bucket_policy(Bucket=bucket)


PROVIDERS = {
    "AWS::S3::Bucket": Provider(
        _create_bucket,
        _update_bucket,
        _delete_bucket,
        replaces=frozenset({"BucketName"}),
        held=frozenset({"BucketName", "ObjectLockEnabled", "Tags", *_SETTINGS}),
        tagged=True,
    ),
    "AWS::S3::BucketPolicy": Provider(_create_policy, _update_policy, _delete_policy, replaces=frozenset({"Bucket"})),
}

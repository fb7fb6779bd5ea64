"""S3: buckets with all that is set on them, and their policies."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from workbench.local_aws.config.inventory import ServiceClient
from workbench.local_aws.config.state import s3_shapes
from workbench.local_aws.config.state.reading import compact, found
from workbench.local_aws.service import RequestContext
from workbench.resources import Resource


def read(clients: ServiceClient, context: RequestContext, name: str) -> Iterator[Resource]:
    """The bucket of that name, if there is one in this region."""
    client = clients("s3")
    location = found(client.get_bucket_location, Bucket=name)
    region = location.get("LocationConstraint") or "us-east-1"
    if location and region == context.region:
        yield _bucket(client, name, region)
        yield from _policy(client, name)


def _bucket(client: Any, name: str, region: str) -> Resource:
    attributes = {
        "Arn": f"arn:aws:s3:::{name}",
        "DomainName": f"{name}.s3.amazonaws.com",
        "RegionalDomainName": f"{name}.s3.{region}.amazonaws.com",
    }
    return Resource(name, "AWS::S3::Bucket", name, _properties(client, name), attributes)


def _properties(client: Any, name: str) -> Mapping[str, Any]:
    def get(what: str) -> Mapping[str, Any]:
        return found(getattr(client, what), Bucket=name)

    encryption = get("get_bucket_encryption").get("ServerSideEncryptionConfiguration")
    return compact(
        {
            "BucketName": name,
            "AccelerateConfiguration": s3_shapes.acceleration(get("get_bucket_accelerate_configuration")),
            "AccessControl": s3_shapes.canned_acl(get("get_bucket_acl")),
            "BucketEncryption": s3_shapes.encryption(encryption),
            "CorsConfiguration": s3_shapes.cors(get("get_bucket_cors")),
            "LifecycleConfiguration": s3_shapes.lifecycle(get("get_bucket_lifecycle_configuration")),
            "LoggingConfiguration": s3_shapes.logging(get("get_bucket_logging")),
            "NotificationConfiguration": s3_shapes.notifications(get("get_bucket_notification_configuration")),
            "ObjectLockEnabled": s3_shapes.object_lock(get("get_object_lock_configuration")),
            "OwnershipControls": s3_shapes.ownership(get("get_bucket_ownership_controls")),
            "PublicAccessBlockConfiguration": s3_shapes.public_access_block(get("get_public_access_block")),
            "ReplicationConfiguration": s3_shapes.replication(get("get_bucket_replication")),
            "Tags": get("get_bucket_tagging").get("TagSet"),
            "VersioningConfiguration": s3_shapes.versioning(get("get_bucket_versioning")),
            "WebsiteConfiguration": s3_shapes.website(get("get_bucket_website")),
        }
    )


def _policy(client: Any, name: str) -> Iterator[Resource]:
    policy = found(client.get_bucket_policy, Bucket=name).get("Policy")
    if policy:
        properties = {"Bucket": name, "PolicyDocument": json.loads(policy)}
        yield Resource(f"{name}/policy", "AWS::S3::BucketPolicy", name, properties)

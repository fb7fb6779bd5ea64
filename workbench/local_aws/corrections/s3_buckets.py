"""What S3 does with logs, policies, notifications, ACLs and contents, beyond what `buckets` says of new ones."""

from __future__ import annotations

import json
from typing import Any

from workbench.local_aws.corrections.objects import disposing_later
from workbench.local_aws.corrections.replacing import replace_once


def correct() -> None:
    _let_logs_be_delivered_before_the_policy_exists()
    _deliver_access_logs_later()
    _ignore_conditional_statements_of_bucket_policies()
    _let_buckets_tell_that_they_notify_eventbridge()
    _let_acls_tell_every_permission()
    _let_two_write_an_object_at_once()


def _let_logs_be_delivered_before_the_policy_exists() -> None:
    """S3 takes a logging configuration without looking at the permissions of the destination bucket.

    Templates rely on it: the policy that permits the delivery usually refers to the bucket that logs.
    """
    from moto.s3.models import FakeBucket

    def permitted(*_: Any, **__: Any) -> bool:
        return True

    FakeBucket._log_permissions_enabled_policy = permitted


def _deliver_access_logs_later() -> None:
    """S3 delivers server access logs within hours; moto writes an invented line with every request.

    So soon, they would keep every bucket for logs from being deleted when the creation of its stack is rolled back.
    """
    from moto.s3.models import S3Backend

    def log_incoming_request(*_: Any) -> None:
        """Nothing is due yet."""

    S3Backend.log_incoming_request = log_incoming_request


def _ignore_conditional_statements_of_bucket_policies() -> None:
    """A statement counts only where its condition holds; moto denies whatever the condition says.

    Otherwise a policy that admits HTTPS alone would lock everyone out of the bucket.
    """
    from moto.iam.access_control import IAMPolicy, PermissionResult
    from moto.s3.models import FakeBucket

    def get_permission(self: Any, action: str, resource: str) -> Any:
        policy = json.loads(self.policy) if self.policy else {}
        statements = policy.get("Statement", [])
        statements = statements if isinstance(statements, list) else [statements]
        unconditional = [statement for statement in statements if not statement.get("Condition")]
        if not unconditional:
            return PermissionResult.NEUTRAL
        return IAMPolicy(json.dumps({**policy, "Statement": unconditional})).is_action_permitted(action, resource)

    FakeBucket.get_permission = get_permission


def _let_buckets_tell_that_they_notify_eventbridge() -> None:
    """moto keeps the EventBridgeConfiguration of a bucket, but does not give it back."""
    from moto.core.responses import ActionResult
    from moto.s3.responses import S3Response

    original = S3Response.get_bucket_notification

    def get_bucket_notification(self: Any) -> Any:
        configuration = self.backend.get_bucket_notification_configuration(self.bucket_name)
        serialized = self.serialized
        if configuration and configuration.event_bridge is not None:
            bridge: dict[str, Any] = {"EventBridgeConfiguration": {}}
            self.serialized = lambda answer: serialized(ActionResult({**answer.result, **bridge}))
        return original(self)

    replace_once(S3Response, "get_bucket_notification", get_bucket_notification)


def _let_acls_tell_every_permission() -> None:
    """A grant is one permission; moto tells the first of those that a canned ACL gives."""
    from moto.s3.models import FakeAcl, FakeBucket, FakeGrant

    original = FakeBucket.set_acl

    def set_acl(self: Any, acl: Any) -> None:
        grants = (
            [FakeGrant(grant.grantees, [each]) for grant in acl.grants for each in grant.permissions] if acl else []
        )
        original(self, FakeAcl(grants) if acl else None)

    replace_once(FakeBucket, "set_acl", set_acl)


def _let_two_write_an_object_at_once() -> None:
    """moto closes an object's content as soon as another takes its place, though its own request still reads it."""
    from moto.s3.models import FakeKey

    replace_once(FakeKey, "dispose", disposing_later(FakeKey.dispose))

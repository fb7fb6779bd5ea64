"""Where moto does otherwise than AWS, made to do as AWS does."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote

from workbench.local_aws.objects import disposing_later


def correct_moto() -> None:
    """Applies every correction to moto's classes; doing so twice is harmless."""
    _let_logs_be_delivered_before_the_policy_exists()
    _deliver_access_logs_later()
    _ignore_conditional_statements_of_bucket_policies()
    _let_buckets_tell_that_they_notify_eventbridge()
    _take_policies_without_a_version()
    _take_layers_of_other_accounts()
    _find_layers_by_their_arns()
    _miss_code_that_is_not_there()
    _let_tables_change_their_encryption()
    _let_stages_lose_method_settings()
    _let_acls_tell_every_permission()
    _let_two_write_an_object_at_once()
    _let_alarms_begin_without_data()
    _serve_one_account()
    _know_callers_as_the_account()
    _look_for_modules_once()
    # AWS's own managed policies, which roles name, exist only when asked for.
    os.environ.setdefault("MOTO_IAM_LOAD_MANAGED_POLICIES", "true")


def _serve_one_account() -> None:
    """Whose a request is would be looked for in IAM of every partition, each with its thousand policies of AWS."""
    from moto.core import DEFAULT_ACCOUNT_ID
    from moto.iam import models

    def account_of(_: str) -> str:
        return str(DEFAULT_ACCOUNT_ID)

    models.get_account_id_from = account_of


def _know_callers_as_the_account() -> None:
    """Whoever comes with made-up credentials is the account's root; moto's own answer has no form that AWS knows."""
    from moto.sts.models import STSBackend

    original = STSBackend.get_caller_identity

    def get_caller_identity(self: Any, access_key_id: str, region: str) -> tuple[str, str, str]:
        found: tuple[str, str, str] = original(self, access_key_id, region)
        user_id, arn, account = found
        if arn.endswith(":user/moto"):
            return account, f"arn:{self.partition}:iam::{account}:root", account
        return user_id, arn, account

    _replace_once(STSBackend, "get_caller_identity", get_caller_identity)


def _look_for_modules_once() -> None:
    """The folder of moto's services would be listed twice for every request."""
    from moto import backends

    modules = tuple(backends.list_of_moto_modules())

    def known() -> tuple[str, ...]:
        return modules

    backends.list_of_moto_modules = known


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

    _replace_once(S3Response, "get_bucket_notification", get_bucket_notification)


def _take_policies_without_a_version() -> None:
    """IAM takes a policy that names no version; moto refuses it as if it named an old one."""
    from moto.iam.policy_validation import IAMPolicyDocumentValidator

    original = IAMPolicyDocumentValidator._validate_version

    def validate_version(self: Any) -> None:
        if "Version" in self._policy_json:
            original(self)

    _replace_once(IAMPolicyDocumentValidator, "_validate_version", validate_version)


def _take_layers_of_other_accounts() -> None:
    """Layers that others publish (Powertools, Insights) are taken as they are named; they bring no code here."""
    from moto.awslambda.models import LambdaFunction

    original = LambdaFunction._get_layers_data

    def get_layers_data(self: Any, arns: list[str]) -> Any:
        own = {arn for arn in arns if arn.split(":")[4] == self.account_id}
        known = iter(original(self, [arn for arn in arns if arn in own]))
        return [next(known) if arn in own else {"Arn": arn, "CodeSize": 0} for arn in arns]

    _replace_once(LambdaFunction, "_get_layers_data", get_layers_data)


def _find_layers_by_their_arns() -> None:
    """Lambda takes the ARN of a layer for its name; moto takes it for another layer."""
    from moto.awslambda.models import LambdaBackend

    listed, published = LambdaBackend.list_layer_versions, LambdaBackend.publish_layer_version

    def name_of(layer: str) -> str:
        return unquote(layer).rpartition(":")[2]

    def list_layer_versions(self: Any, layer_name: str) -> Any:
        return listed(self, name_of(layer_name))

    def publish_layer_version(self: Any, spec: dict[str, Any]) -> Any:
        return published(self, {**spec, "LayerName": name_of(spec["LayerName"])})

    _replace_once(LambdaBackend, "list_layer_versions", list_layer_versions)
    _replace_once(LambdaBackend, "publish_layer_version", publish_layer_version)


def _miss_code_that_is_not_there() -> None:
    """moto makes a function without code where its object does not exist."""
    from moto.awslambda.exceptions import InvalidParameterValueException
    from moto.awslambda.models import LambdaFunction
    from moto.s3.models import s3_backends

    original = LambdaFunction._set_function_code

    def set_function_code(self: Any, code: dict[str, Any], *args: Any, **kwargs: Any) -> None:
        s3, bucket = s3_backends[self.account_id][self.partition], code.get("S3Bucket")
        if bucket in s3.buckets and s3.get_object(bucket, code["S3Key"], code.get("S3ObjectVersion")) is None:
            said = "S3 Error Code: NoSuchKey. S3 Error Message: The specified key does not exist."
            raise InvalidParameterValueException(f"Error occurred while GetObject. {said}")
        original(self, code, *args, **kwargs)

    _replace_once(LambdaFunction, "_set_function_code", set_function_code)


def _let_tables_change_their_encryption() -> None:
    """moto's UpdateTable drops the SSESpecification."""
    from moto.dynamodb.responses import DynamoHandler

    original = DynamoHandler.update_table

    def update_table(self: Any) -> Any:
        specification: Mapping[str, Any] | None = self.body.get("SSESpecification")
        if specification is not None:
            table = self.dynamodb_backend.get_table(self.body["TableName"])
            key = table._get_default_encryption_key(table.account_id, table.region_name)
            table.sse_specification = {"KMSMasterKeyId": key, **specification}
        return original(self)

    _replace_once(DynamoHandler, "update_table", update_table)


def _let_stages_lose_method_settings() -> None:
    """moto's UpdateStage takes no settings of a method away."""
    from moto.apigateway.models import Stage

    original = Stage.apply_operations

    def apply_operations(self: Any, operations: list[dict[str, Any]]) -> Any:
        for operation in operations:
            if operation["op"] == "remove":
                self.method_settings.pop(operation["path"].lstrip("/"), None)
        return original(self, operations)

    _replace_once(Stage, "apply_operations", apply_operations)


def _let_acls_tell_every_permission() -> None:
    """A grant is one permission; moto tells the first of those that a canned ACL gives."""
    from moto.s3.models import FakeAcl, FakeBucket, FakeGrant

    original = FakeBucket.set_acl

    def set_acl(self: Any, acl: Any) -> None:
        grants = (
            [FakeGrant(grant.grantees, [each]) for grant in acl.grants for each in grant.permissions] if acl else []
        )
        original(self, FakeAcl(grants) if acl else None)

    _replace_once(FakeBucket, "set_acl", set_acl)


def _let_two_write_an_object_at_once() -> None:
    """moto closes an object's content as soon as another takes its place, though its own request still reads it."""
    from moto.s3.models import FakeKey

    _replace_once(FakeKey, "dispose", disposing_later(FakeKey.dispose))


def _let_alarms_begin_without_data() -> None:
    """moto's alarms are OK from the start, and again whenever they are changed."""
    from moto.cloudwatch.models import CloudWatchBackend

    original = CloudWatchBackend.put_metric_alarm

    def put_metric_alarm(self: Any, name: str, *args: Any, **kwargs: Any) -> Any:
        before = self.alarms.get(name)
        alarm = original(self, name, *args, **kwargs)
        alarm.state_value = "INSUFFICIENT_DATA"
        for attribute in ("state_value", "state_reason", "state_reason_data", "state_updated_timestamp"):
            setattr(alarm, attribute, getattr(before or alarm, attribute))
        return alarm

    _replace_once(CloudWatchBackend, "put_metric_alarm", put_metric_alarm)


def _replace_once(owner: Any, name: str, correction: Any) -> None:
    """A correction that calls what it replaces must not come to call itself."""
    if (owner.__name__, name) not in _replaced:
        _replaced.add((owner.__name__, name))
        setattr(owner, name, correction)


_replaced: set[tuple[str, str]] = set()

"""Single corrections of services that need no more than one."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from typing import Any

from workbench.local_aws.corrections.replacing import replace_once

_KEPT_BY_ALARMS = ("history", "state_value", "state_reason", "state_reason_data", "state_updated_timestamp")


def correct() -> None:
    _take_policies_without_a_version()
    _let_tables_change_their_encryption()
    _delete_tables_in_time()
    _say_that_keys_await_deletion()
    _let_stages_lose_method_settings()
    _let_alarms_begin_without_data()
    _look_for_modules_once()
    _name_executions()


def _take_policies_without_a_version() -> None:
    """IAM takes a policy that names no version, and a trust policy of the old one; moto refuses both."""
    from moto.iam.policy_validation import IAMPolicyDocumentValidator, IAMTrustPolicyDocumentValidator

    original = IAMPolicyDocumentValidator._validate_version

    def validate_version(self: Any) -> None:
        if "Version" in self._policy_json:
            original(self)

    def take_known_versions(_: Any) -> None:
        """What is no version at all is refused before."""

    replace_once(IAMPolicyDocumentValidator, "_validate_version", validate_version)
    replace_once(IAMTrustPolicyDocumentValidator, "_validate_version", take_known_versions)


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

    replace_once(DynamoHandler, "update_table", update_table)


def _delete_tables_in_time() -> None:
    """moto calls a table active while it is deleted."""
    from moto.dynamodb.responses import DynamoHandler

    original = DynamoHandler.delete_table

    def delete_table(self: Any) -> Any:
        answer = original(self)
        answer.result["TableDescription"]["TableStatus"] = "DELETING"
        return answer

    replace_once(DynamoHandler, "delete_table", delete_table)


def _say_that_keys_await_deletion() -> None:
    """moto's ScheduleKeyDeletion does not tell what became of the key."""
    from moto.kms.responses import KmsResponse

    original = KmsResponse.schedule_key_deletion

    def schedule_key_deletion(self: Any) -> str:
        answer = json.loads(original(self))
        key = self.kms_backend.describe_key(answer["KeyId"])
        days = self._get_param("PendingWindowInDays") or 30
        return json.dumps({**answer, "KeyId": key.arn, "KeyState": key.key_state, "PendingWindowInDays": days})

    replace_once(KmsResponse, "schedule_key_deletion", schedule_key_deletion)


def _let_stages_lose_method_settings() -> None:
    """moto's UpdateStage takes no settings of a method away."""
    from moto.apigateway.models import Stage

    original = Stage.apply_operations

    def apply_operations(self: Any, operations: list[dict[str, Any]]) -> Any:
        for operation in operations:
            if operation["op"] == "remove":
                self.method_settings.pop(operation["path"].lstrip("/"), None)
        return original(self, operations)

    replace_once(Stage, "apply_operations", apply_operations)


def _let_alarms_begin_without_data() -> None:
    """moto's alarms are OK from the start, and forget their state and history whenever they are changed."""
    from moto.cloudwatch.models import CloudWatchBackend

    original = CloudWatchBackend.put_metric_alarm

    def put_metric_alarm(self: Any, name: str, *args: Any, **kwargs: Any) -> Any:
        before = self.alarms.get(name)
        alarm = original(self, name, *args, **kwargs)
        alarm.state_value = "INSUFFICIENT_DATA"
        for attribute in _KEPT_BY_ALARMS:
            setattr(alarm, attribute, getattr(before or alarm, attribute))
        return alarm

    replace_once(CloudWatchBackend, "put_metric_alarm", put_metric_alarm)


def _look_for_modules_once() -> None:
    """The folder of moto's services would be listed twice for every request."""
    from moto import backends

    modules = tuple(backends.list_of_moto_modules())

    def known() -> tuple[str, ...]:
        return modules

    backends.list_of_moto_modules = known


def _name_executions() -> None:
    """Who starts an execution need not name it; the first without a name would be called "None", the second refused."""
    from moto.stepfunctions.responses import StepFunctionResponse

    original = StepFunctionResponse.start_execution

    def start_execution(self: Any) -> Any:
        if not self._get_param("name"):
            self.body = json.dumps({**json.loads(self.body), "name": str(uuid.uuid4())})
        return original(self)

    replace_once(StepFunctionResponse, "start_execution", start_execution)

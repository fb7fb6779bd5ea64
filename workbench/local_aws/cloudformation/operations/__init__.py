"""The operations of the CloudFormation API, in botocore's shapes: one module a subject."""

from __future__ import annotations

from collections.abc import Mapping

from workbench.local_aws.cloudformation.drift.actual import ReadPlace
from workbench.local_aws.cloudformation.engine import Engine
from workbench.local_aws.cloudformation.operations import registry
from workbench.local_aws.cloudformation.operations.change_sets import ChangeSetOperations
from workbench.local_aws.cloudformation.operations.drift import DriftOperations
from workbench.local_aws.cloudformation.operations.operation_events import OperationEventOperations
from workbench.local_aws.cloudformation.operations.reading import ReadingOperations
from workbench.local_aws.cloudformation.operations.recovery import RecoveryOperations
from workbench.local_aws.cloudformation.operations.stacks import StackOperations
from workbench.local_aws.cloudformation.operations.templates import TemplateOperations
from workbench.local_aws.cloudformation.signals import Signals
from workbench.local_aws.service import Operation


def operations(engine: Engine, read: ReadPlace, signals: Signals) -> Mapping[str, Operation]:
    """By operation name; `read` reads the state of the services, `signals` takes those for resources."""
    return {
        **StackOperations(engine).operations(),
        **ChangeSetOperations(engine, read).operations(),
        **DriftOperations(engine, read).operations(),
        **OperationEventOperations(engine).operations(),
        **ReadingOperations(engine).operations(),
        **registry.operations(),
        **RecoveryOperations(engine, signals).operations(),
        **TemplateOperations(engine).operations(),
    }

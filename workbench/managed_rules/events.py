"""Amazon EventBridge: event buses, schema registries and global endpoints."""

from __future__ import annotations

from workbench.managed_rules.model import Finding, Parameters, Trigger, managed_rule
from workbench.managed_rules.properties import any_of, beside, judged, read
from workbench.resources import Resource

EVENT_BUS = "AWS::Events::EventBus"
EVENT_BUS_POLICY = "AWS::Events::EventBusPolicy"
ENDPOINT = "AWS::Events::Endpoint"
REGISTRY = "AWS::EventSchemas::Registry"
REGISTRY_POLICY = "AWS::EventSchemas::RegistryPolicy"


def custom_eventbus_policy_attached(bus: Resource, parameters: Parameters) -> Finding:
    """The event bus has a resource policy.

    NON_COMPLIANT when a custom event bus has no resource policy of its own.

    Source: AWS Config Developer Guide, custom-eventbus-policy-attached.
    """
    own = read(bus, "Policy")
    attached = any_of(lambda: bool(beside(bus, EVENT_BUS_POLICY)), lambda: own.is_set)
    return judged(attached, f"The event bus has {'a' if attached else 'no'} resource policy.", own)


def custom_schema_registry_policy_attached(registry: Resource, parameters: Parameters) -> Finding:
    """The schema registry has a resource policy.

    NON_COMPLIANT when a custom schema registry has no resource policy of its own.

    Source: AWS Config Developer Guide, custom-schema-registry-policy-attached.
    """
    attached = bool(beside(registry, REGISTRY_POLICY))
    return judged(attached, f"The schema registry has {'a' if attached else 'no'} resource policy.", read(registry))


def global_endpoint_event_replication_enabled(endpoint: Resource, parameters: Parameters) -> Finding:
    """The global endpoint replicates its events.

    NON_COMPLIANT when event replication is disabled; it is enabled when nothing is set.

    Source: AWS Config Developer Guide, global-endpoint-event-replication-enabled.
    """
    state = read(endpoint, "ReplicationConfig", "State")
    found = state.text("ENABLED")
    return judged(found == "ENABLED", f"Event replication is {found}.", state)


RULES = (
    managed_rule(custom_eventbus_policy_attached, EVENT_BUS),
    managed_rule(custom_schema_registry_policy_attached, REGISTRY, trigger=Trigger.PERIODIC),
    managed_rule(global_endpoint_event_replication_enabled, ENDPOINT),
)

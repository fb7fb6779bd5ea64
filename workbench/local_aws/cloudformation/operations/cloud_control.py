"""AWS Cloud Control API, as far as reading a resource of a stack goes: `sam list endpoints` asks it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from workbench.local_aws.cloudformation.engine import Engine
from workbench.local_aws.service import AwsError, Operation, RequestContext


def operations(engine: Engine) -> Mapping[str, Operation]:
    """By operation name, for the service `cloudcontrol`."""

    def get_resource(request: Mapping[str, Any], context: RequestContext) -> Mapping[str, Any]:
        type_name, identifier = request["TypeName"], request["Identifier"]
        for stack in engine.stacks.in_region(context.region):
            for resource in stack.resources.values():
                if (resource.type, resource.physical_id) == (type_name, identifier):
                    properties = json.dumps({**resource.properties, **resource.attributes}, default=str)
                    return {
                        "TypeName": type_name,
                        "ResourceDescription": {"Identifier": identifier, "Properties": properties},
                    }
        message = f"Resource of type '{type_name}' with identifier '{identifier}' was not found."
        raise AwsError("ResourceNotFoundException", message)

    return {"GetResource": get_resource}

"""Stand-ins of what runs code, and of how releases of it are shifted in: Lambda, Step Functions, CodeDeploy, ECS."""

from __future__ import annotations

from workbench.templates.stand_ins.shape import Shape

_FUNCTION = "arn:{partition}:lambda:{region}:{account}:function:"
_MACHINE = "arn:{partition}:states:{region}:{account}:stateMachine:{name}"

SHAPES = {
    "AWS::Lambda::Function": Shape("FunctionName", attributes={"Arn": _FUNCTION + "{name}"}),
    "AWS::Lambda::Version": Shape(
        ref=_FUNCTION + "{FunctionName:last}:1",
        attributes={"FunctionArn": _FUNCTION + "{FunctionName:last}:1", "Version": "1"},
    ),
    "AWS::Lambda::Alias": Shape(
        ref=_FUNCTION + "{FunctionName:last}:{Name}", attributes={"AliasArn": _FUNCTION + "{FunctionName:last}:{Name}"}
    ),
    "AWS::Lambda::EventSourceMapping": Shape(
        ref="{uuid}",
        attributes={
            "EventSourceMappingArn": "arn:{partition}:lambda:{region}:{account}:event-source-mapping:{uuid}",
            "Id": "{uuid}",
        },
    ),
    "AWS::Lambda::LayerVersion": Shape(
        "LayerName",
        ref="arn:{partition}:lambda:{region}:{account}:layer:{name}:1",
        attributes={"LayerVersionArn": "arn:{partition}:lambda:{region}:{account}:layer:{name}:1"},
    ),
    "AWS::Lambda::Url": Shape(
        ref=_FUNCTION + "{TargetFunctionArn:last}",
        attributes={
            "FunctionArn": _FUNCTION + "{TargetFunctionArn:last}",
            "FunctionUrl": "https://{id}.lambda-url.{region}.on.aws/",
        },
    ),
    "AWS::Lambda::CodeSigningConfig": Shape(
        ref="arn:{partition}:lambda:{region}:{account}:code-signing-config:csc-{hex}",
        attributes={
            "CodeSigningConfigArn": "arn:{partition}:lambda:{region}:{account}:code-signing-config:csc-{hex}",
            "CodeSigningConfigId": "csc-{hex}",
        },
    ),
    "AWS::StepFunctions::StateMachine": Shape(
        "StateMachineName",
        ref=_MACHINE,
        attributes={"Arn": _MACHINE, "Name": "{name}", "StateMachineRevisionId": "INITIAL"},
    ),
    "AWS::StepFunctions::StateMachineVersion": Shape(
        ref="{StateMachineArn}:1",
        attributes={"Arn": "{StateMachineArn}:1"},
    ),
    "AWS::StepFunctions::StateMachineAlias": Shape(
        "Name", ref=_MACHINE + ":{name}", attributes={"Arn": _MACHINE + ":{name}"}
    ),
    "AWS::StepFunctions::Activity": Shape(
        "Name",
        ref="arn:{partition}:states:{region}:{account}:activity:{name}",
        attributes={"Arn": "arn:{partition}:states:{region}:{account}:activity:{name}", "Name": "{name}"},
    ),
    "AWS::CodeDeploy::Application": Shape("ApplicationName"),
    "AWS::CodeDeploy::DeploymentConfig": Shape("DeploymentConfigName"),
    "AWS::CodeDeploy::DeploymentGroup": Shape("DeploymentGroupName"),
    "AWS::ApplicationAutoScaling::ScalableTarget": Shape(
        ref="{ResourceId}|{ScalableDimension}|{ServiceNamespace}", attributes={"Id": "{uuid}"}
    ),
    "AWS::ApplicationAutoScaling::ScalingPolicy": Shape(
        "PolicyName",
        ref="arn:{partition}:autoscaling:{region}:{account}:scalingPolicy:{uuid}:policyName/{name}",
        attributes={"Arn": "arn:{partition}:autoscaling:{region}:{account}:scalingPolicy:{uuid}:policyName/{name}"},
    ),
    "AWS::ECS::Cluster": Shape(
        "ClusterName", attributes={"Arn": "arn:{partition}:ecs:{region}:{account}:cluster/{name}"}
    ),
}

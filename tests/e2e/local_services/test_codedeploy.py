"""Deployments of an alias: hooks, traffic, failure, and what CodeDeploy tells of it."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from botocore.exceptions import ClientError

from tests.e2e.local_services.functions import create, messages
from tests.e2e.waiting import eventually
from workbench.local_aws.server import LocalAws

pytestmark = pytest.mark.slow

HOOK = """
    import boto3, json, os

    def handler(event, context):
        print(json.dumps(event))
        boto3.client("codedeploy").put_lifecycle_event_hook_execution_status(
            deploymentId=event["DeploymentId"],
            lifecycleEventHookExecutionId=event["LifecycleEventHookExecutionId"],
            status=os.environ["STATUS"],
        )
    """
VERSION = "def handler(event, context): return context.function_version"


@pytest.fixture(scope="module", autouse=True)
def application(aws: LocalAws) -> None:
    client = aws.client("codedeploy")
    client.create_application(applicationName="shop", computePlatform="Lambda")
    for name in ("AllAtOnce", "Linear10PercentEvery1Minute", "Canary10Percent5Minutes"):
        add_group(aws, name, deploymentConfigName=f"CodeDeployDefault.Lambda{name}")
    hook(aws, "CodeDeployHook_good", "Succeeded")
    hook(aws, "CodeDeployHook_bad", "Failed")


def add_group(aws: LocalAws, name: str, **settings: Any) -> None:
    role = "arn:aws:iam::123456789012:role/deploy"
    aws.client("codedeploy").create_deployment_group(
        applicationName="shop", deploymentGroupName=name, serviceRoleArn=role, **settings
    )


def hook(aws: LocalAws, name: str, status: str) -> None:
    create(aws, name, HOOK, Timeout=20, Environment={"Variables": {"STATUS": status}})


def versioned(aws: LocalAws, name: str) -> str:
    """A function with versions 1 and 2 and the alias `live` on 1."""
    create(aws, name, VERSION)
    client = aws.client("lambda")
    client.publish_version(FunctionName=name)
    client.create_alias(FunctionName=name, Name="live", FunctionVersion="1")
    client.update_function_configuration(FunctionName=name, Description="new")
    client.publish_version(FunctionName=name)
    return name


def deploy(aws: LocalAws, function: str, group: str = "AllAtOnce", **hooks: str) -> str:
    properties = {"Name": function, "Alias": "live", "CurrentVersion": "1", "TargetVersion": "2"}
    spec = {
        "version": 0.0,
        "Resources": [{"function": {"Type": "AWS::Lambda::Function", "Properties": properties}}],
        "Hooks": [{name: hook} for name, hook in hooks.items()],
    }
    revision = {"revisionType": "AppSpecContent", "appSpecContent": {"content": json.dumps(spec)}}
    started = aws.client("codedeploy").create_deployment(
        applicationName="shop", deploymentGroupName=group, revision=revision
    )
    return str(started["deploymentId"])


def ended(aws: LocalAws, deployment: str) -> dict[str, Any]:
    def look() -> Any:
        found = info(aws, deployment)
        return found if found["status"] in ("Succeeded", "Failed", "Stopped") else None

    found: dict[str, Any] = eventually(look)
    return found


def info(aws: LocalAws, deployment: str) -> dict[str, Any]:
    found: dict[str, Any] = aws.client("codedeploy").get_deployment(deploymentId=deployment)["deploymentInfo"]
    return found


def alias(aws: LocalAws, function: str) -> dict[str, Any]:
    found: dict[str, Any] = aws.client("lambda").get_alias(FunctionName=function, Name="live")
    return found


def lifecycle(aws: LocalAws, deployment: str) -> dict[str, str]:
    client = aws.client("codedeploy")
    target = client.list_deployment_targets(deploymentId=deployment)["targetIds"][0]
    found = client.get_deployment_target(deploymentId=deployment, targetId=target)["deploymentTarget"]
    return {each["lifecycleEventName"]: each["status"] for each in found["lambdaTarget"]["lifecycleEvents"]}


def test_a_hook_that_succeeds_lets_the_traffic_move(aws: LocalAws) -> None:
    function = versioned(aws, "accepted")
    deployment = deploy(aws, function, BeforeAllowTraffic="CodeDeployHook_good")
    assert ended(aws, deployment)["status"] == "Succeeded"
    assert alias(aws, function)["FunctionVersion"] == "2"
    assert set(lifecycle(aws, deployment).values()) == {"Succeeded"}


def test_the_hook_is_told_the_deployment_and_nothing_else(aws: LocalAws) -> None:
    deployment = deploy(aws, versioned(aws, "event"), BeforeAllowTraffic="CodeDeployHook_good")
    ended(aws, deployment)
    told = [json.loads(line) for line in messages(aws, "/aws/lambda/CodeDeployHook_good") if line.startswith("{")]
    mine = next(event for event in told if event["DeploymentId"] == deployment)
    assert set(mine) == {"DeploymentId", "LifecycleEventHookExecutionId"}


def test_a_hook_that_fails_leaves_the_alias_where_it_is(aws: LocalAws) -> None:
    function = versioned(aws, "refused")
    deployment = deploy(aws, function, BeforeAllowTraffic="CodeDeployHook_bad")
    assert ended(aws, deployment)["errorInformation"]["code"] == "HOOK_EXECUTION_FAILURE"
    assert alias(aws, function)["FunctionVersion"] == "1"
    events = lifecycle(aws, deployment)
    assert (events["BeforeAllowTraffic"], events["AllowTraffic"]) == ("Failed", "Skipped")


def test_a_hook_after_the_traffic_that_fails_sets_the_alias_back(aws: LocalAws) -> None:
    function = versioned(aws, "reverted")
    deployment = deploy(aws, function, AfterAllowTraffic="CodeDeployHook_bad")
    assert ended(aws, deployment)["status"] == "Failed"
    assert alias(aws, function)["FunctionVersion"] == "1"
    assert not (alias(aws, function).get("RoutingConfig") or {}).get("AdditionalVersionWeights")


def test_a_hook_that_does_not_exist_fails_the_deployment(aws: LocalAws) -> None:
    deployment = deploy(aws, versioned(aws, "hookless"), BeforeAllowTraffic="CodeDeployHook_nobody")
    assert "could not be invoked" in ended(aws, deployment)["errorInformation"]["message"]


@pytest.mark.parametrize("group", ["Linear10PercentEvery1Minute", "Canary10Percent5Minutes"])
def test_traffic_moves_in_steps(aws: LocalAws, group: str) -> None:
    function = versioned(aws, group)
    deployment = deploy(aws, function, group)
    assert eventually(lambda: (alias(aws, function).get("RoutingConfig") or {}).get("AdditionalVersionWeights"))
    assert alias(aws, function)["FunctionVersion"] == "1"
    assert ended(aws, deployment)["status"] == "Succeeded"
    assert alias(aws, function)["FunctionVersion"] == "2"


def test_an_alarm_stops_the_deployment(aws: LocalAws) -> None:
    cloudwatch = aws.client("cloudwatch")
    settings = {"Period": 60, "EvaluationPeriods": 1, "Threshold": 1, "ComparisonOperator": "GreaterThanThreshold"}
    cloudwatch.put_metric_alarm(AlarmName="errors", MetricName="Errors", Namespace="x", Statistic="Sum", **settings)
    cloudwatch.set_alarm_state(AlarmName="errors", StateValue="ALARM", StateReason="test")
    add_group(
        aws,
        "alarmed",
        deploymentConfigName="CodeDeployDefault.LambdaAllAtOnce",
        alarmConfiguration={"enabled": True, "alarms": [{"name": "errors"}]},
    )
    function = versioned(aws, "alarming")
    assert ended(aws, deploy(aws, function, "alarmed"))["errorInformation"]["code"] == "ALARM_ACTIVE"
    assert alias(aws, function)["FunctionVersion"] == "1"


def test_an_alarm_that_is_off_lets_the_deployment_pass(aws: LocalAws) -> None:
    settings = {"Period": 60, "EvaluationPeriods": 1, "Threshold": 1, "ComparisonOperator": "GreaterThanThreshold"}
    aws.client("cloudwatch").put_metric_alarm(
        AlarmName="quiet", MetricName="Quiet", Namespace="x", Statistic="Sum", **settings
    )
    alarms = {"enabled": True, "alarms": [{"name": "quiet"}]}
    add_group(aws, "watched", deploymentConfigName="CodeDeployDefault.LambdaAllAtOnce", alarmConfiguration=alarms)
    assert ended(aws, deploy(aws, versioned(aws, "watched"), "watched"))["status"] == "Succeeded"


def test_a_deployment_can_be_stopped(aws: LocalAws) -> None:
    function = versioned(aws, "stopped")
    deployment = deploy(aws, function, "Canary10Percent5Minutes")
    eventually(lambda: (alias(aws, function).get("RoutingConfig") or {}).get("AdditionalVersionWeights"))
    aws.client("codedeploy").stop_deployment(deploymentId=deployment)
    assert ended(aws, deployment)["status"] == "Stopped"
    assert alias(aws, function)["FunctionVersion"] == "1"


def test_deployments_run_side_by_side(aws: LocalAws) -> None:
    functions = [versioned(aws, f"parallel-{number}") for number in range(3)]
    for name in functions:
        add_group(aws, name, deploymentConfigName="CodeDeployDefault.LambdaAllAtOnce")
    hook = {"BeforeAllowTraffic": "CodeDeployHook_good"}
    with ThreadPoolExecutor() as pool:
        started = list(pool.map(lambda name: deploy(aws, name, name, **hook), functions))
    assert [ended(aws, deployment)["status"] for deployment in started] == ["Succeeded"] * 3


def answer(aws: LocalAws, deployment: str, execution: str, status: str = "Succeeded") -> None:
    aws.client("codedeploy").put_lifecycle_event_hook_execution_status(
        deploymentId=deployment, lifecycleEventHookExecutionId=execution, status=status
    )


def test_a_second_answer_is_refused(aws: LocalAws) -> None:
    deployment = deploy(aws, versioned(aws, "twice"), BeforeAllowTraffic="CodeDeployHook_good")
    ended(aws, deployment)
    told = [json.loads(line) for line in messages(aws, "/aws/lambda/CodeDeployHook_good") if line.startswith("{")]
    execution = next(each for each in told if each["DeploymentId"] == deployment)["LifecycleEventHookExecutionId"]
    with pytest.raises(ClientError, match="LifecycleEventAlreadyCompletedException"):
        answer(aws, deployment, execution)


def test_only_succeeded_and_failed_are_answers(aws: LocalAws) -> None:
    deployment = deploy(aws, versioned(aws, "odd"))
    ended(aws, deployment)
    with pytest.raises(ClientError, match="InvalidLifecycleEventHookExecutionStatusException"):
        answer(aws, deployment, "any", "Skipped")


def test_an_answer_for_an_unknown_hook_or_deployment_is_refused(aws: LocalAws) -> None:
    deployment = deploy(aws, versioned(aws, "unknown"))
    ended(aws, deployment)
    with pytest.raises(ClientError, match="InvalidLifecycleEventHookExecutionIdException"):
        answer(aws, deployment, "not-mine")
    with pytest.raises(ClientError, match="DeploymentDoesNotExistException"):
        answer(aws, "d-ABCDEFGHI", "any")


def test_a_group_deploys_one_thing_at_a_time(aws: LocalAws) -> None:
    add_group(aws, "busy", deploymentConfigName="CodeDeployDefault.LambdaCanary10Percent5Minutes")
    function = versioned(aws, "busy")
    deployment = deploy(aws, function, "busy")
    with pytest.raises(ClientError, match=f"already has an active Deployment '{deployment}'"):
        deploy(aws, function, "busy")
    aws.client("codedeploy").stop_deployment(deploymentId=deployment)
    assert "went back to version 1" in ended(aws, deployment)["rollbackInfo"]["rollbackMessage"]


def test_an_appspec_may_lie_in_s3(aws: LocalAws) -> None:
    function, s3 = versioned(aws, "stored"), aws.client("s3")
    s3.create_bucket(Bucket="appspecs", CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
    properties = {"Name": function, "Alias": "live", "CurrentVersion": "1", "TargetVersion": "2"}
    spec = {"version": 0.0, "Resources": [{"f": {"Type": "AWS::Lambda::Function", "Properties": properties}}]}
    s3.put_object(Bucket="appspecs", Key="appspec.json", Body=json.dumps(spec))
    where = {"bucket": "appspecs", "key": "appspec.json", "bundleType": "JSON"}
    assert ended(aws, start_from(aws, where))["status"] == "Succeeded"
    with pytest.raises(ClientError, match="appspecs/other cannot be read"):
        start_from(aws, {**where, "key": "other"})


def start_from(aws: LocalAws, where: dict[str, str]) -> str:
    revision: Any = {"revisionType": "S3", "s3Location": where}
    client = aws.client("codedeploy")
    found = client.create_deployment(applicationName="shop", deploymentGroupName="AllAtOnce", revision=revision)
    return str(found["deploymentId"])


def test_what_cannot_be_done_to_a_deployment_is_said(aws: LocalAws) -> None:
    deployment, client = deploy(aws, versioned(aws, "done")), aws.client("codedeploy")
    ended(aws, deployment)
    with pytest.raises(ClientError, match="DeploymentTargetDoesNotExistException"):
        client.get_deployment_target(deploymentId=deployment, targetId="other")
    with pytest.raises(ClientError, match="UnsupportedActionForDeploymentTypeException"):
        client.continue_deployment(deploymentId=deployment)
    with pytest.raises(ClientError, match="InvalidOperationException"):
        client.delete_deployment_config(deploymentConfigName="CodeDeployDefault.LambdaAllAtOnce")


def test_deployments_are_listed_by_group_and_status(aws: LocalAws) -> None:
    add_group(aws, "listed", deploymentConfigName="CodeDeployDefault.LambdaAllAtOnce")
    deployment = deploy(aws, versioned(aws, "listed"), "listed")
    ended(aws, deployment)
    client, group = aws.client("codedeploy"), {"applicationName": "shop", "deploymentGroupName": "listed"}
    assert client.list_deployments(**group, includeOnlyStatuses=["Succeeded"])["deployments"] == [deployment]
    assert client.list_deployments(**group, includeOnlyStatuses=["Failed"])["deployments"] == []


def test_deployments_of_what_does_not_exist_are_not_listed(aws: LocalAws) -> None:
    client = aws.client("codedeploy")
    with pytest.raises(client.exceptions.ApplicationDoesNotExistException):
        client.list_deployments(applicationName="nothing", deploymentGroupName="listed")
    with pytest.raises(client.exceptions.DeploymentGroupDoesNotExistException):
        client.list_deployments(applicationName="shop", deploymentGroupName="nothing")


def test_a_deployment_group_keeps_what_it_was_given_and_takes_changes(aws: LocalAws) -> None:
    style = {"deploymentType": "BLUE_GREEN", "deploymentOption": "WITH_TRAFFIC_CONTROL"}
    add_group(aws, "kept", deploymentConfigName="CodeDeployDefault.LambdaAllAtOnce", deploymentStyle=style)
    client = aws.client("codedeploy")
    config = "CodeDeployDefault.LambdaCanary10Percent5Minutes"
    client.update_deployment_group(
        applicationName="shop", currentDeploymentGroupName="kept", deploymentConfigName=config
    )
    kept = client.get_deployment_group(applicationName="shop", deploymentGroupName="kept")["deploymentGroupInfo"]
    assert (kept["deploymentStyle"], kept["deploymentConfigName"]) == (style, config)
    assert kept["computePlatform"] == "Lambda"


def test_an_unknown_deployment_config_is_refused(aws: LocalAws) -> None:
    with pytest.raises(ClientError, match="DeploymentConfigDoesNotExistException"):
        add_group(aws, "strange", deploymentConfigName="Mine")

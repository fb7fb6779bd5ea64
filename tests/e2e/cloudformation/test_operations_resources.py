"""What a template says of events, alarms, Config and deployments is what the services hold."""

from __future__ import annotations

from typing import Any

import pytest

from tests.e2e.cloudformation.serverless import ROLE, of
from tests.e2e.cloudformation.stacks import Stacks

pytestmark = pytest.mark.slow


def test_a_rule_of_eventbridge_has_its_targets(stacks: Stacks) -> None:
    def rule(*ids: str) -> dict[str, Any]:
        targets = [{"Id": id_, "Arn": {"Fn::GetAtt": ["Queue", "Arn"]}} for id_ in ids]
        pattern = {"source": ["aws.cloudformation"]}
        return {"Queue": of("SQS::Queue"), "Rule": of("Events::Rule", EventPattern=pattern, Targets=targets)}

    stacks.create("rule", rule("one", "two"))
    stacks.update("rule", rule("two", "three"))
    found = stacks.aws.client("events").list_targets_by_rule(Rule=stacks.physical_id("rule", "Rule"))["Targets"]
    assert {target["Id"] for target in found} == {"two", "three"}


@pytest.mark.parametrize(("bus", "prefix"), [("default", ""), ("mine", "mine|")])
def test_only_a_rule_on_a_bus_of_its_own_is_named_with_the_bus(stacks: Stacks, bus: str, prefix: str) -> None:
    rule = of("Events::Rule", Name="watch", EventBusName=bus, EventPattern={"source": ["aws.s3"]})
    stacks.create(f"rule-on-{bus}", {"Bus": of("Events::EventBus", Name="mine"), "Rule": {**rule, "DependsOn": "Bus"}})
    assert stacks.physical_id(f"rule-on-{bus}", "Rule") == f"{prefix}watch"
    stacks.delete(f"rule-on-{bus}")


def test_a_state_machine_is_defined_logged_and_traced(stacks: Stacks) -> None:
    role = {"Fn::GetAtt": ["Role", "Arn"]}
    definition = {"StartAt": "Done", "States": {"Done": {"Type": "Pass", "Result": "${Word}", "End": True}}}
    tuned = {"TracingConfiguration": {"Enabled": True}, "LoggingConfiguration": {"Level": "ALL"}}
    machine = of(
        "StepFunctions::StateMachine",
        RoleArn=role,
        Definition=definition,
        DefinitionSubstitutions={"Word": "said"},
        **tuned,
    )
    stacks.create("machine", {"Role": ROLE, "Machine": machine})
    arn = stacks.physical_id("machine", "Machine")
    found = stacks.aws.client("stepfunctions").describe_state_machine(stateMachineArn=arn)
    assert '"said"' in found["definition"]
    assert (found["tracingConfiguration"]["enabled"], found["loggingConfiguration"]["level"]) == (True, "ALL")


def test_an_alarm_and_a_dashboard_are_there(stacks: Stacks) -> None:
    alarm = of(
        "CloudWatch::Alarm",
        ComparisonOperator="LessThanThreshold",
        EvaluationPeriods="1",
        MetricName="Fitness",
        Namespace="ConfigFitness",
        Period=60,
        Statistic="Minimum",
        Threshold="60",
    )
    dashboard = of("CloudWatch::Dashboard", DashboardBody={"Fn::Sub": '{"widgets": []}'})
    stacks.create("watching", {"Alarm": alarm, "Dashboard": dashboard})
    cloudwatch = stacks.aws.client("cloudwatch")
    name = stacks.physical_id("watching", "Alarm")
    assert cloudwatch.describe_alarms(AlarmNames=[name])["MetricAlarms"][0]["Threshold"] == 60
    assert cloudwatch.get_dashboard(DashboardName=stacks.physical_id("watching", "Dashboard"))["DashboardBody"]


def test_a_config_rule_has_its_source_parameters_and_frequency(stacks: Stacks) -> None:
    rule = of(
        "Config::ConfigRule",
        InputParameters={"MinRetentionTime": 30},
        MaximumExecutionFrequency="TwentyFour_Hours",
        Source={"Owner": "AWS", "SourceIdentifier": "CW_LOGGROUP_RETENTION_PERIOD_CHECK"},
    )
    stack = stacks.create("ruled", {"Rule": rule}, Outputs={"Arn": {"Value": {"Fn::GetAtt": ["Rule", "Arn"]}}})
    name = stacks.physical_id("ruled", "Rule")
    found = stacks.aws.client("config").describe_config_rules(ConfigRuleNames=[name])["ConfigRules"][0]
    assert name.startswith("ruled-Rule-")
    assert found["InputParameters"] == '{"MinRetentionTime": "30"}'
    assert found["MaximumExecutionFrequency"] == "TwentyFour_Hours"
    assert stack["Outputs"][0]["OutputValue"] == found["ConfigRuleArn"]


def test_recorder_and_channel_wait_for_each_other(stacks: Stacks) -> None:
    config = stacks.aws.client("config")
    for recorder in config.describe_configuration_recorders()["ConfigurationRecorders"]:
        config.stop_configuration_recorder(ConfigurationRecorderName=recorder["name"])
        config.delete_configuration_recorder(ConfigurationRecorderName=recorder["name"])
    for channel in config.describe_delivery_channels()["DeliveryChannels"]:
        config.delete_delivery_channel(DeliveryChannelName=channel["name"])
    resources = {
        "Channel": of("Config::DeliveryChannel", S3BucketName={"Ref": "Bucket"}),
        "Recorder": of("Config::ConfigurationRecorder", RoleARN={"Fn::GetAtt": ["Role", "Arn"]}),
        "Bucket": of("S3::Bucket"),
        "Role": ROLE,
    }
    assert stacks.create("recorder", resources)["StackStatus"] == "CREATE_COMPLETE"
    assert config.describe_configuration_recorder_status()["ConfigurationRecordersStatus"][0]["recording"]


def test_a_deployment_group_has_its_alarms_and_configuration(stacks: Stacks) -> None:
    group = of(
        "CodeDeploy::DeploymentGroup",
        AlarmConfiguration={"Enabled": True, "Alarms": [{"Name": "errors"}]},
        ApplicationName={"Ref": "Application"},
        DeploymentConfigName="CodeDeployDefault.LambdaCanary10Percent5Minutes",
        ServiceRoleArn={"Fn::GetAtt": ["Role", "Arn"]},
    )
    resources = {"Role": ROLE, "Application": of("CodeDeploy::Application", ComputePlatform="Lambda"), "Group": group}
    stacks.create("group2", resources)
    found = stacks.aws.client("codedeploy").get_deployment_group(
        applicationName=stacks.physical_id("group2", "Application"),
        deploymentGroupName=stacks.physical_id("group2", "Group"),
    )["deploymentGroupInfo"]
    assert found["alarmConfiguration"]["alarms"] == [{"name": "errors"}]
    assert found["deploymentConfigName"] == "CodeDeployDefault.LambdaCanary10Percent5Minutes"


def test_a_user_pool_and_a_graphql_api_are_there(stacks: Stacks) -> None:
    resources = {
        "Pool": of("Cognito::UserPool", UserPoolName="people"),
        "Client": of("Cognito::UserPoolClient", UserPoolId={"Ref": "Pool"}),
        "Graph": of("AppSync::GraphQLApi", Name="graph", AuthenticationType="API_KEY", XrayEnabled=True),
        "Key": of("AppSync::ApiKey", ApiId={"Fn::GetAtt": ["Graph", "ApiId"]}),
    }
    stacks.create("people", resources)
    pool = stacks.aws.client("cognito-idp").describe_user_pool(UserPoolId=stacks.physical_id("people", "Pool"))
    assert pool["UserPool"]["Name"] == "people"
    apis = stacks.aws.client("appsync").list_graphql_apis()["graphqlApis"]
    assert [api_["name"] for api_ in apis] == ["graph"]

"""What a template says of functions, APIs, roles, logs and messages is what the services hold."""

from __future__ import annotations

from typing import Any

import pytest

from tests.e2e.cloudformation.stacks import Stacks

pytestmark = pytest.mark.slow

TRUST = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}],
}
BASIC = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"
ALLOW = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}]}
ROLE = {"Type": "AWS::IAM::Role", "Properties": {"AssumeRolePolicyDocument": TRUST}}


def of(type_: str, **properties: Any) -> dict[str, Any]:
    return {"Type": f"AWS::{type_}", "Properties": properties}


def function(**properties: Any) -> dict[str, Any]:
    return of(
        "Lambda::Function",
        **{
            "Code": {"ZipFile": "def handler(event, context): return 1"},
            "Handler": "index.handler",
            "Role": {"Fn::GetAtt": ["Role", "Arn"]},
            "Runtime": "python3.14",
            **properties,
        },
    )


TUNED = {
    "Architectures": ["arm64"],
    "DeadLetterConfig": {"TargetArn": {"Fn::GetAtt": ["Queue", "Arn"]}},
    "Description": "Tuned",
    "Environment": {"Variables": {"SIZE": 3}},
    "EphemeralStorage": {"Size": 1024},
    "LoggingConfig": {"LogFormat": "JSON", "LogGroup": "/orders"},
    "MemorySize": "512",
    "Timeout": 30,
    "TracingConfig": {"Mode": "Active"},
}


def configuration(stacks: Stacks, name: str) -> dict[str, Any]:
    function_name = stacks.physical_id(name, "Function")
    found: dict[str, Any] = stacks.aws.client("lambda").get_function_configuration(FunctionName=function_name)
    return found


def test_a_function_is_created_as_tuned(stacks: Stacks) -> None:
    stacks.create("tuned", {"Role": ROLE, "Queue": of("SQS::Queue"), "Function": function(**TUNED)})
    found = configuration(stacks, "tuned")
    assert found["Environment"]["Variables"] == {"SIZE": "3"}
    assert found["DeadLetterConfig"]["TargetArn"].startswith("arn:aws:sqs:")
    assert (found["MemorySize"], found["Timeout"], found["Architectures"]) == (512, 30, ["arm64"])
    assert (found["TracingConfig"]["Mode"], found["LoggingConfig"]["LogFormat"]) == ("Active", "JSON")
    assert found["EphemeralStorage"]["Size"] == 1024


def test_a_function_is_tuned_in_place_and_back_to_the_defaults(stacks: Stacks) -> None:
    stacks.create("retuned", {"Role": ROLE, "Queue": of("SQS::Queue"), "Function": function()})
    stacks.update("retuned", {"Role": ROLE, "Queue": of("SQS::Queue"), "Function": function(**TUNED)})
    assert configuration(stacks, "retuned")["TracingConfig"]["Mode"] == "Active"
    stacks.update("retuned", {"Role": ROLE, "Queue": of("SQS::Queue"), "Function": function()})
    found = configuration(stacks, "retuned")
    assert (found["MemorySize"], found["Timeout"], found["TracingConfig"]["Mode"]) == (128, 3, "PassThrough")
    assert found["LoggingConfig"]["LogFormat"] == "Text"


def test_concurrency_is_reserved_and_released(stacks: Stacks) -> None:
    client = stacks.aws.client("lambda")
    stacks.create("reserved", {"Role": ROLE, "Function": function(ReservedConcurrentExecutions=5)})
    where = {"FunctionName": stacks.physical_id("reserved", "Function")}
    assert client.get_function_concurrency(**where)["ReservedConcurrentExecutions"] == 5
    stacks.update("reserved", {"Role": ROLE, "Function": function()})
    assert "ReservedConcurrentExecutions" not in client.get_function_concurrency(**where)


def test_new_code_runs(stacks: Stacks) -> None:
    stacks.create("coded", {"Role": ROLE, "Function": function()})
    code = {"ZipFile": "def handler(event, context): return 2"}
    stacks.update("coded", {"Role": ROLE, "Function": function(Code=code)})
    answer = stacks.aws.client("lambda").invoke(FunctionName=stacks.physical_id("coded", "Function"))
    assert answer["Payload"].read() == b"2"


def test_a_permission_stands_in_the_functions_policy(stacks: Stacks) -> None:
    permission = of(
        "Lambda::Permission",
        Action="lambda:InvokeFunction",
        FunctionName={"Ref": "Function"},
        Principal="s3.amazonaws.com",
        SourceAccount={"Ref": "AWS::AccountId"},
    )
    stacks.create("permitted", {"Role": ROLE, "Function": function(), "Permission": permission})
    where = {"FunctionName": stacks.physical_id("permitted", "Function")}
    policy = stacks.aws.client("lambda").get_policy(**where)["Policy"]
    assert "s3.amazonaws.com" in policy
    assert '"AWS:SourceAccount": "123456789012"' in policy


def test_a_queue_feeds_a_function(stacks: Stacks) -> None:
    mapping = of(
        "Lambda::EventSourceMapping",
        BatchSize="5",
        EventSourceArn={"Fn::GetAtt": ["Queue", "Arn"]},
        FunctionName={"Ref": "Function"},
    )
    resources = {"Role": ROLE, "Queue": of("SQS::Queue"), "Function": function(), "Mapping": mapping}
    stacks.create("feeding", resources)
    found = stacks.aws.client("lambda").get_event_source_mapping(UUID=stacks.physical_id("feeding", "Mapping"))
    assert found["BatchSize"] == 5


def test_a_role_keeps_and_loses_policies(stacks: Stacks) -> None:
    inline = {"PolicyName": "read", "PolicyDocument": ALLOW}
    rich = of("IAM::Role", AssumeRolePolicyDocument=TRUST, ManagedPolicyArns=[BASIC], Policies=[inline])
    iam = stacks.aws.client("iam")
    stacks.create("role", {"Role": rich})
    where = {"RoleName": stacks.physical_id("role", "Role")}
    assert iam.list_attached_role_policies(**where)["AttachedPolicies"][0]["PolicyArn"] == BASIC
    assert iam.list_role_policies(**where)["PolicyNames"] == ["read"]
    stacks.update("role", {"Role": ROLE})
    assert iam.list_attached_role_policies(**where)["AttachedPolicies"] == []
    assert iam.list_role_policies(**where)["PolicyNames"] == []


def test_inline_and_managed_policies_are_attached(stacks: Stacks) -> None:
    owner = {"Roles": [{"Ref": "Role"}], "PolicyDocument": ALLOW}
    resources = {
        "Role": ROLE,
        "Inline": of("IAM::Policy", PolicyName="inline", **owner),
        "Managed": of("IAM::ManagedPolicy", **owner),
    }
    stacks.create("policies", resources)
    iam, where = stacks.aws.client("iam"), {"RoleName": stacks.physical_id("policies", "Role")}
    assert iam.list_role_policies(**where)["PolicyNames"] == ["inline"]
    assert len(iam.list_attached_role_policies(**where)["AttachedPolicies"]) == 1
    assert stacks.delete("policies")["StackStatus"] == "DELETE_COMPLETE"


def test_a_user_is_in_a_group_with_its_policies(stacks: Stacks) -> None:
    resources = {
        "Team": of("IAM::Group", Policies=[{"PolicyName": "read", "PolicyDocument": ALLOW}]),
        "Person": of("IAM::User", Groups=[{"Ref": "Team"}]),
    }
    stacks.create("people-of", resources)
    iam, group = stacks.aws.client("iam"), stacks.physical_id("people-of", "Team")
    assert [user["UserName"] for user in iam.get_group(GroupName=group)["Users"]] == [
        stacks.physical_id("people-of", "Person")
    ]
    assert iam.list_group_policies(GroupName=group)["PolicyNames"] == ["read"]
    assert stacks.delete("people-of")["StackStatus"] == "DELETE_COMPLETE"


def test_a_log_group_is_kept_and_encrypted_as_the_template_says(stacks: Stacks) -> None:
    def group(**properties: Any) -> dict[str, Any]:
        return {"Key": of("KMS::Key"), "Group": of("Logs::LogGroup", LogGroupName="/group", **properties)}

    def found() -> dict[str, Any]:
        groups: list[dict[str, Any]] = stacks.aws.client("logs").describe_log_groups(logGroupNamePrefix="/group")[
            "logGroups"
        ]
        return groups[0]

    stacks.create("group", group())
    stacks.update("group", group(RetentionInDays="30", KmsKeyId={"Fn::GetAtt": ["Key", "Arn"]}))
    assert found()["retentionInDays"] == 30
    assert found()["kmsKeyId"].startswith("arn:aws:kms:")
    stacks.update("group", group())
    assert not {"retentionInDays", "kmsKeyId"} & found().keys()


def test_a_queue_is_encrypted_has_a_dead_letter_queue_and_a_policy(stacks: Stacks) -> None:
    dead = {"deadLetterTargetArn": {"Fn::GetAtt": ["Dead", "Arn"]}, "maxReceiveCount": 3}
    resources = {
        "Dead": of("SQS::Queue"),
        "Queue": of("SQS::Queue", KmsMasterKeyId="alias/aws/sqs", RedrivePolicy=dead, VisibilityTimeout=60),
        "Policy": of("SQS::QueuePolicy", Queues=[{"Ref": "Queue"}], PolicyDocument={**ALLOW, "Id": "only"}),
    }
    stacks.create("queue", resources)
    sqs, url = stacks.aws.client("sqs"), stacks.physical_id("queue", "Queue")
    found = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["All"])["Attributes"]
    assert (found["KmsMasterKeyId"], found["VisibilityTimeout"]) == ("alias/aws/sqs", "60")
    assert '"maxReceiveCount": 3' in found["RedrivePolicy"]
    assert '"only"' in found["Policy"]
    resources["Queue"] = of("SQS::Queue")
    stacks.update("queue", resources)
    found = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["All"])["Attributes"]
    assert "RedrivePolicy" not in found
    assert found["VisibilityTimeout"] == "30"


def test_a_topic_is_encrypted_and_subscribed_to(stacks: Stacks) -> None:
    subscription = of(
        "SNS::Subscription", TopicArn={"Ref": "Topic"}, Protocol="sqs", Endpoint={"Fn::GetAtt": ["Queue", "Arn"]}
    )
    policy = {"Version": "2012-10-17", "Id": "own", "Statement": []}
    resources = {
        "Queue": of("SQS::Queue"),
        "Topic": of("SNS::Topic", KmsMasterKeyId="alias/aws/sns"),
        "Subscription": subscription,
        "Policy": of("SNS::TopicPolicy", Topics=[{"Ref": "Topic"}], PolicyDocument=policy),
    }
    stacks.create("topic", resources)
    sns, arn = stacks.aws.client("sns"), stacks.physical_id("topic", "Topic")
    found = sns.get_topic_attributes(TopicArn=arn)["Attributes"]
    assert found["KmsMasterKeyId"] == "alias/aws/sns"
    assert '"own"' in found["Policy"]
    assert sns.list_subscriptions_by_topic(TopicArn=arn)["Subscriptions"][0]["Protocol"] == "sqs"


STAGE = {
    "AccessLogSetting": {
        "DestinationArn": "arn:aws:logs:eu-west-1:123456789012:log-group:api",
        "Format": "$context.path",
    },
    "MethodSettings": [{"ResourcePath": "/*", "HttpMethod": "*", "LoggingLevel": "INFO", "MetricsEnabled": True}],
    "TracingEnabled": True,
}


def api(**stage: Any) -> dict[str, Any]:
    integration = {"type": "aws_proxy", "httpMethod": "POST", "uri": "arn:aws:apigateway:eu-west-1:lambda:path/x"}
    body = {"swagger": "2.0", "paths": {"/orders/{id}": {"get": {"x-amazon-apigateway-integration": integration}}}}
    return {
        "Api": of("ApiGateway::RestApi", Name="orders", Body=body, EndpointConfiguration={"Types": ["REGIONAL"]}),
        "Deployment": of("ApiGateway::Deployment", RestApiId={"Ref": "Api"}),
        "Stage": of(
            "ApiGateway::Stage",
            RestApiId={"Ref": "Api"},
            DeploymentId={"Ref": "Deployment"},
            StageName="live",
            **stage,
        ),
    }


def stage_of(stacks: Stacks, name: str) -> dict[str, Any]:
    where = {"restApiId": stacks.physical_id(name, "Api"), "stageName": "live"}
    found: dict[str, Any] = stacks.aws.client("apigateway").get_stage(**where)
    return found


def test_a_rest_api_has_the_paths_of_its_body(stacks: Stacks) -> None:
    stacks.create("paths", api())
    client, api_id = stacks.aws.client("apigateway"), stacks.physical_id("paths", "Api")
    resources = {item["path"]: item for item in client.get_resources(restApiId=api_id)["items"]}
    assert set(resources) == {"/", "/orders", "/orders/{id}"}
    assert "GET" in resources["/orders/{id}"]["resourceMethods"]
    assert client.get_rest_api(restApiId=api_id)["endpointConfiguration"]["types"] == ["REGIONAL"]


def test_a_stage_is_traced_logged_and_measured(stacks: Stacks) -> None:
    stacks.create("staged", api(**STAGE))
    found = stage_of(stacks, "staged")
    assert found["tracingEnabled"] is True
    assert found["accessLogSettings"]["format"] == "$context.path"
    assert found["methodSettings"]["*/*"]["loggingLevel"] == "INFO"


def test_a_stage_gains_and_loses_its_settings(stacks: Stacks) -> None:
    stacks.create("restaged", api())
    stacks.update("restaged", api(**STAGE))
    assert stage_of(stacks, "restaged")["methodSettings"]["*/*"]["metricsEnabled"] is True
    stacks.update("restaged", api())
    found = stage_of(stacks, "restaged")
    assert found["tracingEnabled"] is False
    assert found["methodSettings"] == {}
    assert "accessLogSettings" not in found


def test_an_http_api_has_its_routes_and_a_logged_stage(stacks: Stacks) -> None:
    integration = {"type": "aws_proxy", "uri": "arn:aws:lambda:eu-west-1:123456789012:function:f"}
    body = {
        "openapi": "3.0.1",
        "info": {"title": "http"},
        "paths": {"/x": {"get": {"x-amazon-apigateway-integration": integration}}},
    }
    logged = {"DestinationArn": "arn:aws:logs:eu-west-1:123456789012:log-group:api", "Format": "$context.path"}

    def resources(**stage: Any) -> dict[str, Any]:
        stage_ = of("ApiGatewayV2::Stage", ApiId={"Ref": "Api"}, StageName="$default", AutoDeploy=True, **stage)
        return {"Api": of("ApiGatewayV2::Api", Body=body), "Stage": stage_}

    stacks.create("http", resources())
    client, api_id = stacks.aws.client("apigatewayv2"), stacks.physical_id("http", "Api")
    assert [route["RouteKey"] for route in client.get_routes(ApiId=api_id)["Items"]] == ["GET /x"]
    stacks.update("http", resources(AccessLogSettings=logged))
    assert client.get_stage(ApiId=api_id, StageName="$default")["AccessLogSettings"] == logged


def test_a_rule_of_eventbridge_has_its_targets(stacks: Stacks) -> None:
    def rule(*ids: str) -> dict[str, Any]:
        targets = [{"Id": id_, "Arn": {"Fn::GetAtt": ["Queue", "Arn"]}} for id_ in ids]
        pattern = {"source": ["aws.cloudformation"]}
        return {"Queue": of("SQS::Queue"), "Rule": of("Events::Rule", EventPattern=pattern, Targets=targets)}

    stacks.create("rule", rule("one", "two"))
    stacks.update("rule", rule("two", "three"))
    found = stacks.aws.client("events").list_targets_by_rule(Rule=stacks.physical_id("rule", "Rule"))["Targets"]
    assert {target["Id"] for target in found} == {"two", "three"}


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

"""The state of the services, in the shape in which templates describe it: one reader a service.

Every reader asks through the public API, so what it sees is what any client has done. Its key is the name with which
requests to the service are signed.
"""

from __future__ import annotations

from collections.abc import Mapping

from workbench.local_aws.config.inventory import Reader
from workbench.local_aws.config.state import (
    apigateway,
    appsync,
    autoscaling,
    cloudformation,
    cloudwatch,
    codedeploy,
    cognito,
    dynamodb,
    ec2,
    events,
    iam,
    kinesis,
    kms,
    lambda_,
    logs,
    messaging,
    s3,
    secretsmanager,
    states,
    wafv2,
)

READ_TYPES = frozenset(
    {
        "AWS::ApiGateway::Method",
        "AWS::ApiGateway::RestApi",
        "AWS::ApiGateway::Stage",
        "AWS::ApiGatewayV2::Api",
        "AWS::ApiGatewayV2::Route",
        "AWS::ApiGatewayV2::Stage",
        "AWS::AppSync::ApiCache",
        "AWS::AppSync::GraphQLApi",
        "AWS::ApplicationAutoScaling::ScalableTarget",
        "AWS::ApplicationAutoScaling::ScalingPolicy",
        "AWS::CloudFormation::Stack",
        "AWS::CloudWatch::Alarm",
        "AWS::CodeDeploy::Application",
        "AWS::CodeDeploy::DeploymentGroup",
        "AWS::Cognito::UserPool",
        "AWS::DynamoDB::Table",
        "AWS::EC2::Subnet",
        "AWS::Events::EventBus",
        "AWS::Events::EventBusPolicy",
        "AWS::Events::Rule",
        "AWS::IAM::Group",
        "AWS::IAM::ManagedPolicy",
        "AWS::IAM::Role",
        "AWS::IAM::User",
        "AWS::KMS::Alias",
        "AWS::KMS::Key",
        "AWS::Kinesis::Stream",
        "AWS::Lambda::Alias",
        "AWS::Lambda::EventSourceMapping",
        "AWS::Lambda::Function",
        "AWS::Lambda::Permission",
        "AWS::Logs::LogGroup",
        "AWS::S3::Bucket",
        "AWS::S3::BucketPolicy",
        "AWS::SNS::Topic",
        "AWS::SNS::TopicPolicy",
        "AWS::SQS::Queue",
        "AWS::SQS::QueuePolicy",
        "AWS::SecretsManager::RotationSchedule",
        "AWS::SecretsManager::Secret",
        "AWS::StepFunctions::StateMachine",
        "AWS::WAFv2::WebACL",
        "AWS::WAFv2::WebACLAssociation",
    }
)
"""The types that these readers read."""

READERS: Mapping[str, Reader] = {
    "apigateway": apigateway.read,
    "appsync": appsync.read,
    "application-autoscaling": autoscaling.read,
    "cloudformation": cloudformation.read,
    "codedeploy": codedeploy.read,
    "cognito-idp": cognito.read,
    "dynamodb": dynamodb.read,
    "ec2": ec2.read,
    "events": events.read,
    "iam": iam.read,
    "kinesis": kinesis.read,
    "kms": kms.read,
    "lambda": lambda_.read,
    "logs": logs.read,
    "monitoring": cloudwatch.read,
    "s3": s3.read,
    "secretsmanager": secretsmanager.read,
    "sns": messaging.read_topics,
    "sqs": messaging.read_queues,
    "states": states.read,
    "wafv2": wafv2.read,
}

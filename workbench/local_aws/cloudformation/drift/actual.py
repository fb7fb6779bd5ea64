"""What the services hold of a stack's resources, in CloudFormation's words.

Owns which types can be looked at, and where: the readers are those of AWS Config. A type that is not listed here
cannot be checked for drift, nor can a property.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from workbench.local_aws.cloudformation.model import StackResource
from workbench.resources import Resource

ReadPlace = Callable[[str, str], Iterable[Resource]]
"""The resources of a place (a service, or `s3/<bucket>`) in a region."""

_PLACES = {
    "ApiGateway": "apigateway",
    "ApiGatewayV2": "apigateway",
    "AppSync": "appsync",
    "ApplicationAutoScaling": "application-autoscaling",
    "CloudWatch": "monitoring",
    "CodeDeploy": "codedeploy",
    "Cognito": "cognito-idp",
    "DynamoDB": "dynamodb",
    "Events": "events",
    "IAM": "iam",
    "KMS": "kms",
    "Kinesis": "kinesis",
    "Lambda": "lambda",
    "Logs": "logs",
    "SNS": "sns",
    "SQS": "sqs",
    "SecretsManager": "secretsmanager",
    "StepFunctions": "states",
}

CHECKED: Mapping[str, frozenset[str]] = {
    f"AWS::{name}": frozenset(properties.split())
    for name, properties in {
        "ApiGateway::RestApi": "Name Description ApiKeySourceType MinimumCompressionSize DisableExecuteApiEndpoint "
        "Policy EndpointConfiguration Tags",
        "ApiGateway::Stage": "DeploymentId Description TracingEnabled CacheClusterEnabled CacheClusterSize Variables "
        "AccessLogSetting MethodSettings Tags",
        "ApiGatewayV2::Api": "Name Description CorsConfiguration DisableExecuteApiEndpoint Tags",
        "ApiGatewayV2::Stage": "Description AutoDeploy AccessLogSettings DefaultRouteSettings RouteSettings "
        "StageVariables Tags",
        "ApiGatewayV2::Route": "RouteKey AuthorizationType AuthorizerId ApiKeyRequired Target OperationName",
        "AppSync::GraphQLApi": "Name AuthenticationType AdditionalAuthenticationProviders LogConfig XrayEnabled Tags",
        "ApplicationAutoScaling::ScalableTarget": "MinCapacity MaxCapacity",
        "ApplicationAutoScaling::ScalingPolicy": "PolicyType TargetTrackingScalingPolicyConfiguration",
        "CloudWatch::Alarm": "ActionsEnabled AlarmActions AlarmDescription ComparisonOperator EvaluationPeriods "
        "InsufficientDataActions MetricName Namespace OKActions Period Statistic Threshold TreatMissingData",
        "CodeDeploy::Application": "ComputePlatform",
        "CodeDeploy::DeploymentGroup": "DeploymentConfigName ServiceRoleArn AlarmConfiguration "
        "AutoRollbackConfiguration DeploymentStyle TriggerConfigurations",
        "Cognito::UserPool": "AutoVerifiedAttributes DeletionProtection MfaConfiguration UserPoolName UserPoolTags",
        "DynamoDB::Table": "KeySchema AttributeDefinitions DeletionProtectionEnabled BillingMode "
        "ProvisionedThroughput GlobalSecondaryIndexes LocalSecondaryIndexes SSESpecification StreamSpecification "
        "PointInTimeRecoverySpecification TableClass TimeToLiveSpecification Tags",
        "Events::EventBus": "Description KmsKeyIdentifier",
        "Events::Rule": "Description EventPattern RoleArn ScheduleExpression State Targets",
        "IAM::Group": "Policies ManagedPolicyArns",
        "IAM::ManagedPolicy": "PolicyDocument Path Description",
        "IAM::Role": "Path Description MaxSessionDuration AssumeRolePolicyDocument PermissionsBoundary Policies "
        "ManagedPolicyArns Tags",
        "IAM::User": "Groups Policies ManagedPolicyArns",
        "KMS::Alias": "TargetKeyId",
        "KMS::Key": "Description Enabled KeySpec KeyUsage MultiRegion KeyPolicy EnableKeyRotation Tags",
        "Kinesis::Stream": "RetentionPeriodHours ShardCount StreamModeDetails StreamEncryption",
        "Lambda::Alias": "FunctionVersion Description",
        "Lambda::EventSourceMapping": "BatchSize BisectBatchOnFunctionError DestinationConfig Enabled EventSourceArn "
        "FilterCriteria FunctionName FunctionResponseTypes MaximumBatchingWindowInSeconds MaximumRecordAgeInSeconds "
        "MaximumRetryAttempts ParallelizationFactor TumblingWindowInSeconds",
        "Lambda::Function": "Role Runtime Handler Description Timeout MemorySize PackageType Architectures "
        "DeadLetterConfig TracingConfig LoggingConfig FileSystemConfigs EphemeralStorage Environment KmsKeyArn Layers "
        "VpcConfig Tags ReservedConcurrentExecutions",
        "Lambda::Permission": "Action EventSourceToken FunctionUrlAuthType InvokedViaFunctionUrl Principal "
        "PrincipalOrgID SourceAccount SourceArn",
        "Logs::LogGroup": "RetentionInDays KmsKeyId",
        "S3::Bucket": "AccelerateConfiguration AccessControl BucketEncryption CorsConfiguration LifecycleConfiguration "
        "LoggingConfiguration NotificationConfiguration ObjectLockEnabled OwnershipControls "
        "PublicAccessBlockConfiguration ReplicationConfiguration Tags VersioningConfiguration WebsiteConfiguration",
        "S3::BucketPolicy": "PolicyDocument",
        "SNS::Topic": "DisplayName KmsMasterKeyId SignatureVersion TracingConfig FifoTopic Tags",
        "SNS::TopicPolicy": "PolicyDocument",
        "SQS::Queue": "DelaySeconds KmsDataKeyReusePeriodSeconds MaximumMessageSize MessageRetentionPeriod "
        "ReceiveMessageWaitTimeSeconds VisibilityTimeout FifoQueue KmsMasterKeyId SqsManagedSseEnabled RedrivePolicy "
        "RedriveAllowPolicy",
        "SQS::QueuePolicy": "PolicyDocument",
        "SecretsManager::Secret": "Description KmsKeyId Tags",
        "StepFunctions::StateMachine": "RoleArn DefinitionString LoggingConfiguration TracingConfiguration "
        "EncryptionConfiguration Tags",
    }.items()
}
"""The properties that can be checked, by type."""

# What a resource is found by where its physical id alone does not name it.
_FOUND_BY = {
    "AWS::ApiGateway::Stage": ("RestApiId", "StageName"),
    "AWS::ApiGatewayV2::Stage": ("ApiId", "StageName"),
    "AWS::S3::BucketPolicy": ("Bucket",),
}
_FOUND_BY_HOLDER = {"AWS::SNS::TopicPolicy": "Topics", "AWS::SQS::QueuePolicy": "Queues"}


class Services:
    """What the services of a region hold, read once a place."""

    def __init__(self, read: ReadPlace, region: str) -> None:
        self._read = read
        self._region = region
        self._places: dict[str, tuple[Resource, ...]] = {}

    def find(self, wanted: StackResource) -> Resource | None:
        """What there is of this resource of a stack; None if it is gone."""
        return next((each for each in self._of_type(_place(wanted), wanted.type) if is_it(wanted, each)), None)

    def has(self, resource_type: str, physical_id: str) -> bool:
        """Whether there is a resource of this type and name, as far as the type can be looked at."""
        if resource_type not in CHECKED:
            return False
        return any(each.physical_id == physical_id for each in self.of_type(resource_type, physical_id))

    def of_type(self, resource_type: str, bucket: str) -> Iterator[Resource]:
        """All resources of a type that can be looked at; those of S3 are the bucket's of this name."""
        service = resource_type.split("::")[1]
        return self._of_type(f"s3/{bucket}" if service == "S3" else _PLACES[service], resource_type)

    def _of_type(self, place: str, resource_type: str) -> Iterator[Resource]:
        if place not in self._places:
            self._places[place] = tuple(self._read(place, self._region))
        return (each for each in self._places[place] if each.type == resource_type)


def _place(wanted: StackResource) -> str:
    service = wanted.type.split("::")[1]
    if service == "S3":
        return f"s3/{wanted.properties.get('Bucket', wanted.physical_id)}"
    return _PLACES[service]


def is_it(wanted: StackResource, found: Resource) -> bool:
    """Whether a resource of a stack is the one that was found."""
    if wanted.type in _FOUND_BY_HOLDER:
        holders: Any = _FOUND_BY_HOLDER[wanted.type]
        return bool(set(found.properties[holders]) & set(wanted.properties[holders]))
    names = _FOUND_BY.get(wanted.type)
    if names:
        return all(found.properties.get(name) == wanted.properties.get(name) for name in names)
    if wanted.type == "AWS::Lambda::Permission":
        return found.physical_id.endswith(f"-{wanted.physical_id}")
    return found.physical_id == wanted.physical_id

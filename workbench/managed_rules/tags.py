"""Tags, across services: whether a resource has any, and those that are required.

Owns the rules that judge nothing but tags. Tags that AWS sets itself (`aws:...`) do not count.
"""

from __future__ import annotations

from workbench.managed_rules.model import Finding, Parameters, managed_rule
from workbench.managed_rules.parameters import list_of, text_of
from workbench.managed_rules.properties import Property, any_of, compliant, first, non_compliant, read
from workbench.resources import Resource

REQUIRED_TAGS_TYPES = (
    "AWS::ACM::Certificate",
    "AWS::AutoScaling::AutoScalingGroup",
    "AWS::CloudFormation::Stack",
    "AWS::CodeBuild::Project",
    "AWS::DynamoDB::Table",
    "AWS::EC2::CustomerGateway",
    "AWS::EC2::Instance",
    "AWS::EC2::InternetGateway",
    "AWS::EC2::NetworkAcl",
    "AWS::EC2::NetworkInterface",
    "AWS::EC2::RouteTable",
    "AWS::EC2::SecurityGroup",
    "AWS::EC2::Subnet",
    "AWS::EC2::VPC",
    "AWS::EC2::VPNConnection",
    "AWS::EC2::VPNGateway",
    "AWS::EC2::Volume",
    "AWS::ElasticLoadBalancing::LoadBalancer",
    "AWS::ElasticLoadBalancingV2::LoadBalancer",
    "AWS::RDS::DBInstance",
    "AWS::RDS::DBSecurityGroup",
    "AWS::RDS::DBSnapshot",
    "AWS::RDS::DBSubnetGroup",
    "AWS::RDS::EventSubscription",
    "AWS::Redshift::Cluster",
    "AWS::Redshift::ClusterParameterGroup",
    "AWS::Redshift::ClusterSecurityGroup",
    "AWS::Redshift::ClusterSnapshot",
    "AWS::Redshift::ClusterSubnetGroup",
    "AWS::S3::Bucket",
)
TAG_NUMBERS = range(1, 7)


def api_gw_rest_api_tagged(api: Resource, parameters: Parameters) -> Finding:
    """The API has tags.

    NON_COMPLIANT without tags, or without one of requiredKeyTags.

    Source: AWS Config Developer Guide, api-gw-rest-api-tagged.
    """
    return _tagged(read(api, "Tags"), parameters)


def api_gw_stage_tagged(stage: Resource, parameters: Parameters) -> Finding:
    """The stage has tags.

    NON_COMPLIANT without tags, or without one of requiredKeyTags.

    Source: AWS Config Developer Guide, api-gw-stage-tagged.
    """
    return _tagged(read(stage, "Tags"), parameters)


def cognito_user_pool_tagged(pool: Resource, parameters: Parameters) -> Finding:
    """The user pool has tags.

    NON_COMPLIANT without tags, or without one of requiredKeyTags.

    Source: AWS Config Developer Guide, cognito-user-pool-tagged.
    """
    return _tagged(read(pool, "UserPoolTags"), parameters)


def kms_key_tagged(key: Resource, parameters: Parameters) -> Finding:
    """The key has tags.

    NON_COMPLIANT without tags, or without one of requiredKeyTags.

    Source: AWS Config Developer Guide, kms-key-tagged.
    """
    return _tagged(read(key, "Tags"), parameters)


def lambda_code_signing_configuration_tagged(config: Resource, parameters: Parameters) -> Finding:
    """The code signing configuration has tags.

    NON_COMPLIANT without tags, or without one of requiredKeyTags.

    Source: AWS Config Developer Guide, lambda-code-signing-configuration-tagged.
    """
    return _tagged(read(config, "Tags"), parameters)


def lambda_function_tagged(function: Resource, parameters: Parameters) -> Finding:
    """The function has tags.

    NON_COMPLIANT without tags, or without one of requiredKeyTags.

    Source: AWS Config Developer Guide, lambda-function-tagged.
    """
    return _tagged(read(function, "Tags"), parameters)


def s3_bucket_tagged(bucket: Resource, parameters: Parameters) -> Finding:
    """The bucket has tags.

    NON_COMPLIANT without tags, or without one of requiredKeyTags.

    Source: AWS Config Developer Guide, s3-bucket-tagged.
    """
    return _tagged(read(bucket, "Tags"), parameters)


def stepfunctions_state_machine_tagged(machine: Resource, parameters: Parameters) -> Finding:
    """The state machine has tags.

    NON_COMPLIANT without tags, or without one of requiredKeyTags.

    Source: AWS Config Developer Guide, stepfunctions-state-machine-tagged.
    """
    return _tagged(read(machine, "Tags"), parameters)


def _tagged(tags: Property, parameters: Parameters) -> Finding:
    keys = [key for key, _ in tag_pairs(tags)]
    missing = first(list_of(parameters, "requiredKeyTags"), lambda key: key not in [found.text() for found in keys])
    if missing:
        return non_compliant(f"The tag {missing} is missing.", tags)
    if first(keys, lambda key: not key.text().startswith("aws:")) is None:
        return non_compliant("There are no tags.", tags)
    return compliant("There are tags.", tags)


def tag_pairs(tags: Property) -> list[tuple[Property, Property]]:
    """Keys and values, whether written as a list of tags or as a mapping."""
    if isinstance(tags.known(), list | tuple):
        return [(tag.get("Key"), tag.get("Value")) for tag in tags.items()]
    return [(Property(key, tags.path, tags.at), value) for key, value in tags.entries()]


def required_tags(resource: Resource, parameters: Parameters) -> Finding:
    """The required tags are there.

    NON_COMPLIANT when one of tag1Key to tag6Key is missing or, where tag1Value to tag6Value are given, has none of
    these values.

    Source: AWS Config Developer Guide, required-tags.
    """
    tags = read(resource, "Tags")
    for number in TAG_NUMBERS:
        key, values = text_of(parameters, f"tag{number}Key"), list_of(parameters, f"tag{number}Value")
        if key and not _has(tags, key, values):
            expected = f"{key} = {' or '.join(values)}" if values else key
            return non_compliant(f"The tag {expected} is missing.", tags)
    return compliant("The required tags are there.", tags)


def _has(tags: Property, key: str, values: tuple[str, ...]) -> bool:
    named = [value for name, value in tag_pairs(tags) if name.text() == key]
    return first(named, lambda value: any_of(lambda: not values, lambda: value.text() in values)) is not None


REQUIRED_KEYS = ("requiredKeyTags",)

RULES = (
    managed_rule(api_gw_rest_api_tagged, "AWS::ApiGateway::RestApi", optional=REQUIRED_KEYS),
    managed_rule(api_gw_stage_tagged, "AWS::ApiGateway::Stage", optional=REQUIRED_KEYS),
    managed_rule(cognito_user_pool_tagged, "AWS::Cognito::UserPool", optional=REQUIRED_KEYS),
    managed_rule(kms_key_tagged, "AWS::KMS::Key", optional=REQUIRED_KEYS),
    managed_rule(lambda_code_signing_configuration_tagged, "AWS::Lambda::CodeSigningConfig", optional=REQUIRED_KEYS),
    managed_rule(lambda_function_tagged, "AWS::Lambda::Function", optional=REQUIRED_KEYS),
    managed_rule(s3_bucket_tagged, "AWS::S3::Bucket", optional=REQUIRED_KEYS),
    managed_rule(stepfunctions_state_machine_tagged, "AWS::StepFunctions::StateMachine", optional=REQUIRED_KEYS),
    managed_rule(
        required_tags,
        *REQUIRED_TAGS_TYPES,
        required=("tag1Key",),
        defaults={"tag1Key": "CostCenter"},
        optional=("tag1Value", *(f"tag{number}{part}" for number in TAG_NUMBERS[1:] for part in ("Key", "Value"))),
    ),
)

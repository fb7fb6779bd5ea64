"""What the registry of resource types says about names."""

import pytest

from workbench.local_aws.cloudformation.schemas import naming


@pytest.mark.parametrize(
    ("resource_type", "properties"),
    [
        ("AWS::S3::Bucket", {"BucketName"}),
        ("AWS::ApiGateway::Stage", set()),
        ("AWS::ApiGatewayV2::Stage", set()),
        ("AWS::CodeDeploy::DeploymentGroup", set()),
    ],
)
def test_only_a_name_of_the_whole_account_can_be_taken(resource_type: str, properties: set[str]) -> None:
    assert naming(resource_type) == properties

"""Parts of a template that are kept in S3."""

from __future__ import annotations

import pytest

from workbench.local_aws.cloudformation.includes import included
from workbench.local_aws.service import AwsError
from workbench.templates import load

PARTS = {"s3://parts/body.yaml": "openapi: 3.0.1\npaths: {/x: {get: !Ref Handler}}\n", "s3://parts/bad.yaml": "a: ["}
INCLUDE = """
Resources:
  Api: {Type: T, Properties: {Body: {"Fn::Transform": {Name: AWS::Include, Parameters: {Location: %s}}}}}
"""


def test_a_part_stands_where_it_is_included() -> None:
    document = included(load(INCLUDE % "'s3://parts/body.yaml'", "template"), PARTS.__getitem__)
    assert document.resources["Api"]["Properties"]["Body"] == {
        "openapi": "3.0.1",
        "paths": {"/x": {"get": {"Ref": "Handler"}}},
    }


def test_a_part_that_cannot_be_read_is_named() -> None:
    with pytest.raises(AwsError, match=r"AWS::Include failed with.*s3://parts/bad.yaml"):
        included(load(INCLUDE % "'s3://parts/bad.yaml'", "template"), PARTS.__getitem__)


def test_a_location_must_be_a_text() -> None:
    with pytest.raises(AwsError, match="Location must be an S3 URL"):
        included(load(INCLUDE % "{Ref: Where}", "template"), PARTS.__getitem__)


def test_other_transforms_stay() -> None:
    text = "Resources: {A: {Type: T, Properties: {'Fn::Transform': {Name: Mine}}}}"
    assert included(load(text, "t"), PARTS.__getitem__).template == load(text, "t").template

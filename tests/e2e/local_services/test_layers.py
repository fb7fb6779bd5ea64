"""Layers, as SAM's sync looks for them and publishes them."""

from __future__ import annotations

import io
import zipfile

import pytest

from workbench.local_aws.server import LocalAws

pytestmark = pytest.mark.slow


def test_a_layer_is_found_and_published_by_its_arn(aws: LocalAws) -> None:
    content, client = io.BytesIO(), aws.client("lambda")
    zipfile.ZipFile(content, "w").close()
    code = {"ZipFile": content.getvalue()}
    arn = client.publish_layer_version(LayerName="shared", Content=code)["LayerArn"]
    assert client.publish_layer_version(LayerName=arn, Content=code)["LayerVersionArn"] == f"{arn}:2"
    assert {each["Version"] for each in client.list_layer_versions(LayerName=arn)["LayerVersions"]} == {1, 2}

"""Lambda puts a function's folder on the path; here it is put there for all of them."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest
from botocore.stub import Stubber

ROOT = Path(__file__).parents[3]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "config-rules/round_trip")]


def _stubbed(service: str) -> Iterator[Stubber]:
    client: Any = boto3.client(service, region_name="eu-west-1", aws_access_key_id="test", aws_secret_access_key="test")
    with Stubber(client) as stubber:
        yield stubber
        stubber.assert_no_pending_responses()


@pytest.fixture
def dynamodb() -> Iterator[Stubber]:
    yield from _stubbed("dynamodb")


@pytest.fixture
def s3() -> Iterator[Stubber]:
    yield from _stubbed("s3")


@pytest.fixture
def lambda_() -> Iterator[Stubber]:
    yield from _stubbed("lambda")


@pytest.fixture
def config() -> Iterator[Stubber]:
    yield from _stubbed("config")

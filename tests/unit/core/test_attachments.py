"""A resource is updated when a policy of it is."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from fitness.attachments import with_attachments
from fitness.model import Resource

from tests.unit.core.builders import BUCKET, LAST_WEEK

HOUR = timedelta(hours=1)
DATA = Resource("Data", BUCKET, "data-1", LAST_WEEK)
POLICY = Resource("Door", "AWS::S3::BucketPolicy", "data-1", LAST_WEEK + HOUR)
OTHER = Resource("Other", BUCKET, "other-1", LAST_WEEK)


def updated(*resources: Resource) -> dict[str, timedelta | None]:
    return {
        found.path: found.updated_at and found.updated_at - LAST_WEEK
        for found in with_attachments(resources)
        if found.type != POLICY.type
    }


def test_a_bucket_is_updated_when_its_policy_is() -> None:
    assert updated(POLICY, DATA, OTHER) == {"Data": HOUR, "Other": timedelta()}


def test_the_newest_update_counts() -> None:
    assert updated(DATA, replace(POLICY, updated_at=LAST_WEEK - HOUR)) == {"Data": timedelta()}
    assert updated(DATA, replace(POLICY, updated_at=LAST_WEEK + 2 * HOUR), POLICY) == {"Data": 2 * HOUR}


@pytest.mark.parametrize("moment", [None, LAST_WEEK])
def test_a_bucket_without_a_time_has_that_of_its_policy(moment: None) -> None:
    assert updated(replace(DATA, updated_at=moment), POLICY) == {"Data": HOUR}


def test_another_resource_of_the_same_name_is_another() -> None:
    assert updated(replace(DATA, type="AWS::DynamoDB::Table"), POLICY) == {"Data": timedelta()}

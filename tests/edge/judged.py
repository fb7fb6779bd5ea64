"""What the entry points judge in their tests: a bucket under one rule."""

from datetime import timedelta

from fitness.model import Resource, Status

from tests.edge.catalogues import RULES
from tests.edge.fake_aws import START, FakeAws, own_rule, row

VERSIONING = "S3BucketVersioningEnabled"
OLD = START - timedelta(days=1)
BUCKET = Resource("Bucket", "AWS::S3::Bucket", "b-1", START)
BLOCKING = RULES.replace("{title: Versioned,", "{title: Versioned, enforcement: blocking,")


def aws(status: Status = Status.COMPLIANT, seconds: float = 10) -> FakeAws:
    """An AWS whose one bucket gets this status some seconds after the update's start."""
    at = START + timedelta(seconds=seconds)
    return FakeAws(listing=[BUCKET], rules=[own_rule(VERSIONING, OLD)], rows=[row("Bucket", VERSIONING, status, at)])

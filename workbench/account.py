"""AWS as the command line reaches it: the usual options, environment and configuration files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fitness.aws import Aws


@dataclass(frozen=True)
class Account:
    """Which AWS is meant; None leaves it to the environment and the AWS configuration."""

    profile: str | None = None
    region: str | None = None
    endpoint_url: str | None = None

    def connect(self) -> Aws:
        """Raises botocore's ProfileNotFound."""
        import boto3
        from botocore.config import Config
        from fitness.aws import SETTINGS, Aws

        # Somebody is waiting: an endpoint that does not answer is said within seconds.
        settings = SETTINGS.merge(Config(retries={"mode": "standard", "max_attempts": 3}))
        session: Any = boto3.Session(profile_name=self.profile, region_name=self.region)
        return Aws(lambda service: session.client(service, endpoint_url=self.endpoint_url, config=settings))

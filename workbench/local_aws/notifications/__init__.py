"""What S3 and SNS notify: functions, queues, topics and EventBridge are told of objects, functions of messages.

Owns the two places where moto notifies: `notifying` delivers there what AWS delivers, after the request and not in it.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError
from moto.s3 import notifications
from moto.sns.models import Subscription

from workbench.local_aws import background
from workbench.local_aws.notifications.objects import Change, bridged, notified
from workbench.local_aws.notifications.topics import told_function
from workbench.local_aws.service import AwsError, RequestContext

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Deliveries:
    """How something is delivered: by a client, to a function with Lambda's retries, to EventBridge's default bus."""

    clients: Callable[[str, str], Any]
    invoke: Callable[[RequestContext, str, bytes], None]
    publish: Callable[[Mapping[str, Any]], None]

    def deliver(self, arn: str, event: Mapping[str, Any]) -> None:
        """Never waits; what cannot be delivered is logged and lost."""
        background.start("notification", self._deliver, arn, json.dumps(event))

    def _deliver(self, arn: str, text: str) -> None:
        _, _, service, region, account, name, *_ = arn.split(":")
        try:
            if service == "lambda":
                self.invoke(RequestContext(account, region), arn, text.encode())
            elif service == "sqs":
                client = self.clients("sqs", region)
                client.send_message(QueueUrl=client.get_queue_url(QueueName=name)["QueueUrl"], MessageBody=text)
            else:
                self.clients("sns", region).publish(TopicArn=arn, Message=text, Subject="Amazon S3 Notification")
        except (AwsError, BotoCoreError, ClientError) as error:
            logger.warning("A notification could not be delivered to %s: %s", arn, error)


@contextmanager
def notifying(deliveries: Deliveries) -> Iterator[None]:
    """While it lasts, what moto's buckets and topics notify is delivered so."""
    originals = notifications.send_event, Subscription.publish

    def send_event(account: str, event_name: Any, bucket: Any, key: Any) -> None:
        _notify(deliveries, Change(account, str(event_name.value), bucket, key))

    def publish(self: Any, message: str, message_id: str, subject: str | None = None, *args: Any, **more: Any) -> None:
        if self.protocol != "lambda":
            originals[1](self, message, message_id, subject, *args, **more)
        elif event := told_function(self, message, message_id, subject, **more):
            deliveries.deliver(self.endpoint, event)

    notifications.send_event, Subscription.publish = send_event, publish
    try:
        yield
    finally:
        notifications.send_event, Subscription.publish = originals


def _notify(deliveries: Deliveries, change: Change) -> None:
    configuration = change.bucket.notification_configuration
    if configuration is None:
        return
    for each in (*configuration.cloud_function, *configuration.queue, *configuration.topic):
        if each.matches(change.name, change.key.name):
            deliveries.deliver(each.arn, notified(change, each.id))
    if configuration.event_bridge is not None:
        deliveries.publish(bridged(change))

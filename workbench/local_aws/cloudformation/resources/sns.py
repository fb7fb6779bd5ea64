"""Amazon SNS: topics, their policies and subscriptions."""

from __future__ import annotations

from typing import Any

from workbench.local_aws.cloudformation.provider import Context, Physical, Properties, Provider
from workbench.local_aws.cloudformation.resources.settings import (
    attribute_text,
    gone_is_fine,
    json_text,
    pick,
    retagged,
    truth,
)

# Properties that are attributes of a topic, with what unsets each.
_ATTRIBUTES = {
    "ArchivePolicy": "{}",
    "ContentBasedDeduplication": "false",
    "DataProtectionPolicy": "",
    "DisplayName": "",
    "FifoThroughputScope": "",
    "KmsMasterKeyId": "",
    "SignatureVersion": "1",
    "TracingConfig": "PassThrough",
}
_SUBSCRIPTION = (
    "DeliveryPolicy",
    "FilterPolicy",
    "FilterPolicyScope",
    "RawMessageDelivery",
    "RedrivePolicy",
    "SubscriptionRoleArn",
)


def _create_topic(properties: Properties, context: Context) -> Physical:
    sns = context.client("sns")
    fifo = truth(properties.get("FifoTopic", False))
    name = properties.get("TopicName") or context.name(250) + (".fifo" if fifo else "")
    attributes = {"FifoTopic": "true"} if fifo else {}
    arn = sns.create_topic(Name=name, Attributes=attributes, Tags=context.tag_list(properties))["TopicArn"]
    context.exists(arn)
    _set_attributes(sns, arn, {}, properties)
    for subscription in properties.get("Subscription") or []:
        sns.subscribe(TopicArn=arn, **pick(subscription, "Endpoint", "Protocol"))
    return _topic(arn)


def _update_topic(arn: str, old: Properties, new: Properties, context: Context) -> Physical:
    sns = context.client("sns")
    _set_attributes(sns, arn, old, new)
    _resubscribe(sns, arn, old.get("Subscription") or [], new.get("Subscription") or [])
    wanted = context.tag_map(new)
    current = {tag["Key"]: tag["Value"] for tag in sns.list_tags_for_resource(ResourceArn=arn)["Tags"]}
    if gone := retagged(current, wanted):
        sns.untag_resource(ResourceArn=arn, TagKeys=gone)
    if wanted and wanted != current:
        sns.tag_resource(ResourceArn=arn, Tags=context.tag_list(new))
    return _topic(arn)


def _delete_topic(arn: str, _: Properties, context: Context) -> None:
    with gone_is_fine():
        context.client("sns").delete_topic(TopicArn=arn)


def _set_attributes(sns: Any, arn: str, old: Properties, new: Properties) -> None:
    for name, unset in _ATTRIBUTES.items():
        if old.get(name) != new.get(name):
            sns.set_topic_attributes(
                TopicArn=arn, AttributeName=name, AttributeValue=attribute_text(new.get(name, unset))
            )


def _resubscribe(sns: Any, arn: str, old: list[Any], new: list[Any]) -> None:
    listed = sns.list_subscriptions_by_topic(TopicArn=arn)["Subscriptions"]
    for subscription in (item for item in old if item not in new):
        for found in listed:
            if found["Endpoint"] == subscription["Endpoint"] and found["Protocol"] == subscription["Protocol"]:
                sns.unsubscribe(SubscriptionArn=found["SubscriptionArn"])
    for subscription in (item for item in new if item not in old):
        sns.subscribe(TopicArn=arn, **pick(subscription, "Endpoint", "Protocol"))


def _topic(arn: str) -> Physical:
    return Physical(arn, {"TopicArn": arn, "TopicName": arn.rsplit(":", 1)[1]})


def _create_policy(properties: Properties, context: Context) -> Physical:
    _put_policy(properties, context)
    return Physical(context.name())


def _update_policy(physical_id: str, _: Properties, new: Properties, context: Context) -> Physical:
    _put_policy(new, context)
    return Physical(physical_id)


def _put_policy(properties: Properties, context: Context) -> None:
    for arn in properties["Topics"]:
        context.client("sns").set_topic_attributes(
            TopicArn=arn, AttributeName="Policy", AttributeValue=json_text(properties["PolicyDocument"])
        )


def _delete_policy(_: str, properties: Properties, context: Context) -> None:
    """A topic always has a policy: it goes back to the one that admits its own account."""
    statement = {"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "SNS:Publish"}
    own = {"StringEquals": {"AWS:SourceOwner": context.account}}
    for arn in properties["Topics"]:
        policy = {"Version": "2008-10-17", "Statement": [{**statement, "Resource": arn, "Condition": own}]}
        with gone_is_fine():
            context.client("sns").set_topic_attributes(
                TopicArn=arn, AttributeName="Policy", AttributeValue=json_text(policy)
            )


def _subscribe(properties: Properties, context: Context) -> Physical:
    attributes = {name: attribute_text(properties[name]) for name in _SUBSCRIPTION if properties.get(name) is not None}
    arn = context.client("sns").subscribe(
        **pick(properties, "Endpoint", "Protocol", "TopicArn"), Attributes=attributes, ReturnSubscriptionArn=True
    )["SubscriptionArn"]
    return Physical(arn, {"Arn": arn})


def _update_subscription(arn: str, old: Properties, new: Properties, context: Context) -> Physical:
    for name in _SUBSCRIPTION:
        if old.get(name) != new.get(name):
            value = "" if new.get(name) is None else attribute_text(new[name])
            context.client("sns").set_subscription_attributes(
                SubscriptionArn=arn, AttributeName=name, AttributeValue=value
            )
    return Physical(arn, {"Arn": arn})


def _unsubscribe(arn: str, _: Properties, context: Context) -> None:
    with gone_is_fine():
        context.client("sns").unsubscribe(SubscriptionArn=arn)


PROVIDERS = {
    "AWS::SNS::Subscription": Provider(
        _subscribe,
        _update_subscription,
        _unsubscribe,
        replaces=frozenset({"Endpoint", "Protocol", "TopicArn"}),
        held=frozenset({"Endpoint", "Protocol", "TopicArn", *_SUBSCRIPTION}),
    ),
    "AWS::SNS::Topic": Provider(
        _create_topic,
        _update_topic,
        _delete_topic,
        replaces=frozenset({"FifoTopic", "TopicName"}),
        held=frozenset({"FifoTopic", "Subscription", "Tags", "TopicName", *_ATTRIBUTES}),
        tagged=True,
    ),
    "AWS::SNS::TopicPolicy": Provider(_create_policy, _update_policy, _delete_policy),
}

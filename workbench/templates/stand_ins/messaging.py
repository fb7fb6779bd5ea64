"""Stand-ins of what carries events: SQS, SNS, EventBridge, Scheduler, Pipes."""

from __future__ import annotations

from workbench.templates.stand_ins.shape import Shape

_QUEUE_URL = "https://sqs.{region}.{suffix}/{account}/{name}"
_TOPIC = "arn:{partition}:sns:{region}:{account}:{name}"
_EVENTS = "arn:{partition}:events:{region}:{account}:"
_SCHEDULER = "arn:{partition}:scheduler:{region}:{account}:"

SHAPES = {
    "AWS::SQS::Queue": Shape(
        "QueueName",
        ref=_QUEUE_URL,
        attributes={
            "Arn": "arn:{partition}:sqs:{region}:{account}:{name}",
            "QueueName": "{name}",
            "QueueUrl": _QUEUE_URL,
        },
    ),
    "AWS::SNS::Topic": Shape("TopicName", ref=_TOPIC, attributes={"TopicArn": _TOPIC, "TopicName": "{name}"}),
    "AWS::SNS::Subscription": Shape(ref="{TopicArn}:{uuid}", attributes={"Arn": "{TopicArn}:{uuid}"}),
    "AWS::Events::EventBus": Shape("Name", attributes={"Arn": _EVENTS + "event-bus/{name}", "Name": "{name}"}),
    "AWS::Events::Rule": Shape("Name", attributes={"Arn": _EVENTS + "rule/{name}"}),
    "AWS::Events::Archive": Shape("ArchiveName", attributes={"Arn": _EVENTS + "archive/{name}"}),
    "AWS::Events::Connection": Shape("Name", attributes={"Arn": _EVENTS + "connection/{name}/{uuid}"}),
    "AWS::Events::ApiDestination": Shape("Name", attributes={"Arn": _EVENTS + "api-destination/{name}/{uuid}"}),
    "AWS::Scheduler::Schedule": Shape(
        "Name", attributes={"Arn": _SCHEDULER + "schedule/{GroupName}/{name}"}, defaults={"GroupName": "default"}
    ),
    "AWS::Scheduler::ScheduleGroup": Shape("Name", attributes={"Arn": _SCHEDULER + "schedule-group/{name}"}),
    "AWS::Pipes::Pipe": Shape("Name", attributes={"Arn": "arn:{partition}:pipes:{region}:{account}:pipe/{name}"}),
}

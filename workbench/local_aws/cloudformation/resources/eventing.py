"""Amazon EventBridge beyond its rules: schedules, pipes, archives, connections and API destinations."""

from __future__ import annotations

from workbench.local_aws.cloudformation.resources.plain import Plain, arn, provider

PROVIDERS = {
    f"AWS::{name}": provider(plain)
    for name, plain in {
        "Scheduler::Schedule": Plain(
            "scheduler",
            "create_schedule",
            "=Name",
            "delete_schedule",
            {"Name": "=Ref", "GroupName": "=GroupName"},
            update="update_schedule",
            name="Name",
            attributes={"Arn": "ScheduleArn"},
            replaces=frozenset({"GroupName"}),
        ),
        "Scheduler::ScheduleGroup": Plain(
            "scheduler",
            "create_schedule_group",
            "=Name",
            "delete_schedule_group",
            {"Name": "=Ref"},
            name="Name",
            tags=("Tags", list),
            attributes={"Arn": "ScheduleGroupArn"},
        ),
        "Pipes::Pipe": Plain(
            "pipes",
            "create_pipe",
            "=Name",
            "delete_pipe",
            {"Name": "=Ref"},
            name="Name",
            tags=("Tags", dict),
            attributes={"Arn": "Arn", "CurrentState": "CurrentState"},
        ),
        "Events::Archive": Plain(
            "events",
            "create_archive",
            "=ArchiveName",
            "delete_archive",
            {"ArchiveName": "=Ref"},
            update="update_archive",
            name="ArchiveName",
            max_length=48,
            attributes={"Arn": "ArchiveArn", "ArchiveName": "=Ref"},
            replaces=frozenset({"SourceArn"}),
            renamed={"SourceArn": "EventSourceArn"},
        ),
        "Events::Connection": Plain(
            "events",
            "create_connection",
            "=Name",
            "delete_connection",
            {"Name": "=Ref"},
            update="update_connection",
            name="Name",
            attributes={"Arn": "ConnectionArn"},
        ),
        "Events::ApiDestination": Plain(
            "events",
            "create_api_destination",
            "=Name",
            "delete_api_destination",
            {"Name": "=Ref"},
            update="update_api_destination",
            name="Name",
            attributes={"Arn": "ApiDestinationArn"},
        ),
        "StepFunctions::Activity": Plain(
            "stepfunctions",
            "create_activity",
            "activityArn",
            "delete_activity",
            {"activityArn": "=Ref"},
            name="Name",
            attributes={"Arn": "activityArn", "Name": "=Name"},
        ),
        "KinesisFirehose::DeliveryStream": Plain(
            "firehose",
            "create_delivery_stream",
            "=DeliveryStreamName",
            "delete_delivery_stream",
            {"DeliveryStreamName": "=Ref"},
            name="DeliveryStreamName",
            tags=("Tags", list),
            attributes={"Arn": "DeliveryStreamARN"},
        ),
        "IoT::TopicRule": Plain(
            "iot",
            "create_topic_rule",
            "=RuleName",
            "delete_topic_rule",
            {"ruleName": "=Ref"},
            name="RuleName",
            attributes={"Arn": arn("iot", "rule/")},
        ),
    }.items()
}

"""CloudWatch Logs: log groups."""

from __future__ import annotations

from collections.abc import Iterator

from workbench.local_aws.config.inventory import ServiceClient
from workbench.local_aws.config.state.reading import compact, pages
from workbench.local_aws.service import RequestContext
from workbench.resources import Resource


def read(clients: ServiceClient, _: RequestContext, __: str) -> Iterator[Resource]:
    for group in pages(clients("logs"), "describe_log_groups", "logGroups"):
        name = group["logGroupName"]
        properties = {
            "LogGroupName": name,
            "RetentionInDays": group.get("retentionInDays"),
            "KmsKeyId": group.get("kmsKeyId"),
        }
        yield Resource(name, "AWS::Logs::LogGroup", name, compact(properties), {"Arn": group["arn"]})

"""DynamoDB: tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from workbench.local_aws.config.inventory import ServiceClient
from workbench.local_aws.config.state.reading import compact, found, pages, picked
from workbench.local_aws.service import RequestContext
from workbench.resources import Resource


def read(clients: ServiceClient, _: RequestContext, __: str) -> Iterator[Resource]:
    client = clients("dynamodb")
    for name in pages(client, "list_tables", "TableNames"):
        table = found(client.describe_table, TableName=name).get("Table")
        if table:
            attributes = compact({"Arn": table["TableArn"], "StreamArn": table.get("LatestStreamArn")})
            attributes |= picked(table, "TableStatus", "TableId")
            yield Resource(name, "AWS::DynamoDB::Table", name, _properties(client, table), attributes)


def _properties(client: Any, table: Mapping[str, Any]) -> Mapping[str, Any]:
    name = table["TableName"]
    ttl = found(client.describe_time_to_live, TableName=name).get("TimeToLiveDescription") or {}
    return compact(
        {
            **picked(table, "TableName", "KeySchema", "AttributeDefinitions", "DeletionProtectionEnabled"),
            "BillingMode": (table.get("BillingModeSummary") or {}).get("BillingMode", "PROVISIONED"),
            "ProvisionedThroughput": _throughput(table),
            "GlobalSecondaryIndexes": [_index(index) for index in table.get("GlobalSecondaryIndexes") or ()],
            "LocalSecondaryIndexes": [_index(index) for index in table.get("LocalSecondaryIndexes") or ()],
            "SSESpecification": _encryption(table.get("SSEDescription") or {}),
            "StreamSpecification": picked(table.get("StreamSpecification") or {}, "StreamViewType"),
            "PointInTimeRecoverySpecification": _recovery(client, name),
            "TableClass": (table.get("TableClassSummary") or {}).get("TableClass"),
            "TimeToLiveSpecification": _ttl(ttl),
            "Tags": list(pages(client, "list_tags_of_resource", "Tags", ResourceArn=table["TableArn"])),
        }
    )


def _throughput(described: Mapping[str, Any]) -> Mapping[str, Any]:
    throughput = described.get("ProvisionedThroughput") or {}
    units = picked(throughput, "ReadCapacityUnits", "WriteCapacityUnits")
    return units if any(units.values()) else {}


def _index(index: Mapping[str, Any]) -> Mapping[str, Any]:
    shown = picked(index, "IndexName", "KeySchema", "Projection")
    return shown | compact({"ProvisionedThroughput": _throughput(index)})


def _encryption(description: Mapping[str, Any]) -> Mapping[str, Any]:
    if description.get("Status") not in ("ENABLED", "ENABLING", "UPDATING"):
        return {"SSEEnabled": False}
    key = {"KMSMasterKeyId": description.get("KMSMasterKeyArn"), "SSEType": description.get("SSEType")}
    return {"SSEEnabled": True} | compact(key)


def _recovery(client: Any, name: str) -> Mapping[str, Any]:
    backups = found(client.describe_continuous_backups, TableName=name).get("ContinuousBackupsDescription") or {}
    recovery = backups.get("PointInTimeRecoveryDescription") or {}
    return {"PointInTimeRecoveryEnabled": recovery.get("PointInTimeRecoveryStatus") == "ENABLED"}


def _ttl(description: Mapping[str, Any]) -> Mapping[str, Any]:
    if description.get("TimeToLiveStatus") not in ("ENABLED", "ENABLING"):
        return {}
    return {"AttributeName": description.get("AttributeName"), "Enabled": True}

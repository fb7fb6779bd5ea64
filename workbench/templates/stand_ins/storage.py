"""Stand-ins of what keeps and moves data: buckets, tables, streams, databases, backups."""

from __future__ import annotations

from workbench.templates.stand_ins.shape import Shape

_TABLE_ARN = "arn:{partition}:dynamodb:{region}:{account}:table/{name}"
_TABLE = {"Arn": _TABLE_ARN, "StreamArn": _TABLE_ARN + "/stream/2026-01-01T00:00:00.000"}

SHAPES = {
    "AWS::S3::Bucket": Shape(
        "BucketName",
        generated="{stack}-{logical}-{id}",
        attributes={
            "Arn": "arn:{partition}:s3:::{name}",
            "DomainName": "{name}.s3.{suffix}",
            "DualStackDomainName": "{name}.s3.dualstack.{region}.{suffix}",
            "RegionalDomainName": "{name}.s3.{region}.{suffix}",
            "WebsiteURL": "http://{name}.s3-website-{region}.{suffix}",
        },
    ),
    "AWS::S3::BucketPolicy": Shape(ref="{Bucket}"),
    "AWS::S3::AccessPoint": Shape(
        "Name",
        attributes={"Arn": "arn:{partition}:s3:{region}:{account}:accesspoint/{name}", "Name": "{name}"},
    ),
    "AWS::DynamoDB::Table": Shape("TableName", attributes=_TABLE),
    "AWS::DynamoDB::GlobalTable": Shape("TableName", attributes=_TABLE),
    "AWS::Kinesis::Stream": Shape(
        "Name",
        attributes={"Arn": "arn:{partition}:kinesis:{region}:{account}:stream/{name}"},
    ),
    "AWS::Kinesis::StreamConsumer": Shape(
        ref="{StreamARN}/consumer/{ConsumerName}:1735689600",
        attributes={
            "ConsumerARN": "{StreamARN}/consumer/{ConsumerName}:1735689600",
            "ConsumerName": "{ConsumerName}",
            "StreamARN": "{StreamARN}",
        },
    ),
    "AWS::KinesisFirehose::DeliveryStream": Shape(
        "DeliveryStreamName",
        attributes={"Arn": "arn:{partition}:firehose:{region}:{account}:deliverystream/{name}"},
    ),
    "AWS::EFS::FileSystem": Shape(
        ref="fs-{hex}",
        attributes={
            "Arn": "arn:{partition}:elasticfilesystem:{region}:{account}:file-system/fs-{hex}",
            "FileSystemId": "fs-{hex}",
        },
    ),
    "AWS::EFS::AccessPoint": Shape(
        ref="fsap-{hex}",
        attributes={
            "Arn": "arn:{partition}:elasticfilesystem:{region}:{account}:access-point/fsap-{hex}",
            "AccessPointId": "fsap-{hex}",
        },
    ),
    "AWS::RDS::DBInstance": Shape(
        "DBInstanceIdentifier", attributes={"DBInstanceArn": "arn:{partition}:rds:{region}:{account}:db:{name}"}
    ),
    "AWS::RDS::DBCluster": Shape(
        "DBClusterIdentifier", attributes={"DBClusterArn": "arn:{partition}:rds:{region}:{account}:cluster:{name}"}
    ),
    "AWS::Backup::BackupVault": Shape(
        "BackupVaultName",
        attributes={
            "BackupVaultArn": "arn:{partition}:backup:{region}:{account}:backup-vault:{name}",
            "BackupVaultName": "{name}",
        },
    ),
    "AWS::Backup::BackupPlan": Shape(
        ref="{uuid}",
        attributes={
            "BackupPlanArn": "arn:{partition}:backup:{region}:{account}:backup-plan:{uuid}",
            "BackupPlanId": "{uuid}",
        },
    ),
    "AWS::ECR::Repository": Shape(
        "RepositoryName",
        attributes={
            "Arn": "arn:{partition}:ecr:{region}:{account}:repository/{name}",
            "RepositoryUri": "{account}.dkr.ecr.{region}.{suffix}/{name}",
        },
    ),
}

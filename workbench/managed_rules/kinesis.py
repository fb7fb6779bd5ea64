"""Amazon Kinesis data streams and Amazon Data Firehose delivery streams."""

from __future__ import annotations

from workbench.managed_rules.model import Finding, Parameters, Trigger, managed_rule
from workbench.managed_rules.names import is_allowed_key
from workbench.managed_rules.parameters import list_of, number_of
from workbench.managed_rules.properties import compliant, judged, non_compliant, read
from workbench.resources import Resource

STREAM = "AWS::Kinesis::Stream"
DELIVERY_STREAM = "AWS::KinesisFirehose::DeliveryStream"
DEFAULT_RETENTION, EXPECTED_RETENTION = 24, 168


def kinesis_stream_encrypted(stream: Resource, parameters: Parameters) -> Finding:
    """The stream is encrypted at rest.

    NON_COMPLIANT without stream encryption.

    Source: AWS Config Developer Guide, kinesis-stream-encrypted.
    """
    encryption = read(stream, "StreamEncryption")
    on = encryption.is_set
    return judged(on, f"The stream is {'encrypted' if on else 'not encrypted'} at rest.", encryption)


def kinesis_stream_backup_retention_check(stream: Resource, parameters: Parameters) -> Finding:
    """The stream keeps its records long enough.

    NON_COMPLIANT when the retention period (24 hours when nothing is set) is shorter than
    minimumBackupRetentionPeriod hours (168 when not given).

    Source: AWS Config Developer Guide, kinesis-stream-backup-retention-check.
    """
    retention = read(stream, "RetentionPeriodHours")
    hours = retention.number() or DEFAULT_RETENTION
    least = number_of(parameters, "minimumBackupRetentionPeriod") or EXPECTED_RETENTION
    return judged(hours >= least, f"Records are kept for {hours:g} hours; the least is {least:g}.", retention)


def kinesis_firehose_delivery_stream_encrypted(stream: Resource, parameters: Parameters) -> Finding:
    """The delivery stream is encrypted at rest.

    NON_COMPLIANT without server-side encryption, or when its key is not in kmsKeyArns.

    Source: AWS Config Developer Guide, kinesis-firehose-delivery-stream-encrypted.
    """
    encryption = read(stream, "DeliveryStreamEncryptionConfigurationInput")
    if not encryption.is_set:
        return non_compliant("The delivery stream is not encrypted at rest.", encryption)
    key = encryption.get("KeyARN")
    if not is_allowed_key(key, list_of(parameters, "kmsKeyArns")):
        return non_compliant(f"The key {key.text('of the service')} is not in kmsKeyArns.", key)
    return compliant("The delivery stream is encrypted at rest.", encryption)


RULES = (
    managed_rule(kinesis_stream_encrypted, STREAM),
    managed_rule(kinesis_stream_backup_retention_check, STREAM, optional=("minimumBackupRetentionPeriod",)),
    managed_rule(
        kinesis_firehose_delivery_stream_encrypted,
        DELIVERY_STREAM,
        trigger=Trigger.PERIODIC,
        optional=("kmsKeyArns",),
    ),
)

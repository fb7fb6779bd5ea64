"""The changes that the demo releases: pure functions from one text of a file to the next.

A change that does not find its place raises `CannotEdit`: the sample was changed, and the story no longer fits it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from difflib import unified_diff

Edit = Callable[[str], str]
GOOD_BUCKETS = 10
_BLOCKS = re.compile(r"((?:Block|Ignore|Restrict)Public\w+: )true")
_PUBLIC_STATEMENT = """\
          - Effect: Allow
            Principal: "*"
            Action: s3:GetObject
            Resource: !Sub "${EncryptedBucket.Arn}/*"
"""
_PROTECTION = """\
    Properties:
      BucketEncryption:
        ServerSideEncryptionConfiguration:
          - ServerSideEncryptionByDefault: {SSEAlgorithm: "aws:kms"}
      VersioningConfiguration: {Status: Enabled}
"""
_GOOD_BUCKET = """\
  GoodBucket{number}:
    Type: AWS::S3::Bucket
    Properties:
      BucketEncryption:
        ServerSideEncryptionConfiguration:
          - ServerSideEncryptionByDefault: {{SSEAlgorithm: "aws:kms"}}
      PublicAccessBlockConfiguration:
        {{BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true}}
      VersioningConfiguration: {{Status: Enabled}}
      LoggingConfiguration: {{DestinationBucketName: !Ref AccessLogsBucket, LogFilePrefix: good-bucket-{number}/}}
      LifecycleConfiguration:
        Rules: [{{Id: ExpireOldVersions, Status: Enabled, NoncurrentVersionExpiration: {{NoncurrentDays: 90}}}}]

  GoodBucket{number}Policy:
    Type: AWS::S3::BucketPolicy
    Properties:
      Bucket: !Ref GoodBucket{number}
      PolicyDocument:
        Version: "2012-10-17"
        Statement:
          - Effect: Deny
            Principal: "*"
            Action: s3:*
            Resource: [!GetAtt GoodBucket{number}.Arn, !Sub "${{GoodBucket{number}.Arn}}/*"]
            Condition:
              Bool: {{aws:SecureTransport: "false"}}

"""


class CannotEdit(ValueError):
    """The sample application is not as the demo knows it; the message says what is missing."""


def protect_a_bucket(template: str) -> str:
    """The improvement: UnencryptedBucket gets a KMS key and keeps old versions."""
    return _in_resource(template, "UnencryptedBucket", lambda block: _with_lines(block, _PROTECTION))


def publish_a_bucket(template: str) -> str:
    """The treachery: EncryptedBucket is opened to everyone."""
    opened = _in_resource(template, "EncryptedBucket", lambda block: _BLOCKS.sub(r"\1false", block))
    return _in_resource(opened, "EncryptedBucketPolicy", lambda block: _with_lines(block, _PUBLIC_STATEMENT))


def add_good_buckets(template: str) -> str:
    """The disguise: ten buckets that do everything right."""
    buckets = "".join(_GOOD_BUCKET.format(number=number) for number in range(1, GOOD_BUCKETS + 1))
    head, found, tail = template.partition("\nOutputs:\n")
    if not found:
        raise CannotEdit("template.yaml has no Outputs; the demo needs the sample as it came.")
    return f"{head}\n{buckets}Outputs:\n{tail}"


def stamp(code: str, precision: str) -> str:
    """A change of the function's code: how precisely items tell when they were made."""
    return re.sub(r'timespec="\w+"', f'timespec="{precision}"', code)


def settle_soon(rules: str) -> str:
    """Less patience: the local AWS evaluates within seconds."""
    return re.sub(r"(?m)^(  settle:\s+)\d+", r"\g<1>1", rules)


def diff(before: str, after: str, name: str) -> list[str]:
    """The name of the file, the changed lines and those beside them."""
    lines = unified_diff(before.splitlines(), after.splitlines(), name, name, n=1, lineterm="")
    return [f"{name}:", *(line for line in list(lines)[2:] if line.strip() and not line.startswith("@@"))]


def _in_resource(template: str, name: str, edit: Edit) -> str:
    """Edits the block of one resource, from its name to the next."""
    pattern = re.compile(rf"^  {name}:\n(?:(?:    .*)?\n)+", re.MULTILINE)
    found = pattern.search(template)
    if not found:
        raise CannotEdit(f"template.yaml has no resource {name}; the demo needs the sample as it came.")
    return template[: found.start()] + edit(found.group()) + template[found.end() :]


def _with_lines(block: str, lines: str) -> str:
    """The block with lines at its end, before the empty lines that follow it."""
    return f"{block.rstrip()}\n{lines}\n"

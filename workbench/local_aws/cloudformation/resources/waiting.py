"""AWS CloudFormation's own wait handles: URLs that something outside could answer.

Owns nothing that waits: a handle has an address, and a wait condition is refused, because nobody would ever answer it.
"""

from __future__ import annotations

from workbench.local_aws.cloudformation.provider import Context, Physical, Properties, Provider, ProvisioningError


def _create_handle(_: Properties, context: Context) -> Physical:
    return Physical(f"https://cloudformation-waitcondition-{context.region}.s3.amazonaws.com/{context.name()}")


def _update_handle(url: str, _old: Properties, _new: Properties, _context: Context) -> Physical:
    return Physical(url)


def _nothing(_id: str, _properties: Properties, _context: Context) -> None:
    """A handle leaves nothing behind."""


def _refuse(_: Properties, context: Context) -> Physical:
    message = f"{context.logical_id}: the local AWS has no AWS::CloudFormation::WaitCondition, nothing would signal it"
    raise ProvisioningError(message)


PROVIDERS = {
    "AWS::CloudFormation::WaitCondition": Provider(_refuse, None, _nothing),
    "AWS::CloudFormation::WaitConditionHandle": Provider(_create_handle, _update_handle, _nothing),
}

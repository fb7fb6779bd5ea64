"""AWS KMS keys."""

from __future__ import annotations

from workbench.managed_rules.model import JUDGED_OR_NOT_APPLICABLE, Finding, Parameters, Trigger, managed_rule
from workbench.managed_rules.names import same_key
from workbench.managed_rules.parameters import list_of
from workbench.managed_rules.policies import first_public, statements
from workbench.managed_rules.properties import compliant, judged, non_compliant, not_applicable, read
from workbench.resources import Resource

KEY = "AWS::KMS::Key"


def cmk_backing_key_rotation_enabled(key: Resource, parameters: Parameters) -> Finding:
    """The key is rotated automatically.

    NON_COMPLIANT when automatic rotation is off. Keys that cannot be rotated so are NOT_APPLICABLE: asymmetric and HMAC
    keys, and keys whose material comes from outside KMS.

    Source: AWS Config Developer Guide, cmk-backing-key-rotation-enabled.
    """
    spec, origin, rotation = read(key, "KeySpec"), read(key, "Origin"), read(key, "EnableKeyRotation")
    if spec.text("SYMMETRIC_DEFAULT") != "SYMMETRIC_DEFAULT":
        return not_applicable(f"Keys of the kind {spec.text()} are not rotated automatically.", spec)
    if origin.text("AWS_KMS") != "AWS_KMS":
        return not_applicable(f"Keys with material from {origin.text()} are not rotated automatically.", origin)
    return judged(rotation.flag(), f"Automatic rotation is {'on' if rotation.flag() else 'off'}.", rotation)


def kms_key_policy_no_public_access(key: Resource, parameters: Parameters) -> Finding:
    """The public has no access to the key.

    NON_COMPLIANT when the key policy admits everyone without a condition on fixed values. A key without a policy of its
    own admits its account only.

    Source: AWS Config Developer Guide, kms-key-policy-no-public-access.
    """
    policy = read(key, "KeyPolicy")
    statement = first_public(statements(policy))
    if statement:
        return non_compliant("The key policy admits everyone.", statement)
    return compliant("The key is not public.", policy)


def kms_cmk_not_scheduled_for_deletion(key: Resource, parameters: Parameters) -> Finding:
    """The key is not scheduled for deletion.

    NON_COMPLIANT when the account tells that the key is pending deletion; a key that a stack holds is not, unless
    somebody scheduled it by hand. With kmsKeyIds other keys are NOT_APPLICABLE.

    Source: AWS Config Developer Guide, kms-cmk-not-scheduled-for-deletion.
    """
    wanted, state = list_of(parameters, "kmsKeyIds"), key.attributes.get("KeyState")
    if wanted and not any(same_key(key.physical_id, candidate) for candidate in wanted):
        return not_applicable("The key is not in kmsKeyIds.")
    pending = state == "PendingDeletion"
    return judged(not pending, f"The key is {'' if pending else 'not '}scheduled for deletion.", read(key))


RULES = (
    managed_rule(cmk_backing_key_rotation_enabled, KEY, trigger=Trigger.PERIODIC, verdicts=JUDGED_OR_NOT_APPLICABLE),
    managed_rule(kms_key_policy_no_public_access, KEY),
    managed_rule(
        kms_cmk_not_scheduled_for_deletion,
        KEY,
        trigger=Trigger.PERIODIC,
        optional=("kmsKeyIds",),
        verdicts=JUDGED_OR_NOT_APPLICABLE,
    ),
)

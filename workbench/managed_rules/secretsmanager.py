"""AWS Secrets Manager secrets."""

from __future__ import annotations

import re

from workbench.managed_rules.model import Finding, Parameters, managed_rule
from workbench.managed_rules.names import is_allowed_key, short_key
from workbench.managed_rules.parameters import list_of, number_of
from workbench.managed_rules.properties import (
    Property,
    Unresolved,
    beside,
    compliant,
    judged,
    non_compliant,
    read,
)
from workbench.resources import Resource

SECRET = "AWS::SecretsManager::Secret"  # noqa: S105 - a type, not a password
ROTATION_SCHEDULE = "AWS::SecretsManager::RotationSchedule"
RATE = re.compile(r"rate\((\d+) (hour|day)s?\)")
HOURS_OF_A_DAY = 24


def secretsmanager_rotation_enabled_check(secret: Resource, parameters: Parameters) -> Finding:
    """The secret is rotated on a schedule.

    NON_COMPLIANT without a rotation schedule, or when more time passes between rotations than
    maximumAllowedRotationFrequency days or maximumAllowedRotationFrequencyInHours.

    Source: AWS Config Developer Guide, secretsmanager-rotation-enabled-check.
    """
    schedules = beside(secret, ROTATION_SCHEDULE)
    if not schedules:
        return non_compliant("The secret is not scheduled for rotation.", read(secret))
    limit = _limit_in_hours(parameters)
    if limit is None:
        return compliant("The secret is scheduled for rotation.", schedules[0])
    hours = _hours_between(schedules[0].get("RotationRules"))
    message = f"The secret is rotated every {hours:g} hours; the most is {limit:g}."
    return judged(hours <= limit, message, schedules[0].get("RotationRules"))


def _limit_in_hours(parameters: Parameters) -> float | None:
    days = number_of(parameters, "maximumAllowedRotationFrequency")
    hours = number_of(parameters, "maximumAllowedRotationFrequencyInHours")
    return hours if days is None else days * HOURS_OF_A_DAY


def _hours_between(rules: Property) -> float:
    days = rules.get("AutomaticallyAfterDays").number()
    if days:
        return days * HOURS_OF_A_DAY
    expression = rules.get("ScheduleExpression")
    rate = RATE.fullmatch(expression.text())
    if rate is None:
        raise Unresolved(f"How often {expression.text('an empty schedule')} comes is not worked out", expression)
    return int(rate[1]) * (HOURS_OF_A_DAY if rate[2] == "day" else 1)


def secretsmanager_using_cmk(secret: Resource, parameters: Parameters) -> Finding:
    """The secret is encrypted with a customer managed key.

    NON_COMPLIANT with the key of the service (aws/secretsmanager), as when nothing is set, or when the key is not in
    kmsKeyArns.

    Source: AWS Config Developer Guide, secretsmanager-using-cmk.
    """
    key = read(secret, "KmsKeyId")
    if not key.is_set or short_key(key.text()).startswith("alias/aws/"):
        return non_compliant("The secret is encrypted with the key aws/secretsmanager.", key)
    if not is_allowed_key(key, list_of(parameters, "kmsKeyArns")):
        return non_compliant(f"The key {key.text()} is not in kmsKeyArns.", key)
    return compliant("The secret is encrypted with a customer managed key.", key)


RULES = (
    managed_rule(
        secretsmanager_rotation_enabled_check,
        SECRET,
        optional=("maximumAllowedRotationFrequency", "maximumAllowedRotationFrequencyInHours"),
    ),
    managed_rule(secretsmanager_using_cmk, SECRET, optional=("kmsKeyArns",)),
)

"""Amazon CloudWatch alarms."""

from __future__ import annotations

from workbench.managed_rules.model import JUDGED_OR_NOT_APPLICABLE, Finding, Parameters, managed_rule
from workbench.managed_rules.parameters import flag_of, number_of, text_of
from workbench.managed_rules.properties import compliant, first, judged, non_compliant, not_applicable, read
from workbench.resources import Resource

ALARM = "AWS::CloudWatch::Alarm"
STATES = (
    ("alarmActionRequired", "AlarmActions"),
    ("insufficientDataActionRequired", "InsufficientDataActions"),
    ("okActionRequired", "OKActions"),
)
NAMED_ACTIONS = ("action1", "action2", "action3", "action4", "action5")
TEXT_SETTINGS = (("statistic", "Statistic"), ("comparisonOperator", "ComparisonOperator"))
NUMBER_SETTINGS = (("period", "Period"), ("threshold", "Threshold"), ("evaluationPeriods", "EvaluationPeriods"))


def cloudwatch_alarm_action_check(alarm: Resource, parameters: Parameters) -> Finding:
    """The alarm acts when its state changes.

    NON_COMPLIANT when a state whose ...ActionRequired is `true` has no action, or when action1 to action5 are given and
    none of them is among the alarm's actions.

    Source: AWS Config Developer Guide, cloudwatch-alarm-action-check.
    """
    for parameter, name in STATES:
        actions = read(alarm, name)
        if flag_of(parameters, parameter) and not actions.is_set:
            return non_compliant(f"The alarm has no {name}.", actions)
    wanted = [text_of(parameters, name) for name in NAMED_ACTIONS if text_of(parameters, name)]
    found = [action for _, name in STATES for action in read(alarm, name).items()]
    if wanted and first(found, lambda action: action.text() in wanted) is None:
        return non_compliant("None of the expected actions is among the alarm's.", read(alarm, "AlarmActions"))
    return compliant("The alarm has the required actions.", read(alarm, "AlarmActions"))


def cloudwatch_alarm_action_enabled_check(alarm: Resource, parameters: Parameters) -> Finding:
    """The alarm's actions are enabled.

    NON_COMPLIANT when its actions are disabled; they are enabled when nothing is set.

    Source: AWS Config Developer Guide, cloudwatch-alarm-action-enabled-check.
    """
    enabled = read(alarm, "ActionsEnabled")
    on = enabled.flag(default=True)
    return judged(on, f"The alarm's actions are {'enabled' if on else 'disabled'}.", enabled)


def cloudwatch_alarm_settings_check(alarm: Resource, parameters: Parameters) -> Finding:
    """Alarms on the metric have the expected settings.

    NON_COMPLIANT when period, statistic, comparisonOperator, threshold or evaluationPeriods differ, as far as they are
    given. Alarms on other metrics than metricName are NOT_APPLICABLE.

    Source: AWS Config Developer Guide, cloudwatch-alarm-settings-check.
    """
    metric = read(alarm, "MetricName")
    if metric.text() != text_of(parameters, "metricName"):
        return not_applicable(f"The alarm watches {metric.text('other metrics')}.", metric)
    for parameter, name in TEXT_SETTINGS:
        wanted, setting = text_of(parameters, parameter), read(alarm, name)
        if wanted and setting.text() != wanted:
            return non_compliant(f"{name} is {setting.text('not set')}, not {wanted}.", setting)
    for parameter, name in NUMBER_SETTINGS:
        number, setting = number_of(parameters, parameter), read(alarm, name)
        if number is not None and setting.number() != number:
            return non_compliant(f"{name} is {setting.text('not set')}, not {number:g}.", setting)
    return compliant("The alarm has the expected settings.", metric)


RULES = (
    managed_rule(
        cloudwatch_alarm_action_check,
        ALARM,
        required=tuple(parameter for parameter, _ in STATES),
        optional=NAMED_ACTIONS,
        defaults={"alarmActionRequired": "true", "insufficientDataActionRequired": "true", "okActionRequired": "false"},
    ),
    managed_rule(cloudwatch_alarm_action_enabled_check, ALARM),
    managed_rule(
        cloudwatch_alarm_settings_check,
        ALARM,
        required=("metricName",),
        optional=("period", "statistic", "comparisonOperator", "threshold", "evaluationPeriods"),
        defaults={"period": "300"},
        verdicts=JUDGED_OR_NOT_APPLICABLE,
    ),
)

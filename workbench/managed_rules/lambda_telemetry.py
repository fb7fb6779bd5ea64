"""AWS Lambda functions: what they tell while they run.

Owns tracing, log format and log levels.
"""

from __future__ import annotations

from workbench.managed_rules.lambda_ import FUNCTION
from workbench.managed_rules.model import JUDGED_OR_NOT_APPLICABLE, Finding, Parameters, managed_rule
from workbench.managed_rules.parameters import list_of
from workbench.managed_rules.properties import judged, matched, not_applicable, read
from workbench.resources import Resource

DEFAULT_LEVEL = "INFO"


def lambda_function_xray_enabled(function: Resource, parameters: Parameters) -> Finding:
    """Active tracing with X-Ray is on.

    NON_COMPLIANT unless the tracing mode is Active.

    Source: AWS Config Developer Guide, lambda-function-xray-enabled.
    """
    mode = read(function, "TracingConfig", "Mode")
    return judged(mode.text() == "Active", f"The tracing mode is {mode.text('PassThrough')}.", mode)


def lambda_function_log_format_json(function: Resource, parameters: Parameters) -> Finding:
    """The function logs in JSON.

    NON_COMPLIANT unless the log format is JSON.

    Source: AWS Config Developer Guide, lambda-function-log-format-json.
    """
    log_format = read(function, "LoggingConfig", "LogFormat")
    return judged(log_format.text() == "JSON", f"The log format is {log_format.text('Text')}.", log_format)


def lambda_function_application_log_level_check(function: Resource, parameters: Parameters) -> Finding:
    """The function logs at the expected level.

    NON_COMPLIANT when the application log level (INFO when nothing is set) is not in logLevel. Functions that do not
    log in JSON have no level and are NOT_APPLICABLE.

    Source: AWS Config Developer Guide, lambda-function-application-log-level-check.
    """
    return _at_level(function, parameters, "ApplicationLogLevel")


def lambda_function_system_log_level_check(function: Resource, parameters: Parameters) -> Finding:
    """Lambda logs about the function at the expected level.

    NON_COMPLIANT when the system log level (INFO when nothing is set) is not in logLevel. Functions that do not log in
    JSON have no level and are NOT_APPLICABLE.

    Source: AWS Config Developer Guide, lambda-function-system-log-level-check.
    """
    return _at_level(function, parameters, "SystemLogLevel")


def _at_level(function: Resource, parameters: Parameters, name: str) -> Finding:
    logging = read(function, "LoggingConfig")
    log_format, level = logging.get("LogFormat"), logging.get(name)
    if log_format.text() != "JSON":
        return not_applicable("The function does not log in JSON.", log_format)
    return matched(name, level, level.text(DEFAULT_LEVEL), list_of(parameters, "logLevel"))


RULES = (
    managed_rule(lambda_function_xray_enabled, FUNCTION),
    managed_rule(lambda_function_log_format_json, FUNCTION),
    *(
        managed_rule(check, FUNCTION, required=("logLevel",), verdicts=JUDGED_OR_NOT_APPLICABLE)
        for check in (lambda_function_application_log_level_check, lambda_function_system_log_level_check)
    ),
)

"""What each managed Config rule checks, offline.

Owns the public face of the package: one module a service with one small pure function a rule, `MANAGED_RULES` by
identifier, `evaluate` to judge a resource and `surround` to find what belongs to its verdict. Imports neither boto3
nor anything else that is slow to load.
"""

from workbench.managed_rules.model import (
    Check,
    Finding,
    ManagedRule,
    Parameter,
    Parameters,
    Trigger,
    Verdict,
    identifier_of,
    rule_id,
)
from workbench.managed_rules.registry import MANAGED_RULES, evaluate, parameter_mistakes
from workbench.managed_rules.surroundings import surround

__all__ = [
    "MANAGED_RULES",
    "Check",
    "Finding",
    "ManagedRule",
    "Parameter",
    "Parameters",
    "Trigger",
    "Verdict",
    "evaluate",
    "identifier_of",
    "parameter_mistakes",
    "rule_id",
    "surround",
]

"""What CloudFormation finds while it creates a change set, before anything is deployed.

Owns the two validations that fail a change set: properties that do not fit their type, names that are taken.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from workbench.local_aws.cloudformation.change_set import ValidationFailure
from workbench.local_aws.cloudformation.properties import Problem, problems
from workbench.local_aws.cloudformation.schemas import naming
from workbench.local_aws.cloudformation.wanted import Wanted

IsTaken = Callable[[Wanted, str], bool]
"""Whether a resource of this type has the name already."""

PROPERTIES = "AWS::EarlyValidation::PropertyValidation"
NAMES = "AWS::EarlyValidation::ResourceExistenceCheck"
_VALIDATIONS: Mapping[str, str] = {"PROPERTY_VALIDATION": PROPERTIES, "NAME_CONFLICT_VALIDATION": NAMES}


def of_properties(wanted: Wanted) -> Iterator[ValidationFailure]:
    for problem in problems(wanted.type, wanted.properties):
        path = f"/Resources/{wanted.logical_id}/Properties{problem.path}"
        yield ValidationFailure("PROPERTY_VALIDATION", wanted.logical_id, wanted.type, _said(problem), path)


def of_name(wanted: Wanted, is_taken: IsTaken) -> Iterator[ValidationFailure]:
    """Of a resource that is to be created."""
    for key in naming(wanted.type):
        name = wanted.properties.get(key)
        if isinstance(name, str) and is_taken(wanted, name):
            said = f"Resource of type '{wanted.type}' with identifier '{name}' already exists."
            path = f"/Resources/{wanted.logical_id}/Properties/{key}"
            yield ValidationFailure("NAME_CONFLICT_VALIDATION", wanted.logical_id, wanted.type, said, path, name)


def reason(failures: Iterable[ValidationFailure]) -> str:
    """The StatusReason of a change set with these failures."""
    failed = ", ".join(dict.fromkeys(_VALIDATIONS[failure.name] for failure in failures))
    return (
        f"The following hook(s)/validation failed: [{failed}]. To troubleshoot Early Validation errors, use the "
        "DescribeEvents API for detailed failure information."
    )


def _said(problem: Problem) -> str:
    if problem.said.startswith("required key "):
        return problem.said.replace("required key", "Required property")
    if problem.said.startswith("extraneous key "):
        return problem.said.replace("extraneous key", "Unsupported property").removesuffix(" is not permitted")
    return problem.said

"""CloudFormation's words for what `workbench.templates` refuses in its own.

Owns the translation of the sentences that users of CloudFormation know by heart; any other is passed on as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from workbench.templates import InvalidTemplate

_NEEDS = {
    "Fn::Base64": "every Fn::Base64 object must have a String-typed value.",
    "Fn::Cidr": "every Fn::Cidr object requires two or three parameters: an IP block, a count and the cidr bits",
    "Fn::FindInMap": "every Fn::FindInMap object requires three parameters, the map name, map key and the attribute "
    "for return value",
    "Fn::GetAtt": "every Fn::GetAtt object requires two non-empty parameters, the resource name and the resource "
    "attribute",
    "Fn::If": "Fn::If requires a list argument with three elements",
    "Fn::Join": "every Fn::Join object requires two parameters, (1) a string delimiter and (2) a list of strings to be "
    "joined or a function that returns a list of strings (such as Fn::GetAZs) to be joined.",
    "Fn::Select": "Fn::Select requires a list argument with two elements: an integer index and a list",
    "Fn::Split": "every Fn::Split object requires two parameters, (1) a string delimiter and (2) a string to be split "
    "or a function that returns a string to be split.",
    "Fn::Sub": "One or more Fn::Sub intrinsic functions don't specify expected arguments. Specify a string as first "
    "argument, and an optional second argument to specify a mapping of values to replace in the string",
    "Ref": "every Ref object must have a single String value.",
}
_Sentences = tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...]
_SENTENCES: _Sentences = (
    (re.compile(r"(Fn::\w+|Ref) takes "), lambda found: _NEEDS.get(found[1], found.string)),
    (
        re.compile(r"Fn::Select: there is no value at index (\d+) "),
        lambda found: f"Fn::Select cannot select nonexistent value at index {found[1]}",
    ),
)
_UNMAPPED = re.compile(r"Fn::FindInMap: there is no (.+) in the Mappings section")
_CONSTRAINTS: _Sentences = (
    (re.compile(r" must be one of "), lambda _: "must be one of AllowedValues"),
    (re.compile(r" must match (.*), not "), lambda found: f"must match pattern {found[1]}"),
    (re.compile(r" must have (at \w+ .*) characters"), lambda found: f"must contain {found[1]} characters"),
    (re.compile(r" must be at least (\S+),"), lambda found: f"must be a number not less than {found[1]}"),
    (re.compile(r" must be at most (\S+),"), lambda found: f"must be a number not greater than {found[1]}"),
    (re.compile(r" must be a number"), lambda _: "must be a number"),
)


def template_error(error: InvalidTemplate, mappings: Mapping[str, Any]) -> str:
    """What CloudFormation says of a call that cannot be resolved."""
    unmapped = _UNMAPPED.fullmatch(error.message)
    if unmapped:
        name = unmapped[1].split(".")[0]
        if name not in mappings:
            return f"Template error: Mapping named '{name}' is not present in the 'Mappings' section of template."
        return f"Template error: Unable to get mapping for {unmapped[1].replace('.', '::')}"
    for pattern, said in _SENTENCES:
        if found := pattern.match(error.message):
            return f"Template error: {said(found)}"
    return f"Template error: {error.message}"


def parameter_error(error: InvalidTemplate, declared: Mapping[str, Any]) -> str:
    """What CloudFormation says of a parameter's value that breaks a constraint."""
    name = str(error.path[-1])
    body = declared.get(name) or {}
    if "ConstraintDescription" in body:
        return f"Parameter {name} failed to satisfy constraint: {body['ConstraintDescription']}"
    for pattern, said in _CONSTRAINTS:
        if found := pattern.search(error.message):
            return f"Parameter '{name}' {said(found)}"
    return f"Parameter '{name}': {error.message}"


def syntax_error(error: InvalidTemplate, text: str) -> str:
    """What CloudFormation says of a text that is neither YAML nor JSON."""
    if not error.message.startswith(("not YAML", "not JSON")):
        return f"Template format error: {error.message}"
    language = "JSON" if text.lstrip().startswith("{") else "YAML"
    return f"Template format error: {language} not well-formed. (line {error.line}, column {error.column})"


def transform_error(error: InvalidTemplate) -> str:
    """What the transform of SAM says: every error at once."""
    causes = getattr(error.__cause__, "causes", None)
    if not causes:
        return error.message
    told = " ".join(cause.message for cause in causes)
    return f"Invalid Serverless Application Specification document. Number of errors found: {len(causes)}. {told}"

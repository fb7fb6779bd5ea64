"""What went wrong, in one sentence that names the place and the cure, and the exit code that goes with it.

Owns the translation of exceptions for the command line. Mistakes in the user's files already carry their sentence;
what AWS and the file system say gets its cure here.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass

from workbench.exits import Exit


@dataclass(frozen=True)
class Problem:
    """An error as the user meets it."""

    sentence: str
    exit_code: Exit


class UserError(ValueError):
    """The user can cure this; the message is the whole sentence."""


# An exception's module has been imported by whoever raised it, so none is imported here.
_USER_ERRORS = (
    ("workbench.problems", "UserError"),
    ("workbench.render", "MissingFunction"),
    ("workbench.demo.edits", "CannotEdit"),
    ("workbench.templates.errors", "InvalidTemplate"),
    ("fitness.strict_yaml", "InvalidYaml"),
    ("fitness.documents", "InvalidDocument"),
)
_AWS_ERRORS = (
    ("fitness.aws_problem", "AwsProblem"),
    ("botocore.exceptions", "ClientError"),
    ("botocore.exceptions", "BotoCoreError"),
)

_CREDENTIALS = "check --profile, AWS_PROFILE and the AWS_... credentials of the environment"
_THROTTLED = "AWS asks for fewer calls: wait a minute and run the command again"
_UNREACHABLE = "check --endpoint-url, AWS_ENDPOINT_URL and the network"
_CURES: Mapping[str, str] = {
    "NoCredentialsError": "name a profile with --profile, or run `aws configure`",
    "PartialCredentialsError": _CREDENTIALS,
    "ProfileNotFound": "`aws configure list-profiles` names those that exist",
    "NoRegionError": "name one with --region or AWS_REGION",
    "EndpointConnectionError": _UNREACHABLE,
    "ConnectTimeoutError": _UNREACHABLE,
    "ConnectionClosedError": _UNREACHABLE,
    "ReadTimeoutError": _UNREACHABLE,
    "ExpiredToken": "log in again",
    "ExpiredTokenException": "log in again",
    "RequestExpired": "log in again",
    "InvalidClientTokenId": _CREDENTIALS,
    "UnrecognizedClientException": _CREDENTIALS,
    "SignatureDoesNotMatch": _CREDENTIALS,
    "Throttling": _THROTTLED,
    "ThrottlingException": _THROTTLED,
    "TooManyRequestsException": _THROTTLED,
    "ValidationError": "check the name, --region and --profile",
}


def problem(error: Exception) -> Problem:
    """The problem that an exception is to the user of the command line."""
    if _is_any(error, _USER_ERRORS):
        return Problem(str(error), Exit.USAGE)
    if _is_any(error, _AWS_ERRORS):
        return Problem(_with_cure(error), Exit.AWS)
    if isinstance(error, OSError):
        reason = error.strerror or str(error)
        return Problem(f"{error.filename}: {reason}." if error.filename else f"{reason}.", Exit.AWS)
    what = f"{type(error).__name__}: {error}".rstrip(".")
    return Problem(f"Unexpected error, {what}. Set FITNESS_DEBUG=1 to see where it happened.", Exit.AWS)


def _is_any(error: Exception, kinds: tuple[tuple[str, str], ...]) -> bool:
    return any(isinstance(error, getattr(sys.modules.get(module), name, ())) for module, name in kinds)


def _with_cure(error: Exception) -> str:
    said = str(error).strip().rstrip(".")
    cure = _CURES.get(_code(error))
    return f"{said}; {cure}." if cure else f"{said}."


def _code(error: Exception) -> str:
    """The error code of AWS where there is one, else the name of the exception."""
    answer = getattr(error, "response", None)
    if isinstance(answer, Mapping):
        return str(answer.get("Error", {}).get("Code", ""))
    return str(getattr(error, "code", type(error).__name__))

"""What errors of AWS and of the machine are to the user of the command line."""

from __future__ import annotations

import pytest
from botocore.exceptions import ClientError, NoCredentialsError, ProfileNotFound
from fitness.aws_problem import AwsProblem

from workbench.problems import UserError, problem


def aws_error(code: str, message: str) -> ClientError:
    return ClientError({"Error": {"Code": code, "Message": message}}, "DescribeStacks")


@pytest.mark.parametrize(
    ("error", "sentence", "code"),
    [
        pytest.param(UserError("Do this."), "Do this.", 2, id="a mistake of the user is told as it is"),
        pytest.param(
            AwsProblem("cloudformation:DescribeStacks on x failed: x does not exist", "ValidationError"),
            "x does not exist; check the name, --region and --profile.",
            4,
            id="a stack that does not exist",
        ),
        pytest.param(NoCredentialsError(), "Unable to locate credentials; name a profile", 4, id="no credentials"),
        pytest.param(ProfileNotFound(profile="p"), "The config profile (p) could not be found; ", 4, id="no profile"),
        pytest.param(aws_error("ExpiredToken", "It expired."), "It expired; log in again.", 4, id="an old session"),
        pytest.param(aws_error("Throttling", "Rate exceeded"), "wait a minute and run the command", 4, id="throttled"),
        pytest.param(aws_error("Odd", "No."), "(Odd) when calling the DescribeStacks operation: No.", 4, id="unknown"),
        pytest.param(PermissionError(13, "Permission denied", "f"), "f: Permission denied.", 4, id="the file system"),
        pytest.param(KeyError("k"), "Unexpected error, KeyError: 'k'. Set FITNESS_DEBUG=1", 4, id="a bug"),
    ],
)
def test_an_error_becomes_a_sentence_and_a_code(error: Exception, sentence: str, code: int) -> None:
    found = problem(error)
    assert sentence in found.sentence
    assert found.exit_code == code

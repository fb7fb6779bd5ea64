"""What a failed call to AWS says to the user.

Owns `AwsProblem`, the one exception of the edge, and how botocore's errors become its sentences.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from botocore.exceptions import BotoCoreError, ClientError

from fitness.model import Cause

_DENIED = ("AccessDenied", "AccessDeniedException", "UnauthorizedOperation", "AuthorizationError")


class AwsProblem(Exception):
    """A call to AWS failed; the message is one sentence that names the call and the cure.

    Attributes:
        code: the error code of AWS, or the exception's name when no answer came.
    """

    def __init__(self, message: str, code: str) -> None:
        super().__init__(message)
        self.code = code

    @property
    def cause(self) -> Cause:
        return Cause.DENIED if self.code in _DENIED else Cause.ERROR


@contextmanager
def explained(action: str, subject: str) -> Iterator[None]:
    """Turns botocore's errors into `AwsProblem`s: `action` is IAM's name of the call, `subject` what it is about."""
    try:
        yield
    except ClientError as error:
        code, message = error.response["Error"]["Code"], error.response["Error"].get("Message", "")
        if code in _DENIED:
            raise AwsProblem(f"{action} on {subject} was denied: allow it to the role in use.", code) from error
        raise AwsProblem(f"{action} on {subject} failed: {code}: {message}", code) from error
    except BotoCoreError as error:
        raise AwsProblem(f"{action} on {subject} got no answer: {error}", type(error).__name__) from error

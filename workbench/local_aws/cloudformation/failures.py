"""Why a resource could not be provided, in CloudFormation's words."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TypeVar
from uuid import uuid4

from botocore.exceptions import ClientError, ParamValidationError

from workbench.local_aws.cloudformation.provider import ProvisioningError

logger = logging.getLogger(__name__)

_T = TypeVar("_T")


def in_its_words(act: Callable[[], _T]) -> _T:
    """The result. Raises ProvisioningError for whatever goes wrong."""
    try:
        return act()
    except ProvisioningError:
        raise
    except ClientError as error:
        raise ProvisioningError(_reason(error)) from error
    except KeyError as error:
        raise ProvisioningError(f"Properties validation failed: required key [{error.args[0]}] not found") from error
    except (ParamValidationError, ValueError) as error:
        raise ProvisioningError(f"Properties validation failed: {error}") from error
    except Exception as error:
        logger.exception("A resource could not be provided")
        raise ProvisioningError(f"{type(error).__name__}: {error}") from error


def _reason(error: ClientError) -> str:
    details, metadata = error.response.get("Error", {}), error.response.get("ResponseMetadata", {})
    service = metadata.get("Service", error.operation_name)
    status, request_id = metadata.get("HTTPStatusCode", 400), metadata.get("RequestId", uuid4())
    said = f"{details.get('Message', error)} (Service: {service}, Status Code: {status}, Request ID: {request_id})"
    code = _handler_code(str(details.get("Code", "")), status)
    return f'Resource handler returned message: "{said}" (RequestToken: {uuid4()}, HandlerErrorCode: {code})'


def _handler_code(code: str, status: int) -> str:
    for part, handler_code in _HANDLER_CODES.items():
        if part in code:
            return handler_code
    return "NotFound" if status == 404 else "GeneralServiceException" if status >= 500 else "InvalidRequest"


# What a service calls its errors, and what CloudFormation makes of them.
_HANDLER_CODES = {
    "AlreadyExists": "AlreadyExists",
    "AlreadyOwnedByYou": "AlreadyExists",
    "ResourceConflict": "AlreadyExists",
    "ResourceInUse": "AlreadyExists",
    "AccessDenied": "AccessDenied",
    "NotFound": "NotFound",
    "NoSuch": "NotFound",
    "Throttl": "Throttling",
    "LimitExceeded": "ServiceLimitExceeded",
}

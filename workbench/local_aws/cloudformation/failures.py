"""Why a resource could not be provided, in CloudFormation's words."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TypeVar

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
    return (
        f"{details.get('Message', error)} (Service: {error.operation_name}; "
        f"Status Code: {metadata.get('HTTPStatusCode', 400)}; Error Code: {details.get('Code', 'Unknown')})"
    )

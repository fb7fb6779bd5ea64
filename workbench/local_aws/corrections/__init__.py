"""Where moto does otherwise than AWS, made to do as AWS does.

`correct_moto` applies what holds for the whole process; `buckets` and `queues` hold while they are entered.
"""

from __future__ import annotations

import os

from workbench.local_aws.corrections import account, lambda_functions, other_services, s3_buckets


def correct_moto() -> None:
    """Applies every correction to moto's classes; doing so twice is harmless."""
    for service in (account, lambda_functions, other_services, s3_buckets):
        service.correct()
    # AWS's own managed policies, which roles name, exist only when asked for.
    os.environ.setdefault("MOTO_IAM_LOAD_MANAGED_POLICIES", "true")

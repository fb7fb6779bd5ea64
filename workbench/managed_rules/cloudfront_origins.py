"""Amazon CloudFront distributions: the way to their origins.

Owns encryption towards origins, access control of S3 and Lambda origins, and failover.
"""

from __future__ import annotations

from workbench.managed_rules.cloudfront import DISTRIBUTION, behaviors, config
from workbench.managed_rules.model import JUDGED_OR_NOT_APPLICABLE, Finding, Parameters, managed_rule
from workbench.managed_rules.properties import (
    Property,
    all_of,
    any_of,
    compliant,
    first,
    non_compliant,
    not_applicable,
)
from workbench.resources import Resource

DEFAULT_ORIGIN_PROTOCOLS = ("TLSv1", "SSLv3")


def _origins(distribution: Resource) -> tuple[Property, ...]:
    return config(distribution, "Origins").items()


def cloudfront_no_deprecated_ssl_protocols(distribution: Resource, parameters: Parameters) -> Finding:
    """Custom origins are not reached with SSLv3.

    NON_COMPLIANT when the SSL protocols of a custom origin include SSLv3, as they do by default.

    Source: AWS Config Developer Guide, cloudfront-no-deprecated-ssl-protocols.
    """
    custom = [origin.get("CustomOriginConfig") for origin in _origins(distribution)]
    old = first(custom, lambda origin: origin.is_set and _speaks_sslv3(origin.get("OriginSSLProtocols")))
    if old:
        return non_compliant("A custom origin is reached with SSLv3.", old.get("OriginSSLProtocols"))
    return compliant("No custom origin is reached with SSLv3.", config(distribution, "Origins"))


def _speaks_sslv3(protocols: Property) -> bool:
    if not protocols.is_set:
        return "SSLv3" in DEFAULT_ORIGIN_PROTOCOLS
    return first(protocols.items(), lambda protocol: protocol.text() == "SSLv3") is not None


def cloudfront_traffic_to_origin_encrypted(distribution: Resource, parameters: Parameters) -> Finding:
    """Traffic to custom origins is encrypted.

    NON_COMPLIANT when an origin's protocol policy is http-only, or match-viewer while a cache behavior of that origin
    allows viewers HTTP.

    Source: AWS Config Developer Guide, cloudfront-traffic-to-origin-encrypted.
    """
    plain = first(_origins(distribution), lambda origin: _is_plain(distribution, origin))
    if plain:
        return non_compliant("A custom origin is reached without TLS.", plain.get("CustomOriginConfig"))
    return compliant("All custom origins are reached with TLS.", config(distribution, "Origins"))


def _is_plain(distribution: Resource, origin: Property) -> bool:
    policy = origin.get("CustomOriginConfig", "OriginProtocolPolicy")
    return any_of(
        lambda: policy.text() == "http-only",
        lambda: all_of(lambda: policy.text() == "match-viewer", lambda: _viewers_may_use_http(distribution, origin)),
    )


def _viewers_may_use_http(distribution: Resource, origin: Property) -> bool:
    return first(behaviors(distribution), lambda behavior: _leads_plainly_to(behavior, origin)) is not None


def _leads_plainly_to(behavior: Property, origin: Property) -> bool:
    return all_of(
        lambda: behavior.get("ViewerProtocolPolicy").text() == "allow-all",
        lambda: behavior.get("TargetOriginId").text() == origin.get("Id").text(),
    )


def cloudfront_origin_access_identity_enabled(distribution: Resource, parameters: Parameters) -> Finding:
    """All origins are S3 buckets behind an origin access identity.

    NON_COMPLIANT when an origin has none, or is not an S3 bucket.

    Source: AWS Config Developer Guide, cloudfront-origin-access-identity-enabled.
    """
    identities = [origin.get("S3OriginConfig", "OriginAccessIdentity") for origin in _origins(distribution)]
    lacking = first(identities, lambda identity: not identity.is_set)
    if lacking:
        return non_compliant("An origin has no origin access identity.", lacking)
    return compliant("All origins have an origin access identity.", config(distribution, "Origins"))


def cloudfront_s3_origin_access_control_enabled(distribution: Resource, parameters: Parameters) -> Finding:
    """S3 origins are behind origin access control.

    NON_COMPLIANT when an S3 origin has no origin access control. Without S3 origins NOT_APPLICABLE.

    Source: AWS Config Developer Guide, cloudfront-s3-origin-access-control-enabled.
    """
    buckets = [origin for origin in _origins(distribution) if origin.get("S3OriginConfig").known() is not None]
    return _access_controlled(buckets, "S3 origin")


def cloudfront_origin_lambda_url_oac_enabled(distribution: Resource, parameters: Parameters) -> Finding:
    """Lambda function URL origins are behind origin access control.

    NON_COMPLIANT when a function URL origin has no origin access control. Without such origins NOT_APPLICABLE.

    Source: AWS Config Developer Guide, cloudfront-origin-lambda-url-oac-enabled.
    """
    urls = [origin for origin in _origins(distribution) if _is_function_url(origin)]
    return _access_controlled(urls, "function URL origin")


def _is_function_url(origin: Property) -> bool:
    """Only a custom origin can be one, so the name of an S3 origin need not be known."""
    return all_of(
        lambda: origin.get("S3OriginConfig").known() is None, lambda: ".lambda-url." in origin.get("DomainName").text()
    )


def _access_controlled(origins: list[Property], kind: str) -> Finding:
    if not origins:
        return not_applicable(f"The distribution has no {kind}.")
    lacking = first(origins, lambda origin: not origin.get("OriginAccessControlId").is_set)
    if lacking:
        return non_compliant(f"One {kind} has no origin access control.", lacking.get("OriginAccessControlId"))
    return compliant(f"Every {kind} has origin access control.", origins[0])


def cloudfront_origin_failover_enabled(distribution: Resource, parameters: Parameters) -> Finding:
    """A second origin stands in when the first fails.

    NON_COMPLIANT without an origin group of at least two origins.

    Source: AWS Config Developer Guide, cloudfront-origin-failover-enabled.
    """
    groups = config(distribution, "OriginGroups", "Items")
    group = first(groups.items(), lambda group: len(group.get("Members", "Items").items()) > 1)
    if group is None:
        return non_compliant("There is no origin group of two origins.", groups)
    return compliant("There is an origin group of two origins.", group)


RULES = (
    managed_rule(cloudfront_no_deprecated_ssl_protocols, DISTRIBUTION),
    managed_rule(cloudfront_traffic_to_origin_encrypted, DISTRIBUTION),
    managed_rule(cloudfront_origin_access_identity_enabled, DISTRIBUTION),
    managed_rule(cloudfront_s3_origin_access_control_enabled, DISTRIBUTION, verdicts=JUDGED_OR_NOT_APPLICABLE),
    managed_rule(cloudfront_origin_lambda_url_oac_enabled, DISTRIBUTION, verdicts=JUDGED_OR_NOT_APPLICABLE),
    managed_rule(cloudfront_origin_failover_enabled, DISTRIBUTION),
)

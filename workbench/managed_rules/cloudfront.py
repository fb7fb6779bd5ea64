"""Amazon CloudFront distributions: what viewers meet.

Owns certificates, protocols, logging and protection. The way to the origins: `cloudfront_origins`.
"""

from __future__ import annotations

from dataclasses import replace

from workbench.managed_rules.model import JUDGED_OR_NOT_APPLICABLE, Finding, Parameters, managed_rule
from workbench.managed_rules.parameters import list_of, text_of
from workbench.managed_rules.properties import (
    Property,
    any_of,
    compliant,
    first,
    judged,
    matched,
    non_compliant,
    not_applicable,
    read,
)
from workbench.resources import Resource

DISTRIBUTION = "AWS::CloudFront::Distribution"
DEFAULT_PROTOCOL = "TLSv1"
MODERN_PROTOCOLS = ("TLSv1.2_", "TLSv1.3_")


def config(distribution: Resource, *steps: str) -> Property:
    return read(distribution, "DistributionConfig", *steps)


def behaviors(distribution: Resource) -> tuple[Property, ...]:
    """The default cache behavior and the others."""
    return (config(distribution, "DefaultCacheBehavior"), *config(distribution, "CacheBehaviors").items())


def cloudfront_accesslogs_enabled(distribution: Resource, parameters: Parameters) -> Finding:
    """Access logs go to an S3 bucket.

    NON_COMPLIANT without standard logging (legacy), or with another bucket than S3BucketName.

    Source: AWS Config Developer Guide, cloudfront-accesslogs-enabled.
    """
    logging, wanted = config(distribution, "Logging"), text_of(parameters, "S3BucketName")
    if not logging.is_set:
        return non_compliant("Access logs are off.", logging)
    bucket = logging.get("Bucket")
    if wanted and bucket.text().partition(".s3")[0] != wanted:
        return non_compliant(f"Access logs go to {bucket.text()}, not to {wanted}.", bucket)
    return compliant("Access logs are on.", logging)


def cloudfront_associated_with_waf(distribution: Resource, parameters: Parameters) -> Finding:
    """A web ACL protects the distribution.

    NON_COMPLIANT without a web ACL, or when it is not in wafWebAclIds.

    Source: AWS Config Developer Guide, cloudfront-associated-with-waf.
    """
    acl, allowed = config(distribution, "WebACLId"), list_of(parameters, "wafWebAclIds")
    if not acl.is_set:
        return non_compliant("The distribution has no web ACL.", acl)
    if allowed and acl.text() not in allowed:
        return non_compliant(f"The web ACL {acl.text()} is not in wafWebAclIds.", acl)
    return compliant("A web ACL protects the distribution.", acl)


def cloudfront_default_root_object_configured(distribution: Resource, parameters: Parameters) -> Finding:
    """A request for the root returns a default object.

    NON_COMPLIANT without a default root object.

    Source: AWS Config Developer Guide, cloudfront-default-root-object-configured.
    """
    root = config(distribution, "DefaultRootObject")
    return judged(root.is_set, f"There is {'a' if root.is_set else 'no'} default root object.", root)


def cloudfront_distribution_key_group_enabled(distribution: Resource, parameters: Parameters) -> Finding:
    """Every cache behavior asks for signatures of trusted key groups.

    NON_COMPLIANT when a behavior uses trusted signers, or no authentication at all.

    Source: AWS Config Developer Guide, cloudfront-distribution-key-group-enabled.
    """
    open_one = first(behaviors(distribution), _lacks_key_group)
    if open_one:
        return non_compliant("A cache behavior does not rely on trusted key groups alone.", open_one)
    return compliant("All cache behaviors rely on trusted key groups.", config(distribution))


def _lacks_key_group(behavior: Property) -> bool:
    return any_of(lambda: not behavior.get("TrustedKeyGroups").is_set, lambda: behavior.get("TrustedSigners").is_set)


def cloudfront_viewer_policy_https(distribution: Resource, parameters: Parameters) -> Finding:
    """Viewers use HTTPS, directly or by redirection.

    NON_COMPLIANT when the viewer protocol policy of a cache behavior is allow-all.

    Source: AWS Config Developer Guide, cloudfront-viewer-policy-https.
    """
    policies = [behavior.get("ViewerProtocolPolicy") for behavior in behaviors(distribution)]
    plain = first(policies, lambda policy: policy.text() == "allow-all")
    if plain:
        return non_compliant("A cache behavior allows HTTP (allow-all).", plain)
    return compliant("All cache behaviors ask for HTTPS.", policies[0])


def cloudfront_custom_ssl_certificate(distribution: Resource, parameters: Parameters) -> Finding:
    """The distribution shows a certificate of its own.

    NON_COMPLIANT on CloudFront's default certificate. Multi-tenant distributions are NOT_APPLICABLE.

    Source: AWS Config Developer Guide, cloudfront-custom-ssl-certificate.
    """
    mode, certificate = config(distribution, "ConnectionMode"), config(distribution, "ViewerCertificate")
    if mode.text() == "tenant-only":
        return not_applicable("The distribution is multi-tenant.", mode)
    own = _has_own_certificate(certificate)
    return judged(own, f"The certificate is {'its own' if own else 'the default of CloudFront'}.", certificate)


def _has_own_certificate(certificate: Property) -> bool:
    return any_of(
        lambda: certificate.get("AcmCertificateArn").is_set, lambda: certificate.get("IamCertificateId").is_set
    )


def cloudfront_sni_enabled(distribution: Resource, parameters: Parameters) -> Finding:
    """HTTPS requests are served by SNI.

    NON_COMPLIANT when a certificate of its own is served from dedicated IP addresses.

    Source: AWS Config Developer Guide, cloudfront-sni-enabled.
    """
    certificate = config(distribution, "ViewerCertificate")
    method = certificate.get("SslSupportMethod")
    if not _has_own_certificate(certificate):
        return compliant("The default certificate is served by SNI.", certificate)
    return judged(method.text("sni-only") == "sni-only", f"HTTPS is served by {method.text('sni-only')}.", method)


def cloudfront_security_policy_check(distribution: Resource, parameters: Parameters) -> Finding:
    """Viewers connect with TLS 1.2 or higher.

    NON_COMPLIANT when the minimum protocol version is below TLSv1.2_2018, as with the default certificate.

    Source: AWS Config Developer Guide, cloudfront-security-policy-check.
    """
    minimum = _minimum_protocol(distribution)
    found = minimum.text(DEFAULT_PROTOCOL)
    return judged(found.startswith(MODERN_PROTOCOLS), f"The minimum protocol version is {found}.", minimum)


def cloudfront_ssl_policy_check(distribution: Resource, parameters: Parameters) -> Finding:
    """Viewers connect with one of the expected security policies.

    NON_COMPLIANT when the minimum protocol version is not in securityPolicies.

    Source: AWS Config Developer Guide, cloudfront-ssl-policy-check.
    """
    minimum = _minimum_protocol(distribution)
    return matched(
        "The security policy", minimum, minimum.text(DEFAULT_PROTOCOL), list_of(parameters, "securityPolicies")
    )


def _minimum_protocol(distribution: Resource) -> Property:
    """CloudFront's default certificate sets TLSv1 whatever the template says."""
    certificate = config(distribution, "ViewerCertificate")
    minimum = certificate.get("MinimumProtocolVersion")
    default = certificate.get("CloudFrontDefaultCertificate").flag()
    return replace(minimum, value=DEFAULT_PROTOCOL) if default else minimum


RULES = (
    managed_rule(cloudfront_accesslogs_enabled, DISTRIBUTION, optional=("S3BucketName",)),
    managed_rule(cloudfront_associated_with_waf, DISTRIBUTION, optional=("wafWebAclIds",)),
    managed_rule(cloudfront_default_root_object_configured, DISTRIBUTION),
    managed_rule(cloudfront_distribution_key_group_enabled, DISTRIBUTION),
    managed_rule(cloudfront_viewer_policy_https, DISTRIBUTION),
    managed_rule(cloudfront_custom_ssl_certificate, DISTRIBUTION, verdicts=JUDGED_OR_NOT_APPLICABLE),
    managed_rule(cloudfront_sni_enabled, DISTRIBUTION),
    managed_rule(cloudfront_security_policy_check, DISTRIBUTION),
    managed_rule(cloudfront_ssl_policy_check, DISTRIBUTION, required=("securityPolicies",)),
)

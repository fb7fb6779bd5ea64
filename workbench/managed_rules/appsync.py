"""AWS AppSync: GraphQL APIs and their caches."""

from __future__ import annotations

from workbench.managed_rules.model import JUDGED_OR_NOT_APPLICABLE, Finding, Parameters, Trigger, managed_rule
from workbench.managed_rules.parameters import list_of
from workbench.managed_rules.properties import (
    Property,
    beside,
    compliant,
    first,
    judged,
    matched,
    non_compliant,
    not_applicable,
    read,
)
from workbench.resources import Resource

API = "AWS::AppSync::GraphQLApi"
CACHE = "AWS::AppSync::ApiCache"
WEB_ACL_ASSOCIATION = "AWS::WAFv2::WebACLAssociation"


def appsync_authorization_check(api: Resource, parameters: Parameters) -> Finding:
    """The API authorizes requests in allowed ways only.

    NON_COMPLIANT when its authentication type, or an additional one, is not in AllowedAuthorizationTypes.

    Source: AWS Config Developer Guide, appsync-authorization-check.
    """
    additional = read(api, "AdditionalAuthenticationProviders").items()
    kinds = [read(api, "AuthenticationType"), *(provider.get("AuthenticationType") for provider in additional)]
    allowed = list_of(parameters, "AllowedAuthorizationTypes")
    strange = first(kinds, lambda kind: kind.text() not in allowed)
    if strange:
        return non_compliant(f"The authentication type {strange.text()} is not allowed.", strange)
    return compliant("All authentication types are allowed.", kinds[0])


def appsync_associated_with_waf(api: Resource, parameters: Parameters) -> Finding:
    """A web ACL protects the API.

    NON_COMPLIANT without a web ACL of AWS WAF, or when it is not in wafWebAclARNs. Associations of other stacks are not
    seen.

    Source: AWS Config Developer Guide, appsync-associated-with-waf.
    """
    associations = beside(api, WEB_ACL_ASSOCIATION)
    if not associations:
        return non_compliant("The API has no web ACL.", read(api))
    acl, allowed = associations[0].get("WebACLArn"), list_of(parameters, "wafWebAclARNs")
    if allowed and acl.text() not in allowed:
        return non_compliant(f"The web ACL {acl.text()} is not in wafWebAclARNs.", acl)
    return compliant("A web ACL protects the API.", acl)


def appsync_graphql_api_xray_enabled(api: Resource, parameters: Parameters) -> Finding:
    """Tracing with X-Ray is on.

    NON_COMPLIANT when tracing of the API is off.

    Source: AWS Config Developer Guide, appsync-graphql-api-xray-enabled.
    """
    tracing = read(api, "XrayEnabled")
    return judged(tracing.flag(), f"Tracing is {'on' if tracing.flag() else 'off'}.", tracing)


def appsync_logging_enabled(api: Resource, parameters: Parameters) -> Finding:
    """Field-level logging is on.

    NON_COMPLIANT when the field log level is NONE, as when nothing is set, or not in fieldLoggingLevel.

    Source: AWS Config Developer Guide, appsync-logging-enabled.
    """
    level, wanted = read(api, "LogConfig", "FieldLogLevel"), list_of(parameters, "fieldLoggingLevel")
    found = level.text("NONE")
    if wanted:
        return matched("The field log level", level, found, wanted)
    return judged(found != "NONE", f"The field log level is {found}.", level)


def appsync_cache_encryption_at_rest(api: Resource, parameters: Parameters) -> Finding:
    """The API's cache is encrypted at rest.

    NON_COMPLIANT when the cache is not encrypted. An API without a cache is NOT_APPLICABLE.

    Source: AWS Config Developer Guide, appsync-cache-encryption-at-rest.
    """
    caches = beside(api, CACHE)
    if not caches:
        return not_applicable("The API has no cache.", read(api))
    return _encrypted(caches[0].get("AtRestEncryptionEnabled"), "at rest")


def appsync_cache_ct_encryption_at_rest(cache: Resource, parameters: Parameters) -> Finding:
    """The cache is encrypted at rest.

    NON_COMPLIANT when encryption at rest is off, as when nothing is set.

    Source: AWS Config Developer Guide, appsync-cache-ct-encryption-at-rest.
    """
    return _encrypted(read(cache, "AtRestEncryptionEnabled"), "at rest")


def appsync_cache_ct_encryption_in_transit(cache: Resource, parameters: Parameters) -> Finding:
    """Traffic to the cache is encrypted.

    NON_COMPLIANT when encryption in transit is off, as when nothing is set.

    Source: AWS Config Developer Guide, appsync-cache-ct-encryption-in-transit.
    """
    return _encrypted(read(cache, "TransitEncryptionEnabled"), "in transit")


def _encrypted(encryption: Property, where: str) -> Finding:
    state = "encrypted" if encryption.flag() else "not encrypted"
    return judged(encryption.flag(), f"The cache is {state} {where}.", encryption)


RULES = (
    managed_rule(appsync_authorization_check, API, required=("AllowedAuthorizationTypes",)),
    managed_rule(appsync_associated_with_waf, API, trigger=Trigger.PERIODIC, optional=("wafWebAclARNs",)),
    managed_rule(appsync_graphql_api_xray_enabled, API),
    managed_rule(appsync_logging_enabled, API, optional=("fieldLoggingLevel",)),
    managed_rule(appsync_cache_encryption_at_rest, API, trigger=Trigger.PERIODIC, verdicts=JUDGED_OR_NOT_APPLICABLE),
    managed_rule(appsync_cache_ct_encryption_at_rest, CACHE),
    managed_rule(appsync_cache_ct_encryption_in_transit, CACHE),
)

"""Requests from an integration to a service of the local AWS: `arn:aws:apigateway:eu-west-1:sqs:path/<queue>`."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any
from xml.etree import ElementTree

from workbench.local_aws.gateway.answers import compact
from workbench.local_aws.gateway.forwarding import Forwarded, Received, send
from workbench.local_aws.gateway.integration import Client

_URI = re.compile(
    r"arn:[^:]+:apigateway:(?P<region>[^:]+):(?:[^:]+\.)?(?P<service>[\w-]+):(?P<kind>path|action)/(?P<rest>.*)"
)
_CLIENTS = {"states": "stepfunctions", "monitoring": "cloudwatch", "email": "ses"}


def is_service(uri: str) -> bool:
    return _URI.fullmatch(uri) is not None


def request(client: Client, mapped: Forwarded, seconds: float) -> Received:
    """What the service answers to a request whose URL is the integration's URI. XML comes as JSON, as to a gateway."""
    found = _URI.fullmatch(mapped.url)
    if found is None:
        raise ValueError(mapped.url)
    meta = client(_CLIENTS.get(found["service"], found["service"])).meta
    sent = _action(mapped, found["rest"], meta) if found["kind"] == "action" else mapped
    path = found["rest"] if found["kind"] == "path" else ""
    own = {"accept", "authorization", "host", "x-forwarded-for"}
    headers = tuple(header for header in sent.headers if header[0].lower() not in own)
    signed = (("Authorization", _signature(found["region"], meta.service_model.signing_name)), *headers)
    return _as_json(send(replace(sent, url=f"{meta.endpoint_url}/{path.lstrip('/')}", headers=signed), seconds))


def _action(mapped: Forwarded, action: str, meta: Any) -> Forwarded:
    """An action is named in a header where the service speaks JSON, in the parameters where it speaks queries."""
    model = meta.service_model
    prefix = model.metadata.get("targetPrefix")
    if prefix:
        kept = tuple(header for header in mapped.headers if header[0].lower() != "content-type")
        kind = f"application/x-amz-json-{model.metadata.get('jsonVersion', '1.0')}"
        return replace(
            mapped, method="POST", headers=(*kept, ("Content-Type", kind), ("X-Amz-Target", f"{prefix}.{action}"))
        )
    return replace(mapped, query=(*mapped.query, ("Action", action), ("Version", model.api_version)))


def _signature(region: str, service: str) -> str:
    return (
        f"AWS4-HMAC-SHA256 Credential=gateway/20200101/{region}/{service}/aws4_request, SignedHeaders=host, Signature=0"
    )


def _as_json(received: Received) -> Received:
    kind = next((value for name, value in received.headers if name.lower() == "content-type"), "")
    if "xml" not in kind or not received.body.lstrip().startswith(b"<"):
        return received
    root = ElementTree.fromstring(received.body)  # noqa: S314 - the local AWS wrote it
    document = {_name(root): _plain(root)}
    return replace(received, headers=(("Content-Type", "application/json"),), body=compact(document).encode())


def _plain(element: ElementTree.Element) -> Any:
    """An element's text, or its members by name; those of the same name are a list."""
    if not len(element):
        return element.text
    found: dict[str, list[Any]] = {}
    for child in element:
        found.setdefault(_name(child), []).append(_plain(child))
    return {name: values[0] if len(values) == 1 else values for name, values in found.items()}


def _name(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]

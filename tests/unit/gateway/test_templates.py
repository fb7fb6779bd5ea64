"""Mapping templates and expressions."""

from __future__ import annotations

import pytest

from workbench.local_aws.gateway.mapping import Values, parameters, value
from workbench.local_aws.gateway.templates import UnsupportedTemplate, rendered

VALUES = Values(
    request={"header": {"X-Own": "h"}, "path": {"id": "7"}, "querystring": {"q": "a b"}},
    response={"header": {"ETag": "e"}},
    body='{"order": {"items": [{"name": "pen"}], "a-b": 1}, "note": "say \\"hi\\""}',
    context={"requestId": "r-1", "identity": {"sourceIp": "10.0.0.1"}},
    variables={"colour": "green"},
)


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("no references", "no references"),
        ("$context.requestId at $context.identity.sourceIp.", "r-1 at 10.0.0.1."),
        ("${context.requestId}s", "r-1s"),
        ("$stageVariables.colour", "green"),
        ("$input.params('id') $input.params('q') $input.params('x-own')", "7 a b h"),
        ("$input.params('none')|", "|"),
        ("$input.params().querystring.q", "a b"),
        ("$input.path('$.order.items[0].name')", "pen"),
        ("$input.path('$').order['a-b']", "1"),
        ("$input.json('$.order.items')", '[{"name":"pen"}]'),
        ("$util.urlEncode($input.params('q'))", "a%20b"),
        ("$util.escapeJavaScript($input.path('$.note'))", 'say \\"hi\\"'),
        ("$util.base64Decode($util.base64Encode('x'))", "x"),
        ("$context.none $!context.none|", "$context.none |"),
        ("a ## a comment\nb", "a b"),
        ("costs $5 and $other.thing", "costs $5 and $other.thing"),
    ],
)
def test_references_are_replaced(template: str, text: str) -> None:
    assert rendered(template, VALUES) == text


@pytest.mark.parametrize("directive", ["#set($a = 1)", "#if($a)x#end", "#foreach($a in $b)x#end"])
def test_directives_are_named_as_unsupported(directive: str) -> None:
    with pytest.raises(UnsupportedTemplate, match=directive.split("(")[0]):
        rendered(directive, VALUES)


@pytest.mark.parametrize(
    ("expression", "found"),
    [
        ("'text'", "text"),
        ("method.request.header.x-own", "h"),
        ("method.request.path.id", "7"),
        ("integration.response.header.etag", "e"),
        ("context.identity.sourceIp", "10.0.0.1"),
        ("stageVariables.colour", "green"),
        ("method.request.querystring.none", None),
        ("context.none.deeper", None),
    ],
)
def test_an_expression_names_a_value(expression: str, found: str | None) -> None:
    assert value(expression, VALUES) == found


def test_parameters_are_those_of_a_prefix_that_have_a_value() -> None:
    named = {"a.header.X": "'1'", "a.header.Y": "context.none", "b.header.Z": "'2'"}
    assert parameters(named, "a.header.", VALUES) == {"X": "1"}

"""Mapping templates and expressions."""

from __future__ import annotations

import pytest

from workbench.local_aws.gateway.mapping import Values, parameters, value
from workbench.local_aws.gateway.templates import rendered
from workbench.local_aws.gateway.velocity import MalformedTemplate

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
        ("$util.urlEncode($input.params('q'))", "a+b"),
        ("$util.escapeJavaScript($input.path('$.note'))", 'say \\"hi\\"'),
        ("$util.base64Decode($util.base64Encode('x'))", "x"),
        ("$context.none $!context.none|", "$context.none |"),
        ("a ## a comment\nb", "a b"),
        ("costs $5 and $other.thing", "costs $5 and $other.thing"),
    ],
)
def test_references_are_replaced(template: str, text: str) -> None:
    assert rendered(template, VALUES).text == text


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("#set($n = $input.params('q'))$n!", "a b!"),
        ("#set($n = 1)#set($n = $n + 1)$n", "2"),
        ("#if($input.params('id') == '7')seven#else other#end", "seven"),
        ("#if($context.none)a#elseif($input.params('id') == '8')b#{else}c#end", "c"),
        ("#if($input.params('none') && $input.params('none') != '')a#{else}b#end", "b"),
        ("#foreach($e in [1, 2, 3])$e#if($foreach.hasNext),#end#end", "1,2,3"),
        ("#foreach($e in $input.path('$.order.items'))$foreach.count:$e.name#end", "1:pen"),
        ("#foreach($e in $input.path('$.order.none'))x#end|", "|"),
        ("#foreach($k in $input.params().keySet())$k #end", "header path querystring "),
        ("#foreach($e in $input.params().path.entrySet())$e.key=$e.value#end", "id=7"),
        ("#set($m = {'a': 1})#set($m.b = true)$m.get('a') $m.b $m", "1 true {a=1, b=true}"),
        ("#set($l = [])$!l.add('x')$l.size() $l.get(0) $l[0]", "true1 x x"),
        ("#set($x = 'a|b|')$x.split('\\|').size() $x.replaceAll('(b)', '<$1>')", "2 a|<b>|"),
        (
            "#set($x = 'Pen')$x.equals('Pen') $x.toLowerCase() $x.length() $x.substring(1) $x.indexOf('n')",
            "true pen 3 en 2",
        ),
        ('$util.escapeJavaScript("it\'s").replaceAll("\\\\\'","\'")', "it's"),
        ("$util.parseJson('{\"a\": [1, 2]}').a", "[1,2]"),
        ("$input.path('$.order.items[*].name') $input.path('$.none.items')", "[\"pen\"] $input.path('$.none.items')"),
        ("$input.path('$.order').values $input.path('$.order').items[5]", "LEFT"),
        ("$input.params().header.X-Own \\$5 #fff", "h $5 #fff"),
    ],
)
def test_templates_run(template: str, text: str) -> None:
    expected = template if text == "LEFT" else text
    assert rendered(template, VALUES).text == expected


def test_a_template_overrides_what_is_sent_and_answered() -> None:
    told = "#set($context.responseOverride.status = 418)#set($context.requestOverride.header.X-New = 'a')"
    found = rendered(f"{told}body", VALUES)
    assert (found.text, found.response["status"], found.request["header"]) == ("body", 418, {"X-New": "a"})


@pytest.mark.parametrize("template", ["#if($a)x", "$util.parseJson('{')", "$input.path('$[')"])
def test_what_cannot_be_run_is_malformed(template: str) -> None:
    with pytest.raises(MalformedTemplate):
        rendered(template, VALUES)


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

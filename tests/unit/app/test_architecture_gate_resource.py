"""The custom resource that judges every release."""

from __future__ import annotations

from tests.unit.app.sample import prepared, resolved, resources


def test_another_release_is_an_update_of_the_gate() -> None:
    of = {release: resolved(prepared(Release=release), "ArchitectureGate", "Properties", "Release") for release in "ab"}
    assert of == {"a": "a", "b": "b"}


def test_another_value_of_any_parameter_is_an_update_of_the_gate() -> None:
    parameters = prepared().document.section("Parameters").keys() - {"Release"}
    assert resources()["ArchitectureGate"]["Properties"]["Parameters"] == {name: {"Ref": name} for name in parameters}


def test_another_version_of_its_function_is_an_update_of_the_gate() -> None:
    version = resources()["ArchitectureGate"]["Properties"]["Version"]["Ref"]
    assert resources()[version]["Type"] == "AWS::Lambda::Version"
    assert resources()[version]["Properties"]["FunctionName"] == {"Ref": "ArchitectureGateFunction"}


def test_it_is_answered_by_its_own_function() -> None:
    assert resources()["ArchitectureGate"]["Properties"]["ServiceToken"] == {
        "Fn::GetAtt": ["ArchitectureGateFunction", "Arn"]
    }
    handler = resources()["ArchitectureGateFunction"]["Properties"]["Handler"]
    assert handler == "fitness.handlers.architecture_gate"


def test_silence_is_noticed_soon_after_the_function_must_have_ended() -> None:
    timeout = resources()["ArchitectureGateFunction"]["Properties"]["Timeout"]
    assert timeout < resources()["ArchitectureGate"]["Properties"]["ServiceTimeout"] <= timeout + 120

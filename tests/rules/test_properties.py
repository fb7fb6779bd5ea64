"""Reading properties: what is there, what is not, and what nobody can know."""

from __future__ import annotations

import pytest

from workbench.managed_rules.properties import Property, Unresolved, all_of, any_of, first
from workbench.resources import Unknown

HIDDEN = Unknown("the parameter Level has no value")


def unknown() -> bool:
    raise Unresolved("nobody knows")


def test_a_missing_property_keeps_its_path() -> None:
    found = Property({}).get("VersioningConfiguration", "Status")
    assert (found.value, found.path, found.name) == (
        None,
        ("VersioningConfiguration", "Status"),
        "VersioningConfiguration.Status",
    )


def test_items_know_their_index() -> None:
    items = Property({"Rules": ["a", "b"]}).get("Rules").items()
    assert [item.path for item in items] == [("Rules", 0), ("Rules", 1)]
    assert items[1].name == "Rules[1]"


def test_a_single_value_stands_for_a_list_of_one() -> None:
    [action] = Property({"Action": "s3:*"}).get("Action").items()
    assert action.text() == "s3:*"


def test_an_unknown_value_says_where_it_stands_and_why() -> None:
    with pytest.raises(Unresolved, match=r"Logging\.Level is not known: the parameter Level has no value"):
        Property({"Logging": {"Level": HIDDEN}}).get("Logging", "Level").text()


def test_nothing_below_an_unknown_value_is_known() -> None:
    with pytest.raises(Unresolved, match="Logging is not known"):
        Property({"Logging": HIDDEN}).get("Logging", "Level")


def test_a_structure_is_set_though_its_content_is_unknown() -> None:
    assert Property({"Level": HIDDEN}).is_set


@pytest.mark.parametrize("value", [True, "true", "True", " TRUE "])
def test_a_boolean_may_be_text(value: object) -> None:
    assert Property(value).flag()


@pytest.mark.parametrize("value", [5, 5.0, "5"])
def test_a_number_may_be_text(value: object) -> None:
    assert Property(value).number() == 5


@pytest.mark.parametrize("value", ["maybe", [], {}])
def test_what_is_no_boolean_is_unknown(value: object) -> None:
    with pytest.raises(Unresolved):
        Property(value, ("Enabled",)).flag()


def test_a_document_may_be_json_text() -> None:
    assert Property('{"Statement": []}').document().get("Statement").items() == ()


def test_a_known_part_decides_over_an_unknown_one() -> None:
    assert any_of(unknown, lambda: True)
    assert not all_of(unknown, lambda: False)
    assert first([unknown, lambda: True], lambda test: test()) is not None


@pytest.mark.parametrize("decide", [lambda: any_of(unknown, lambda: False), lambda: all_of(unknown, lambda: True)])
def test_an_unknown_part_that_matters_makes_the_whole_unknown(decide: object) -> None:
    assert callable(decide)
    with pytest.raises(Unresolved):
        decide()

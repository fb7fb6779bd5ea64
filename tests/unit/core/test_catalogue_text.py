"""Text that is no catalogue at all: InvalidCatalogue with a place, whatever was done to the file."""

from __future__ import annotations

from contextlib import suppress

import pytest
from fitness.catalogue import Catalogue, InvalidCatalogue, load
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.unit.core.yaml_mistakes import GOOD, refused_text

OWN_WORDS = {
    "empty": ("▸", "the file is empty."),
    "only a comment": ("▸# rules\n", "the file is empty."),
    "a list": ("▸- rules\n", "the document must be a mapping of keys to values."),
    "a word": ("▸rules\n", "the document must be a mapping of keys to values."),
    "an empty mapping": ("▸{}\n", "the document lacks the key 'version'."),
    "a control character": (f'{GOOD}x: "a▸\x07"\n', "not valid YAML: the character U+0007 is not allowed."),
    "binary after umlauts": ("# Größe\nversion: ▸\x00", "not valid YAML: the character U+0000 is not allowed."),
    "half a character": ("version: ▸\ud800", "not valid YAML: the character U+D800 is not allowed."),
    "two documents": (
        f"{GOOD}▸---\n{GOOD}",
        "not valid YAML: expected a single document in the stream, but found another document.",
    ),
}


@pytest.mark.parametrize(("text", "sentence"), OWN_WORDS.values(), ids=OWN_WORDS)
def test_a_text_that_is_no_catalogue_is_refused(text: str, sentence: str) -> None:
    refused_text(text, sentence)


SYNTAX = {
    "a tab as indentation": ("gate:\n\tminimum: 60\n", 2),
    "a bracket that never closes": ("gate: {minimum: [\n", 2),
    "a quote that never closes": ('a: 1\ngate: "minimum\n', 3),
    "a colon too many": ("a: 1\ntitle: a: b\n", 2),
    "an alias without anchor": ("a: 1\ngate: *defaults\n", 2),
    "indentation that fits nothing": ("a:\n    b: 1\n  c: 2\n", 3),
}


@pytest.mark.parametrize(("text", "line"), SYNTAX.values(), ids=SYNTAX)
def test_what_is_not_yaml_is_refused_with_its_line(text: str, line: int) -> None:
    with pytest.raises(InvalidCatalogue, match=rf"^rules\.yaml:{line}:\d+: not valid YAML: .+[^.]\.$") as caught:
        load(text)
    assert "\n" not in str(caught.value)


def test_the_name_of_the_file_may_look_like_a_message() -> None:
    with pytest.raises(InvalidCatalogue, match=r"^my: rules: 1:1:1: the file is empty\.$"):
        load("", "my: rules: 1")


MARKS = st.sampled_from("\n\t -:{}[]~&*!|>'\"?#%@,0\x00\ud800\ufeff\u2028é")
WORDS = st.sampled_from(["<<: *a", "&a ", "!!int x", ".nan", "1.0e+99", "---\n", "...\n", "%YAML 1.2\n", "off", "- "])
PLACES = st.integers(0, len(GOOD))


@st.composite
def spoiled(draw: st.DrawFn) -> str:
    text = GOOD
    for _ in range(draw(st.integers(1, 3))):
        start, length = draw(PLACES), draw(st.integers(0, 8))
        text = text[:start] + draw(MARKS | WORDS | st.text(max_size=3)) + text[start + length :]
    return text


@given(spoiled())
@settings(max_examples=300)
def test_a_spoiled_catalogue_is_read_or_refused_and_nothing_else(text: str) -> None:
    with suppress(InvalidCatalogue):
        assert isinstance(load(text), Catalogue)


@given(spoiled())
@settings(max_examples=300)
def test_a_refusal_is_one_line_that_names_a_place_in_the_file(text: str) -> None:
    refusal = refusal_of(text)
    assume(refusal)
    place, _, sentence = str(refusal).partition(": ")
    assert 1 <= int(place.split(":")[1]) <= len(text.splitlines()) + 1
    assert sentence.endswith(".")
    assert "\n" not in sentence


def refusal_of(text: str) -> InvalidCatalogue | None:
    try:
        load(text)
    except InvalidCatalogue as error:
        return error
    return None

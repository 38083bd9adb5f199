"""A codebook file is refused with where it is wrong and what to do."""

from pathlib import Path

import pytest

from khronika.codebook import CodebookError, load
from khronika.codebook.entries import roles_of

KIND = """
group = "liberty"

[classes]
ferries = ["ferry", "raft"]

[[kind]]
id = "marooning"
label = "Marooning"
definition = "Someone is left on an island."
is_not = "A holiday."
esf = ""
plover = ""
rights = ["UDHR 9"]

[[kind.way]]
verbs = ["maroon", "leave on island|@ferries"]
subject = "perpetrator"
object = "victim"
object_is = ["@people"]

[[kind.example]]
text = "Sailors marooned Ama Bell."
victims = ["Ama Bell"]

[[kind.counterexample]]
text = "The tide marooned a whale."
because = "a whale"
"""


WAY = 'verbs = ["maroon", "leave on island|@ferries"]'


def loaded_with(folder: Path, text: str) -> object:
    path = folder / "mine.toml"
    path.write_text(text, encoding="utf-8")
    return load([path])


def refusal_of(folder: Path, text: str) -> CodebookError:
    with pytest.raises(CodebookError) as caught:
        loaded_with(folder, text)
    return caught.value


def test_a_users_kind_is_added(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(KIND, encoding="utf-8")
    added = load([path])
    assert set(added.kinds) == {*load().kinds, "marooning"}
    way = added.kinds["marooning"].ways[0]
    assert way.verbs == ("maroon", "leave on island|ferry|raft")
    assert {"people", "person", "kin", "group"} <= set(way.object_is)
    assert roles_of(way) == {"perpetrator", "victim"}
    assert added.digest != load().digest


def test_a_users_kind_replaces_one_of_the_same_id(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(KIND.replace("marooning", "arrest"), encoding="utf-8")
    replaced = load([path])
    assert set(replaced.kinds) == set(load().kinds)
    assert replaced.kinds["arrest"].label == "Marooning"


def test_words_of_a_class_are_added_to_it(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text('[classes]\nperson = ["stevedore"]\n', encoding="utf-8")
    assert {"stevedore", "lawyer"} <= load([path]).classes["people"]


def test_the_digest_depends_on_the_content_alone(tmp_path: Path) -> None:
    one, other = tmp_path / "one.toml", tmp_path / "two.toml"
    one.write_text(KIND, encoding="utf-8")
    other.write_text("# a comment\n" + KIND, encoding="utf-8")
    assert load([one]).digest == load([other]).digest


@pytest.mark.parametrize(
    ("was", "becomes", "said", "remedy"),
    [
        ('subject = "perpetrator"', 'subjekt = "x"', "unknown field 'subjekt'", "write 'subject'"),
        ('object = "victim"', 'object = "victm"', "unknown role 'victm'", "write 'victim'"),
        ("@people", "@peoples", "unknown class '@peoples' in field 'object_is'", "write 'people'"),
        ("@ferries", "@ferrys", "unknown class '@ferrys' in field 'verbs'", "write 'ferries'"),
        ('"@people"', '"people"', "'people' in field 'object_is' names a class", "'@people'"),
        ('"@people"', '"two words"', "is not one word in field 'object_is'", "last word"),
        ('label = "Marooning"', "", "field 'label' is missing or empty", "add label"),
        ('"marooning"', '"Marooning!"', "is no id", "small letters"),
        ("[[kind.example]]", "[[kind.examples]]", "unknown field 'examples'", "write 'example'"),
        ('because = "a whale"', "", "field 'because' is missing or empty", "add because"),
        (WAY, 'clause = ["maroon"]', "nothing that sets it off", "add verbs"),
        ('rights = ["UDHR 9"]', "severity = 9", "whole number from 1 to 5", "severity = 1"),
        ('rights = ["UDHR 9"]', 'follows = ["arest"]', "unknown kind 'arest'", "write 'arrest'"),
        ('"Ama Bell"]', '"Ama Bell", "Ama Bell"]', "has 'Ama Bell' twice", "remove one"),
        ('object = "victim"', 'modality = "maybe"', "unknown modality 'maybe'", "use one of"),
        ('object = "victim"', "owner = 1", "neither true nor false", "owner = true"),
        ('group = "liberty"', "", "field 'group' is missing or empty", "add group"),
        ('"ferry"', '"Ferry"', "'Ferry' has capitals", "write 'ferry'"),
        ('"ferry"', '"@ferries"', "is itself or unknown", "write"),
    ],
)
def test_a_mistake_is_named_with_its_place_and_remedy(
    tmp_path: Path, was: str, becomes: str, said: str, remedy: str
) -> None:
    assert was in KIND
    error = refusal_of(tmp_path, KIND.replace(was, becomes, 1))
    assert said in error.problem
    assert remedy in error.remedy


def test_an_entry_without_counterexamples_is_refused(tmp_path: Path) -> None:
    error = refusal_of(tmp_path, KIND[: KIND.index("[[kind.counterexample]]")])
    assert "mine.toml, kind 'marooning': 0 counter-examples, 1 are needed" in error.problem


def test_an_intervention_has_no_perpetrator(tmp_path: Path) -> None:
    text = KIND.replace('rights = ["UDHR 9"]', "intervention = true")
    assert "role 'perpetrator'" in refusal_of(tmp_path, text).problem


@pytest.mark.parametrize("text", ["kind = [", "a = " + "[" * 5000, "kind = 3", "classes = 3"])
def test_what_is_no_codebook_is_refused(tmp_path: Path, text: str) -> None:
    assert refusal_of(tmp_path, text).remedy


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(CodebookError, match="not UTF-8"):
        load([path])


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CodebookError, match="cannot be read"):
        load([tmp_path / "none.toml"])

"""Lists of entities cut into pieces: bytes as they came, a text of one line an entity."""

import json
from pathlib import Path
from typing import Any

import pytest

from khronika.ingest import lists
from khronika.ingest.captures import Capture, Given, Refusal, RefusedError
from khronika.ingest.extract import extract
from khronika.ingest.lists import list_pieces, read_list
from khronika.model.reports import LIST


def an_entity(id_: str, *names: str, schema: str = "Person", **more: list[str]) -> dict[str, Any]:
    return {"id": id_, "schema": schema, "properties": {"name": list(names), **more}}


def a_list(folder: Path, *lines: Any) -> Path:
    path = folder / "seats.ftm.json"
    told = (line if isinstance(line, str) else json.dumps(line) for line in lines)
    path.write_text("\n".join(told), encoding="utf-8")
    return path


def pieces(path: Path) -> list[Capture]:
    found = list(list_pieces(path, Given()))
    assert not [each for each in found if isinstance(each, Refusal)]
    return [each for each in found if isinstance(each, Capture)]


def test_a_piece_s_text_has_a_line_an_entity(tmp_path: Path) -> None:
    one = an_entity(
        "Q1", "Ada  Lark", alias=["A.\tLark"], country=["by"], birthDate=["1970-01-02"],
        topics=["role.pep"], email=["ada@lark.example"], phone=["+1 555"], address=["Elm 1"],
    )  # fmt: skip
    other = an_entity("o-2", "Lark Press", schema="Company")
    [piece] = pieces(a_list(tmp_path, one, other))
    assert piece.media_type == LIST
    assert piece.origin.publisher.value == "seats.ftm.json"
    text = extract(piece).text
    assert text.split("\n") == [
        "seats.ftm.json, entities 1 to 2",
        "Q1\tPerson\tname=Ada Lark\talias=A. Lark\tcountry=by\tborn=1970-01-02\tlisted in=role.pep",
        "o-2\tCompany\tname=Lark Press",
        "",
    ]


def test_no_contact_data_goes_into_the_text(tmp_path: Path) -> None:
    one = an_entity("Q1", "Ada Lark", email=["ada@lark.example"], phone=["555"], website=["x"])
    [piece] = pieces(a_list(tmp_path, one))
    assert "ada@" not in extract(piece).text


def test_a_long_list_is_cut_and_the_same_lines_make_the_same_pieces(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lists, "AT_ONCE", 2)
    path = a_list(tmp_path, *(an_entity(f"e{n}", f"Ada{'x' * n} Lark") for n in range(5)))
    found = pieces(path)
    assert [piece.name for piece in found] == [
        "seats.ftm.json, entities 1 to 2",
        "seats.ftm.json, entities 3 to 4",
        "seats.ftm.json, entities 5 to 5",
    ]
    assert [piece.data for piece in found] == [piece.data for piece in pieces(path)]


def test_namesakes_of_one_list_are_marked_whatever_the_order_of_their_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lists, "AT_ONCE", 1)
    path = a_list(
        tmp_path,
        an_entity("a", "Ada Lark"),
        an_entity("b", "Bela Finch", alias=["LARK, Ada"]),
        an_entity("c", "Cora Wren", "Cora Wren"),
        an_entity("d", "Ada Lark", schema="Company"),
    )
    marked = ["namesake=yes" in extract(piece).text for piece in pieces(path)]
    assert marked == [True, True, False, False]


def test_what_is_no_person_or_body_is_passed_over_and_what_is_no_entity_is_refused(
    tmp_path: Path,
) -> None:
    path = a_list(
        tmp_path,
        {"id": "s", "schema": "Sanction", "properties": {"entity": ["a"]}},
        "{broken",
        "[1, 2]",
        an_entity("a", "Ada Lark"),
        {"id": "n", "schema": "Person", "properties": {"name": []}},
        {"id": 7, "schema": "Person", "properties": {"name": ["Ada Lark"]}},
        '{"id": "u", "schema": "Person", "properties": {"name": ["\\ud800"]}}',
        {"id": "p", "schema": "Person", "properties": ["name"]},
    )
    found = list(list_pieces(path, Given(publisher="Parliament")))
    refused = [each.name for each in found if isinstance(each, Refusal)]
    assert refused == [f"seats.ftm.json, line {n}" for n in (2, 3, 6, 7, 8)]
    [piece] = [each for each in found if isinstance(each, Capture)]
    assert piece.origin.publisher.value == "Parliament"


def test_an_empty_list_is_refused(tmp_path: Path) -> None:
    [refusal] = list_pieces(a_list(tmp_path, ""), Given())
    assert isinstance(refusal, Refusal)
    assert "no people or bodies" in refusal.problem


@pytest.mark.parametrize("data", [b"", b"{}", b'{"list": "x"}', b"[]\n[]", b"\xff"])
def test_what_is_no_piece_is_refused(data: bytes) -> None:
    with pytest.raises(RefusedError):
        read_list(data)

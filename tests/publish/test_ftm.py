"""FollowTheMoney: entities of known schemata with known properties, no contact data, no accuser."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from khronika.model.links import Ruling
from khronika.publish import ftm, jsonl
from khronika.publish.folder import ExportError
from khronika.publish.ftm_values import alpha3, dates, is_company, printed, web_address
from khronika.publish.view import ExportOptions
from publish.builders import a_view

# Of the model's version 4.11: what a schema may hold, inherited properties included, and must.
THING = "name alias country summary notes description sourceUrl publisher keywords proof"
INTERVAL = "startDate endDate date summary description recordId sourceUrl publisher proof"
SCHEMATA = {
    "Person": THING,
    "Organization": THING,
    "PublicBody": THING,
    "Company": THING,
    "Document": f"{THING} fileName title mimeType language publishedAt",
    "Event": f"{THING} {INTERVAL} location organizer involved",
    "UnknownLink": f"{INTERVAL} role status subject object",
    "Documentation": f"{INTERVAL} role status document entity",
}
REQUIRED = {
    "Document": {"fileName"},
    "UnknownLink": {"subject", "object"},
    "Documentation": {"document", "entity"},
}
LEGAL = {"Person", "Organization", "PublicBody", "Company"}
RANGES = {
    "proof": {"Document"},
    "document": {"Document"},
    "organizer": LEGAL,
    "involved": LEGAL,
    "subject": {*LEGAL, "Event", "Document"},
    "object": {*LEGAL, "Event", "Document"},
    "entity": {*LEGAL, "Event", "Document"},
}


def entities(folder: Path, **options: Any) -> list[dict[str, Any]]:
    ftm.write(a_view(), folder, ExportOptions(**options))
    lines = (folder / ftm.ENTITIES).read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def test_every_entity_is_of_the_model(tmp_path: Path) -> None:
    found = entities(tmp_path / "out")
    schema_of = {entity["id"]: entity["schema"] for entity in found}
    assert len(schema_of) == len(found)
    for entity in found:
        properties = entity["properties"]
        allowed = set(SCHEMATA[entity["schema"]].split())
        assert set(properties) <= allowed, entity["schema"]
        assert set(properties) >= REQUIRED.get(entity["schema"], {"name"})
        for name, values in properties.items():
            assert values
            assert all(isinstance(value, str) and value for value in values)
            if name in RANGES:
                assert {schema_of[value] for value in values} <= RANGES[name]


def test_who_took_part_in_what(tmp_path: Path) -> None:
    found = entities(tmp_path / "out")
    [person] = [e for e in found if e["schema"] == "Person"]
    assert person["properties"]["name"] == ["Odessa Quill"]
    [link] = [e for e in found if e["schema"] == "UnknownLink" and "victim" in str(e)][:1]
    told = link["properties"]
    assert told["subject"] == [person["id"]]
    assert told["summary"][0].startswith("On 5 May 2021 police detained Odessa Quill")
    assert '"Odessa Quill" at ' in told["description"][0]
    event = next(e for e in found if e["id"] == told["object"][0])
    assert event["schema"] == "Event"
    assert event["properties"]["date"] == ["2021-05-05"]


def test_there_is_no_contact_data_in_it(tmp_path: Path) -> None:
    told = json.dumps(entities(tmp_path / "out"))
    for secret in ("tamsin", "Tamsin", "0199"):
        assert secret not in told
    with pytest.raises(ExportError, match="no contact data"):
        entities(tmp_path / "other", contacts=True)


def test_nobody_is_tagged(tmp_path: Path) -> None:
    assert not any("topics" in entity["properties"] for entity in entities(tmp_path / "out"))


def test_an_export_replaces_another(tmp_path: Path) -> None:
    entities(tmp_path / "out")
    assert entities(tmp_path / "out")
    with pytest.raises(ExportError, match="other things"):
        jsonl.write(a_view(), tmp_path / "out", ExportOptions())


def test_rulings_on_actors_are_judgements_without_who_ruled(tmp_path: Path) -> None:
    one, other, third = (f"per_{n:016x}" for n in (1, 2, 3))
    same = Ruling(
        id="rul_1",
        verb="same",
        ids=(one, other),
        reviewer="Ines Okoro",
        time="2024-05-06T07:08:09.123456Z",
        why="one passport",
    )
    apart = replace(same, id="rul_2", verb="different", ids=(one, third))
    past = replace(same, id="rul_3", superseded_by="rul_2")
    events = replace(same, id="rul_4", ids=("inc_0000000000000001", "inc_0000000000000002"))
    view = a_view()
    view.ruled = (apart, same, past, events)
    ftm.write(view, tmp_path / "out", ExportOptions())
    text = (tmp_path / "out" / ftm.RESOLVER).read_text(encoding="utf-8")
    assert [json.loads(line) for line in text.splitlines()] == [
        [other, one, "positive", None, "khronika", "2024-05-06T07:08:09.123456Z"],
        [third, one, "negative", None, "khronika", "2024-05-06T07:08:09.123456Z"],
    ]


@pytest.mark.parametrize(
    ("edtf", "told"),
    [
        ("2021-05-05", ("2021-05-05", "", "")),
        ("2021-05", ("2021-05", "", "")),
        ("2021-05-02/2021-05-09", ("2021-05", "", "")),
        ("2012/2014-11-27", ("", "", "")),
        ("2012/..", ("", "2012", "")),
        ("../2006", ("", "", "2006")),
        ("2021?", ("", "", "")),
        ("", ("", "", "")),
    ],
)
def test_dates_say_no_more_than_is_known(edtf: str, told: tuple[str, str, str]) -> None:
    assert dates(edtf) == told


def test_other_values() -> None:
    assert [alpha3(code) for code in ("en", "ru", "zh", "ka", "")] == [
        "eng",
        "rus",
        "zho",
        "kat",
        "",
    ]
    assert is_company(["Velmora Paper Ltd."])
    assert is_company(["ООО Бумага"])
    assert not is_company(["Velmora Watch"])
    assert printed("2012/2014") == "when: 2012/2014 (EDTF)"
    assert printed("2012") == ""
    assert web_address("https://velmora.example/1")
    assert not web_address("file:///velmora")

import json
from pathlib import Path
from typing import Any

import pytest

from khronika.publish import jsonl
from khronika.publish.view import ExportOptions
from publish.builders import CONTACTS, HandMadeView, a_view

KEYS = {
    "reports": "id name sha256 media_type language publisher published place origin passages"
    " affiliations coded copy_of",
    "acts": "id report kind modality quote involvements when where what reason penalty demands"
    " response listed incident confidence coder codebook ruling",
    "incidents": "id kind acts modality when where victims perpetrators reports"
    " independent_sources contradictions related",
    "actors": "id type names caption countries roles reports mentions former_ids",
    "appeals": "id act kind signatories signatory_count signatory_countries addressees demands"
    " delivered response",
    "registers": "register authority organisation designation when reason act",
    "figures": "report value approximate least most what said_by exact start end",
}


def lines(path: Path) -> list[Any]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def exported(folder: Path, *, contacts: bool = False) -> Path:
    jsonl.write(a_view(), folder, ExportOptions(contacts=contacts))
    return folder


def every_byte(folder: Path) -> bytes:
    return b"".join(p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file())


def anchors(value: Any) -> list[dict[str, Any]]:
    found = []
    if isinstance(value, dict):
        if {"exact", "start", "end"} <= value.keys():
            found.append(value)
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            found += anchors(one)
    return found


@pytest.mark.parametrize("table", KEYS)
def test_a_row_has_the_keys_of_the_format(tmp_path: Path, table: str) -> None:
    folder = exported(tmp_path / "out")
    for row in lines(folder / f"{table}.jsonl"):
        assert set(row) == set(KEYS[table].split())
        assert list(row) == sorted(row)


def test_contacts_come_only_when_asked_for(tmp_path: Path) -> None:
    with_them = exported(tmp_path / "with", contacts=True)
    without = exported(tmp_path / "without")
    told = [r.get("contacts") for r in lines(with_them / "reports.jsonl")]
    assert sorted(len(c) for c in told if c is not None) == [0, 3]
    assert all("contacts" not in row for row in lines(without / "reports.jsonl"))


def test_no_byte_of_contact_data_leaks(tmp_path: Path) -> None:
    written = every_byte(exported(tmp_path / "out"))
    for contact in CONTACTS:
        assert contact.anchor.exact.encode() not in written
    assert b"Odessa Quill" in written


@pytest.mark.parametrize("contacts", [True, False])
def test_every_anchor_stands_in_the_exported_text(tmp_path: Path, contacts: bool) -> None:
    folder = exported(tmp_path / "out", contacts=contacts)
    texts = {p.stem: p.read_bytes().decode() for p in (folder / "texts").iterdir()}
    count = 0
    for table in ("acts", "reports", "figures"):
        for row in lines(folder / f"{table}.jsonl"):
            home = row["report"]["id"] if "report" in row else row["id"]
            for anchor in anchors(row):
                count += 1
                assert texts[home][anchor["start"] : anchor["end"]] == anchor["exact"]
    assert count > 5


def test_the_text_is_unaltered_but_for_masks_of_the_same_length(tmp_path: Path) -> None:
    view = a_view()
    folder = exported(tmp_path / "out")
    for report, _ in view.pairs:
        shown = (folder / "texts" / f"{report.id}.txt").read_bytes().decode()
        assert len(shown) == len(report.text)
        assert all(a in {b, "\u2588"} for a, b in zip(shown, report.text, strict=True))


def test_an_involvement_names_its_actor_and_an_act_its_incident_and_ruling(tmp_path: Path) -> None:
    (act,) = lines(exported(tmp_path / "out") / "acts.jsonl")
    assert [i["actor"] for i in act["involvements"]] == ["per_1", None, None]
    assert act["involvements"][2]["basis"] == "the report's publisher"
    assert "exact" not in act["involvements"][2]
    assert act["incident"] == "inc_1"
    assert act["ruling"] == {"id": "rul_1", "verb": "accept"}


def test_a_copy_names_its_original_and_an_uncoded_report_says_so(tmp_path: Path) -> None:
    by_name = {r["name"]: r for r in lines(exported(tmp_path / "out") / "reports.jsonl")}
    assert by_name["plain.txt"]["copy_of"] == by_name["held.txt"]["id"]
    assert by_name["plain.txt"]["coded"] is False
    assert by_name["held.txt"]["origin"]["publisher"] == {"basis": "given by whoever added it"}


def test_the_order_of_the_reports_does_not_matter(tmp_path: Path) -> None:
    view = a_view()
    turned = HandMadeView(view.pairs[::-1], view.found, view.ruled, view.former)
    jsonl.write(view, tmp_path / "one", ExportOptions())
    jsonl.write(turned, tmp_path / "other", ExportOptions())
    assert every_byte(tmp_path / "one") == every_byte(tmp_path / "other")


def test_a_line_separator_in_a_text_ends_no_line(tmp_path: Path) -> None:
    folder = exported(tmp_path / "out")
    assert len((folder / "acts.jsonl").read_text(encoding="utf-8").splitlines()) == 1

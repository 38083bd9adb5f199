import csv
from pathlib import Path

import pytest

from khronika.publish import tables
from khronika.publish.view import ExportOptions
from publish.builders import CONTACTS, a_view


def read(folder: Path, table: str) -> list[dict[str, str]]:
    with (folder / f"{table}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def exported(folder: Path, *, contacts: bool = False) -> Path:
    tables.write(a_view(), folder, ExportOptions(contacts=contacts))
    return folder


def test_each_table_is_a_file_with_its_documented_columns(tmp_path: Path) -> None:
    folder = exported(tmp_path / "out")
    assert {p.stem for p in folder.iterdir()} == set(tables.COLUMNS)
    for table, columns in tables.COLUMNS.items():
        assert all(column.meaning for column in columns)
        for row in read(folder, table):
            assert list(row) == [column.name for column in columns]


def test_an_act_fits_a_row(tmp_path: Path) -> None:
    (act,) = read(exported(tmp_path / "out"), "acts")
    assert act["victims"] == "Odessa Quill"
    assert act["perpetrators"] == "police"
    assert act["when"] == "2021-05-05"
    assert act["where"] == "Velmora"
    assert act["reason"] == "'=SUM(A1) leaflets"
    assert act["ruling"] == "accept"


def test_involvements_have_a_table_of_their_own(tmp_path: Path) -> None:
    rows = read(exported(tmp_path / "out"), "involvements")
    assert [(r["role"], r["actor"]) for r in rows] == [
        ("victim", "per_1"),
        ("perpetrator", ""),
        ("source", ""),
    ]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝"])
def test_no_cell_is_a_formula(start: str) -> None:
    assert tables.safe(f"{start}cmd|' /C calc'!A0").startswith("'")


@pytest.mark.parametrize(
    ("value", "cell"), [(None, ""), (True, "yes"), (False, "no"), (3, "3"), ("a = b", "a = b")]
)
def test_plain_cells_stay_plain(value: object, cell: str) -> None:
    assert tables.safe(value) == cell


def test_a_spreadsheet_sees_utf_8_and_quoted_cells(tmp_path: Path) -> None:
    written = (exported(tmp_path / "out") / "reports.csv").read_bytes()
    assert written.startswith(b'\xef\xbb\xbf"id","name"')


def test_contacts_have_a_column_only_when_asked_for(tmp_path: Path) -> None:
    without = exported(tmp_path / "without")
    assert all("contacts" not in row for row in read(without, "reports"))
    written = b"".join(p.read_bytes() for p in without.iterdir())
    assert all(c.anchor.exact.encode() not in written for c in CONTACTS)
    with_them = read(exported(tmp_path / "with", contacts=True), "reports")
    assert any("tamsin@quill.example" in row["contacts"] for row in with_them)

"""Floors under linking, judged apart from coding: gold acts go in as if coded by hand."""

import json
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from accuracy.gold_acts import lines_of
from accuracy.test_gold import OWN, SHARED, reports_of
from khronika.codebook import load
from khronika.coding.given import act_of_line, coding_of_given
from khronika.linking import facts_of, link
from khronika.model.acts import Coding
from khronika.model.links import Links
from khronika.model.reports import Report
from khronika.publish import jsonl
from khronika.publish.masks import NONE, Masks
from khronika.publish.view import ExportOptions

FLOORS = Path(__file__).with_name("linking.toml")
# Name: the reports, the gold, and how the names of records begin that no work was ever done on.
SETS = {
    "seeds": (SHARED / "seeds", SHARED / "gold" / "seeds", ()),
    "dev": (SHARED / "gold" / "dev" / "reports", SHARED / "gold" / "dev", ("aa-", "across-aa")),
    **{
        name: (OWN / name / "reports", OWN / name, ())
        for name in ("linking-dev", "linking-control")
    },
}
MEASURES = ("same_incident", "distinct", "corroborated", "contradiction", "contradiction_p")

pytestmark = [
    pytest.mark.gold,
    pytest.mark.skipif(not SHARED.is_dir(), reason="no shared folder: set KHRONIKA_SHARED"),
]


class View:
    """Reports and codings of a set as an export reads them, without a record on disk."""

    def __init__(self, reports: list[Report], codings: dict[str, Coding], links: Links) -> None:
        self._reports = sorted(reports, key=lambda report: report.id)
        self._codings, self._links = codings, links

    def coded_reports(self) -> "list[tuple[Report, Coding | None]]":
        """Each report with its coding."""
        return [(report, self._codings.get(report.id)) for report in self._reports]

    def links(self) -> Links:
        """What linking derived."""
        return self._links

    def rulings(self) -> tuple[()]:
        """None."""
        return ()

    def masks(self) -> Masks:
        """None."""
        return NONE

    def former_ids(self) -> dict[str, tuple[str, ...]]:
        """None."""
        return {}


def view_of(reports: list[Report], gold: Path) -> View:
    """Gold acts of some reports, linked."""
    codebook = load()
    codings = {}
    for report in reports:
        tables = tomllib.loads((gold / f"{Path(report.name).stem}.toml").read_text("utf-8"))
        lines = lines_of(tables, report.name)
        given = [act_of_line(line, number) for number, line in enumerate(lines, start=1)]
        coding, faults = coding_of_given(report, given, codebook)
        assert not [fault for fault in faults if fault.whole], report.name
        codings[report.id] = coding
    facts = [facts_of(report) for report in reports]
    return View(reports, codings, link(facts, list(codings.values()), (), codebook))


@pytest.mark.parametrize("name", SETS)
def test_linking_stays_above_its_floors(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, gold, unseen = SETS[name]
    if not gold.is_dir():
        pytest.skip(f"no gold set {name}")
    left = tmp_path / "gold"
    (left / "reports").mkdir(parents=True)
    for path in gold.glob("*.toml"):
        if not path.stem.startswith(unseen):
            shutil.copy(path, left)
            if (report := folder / f"{path.stem}.txt").exists():
                shutil.copy(report, left / "reports")
    export = tmp_path / "export"
    jsonl.write(view_of(reports_of(left / "reports"), left), export, ExportOptions())  # type: ignore[arg-type]
    command = [sys.executable, SHARED / "tools" / "score_gold.py", left, export, "--json"]
    told = subprocess.run([*map(str, command)], check=True, capture_output=True, text=True)
    scores = json.loads(told.stdout)
    assert scores["act"]["r"] == 1.0, "the import lost acts"
    found = {m: scores[m]["share"] for m in MEASURES if scores.get(m, {}).get("n")}
    with capsys.disabled():
        said = ", ".join(f"{m} {v:.3f} (of {scores[m]['n']})" for m, v in found.items())
        sys.stdout.write(f"\n{name}: {said}\n")
    floors = tomllib.loads(FLOORS.read_text(encoding="utf-8")).get(name, {})
    below = {m: (found.get(m), floor) for m, floor in floors.items() if found.get(m, 0) < floor}
    assert not below, f"(found, floor): {below}"

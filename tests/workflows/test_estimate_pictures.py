import math
from pathlib import Path

import numpy as np
import pytest

from khronika.estimation import (
    CaptureTable,
    Decision,
    Estimate,
    Interval,
    Provenance,
    Verdict,
    decide,
    tidy,
)
from khronika.publish.folder import ExportFolderError
from khronika.workflows.estimate_pictures import NAMES, estimate_pictures, save_pictures


def table() -> CaptureTable:
    on = np.array([[1, 0], [0, 1], [1, 1]], dtype=np.bool_)
    return tidy(("=police", "press"), on, np.array([4, 5, 3]))


def result(verdict: Verdict, upper: float = 30.0) -> Estimate:
    refused = verdict is Verdict.REFUSED
    return Estimate(
        method="two_list",
        label=f"two lists, {verdict}",
        documented=12,
        estimate=None if refused else 20.0,
        interval=None if refused else Interval(14.0, upper),
        median=None if refused else 19.0,
        assumption="The lists are independent.",
        provenance=Provenance(table="0"),
        decision=Decision(verdict=verdict, rule="none", because="Too few."),
    )


def test_results_become_rows() -> None:
    found = [result(verdict) for verdict in Verdict] + [result(Verdict.OK, math.inf)]
    made = estimate_pictures(table(), found)["intervals"]
    assert [row[1] for row in made.rows] == ["12", "19", "19", "", "", "19"]
    assert made.rows[3][2:4] == ("14", "unknown")  # a bound has no number and no upper end
    assert "at least 14" in made.summary
    assert [row[4] for row in made.rows][1:5] == [
        "number with its interval",
        "range only",
        "lower bound only",
        "no number",
    ]
    assert made.rows[-1][3] == "unknown"


def test_the_picture_begins_with_the_verdict_on_all_together() -> None:
    refused = decide("few-families", families=3, giving=1, needed=2)
    made = estimate_pictures(table(), [result(Verdict.OK)], decision=refused)["intervals"]
    assert "Verdict: refused" in made.svg
    assert "Verdict: refused" in made.summary
    assert "Verdict" not in estimate_pictures(table(), [result(Verdict.OK)])["intervals"].svg


def test_methods_and_reasons_are_told_in_a_language() -> None:
    made = estimate_pictures(table(), [result(Verdict.OK)], language="ru")["intervals"]
    assert made.rows[1][0] == "Два списка"
    assert estimate_pictures(table(), [result(Verdict.OK)])["intervals"].rows[1][0] == "Two lists"


def test_lists_become_columns_of_dots() -> None:
    made = estimate_pictures(table(), [])["overlap"]
    assert made.rows == (("press", "1", "5"), ("=police", "1", "4"), ("=police + press", "2", "3"))


def test_files_are_written_whole_and_again(tmp_path: Path) -> None:
    made = estimate_pictures(table(), [result(Verdict.OK)])
    for _ in range(2):
        paths = save_pictures(made, tmp_path / "pictures")
        assert {path.name for path in paths} == NAMES
        assert all(path.stat().st_size for path in paths)
    # a cell that would start a formula gets an apostrophe
    assert '"\'=police"' in (tmp_path / "pictures" / "overlap.csv").read_text("utf-8")


def test_other_things_stay(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("kept", "utf-8")
    with pytest.raises(ExportFolderError):
        save_pictures(estimate_pictures(table(), []), tmp_path)
    save_pictures(estimate_pictures(table(), []), tmp_path, overwrite=True)
    assert (tmp_path / "notes.txt").read_text("utf-8") == "kept"

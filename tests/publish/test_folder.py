from pathlib import Path

import pytest

from khronika.publish.folder import ExportError, ExportFolderError, whole_folder

NAMES = frozenset({"acts.jsonl", "texts"})


def export(folder: Path, words: str = "new", *, overwrite: bool = False) -> None:
    with whole_folder(folder, NAMES, overwrite=overwrite) as draft:
        (draft / "texts").mkdir()
        (draft / "acts.jsonl").write_text(words)


def test_a_new_folder_is_made_with_its_parents(tmp_path: Path) -> None:
    export(tmp_path / "deep" / "out")
    assert (tmp_path / "deep" / "out" / "acts.jsonl").read_text() == "new"
    assert [p.name for p in (tmp_path / "deep").iterdir()] == ["out"]


def test_an_earlier_export_is_replaced_as_a_whole(tmp_path: Path) -> None:
    export(tmp_path / "out", "old")
    (tmp_path / "out" / "texts" / "rpt_1.txt").write_text("gone since")
    export(tmp_path / "out")
    assert (tmp_path / "out" / "acts.jsonl").read_text() == "new"
    assert not list((tmp_path / "out" / "texts").iterdir())
    assert [p.name for p in tmp_path.iterdir()] == ["out"]


def interrupted(folder: Path) -> None:
    with whole_folder(folder, NAMES, overwrite=False) as draft:
        (draft / "acts.jsonl").write_text("half")
        raise KeyboardInterrupt


def test_an_interrupted_export_leaves_what_was_there(tmp_path: Path) -> None:
    export(tmp_path / "out", "old")
    with pytest.raises(KeyboardInterrupt):
        interrupted(tmp_path / "out")
    assert (tmp_path / "out" / "acts.jsonl").read_text() == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["out"]


def test_what_a_killed_export_left_is_tidied(tmp_path: Path) -> None:
    (tmp_path / ".out.draft").mkdir()
    (tmp_path / ".out.old").mkdir()
    export(tmp_path / "out")
    assert [p.name for p in tmp_path.iterdir()] == ["out"]


def test_a_folder_with_other_things_is_refused(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "thesis.odt").write_text("years of work")
    with pytest.raises(ExportFolderError, match="--overwrite"):
        export(tmp_path / "out")


def test_overwrite_keeps_the_other_things(tmp_path: Path) -> None:
    (tmp_path / "out" / "texts").mkdir(parents=True)
    (tmp_path / "out" / "thesis.odt").write_text("years of work")
    export(tmp_path / "out", overwrite=True)
    assert (tmp_path / "out" / "thesis.odt").read_text() == "years of work"
    assert (tmp_path / "out" / "acts.jsonl").read_text() == "new"


@pytest.mark.parametrize("held", ["record.db", "kept"])
def test_a_record_is_never_written_over(tmp_path: Path, held: str) -> None:
    (tmp_path / held).mkdir()
    with pytest.raises(ExportFolderError, match="is a record"):
        export(tmp_path, overwrite=True)


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("")
    with pytest.raises(ExportFolderError, match="is a file"):
        export(tmp_path / "out")


def test_a_disk_that_refuses_is_a_problem_with_a_remedy(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="could not be written"):
        export(tmp_path / "x" / ("n" * 300))

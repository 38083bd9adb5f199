"""What is read ahead changes nothing."""

from pathlib import Path

from khronika.workflows.record import Record
from khronika.workflows.warming import warm


def test_a_record_is_not_touched(tmp_path: Path) -> None:
    with Record.create(tmp_path / "record") as record:
        before = record.journal()
        warm(record)
        assert record.journal() == before

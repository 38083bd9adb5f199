"""The interchange format: one JSON object a line, keys sorted, UTF-8, ordered by id."""

import json
from contextlib import ExitStack
from pathlib import Path

from khronika.publish.folder import whole_folder
from khronika.publish.rows import rows
from khronika.publish.values import Plain
from khronika.publish.view import ExportOptions, RecordView

TABLES = ("reports", "acts", "incidents", "actors", "appeals", "registers", "figures")
NAMES = frozenset({"texts", *(f"{table}.jsonl" for table in TABLES)})

# ends of line for some readers (Python's splitlines), though not for JSON
LINE_ENDS = {0x85: "\\u0085", 0x2028: "\\u2028", 0x2029: "\\u2029"}


def write(view: RecordView, folder: Path, options: ExportOptions) -> None:
    """Write every file of the interchange format into `folder`.

    Args:
        view: the record, narrowed to what is exported.
        folder: made whole or not at all; an earlier export there is replaced.
        options: what was asked for by name.

    Raises:
        ExportError: the folder holds other things, or the disk refused.
    """
    with whole_folder(folder, NAMES, overwrite=options.overwrite) as draft, ExitStack() as stack:
        (draft / "texts").mkdir()
        files = {
            table: stack.enter_context(
                (draft / f"{table}.jsonl").open("w", encoding="utf-8", newline="\n")
            )
            for table in TABLES
        }
        for table, row in rows(view, options):
            if table == "texts":
                path = draft / "texts" / f"{row['id']}.txt"
                path.write_text(row["text"], encoding="utf-8", newline="")
            else:
                files[table].write(one_line(row) + "\n")


def one_line(row: Plain) -> str:
    """A row as JSON on one line, whatever its reader takes for the end of a line."""
    line = json.dumps(row, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return line.translate(LINE_ENDS)

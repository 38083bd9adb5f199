"""One CSV file a table, for spreadsheets: every cell quoted, none of them a formula."""

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from khronika.publish.folder import whole_folder
from khronika.publish.rows import Table, rows
from khronika.publish.values import Plain
from khronika.publish.view import ExportOptions, RecordView

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
BETWEEN = " | "  # parts the values of one cell


def safe(value: object) -> str:
    """A cell that no spreadsheet runs: text that would start a formula gets an apostrophe."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    text = str(value)
    return f"'{text}" if text.startswith(FORMULA) else text


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, what it holds (in words, for the reference), how a row gives it."""

    name: str
    meaning: str
    value: Callable[[Plain], object]


def _at(*keys: str) -> Callable[[Plain], object]:
    """The value under `keys`, quotations as their words, lists in one cell."""

    def value(row: Plain) -> object:
        found: Any = row
        for key in keys:
            found = found.get(key) if found else None
        return _cell(found)

    return value


def _cell(found: Any) -> object:
    if isinstance(found, list):
        return BETWEEN.join(str(_cell(one)) for one in found)
    if isinstance(found, Mapping):
        return found.get("name") or found.get("exact") or found.get("basis") or ""
    return found


def _in_role(*roles: str) -> Callable[[Plain], object]:
    return lambda row: BETWEEN.join(i["name"] for i in row["involvements"] if i["role"] in roles)


def _each(key: str, inner: str) -> Callable[[Plain], object]:
    return lambda row: BETWEEN.join(str(one.get(inner) or "") for one in row[key])


def _conflicts(row: Plain) -> str:
    return BETWEEN.join(
        f"{c['attribute']}: " + " / ".join(told["value"] for told in c["values"])
        for c in row["contradictions"]
    )


def _column(name: str, meaning: str, *keys: str) -> Column:
    return Column(name, meaning, _at(*(keys or (name,))))


ACT_ID = _column("act", "Id of the act.", "act")
REPORT = (
    _column("report", "Id of the report.", "report", "id"),
    _column("report_name", "Name of the report's file.", "report", "name"),
)
QUOTE = (
    _column("start", "Where the quotation starts in the report's text, in code points.", "start"),
    _column("end", "Where the quotation ends.", "end"),
)

COLUMNS: Mapping[str, tuple[Column, ...]] = {
    "reports": (
        _column("id", "Id of the report."),
        _column("name", "Name of the file."),
        _column("sha256", "SHA-256 of the report's bytes."),
        _column("media_type", "Media type of the bytes."),
        _column("language", "Language, ISO 639-1; empty if unknown."),
        _column("publisher", "Who published it; empty if unknown."),
        _column("publisher_basis", "The words or basis of the publisher.", "origin", "publisher"),
        _column("published", "Date of publication, EDTF; empty if unknown."),
        _column("published_basis", "The words or basis of the date.", "origin", "published"),
        _column("place", "Place of publication; empty if unknown."),
        _column("coded", "Whether a coder read it: yes or no."),
        _column("copy_of", "Id of the report that this one copies; empty if none."),
    ),
    "acts": (
        _column("id", "Id of the act."),
        *REPORT,
        _column("publisher", "Who published the report.", "report", "publisher"),
        _column("published", "The report's date, EDTF.", "report", "published"),
        _column("kind", "Kind of act in the codebook."),
        _column("modality", "occurred, attempted, threatened, planned, possible or denied."),
        Column("victims", "To whom it is said to have been done.", _in_role("victim")),
        Column("perpetrators", "Whom the report names as doers.", _in_role("perpetrator")),
        Column("suspected", "Whom the report only suspects.", _in_role("alleged-perpetrator")),
        Column("interveners", "Who intervened, signed or protested.", _in_role("intervener")),
        Column("addressees", "Whom a call is addressed to.", _in_role("addressee")),
        Column("said_by", "Who tells it, if not the publisher.", _in_role("source")),
        _column("when", "Date, EDTF; empty if unknown.", "when", "edtf"),
        _column("when_printed", "The words that the date stands on.", "when", "exact"),
        _column("when_basis", "How the date was found, or why there is none.", "when", "basis"),
        _column("when_flags", "What cannot be right about the date.", "when", "flags"),
        _column("where", "Places as printed."),
        Column("places", "Places as the gazetteer has them.", _each("where", "place")),
        Column("countries", "Their countries, ISO 3166.", _each("where", "country")),
        _column("what", "What it was done to or with, in the report's words."),
        _column("reason", "The reason, in the report's words."),
        _column("penalty", "The penalty, in the report's words."),
        _column("quote", "The clause or sentence that tells it."),
        _column("start", "Where the quotation starts, in code points.", "quote", "start"),
        _column("end", "Where it ends.", "quote", "end"),
        _column("incident", "Id of the incident."),
        _column("confidence", "Probability that the report tells this act, 0 to 1."),
        _column("when_confidence", "Probability that the date is right.", "when", "confidence"),
        Column("where_confidence", "Probability of each place.", _each("where", "confidence")),
        _column("coder", "Name and version of the coder."),
        _column("codebook", "Digest of the codebook."),
        _column(
            "ruling", "A reviewer's ruling: accept, correct, add or nothing.", "ruling", "verb"
        ),
    ),
    "involvements": (
        ACT_ID,
        _column("role", "Role in the act."),
        _column("name", "The actor's fullest form in the report."),
        _column("actor", "Id of the actor across reports."),
        _column("least", "Least number of them.", "count", "least"),
        _column("most", "Greatest number of them.", "count", "most"),
        _column("age", "Age, if it is stated."),
        _column("exact", "What stands in the report there."),
        *QUOTE,
        _column("basis", "What the value stands on if there is no quotation."),
        _column("confidence", "Probability that this is right, 0 to 1."),
    ),
    "incidents": (
        _column("id", "Id of the incident."),
        _column("kind", "Kind of act."),
        _column("modality", "occurred, attempted, threatened, planned, possible or denied."),
        _column("when", "Date that all tellings allow, EDTF."),
        _column("where", "Places."),
        _column("victims", "To whom it is said to have been done."),
        _column("perpetrators", "Who is said to have done it."),
        _column("acts", "Ids of the acts that tell it."),
        _column("reports", "Ids of the reports that tell it."),
        _column("independent_sources", "Number of sources, none of which copies another."),
        Column("contradictions", "What cannot both hold, by attribute.", _conflicts),
        Column("related", "Ids of related incidents.", _each("related", "incident")),
    ),
    "actors": (
        _column("id", "Id of the actor."),
        _column("type", "person, organisation, authority, group or country."),
        _column("caption", "The name to show."),
        _column("names", "Every form as written."),
        _column("countries", "Countries, ISO 3166."),
        _column("roles", "Roles in acts."),
        _column("reports", "Ids of the reports that mention it."),
        _column("mentions", "Number of mentions."),
    ),
    "appeals": (
        _column("id", "Id of the appeal."),
        ACT_ID,
        _column("kind", "Kind of act."),
        _column("signatories", "Who signed."),
        _column("signatory_count", "Least number of signatories.", "signatory_count", "least"),
        _column("signatory_countries", "Countries of the signatories, ISO 3166."),
        _column("addressees", "Whom it is addressed to."),
        _column("demands", "What it demands, in the report's words."),
        _column("delivered", "Date of delivery, EDTF."),
        _column("response", "What the report says of a response."),
    ),
    "registers": (
        _column("register", "Name of the official list."),
        _column("authority", "Who keeps it."),
        _column("organisation", "Who was listed, excluded or refused."),
        _column("designation", "listed, excluded or refused."),
        _column("when", "Date, EDTF."),
        _column("reason", "The reason given."),
        ACT_ID,
    ),
    "figures": (
        *REPORT,
        _column("value", "The number."),
        _column("approximate", "Whether the report says about, some, hundreds: yes or no."),
        _column("least", "Least number that the words allow."),
        _column("most", "Greatest number that the words allow."),
        _column("what", "What is counted."),
        _column("said_by", "Who gives the figure."),
        _column("exact", "What stands in the report."),
        *QUOTE,
    ),
}

CONTACTS = _column("contacts", "Contact data (only with --contacts).")
NAMES = frozenset(f"{table}.csv" for table in COLUMNS)


def write(view: RecordView, folder: Path, options: ExportOptions) -> None:
    """Write one CSV file a table into `folder`.

    The files are UTF-8 with a byte order mark, without which Excel reads Cyrillic as noise. Every
    cell is quoted, so that a semicolon inside one starts no new cell where the semicolon parts
    cells, and a cell that would start a formula gets an apostrophe.

    Args:
        view: the record, narrowed to what is exported.
        folder: made whole or not at all; an earlier export there is replaced.
        options: what was asked for by name.

    Raises:
        ExportError: the folder holds other things, or the disk refused.
    """
    columns = dict(COLUMNS)
    if options.contacts:
        columns["reports"] = (*columns["reports"], CONTACTS)
    with whole_folder(folder, NAMES, overwrite=options.overwrite) as draft, ExitStack() as stack:
        writers = {}
        for table, each in columns.items():
            path = draft / f"{table}.csv"
            file = stack.enter_context(path.open("w", encoding="utf-8-sig", newline=""))
            writers[table] = csv.writer(file, quoting=csv.QUOTE_ALL)
            writers[table].writerow([column.name for column in each])
        for table, row in _flat(rows(view, options)):
            writers[table].writerow([safe(column.value(row)) for column in columns[table]])


def _flat(found: Iterable[tuple[Table, Plain]]) -> Iterator[tuple[str, Plain]]:
    """Rows of the tables of this format: involvements by themselves, no texts."""
    for table, row in found:
        if table == "texts":
            continue
        yield table, row
        if table == "acts":
            for involvement in row["involvements"]:
                yield "involvements", {"act": row["id"], **involvement}

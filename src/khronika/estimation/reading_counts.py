"""Read tables of counts: rows of 0 and 1 with a number of people each."""

import csv
import io
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

import numpy as np

from khronika.estimation.errors import TableError

CountSource = (
    str
    | os.PathLike[str]
    | Mapping[object, object]
    | Iterable[Mapping[str, object]]
    | Iterable[Sequence[object]]
)

MOST_BYTES = 16_000_000  # of a file: every cell of 16 lists is a tenth of it
MOST_ROWS = 2_000_000
MOST_CELL = 131_072  # characters; the limit of the csv module is one of the process
MOST_COLUMNS = 200
MOST_PEOPLE = 10_000_000_000  # more than have lived at one time; sums stay exact in a float
LONGEST_NAME = 200
COUNT_NAMES = ("count", "counts", "freq", "frequency", "people", "persons", "n")
DELIMITERS = ",;\t"
ON = {"1", "true", "1.0"}
OFF = {"0", "false", "0.0"}
LAYOUT = "Call the column of people 'count', and give every list a column of 0 and 1."
PARTS = (
    "If it divides the people, as a region does, ask for each part (`--by {name}`, or in Python"
    " `strata_from_counts(path, by=['{name}'])`), or add the parts up"
    " (`from_counts(path, sum_over=['{name}'])`). " + LAYOUT
)
FREQUENCIES = (
    "If it says how often people were caught, call it 'times' and write whole numbers (in Python,"
    f" `FrequencyTable.from_counts(path)` reads such a table). {LAYOUT}"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RawTable:
    """A table as written: names of its columns, and its cells as text.

    Attributes:
        columns: names, one each, in order.
        rows: as many texts each as there are columns.
        lines: where each row stands, as people count: the first line is 1.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...] = field(repr=False)
    lines: tuple[int, ...] = field(repr=False)

    def place(self, name: str) -> int:
        """Which column has this name.

        Raises:
            TableError: if none has.
        """
        if name not in self.columns:
            raise TableError(
                f"The table has no column '{name[:40]}'",
                remedy=f"Its columns are: {', '.join(self.columns)[:400]}.",
            )
        return self.columns.index(name)


@dataclass(frozen=True, slots=True, kw_only=True)
class RawCells:
    """Lists, and the people of each combination of them, not yet put in order."""

    lists: tuple[str, ...]
    histories: np.ndarray[tuple[int, int], np.dtype[np.bool_]] = field(repr=False)
    counts: np.ndarray[tuple[int], np.dtype[np.int64]] = field(repr=False)


def read_cells(
    source: object, *, sum_over: Sequence[str] = (), lists: Sequence[str] | None = None
) -> RawCells:
    """Read the cells of one table.

    Args:
        source: see `CaptureTable.from_counts`.
        sum_over: columns that divide the people (region, sex) and are to be added up.
        lists: names for the places of a history, where `source` maps histories to counts.

    Raises:
        TableError: for anything that is no table of counts, with what to do about it.
    """
    if isinstance(source, Mapping):
        return _cells_of_mapping(source, lists)
    raw = read_raw(source)
    gone = {raw.place(name) for name in sum_over}
    count = count_column(raw)
    return cells_of(raw, count, list_columns(raw, {count, *gone}), range(len(raw.rows)))


def read_raw(source: object) -> RawTable:
    """Read columns and rows of a file, of CSV text (any text with a line break) or of rows."""
    if isinstance(source, (str, os.PathLike)):
        return _raw(_lines_of(_text_of(source)))
    if isinstance(source, (bytes, bytearray)) or not isinstance(source, Iterable):
        raise TableError(
            "This is no table of counts",
            remedy="Give the path of a CSV file, rows, or a mapping from histories to counts.",
        )
    return _raw(enumerate(_rows_of(source), start=1))


def count_column(raw: RawTable) -> int:
    """Which column has the people: the one named so, else the last.

    Raises:
        TableError: if the last has only 0 and 1 and no name that says what it is.
    """
    names = [name.casefold() for name in raw.columns]
    for name in (names[-1], *COUNT_NAMES):
        if name in COUNT_NAMES and name in names:
            return names.index(name)
    last = {row[-1].casefold() for row in raw.rows}
    if last <= ON | OFF:
        raise TableError(
            "No column says that it has the number of people, and the last has only 0 and 1",
            remedy=f"{LAYOUT} A row for each person is read by `from_records`.",
        )
    return len(names) - 1


def list_columns(raw: RawTable, apart: set[int]) -> tuple[int, ...]:
    """Which columns are lists: all but those `apart`; each must have only 0 and 1.

    Raises:
        TableError: for a column that has anything else, saying whether it looks like a stratum.
    """
    kept = tuple(j for j in range(len(raw.columns)) if j not in apart)
    for j in kept:
        wrong = [i for i, row in enumerate(raw.rows) if row[j].casefold() not in ON | OFF]
        if wrong:
            _refuse_column(raw, j, wrong)
    if not kept:
        raise TableError("The table has no column of a list", remedy=LAYOUT)
    return kept


def cells_of(raw: RawTable, count: int, lists: Sequence[int], rows: Iterable[int]) -> RawCells:
    """The cells of some rows, with `lists` and `count` the columns that say them."""
    chosen = list(rows)
    people = [whole(raw.rows[i][count], f"line {raw.lines[i]}") for i in chosen]
    histories = np.zeros((len(chosen), len(lists)), dtype=np.bool_)
    for at, i in enumerate(chosen):
        row = raw.rows[i]
        histories[at] = [row[j].casefold() in ON for j in lists]
    return _whole_cells(tuple(raw.columns[j] for j in lists), histories, people)


def whole(text: str, where: str) -> int:
    """A number of people.

    Raises:
        TableError: if it is no whole number from 0 to ten thousand million.
    """
    try:
        number = float(text) if len(text) <= 40 and "_" not in text else float("nan")
    except ValueError:
        number = float("nan")
    if not (0 <= number <= MOST_PEOPLE and number.is_integer()):
        raise TableError(
            f"The count in {where} is no whole number from 0 to {MOST_PEOPLE:,}",
            remedy="Write counts as plain whole numbers, such as 685.",
        )
    return int(number)


def write_cells(
    lists: Sequence[str], histories: Iterable[Iterable[object]], counts: Iterable[int]
) -> str:
    """CSV text of a table: one 0/1 column a list, then `count`; ids are never written."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([*lists, "count"])
    for row, count in zip(histories, counts, strict=True):
        writer.writerow([*(int(bool(on)) for on in row), int(count)])
    return out.getvalue()


def _text_of(source: str | os.PathLike[str]) -> str:
    if isinstance(source, str) and "\n" in source:
        return source.removeprefix("\ufeff")
    try:
        with Path(source).open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except (OSError, ValueError) as why:  # ValueError: a path with a zero byte
        raise TableError(
            f"The table {str(source)[:200]!r} cannot be read: {getattr(why, 'strerror', why)}",
            remedy="Check the path.",
        ) from None
    if len(data) > MOST_BYTES:
        raise TableError(
            f"The table is larger than {MOST_BYTES // 1_000_000} MB",
            remedy="Add up the people of each combination of lists first.",
        )
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise TableError(
            "The table is not UTF-8 text", remedy="Save it as CSV in the encoding UTF-8."
        ) from None


def _lines_of(text: str) -> Iterator[tuple[int, Sequence[object]]]:
    head = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(DELIMITERS, key=head.count)
    reader = csv.reader(io.StringIO(text), delimiter=delimiter, skipinitialspace=True)
    try:
        for row in reader:
            if any(len(cell) > MOST_CELL for cell in row):
                raise csv.Error
            if any(cell.strip() for cell in row):
                yield reader.line_num, row
    except csv.Error:
        raise TableError(
            f"Line {reader.line_num} of the table is no CSV", remedy="Save the table as CSV."
        ) from None


def _rows_of(source: Iterable[object]) -> Iterator[Sequence[object]]:
    columns: list[object] = []
    for row in source:
        if isinstance(row, Mapping):
            if not columns:
                columns = list(islice(row, MOST_COLUMNS + 1))
                yield columns
            yield [row.get(name, "") for name in columns]
        elif isinstance(row, Iterable) and not isinstance(row, (str, bytes)) and not columns:
            yield list(islice(row, MOST_COLUMNS + 1))
        else:
            raise TableError(
                "A row of the table is neither a mapping nor a sequence",
                remedy="Give rows as mappings from column to value, or a header and sequences.",
            )


def _raw(numbered: Iterable[tuple[int, Sequence[object]]]) -> RawTable:
    rows: list[tuple[str, ...]] = []
    lines: list[int] = []
    columns: tuple[str, ...] = ()
    for line, row in numbered:
        if not columns:
            columns = _checked_columns([text_of(cell) for cell in row])
            continue
        if len(row) != len(columns):
            raise TableError(
                f"Line {line} has {len(row)} columns where the first has {len(columns)}",
                remedy="Give every row as many columns as the header.",
            )
        if len(rows) == MOST_ROWS:
            raise TableError(
                f"The table has more than {MOST_ROWS:,} rows",
                remedy="Add up the people of each combination of lists first.",
            )
        rows.append(tuple(text_of(cell) for cell in row))
        lines.append(line)
    if not rows:
        raise TableError(
            "The table has no rows", remedy="Give a header of names and a row for each cell."
        )
    return RawTable(columns=columns, rows=tuple(rows), lines=tuple(lines))


def text_of(value: object) -> str:
    """A cell as text without blanks around it."""
    try:
        return str(value).strip()
    except ValueError:  # a whole number of more than 4,300 digits
        return "too long"


def _checked_columns(columns: list[str]) -> tuple[str, ...]:
    if not 2 <= len(columns) <= MOST_COLUMNS:
        raise TableError(
            f"The first line has {len(columns)} columns" + " or more" * (len(columns) > 2),
            remedy="Give one column for each list, parted by commas, and one named 'count'.",
        )
    if all(name in ON | OFF or name.isdecimal() for name in columns):
        raise TableError(
            "The first line has numbers where the names of the lists should stand",
            remedy="Write a first line of names: one for each list, then 'count'.",
        )
    check_names(columns)
    return tuple(columns)


def check_names(names: Sequence[str]) -> None:
    """Refuse names of columns or lists that are missing, twice there, long or not printable.

    Raises:
        TableError: for the first of them.
    """
    for name in names:
        if not name or len(name) > LONGEST_NAME or not name.isprintable():
            raise TableError(
                f"A column has no name, one of more than {LONGEST_NAME} letters or an odd one",
                remedy="Give every list a short name of letters and digits.",
            )
    if len(set(names)) != len(names):
        raise TableError("Two columns have one name", remedy="Give each a name of its own.")


def _refuse_column(raw: RawTable, column: int, wrong: Sequence[int]) -> None:
    name, all_wrong = raw.columns[column], len(wrong) == len(raw.rows)
    raise TableError(
        f"The column '{name}' has no 0 and no 1: it is no list"
        if all_wrong
        else f"Line {raw.lines[wrong[0]]} has neither 0 nor 1 in the column '{name}'",
        remedy=FREQUENCIES if len(raw.columns) == 2 else PARTS.format(name=name),
    )


def _whole_cells(lists: tuple[str, ...], histories: np.ndarray, people: Sequence[int]) -> RawCells:
    if sum(people) > MOST_PEOPLE:
        raise TableError(
            f"The table has more than {MOST_PEOPLE:,} people", remedy="Check its counts."
        )
    unseen = sum(count for row, count in zip(histories, people, strict=True) if not row.any())
    if unseen:
        raise TableError(
            f"{unseen} people stand in the row of those on no list",
            remedy="Leave that row out: how many are on no list is what is estimated.",
        )
    return RawCells(lists=lists, histories=histories, counts=np.asarray(people, dtype=np.int64))


def _cells_of_mapping(counts: Mapping[object, object], lists: Sequence[str] | None) -> RawCells:
    """Cells of a mapping from histories, "101" or (1, 0, 1), to people."""
    if not counts or len(counts) > MOST_ROWS:
        raise TableError(
            f"The table has {len(counts)} histories",
            remedy="Give a count for each combination of lists that has people.",
        )
    histories = [_history(key) for key in counts]
    width = len(histories[0])
    names = [f"L{j + 1}" for j in range(width)] if lists is None else list(lists)
    if {len(one) for one in histories} != {len(names)}:
        raise TableError(
            "The histories and the names of the lists are not as many",
            remedy='Write each history with one 0 or 1 for every list, as in {"101": 6}.',
        )
    check_names(names)
    people = [whole(text_of(count), f"history {k + 1}") for k, count in enumerate(counts.values())]
    return _whole_cells(
        tuple(names), np.array(histories, dtype=np.bool_).reshape(len(histories), width), people
    )


def _history(key: object) -> list[bool]:
    places = list(islice(key, MOST_COLUMNS)) if isinstance(key, Iterable) else []
    texts = [text_of(place).casefold() for place in places]
    if not texts or not set(texts) <= ON | OFF:
        raise TableError(
            "A history is not written in 0 and 1",
            remedy='Write each history as text, "101", or as a tuple, (1, 0, 1).',
        )
    return [text in ON for text in texts]

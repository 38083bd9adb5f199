"""Readers of tables: what they take, what they refuse, and that they say what to do."""

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from khronika.estimation import (
    CaptureTable,
    Excluded,
    FrequencyTable,
    TableError,
    strata_from_counts,
)

PLAIN = "press,police,families,count\n1,1,0,6\n1,0,0,40\n0,1,0,30\n0,0,1,20\n1,1,1,2\n"
PARTED = (
    "press,police,sex,region,count\n1,0,f,north,4\n0,1,f,north,5\n1,1,m,north,2\n1,0,m,south,7\n"
)


def the_same(text: str | Path) -> bool:
    return CaptureTable.from_counts(text).digest == CaptureTable.from_counts(PLAIN).digest


@pytest.mark.parametrize(
    "text",
    [
        PLAIN.replace(",", ";"),
        PLAIN.replace(",", "\t"),
        "\ufeff" + PLAIN,
        PLAIN.replace("\n", "\r\n"),
        PLAIN.replace("\n", "\n\n"),
        PLAIN.replace("count", "FREQ"),
        PLAIN.replace("count", "how many"),
        PLAIN + "0,0,0,0\n",
        PLAIN + "0,1,1,0\n",
        PLAIN.replace("1,0,0,40\n", "1,0,0,15\n1,0,0,25\n"),
        PLAIN.replace("1,0,0,40", "TRUE,FALSE,false,40.0"),
        PLAIN.replace("1,1,0,6", ' "1" ,1 , 0, 6 '),
    ],
)
def test_the_same_table_written_otherwise_is_the_same(text: str) -> None:
    assert the_same(text)


def test_files_rows_and_mappings_are_read_alike(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes(b"\xef\xbb\xbf" + PLAIN.encode())
    assert the_same(path)
    header, *cells = [line.split(",") for line in PLAIN.split()]
    as_dicts = [dict(zip(header, row, strict=True)) for row in cells]
    by_history = {"110": 6, (True, False, False): 40, (0, 1, 0): 30, "001": 20, "111": 2.0}
    wanted = CaptureTable.from_counts(PLAIN).digest
    assert CaptureTable.from_counts(as_dicts).digest == wanted
    assert CaptureTable.from_counts([header, *cells]).digest == wanted
    assert CaptureTable.from_counts(by_history, lists=header[:3]).digest == wanted
    assert CaptureTable.from_counts(by_history).lists == ("L1", "L2", "L3")


def test_a_column_of_people_is_found_anywhere() -> None:
    table = CaptureTable.from_counts("n,press,police\n4,1,0\n5,0,1\n1,1,1\n")
    assert table.lists == ("press", "police")
    assert table.n == 10


def test_a_list_called_n_is_a_list_where_another_column_is_the_count() -> None:
    assert CaptureTable.from_counts("n,m,count\n1,0,4\n0,1,5\n").lists == ("n", "m")


@given(
    st.dictionaries(st.tuples(*[st.booleans()] * 3).filter(any), st.integers(0, 10**6), min_size=1)
)
def test_what_is_written_is_read_again(counts: dict[object, object]) -> None:
    table = CaptureTable.from_counts(counts)
    assert CaptureTable.from_counts(table.to_counts() + "0,0,0,0\n").digest == table.digest


@pytest.mark.parametrize(
    "text",
    [
        PLAIN + "0,0,0,9\n",
        PLAIN + "1,0,1,-1\n",
        PLAIN + "1,0,1,nan\n",
        PLAIN + "1,0,1,inf\n",
        PLAIN + "1,0,1,1.5\n",
        PLAIN + "1,0,1,\n",
        PLAIN + "1,0,1,1_0\n",
        PLAIN + f"1,0,1,{2**54}\n",
        PLAIN + "1,0,1,9999999999\n",
        PLAIN + "1,0,2,4\n",
        PLAIN + "1,0,yes,4\n",
        PLAIN + "1,0,4\n",
        PLAIN.replace("police", "press"),
        PLAIN.replace("police", ""),
        PLAIN.replace("police", "po\x1blice"),
        PLAIN.replace("police", "p" * 300),
        PLAIN.split("\n", 1)[1],
        "press,police\n1,0\n0,1\n",
        "press,police,count\n",
        "count\n4\n",
        "\n",
        PARTED,
        ",".join(f"l{j}" for j in range(70)) + ",count\n" + "1," * 70 + "4\n",
        ",".join(f"l{j}" for j in range(10_000)) + "\n",
        PLAIN + "1,0,1," + "9" * 1_000_000 + "\n",
        '"' + PLAIN,
    ],
)
def test_what_is_no_table_is_refused_by_name(text: str) -> None:
    with pytest.raises(TableError, match="What to do"):
        CaptureTable.from_counts(text)


@settings(deadline=None)
@given(st.text() | st.text(alphabet='01,;"\n \tacount'))
def test_any_text_is_a_table_or_is_refused_by_name(text: str) -> None:
    with suppress(TableError):
        assert CaptureTable.from_counts(text + "\n").n >= 0
    with suppress(TableError):
        assert FrequencyTable.from_counts(text + "\n").n >= 0


@pytest.mark.parametrize("source", [5, None, b"1,0", {}, {"10": 2, "1": 1}, {"a": 1}, {5: 1}, [3]])
def test_what_is_no_source_is_refused_by_name(source: object) -> None:
    with pytest.raises(TableError):
        CaptureTable.from_counts(source)  # type: ignore[arg-type]


def test_files_that_cannot_be_read_are_refused(tmp_path: Path) -> None:
    odd = tmp_path / "odd.csv"
    odd.write_bytes(PLAIN.encode("utf-16"))
    huge = tmp_path / "huge.csv"
    huge.write_bytes(b"0" * 17_000_000)
    for path in (odd, huge, tmp_path, tmp_path / "none.csv", "a\0b"):
        with pytest.raises(TableError):
            CaptureTable.from_counts(path)


def test_columns_that_divide_the_people_are_read_apart_or_summed_when_said() -> None:
    assert CaptureTable.from_counts(PARTED, sum_over=["sex", "region"]).dense.tolist() == [11, 5, 2]
    parts = strata_from_counts(PARTED, by=["region"], sum_over=["sex"])
    assert {part: table.n for part, table in parts.items()} == {("north",): 11, ("south",): 7}
    assert parts["north",].scope == "region north"
    assert parts["south",].lists == ("press", "police")
    both = strata_from_counts(PARTED, by=["region", "sex"])
    assert list(both) == [("north", "f"), ("north", "m"), ("south", "m")]
    for wrong in ([], ["region"], ["planet"]):
        with pytest.raises(TableError):
            strata_from_counts(PARTED, by=wrong)


def test_people_are_counted_by_the_lists_they_are_on() -> None:
    rows = [
        {"id": "a", "press": 1, "police": 0, "village": "x"},
        {"id": "b", "press": True, "police": "1", "village": "y"},
        {"id": "a", "press": 0, "police": "true"},
        {"id": "c", "press": 0, "police": False},
    ]
    table = CaptureTable.from_records(rows, lists=["press", "police"], linkage="run 1")
    assert table.histories.tolist() == [[True, True]]
    assert table.people == (("a", "b"),)
    assert table.excluded == (Excluded(people=1, reason="on none of the lists"),)
    assert table.linkage == "run 1"
    assert "'a'" not in repr(table)


def test_pairs_of_a_person_and_lists_are_read() -> None:
    rows = [("a", ["press"]), ("a", "police"), ("b", {"press": 1, "police": 0}), (3, {"press"})]
    table = CaptureTable.from_records(rows)
    assert table.lists == ("police", "press")
    assert dict(zip(table.people, table.counts.tolist(), strict=True)) == {
        ("3", "b"): 2,
        ("a",): 1,
    }


def test_rows_without_an_id_are_people_of_their_own() -> None:
    table = CaptureTable.from_records([{"press": 1}, {"press": 1}, {"press": 0}])
    assert (table.n, table.people, table.excluded[0].people) == (2, (), 1)


@pytest.mark.parametrize(
    "rows",
    [
        "press",
        5,
        ["press"],
        [("Ana N.", ["pres"])],
        [("Ana N.", 5)],
        [("Ana N.", {"press": 2})],
        [("Ana N.", ["press"], 3)],
        [{"id": "Ana N.", "press": "perhaps"}],
    ],
)
def test_records_that_say_no_lists_are_refused_without_naming_anyone(rows: object) -> None:
    with pytest.raises(TableError) as refused:
        CaptureTable.from_records(rows, lists=["press"])  # type: ignore[arg-type]
    assert "Ana" not in str(refused.value)


def test_frequencies_are_read_from_files_and_mappings(tmp_path: Path) -> None:
    path = tmp_path / "caught.csv"
    path.write_text("times,freq\n2,7\n1,40\n3,0\n0,0\n2,1\n", encoding="utf-8")
    table = FrequencyTable.from_counts(path)
    assert (table.times, table.people, table.n) == ((1, 2), (40, 8), 48)
    assert (table.exactly(2), table.exactly(9)) == (8, 0)
    assert FrequencyTable.from_counts({1: 40, 2: 8}).digest == table.digest


@pytest.mark.parametrize(
    "source",
    [
        "times,freq\n0,3\n",
        "times,freq\n-1,3\n",
        "times,freq\n1.5,3\n",
        "times,freq\n9999999,3\n",
        "times,freq,sex\n1,3,f\n",
        {1: -3},
        {"often": 3},
        {1: 9e9, 2: 9e9},
    ],
)
def test_frequencies_that_are_none_are_refused(source: object) -> None:
    with pytest.raises(TableError):
        FrequencyTable.from_counts(source)  # type: ignore[arg-type]

import contextlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khronika.store.ask import All, Any, Phrase, SearchError, Word, parse
from khronika.store.search import expression, marks
from khronika.workflows.record import Record
from workflows.toys import a_capture, captures, toy_parts


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    path: Path = tmp_path_factory.mktemp("search") / "record"
    with Record.create(path, toy_parts()) as made:
        made.add(captures())
        made.add(
            [
                a_capture("e.txt", "The files of the case were returned.", publisher="The Bell"),
                a_capture("f.txt", "Cassius wrote: 'café' AND \"tea\".", published="2019-04"),
            ]
        )
        yield made


def names(record: Record, query: str, **filters: object) -> list[str]:
    return sorted({hit.report.name for hit in record.search(query, **filters)})


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("file", ["c.txt", "e.txt"]),  # any form of the word
        ('"case files"', ["c.txt"]),  # as written
        ("case file", ["c.txt", "e.txt"]),  # both, in any order
        ("cas*", ["c.txt", "e.txt", "f.txt"]),
        ("case -returned", ["c.txt"]),
        ("case NOT returned", ["c.txt"]),
        ("returned OR arrested", ["a.txt", "b.txt", "e.txt"]),
        ("(returned OR known) case", ["c.txt", "e.txt"]),
        ("CAFE", ["f.txt"]),
        ("дело", ["d.txt"]),
        ("задержана", ["d.txt"]),
        ("kind:fine", ["b.txt", "c.txt"]),
        ("bela kind:arrest", []),
        ('actor:"ada lark"', ["a.txt", "b.txt"]),
        ("publisher:bell", ["e.txt"]),
        ("time:2021-05", ["b.txt", "c.txt"]),
        ("time:2021-04..2021-12", ["b.txt", "c.txt"]),
        ("time:2019 cas*", ["f.txt"]),
        ("modality:denied", []),
        ("language:ru", ["d.txt"]),
        ("nowhere", []),
    ],
)
def test_a_query_finds(record: Record, query: str, found: list[str]) -> None:
    assert names(record, query) == found


def test_filters_can_be_arguments(record: Record) -> None:
    assert names(record, "was", kind="arrest") == ["a.txt", "b.txt"]
    assert names(record, "was", kind="arrest", report=record.reports()[0].id) != ["a.txt", "b.txt"]
    assert len(record.search("was", limit=1)) == 1


def test_a_hit_marks_the_words_that_were_sought(record: Record) -> None:
    [hit] = record.search('"CASE files"')
    assert [hit.text[start:end] for start, end in hit.marks] == ["case files"]
    [hit, *_] = record.search("returning")
    assert [hit.text[start:end] for start, end in hit.marks] == ["returned"]


def test_a_hit_is_a_passage_with_the_acts_told_there(record: Record) -> None:
    hits = record.search("finch")
    assert [hit.text for hit in hits] == ["Bela Finch was fined on 2021-05-06."] * 2
    assert all(len(hit.acts) == 1 for hit in hits)


@pytest.mark.parametrize(
    "query",
    [
        "",
        '"open',
        "(a",
        "a)",
        "-a",
        "NOT a",
        "OR a",
        "a OR",
        "city:x",
        "...",
        "a " * 2000,
        "(" * 50,
    ],
)
def test_a_query_that_cannot_be_understood_says_how_to_write_it(record: Record, query: str) -> None:
    with pytest.raises(SearchError, match="What to do"):
        record.search(query)


@given(st.text(max_size=60))
def test_no_query_breaks_the_search(record: Record, query: str) -> None:
    with contextlib.suppress(SearchError):
        record.search(query, limit=2)


def test_a_query_is_a_tree() -> None:
    assert parse('a "b c" OR d* -e').term == Any(
        (All((Word("a"), Phrase("b c"))), All((Word("d", prefix=True),), (Word("e"),)))
    )


def test_every_word_is_quoted() -> None:
    assert expression(Word("near")) == '(words : "near" OR lemmas : ("near"))'


def test_marks_of_neighbours_are_joined() -> None:
    assert marks(All((Word("case"), Word("files"))), "the case  files of", "en") == ((4, 15),)

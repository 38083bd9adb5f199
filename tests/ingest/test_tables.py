import json
from pathlib import Path

import pytest

from ingest.builders import RUSSIAN, SENTENCE, captures, refusals, texts


def write(folder: Path, text: str, name: str = "reports.csv", encoding: str = "utf-8") -> Path:
    (folder / name).write_text(text, encoding=encoding, newline="")
    return folder / name


def test_each_row_is_a_report_with_its_origin(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "title,text,url,published,publisher\r\n"
        f'Search,"{SENTENCE}\r\n\r\n""Again,"" he said.",https://v.example/1,2021-03-04,Watch\r\n'
        "No text,,https://v.example/2,,\r\n"
        "Second,Other text of a report.,,03/04/2021,\r\n",
    )
    first, second = texts(path)
    assert first.text == f'{SENTENCE}\r\n\r\n"Again," he said.'
    assert first.origin.name == "reports.csv#1"
    assert first.origin.title.value == "Search"
    assert first.origin.url.value == "https://v.example/1"
    assert first.origin.publisher.value == "Watch"
    assert first.origin.published.value == "2021-03-04"
    assert first.origin.published.basis == "column of the table"
    assert second.origin.name == "reports.csv#3"
    assert second.origin.published.value == ""  # April or March?


def test_the_bytes_of_a_row_are_canonical_json(tmp_path: Path) -> None:
    one = captures(write(tmp_path, f"url,text\n,{SENTENCE}\n"))[0]
    other = captures(write(tmp_path, f"text,url\n{SENTENCE},\n", "other.csv"))[0]
    assert one.data == other.data
    assert json.loads(one.data) == {"columns": {"text": SENTENCE, "url": ""}, "text_column": "text"}


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1251"])
def test_any_delimiter_and_encoding(delimiter: str, encoding: str, tmp_path: Path) -> None:
    text = RUSSIAN.replace('"', "'")
    path = write(tmp_path, f"id{delimiter}text\n7{delimiter}{text}\n", encoding=encoding)
    assert texts(path)[0].text == text


def test_a_column_of_another_name_is_taken_and_said(tmp_path: Path) -> None:
    path = write(tmp_path, f"id,description,description_eng\n1,{SENTENCE},x\n2,,Other text\n")
    first, second = texts(path)
    assert first.text == SENTENCE
    assert first.flags == ("text taken from the column 'description'",)
    assert second.text == "Other text"
    assert second.flags == ("text taken from the column 'description_eng'",)


def test_the_longest_column_of_running_text_is_taken(tmp_path: Path) -> None:
    path = write(tmp_path, f"number,what happened\n1,{SENTENCE}\n2,{SENTENCE}!\n")
    assert [e.text for e in texts(path)] == [SENTENCE, SENTENCE + "!"]


@pytest.mark.parametrize("text", ["a,b\n1,2\n3,4\n", "a,b\n", "list1,list2\n1,0\n", "text\n"])
def test_a_table_of_no_reports_is_refused_with_the_remedy(text: str, tmp_path: Path) -> None:
    (refusal,) = refusals(write(tmp_path, text))
    assert "`text`" in refusal.remedy


def test_pages_in_a_table_are_read_as_pages(tmp_path: Path) -> None:
    path = write(tmp_path, 'text,title\n"<p>One <b>word</b>.</p><p>Two.</p>",T\n')
    assert texts(path)[0].text == "One word.\n\nTwo."


def test_a_cell_of_a_megabyte(tmp_path: Path) -> None:
    text = "word " * 200_000 + "."
    assert texts(write(tmp_path, f"text\n{text}\n"))[0].text == text


def test_json_lines(tmp_path: Path) -> None:
    rows = [
        {"html": ["<p>One.</p>", "<p>Two.</p>"], "title": "T", "n": 3},
        {"html": "<p>Three.</p>"},
    ]
    path = write(tmp_path, "\n".join(map(json.dumps, rows)), "reports.jsonl")
    first, second = texts(path)
    assert (first.text, second.text) == ("One.\n\nTwo.", "Three.")
    assert first.origin.title.value == "T"


def test_json_that_is_not_by_lines_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path, '[\n{"text": "' + SENTENCE + '"}\n]', "reports.json")
    assert "JSON" in refusals(path)[0].problem


def test_broken_json_lines_are_refused(tmp_path: Path) -> None:
    path = write(tmp_path, '{"text": "' + SENTENCE + '"}\n{"text": \n', "reports.jsonl")
    assert "JSON" in refusals(path)[0].problem

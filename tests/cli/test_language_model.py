"""Asking a language model from the command line: what is sent, said, and refused."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from cli.test_record import Khronika
from coding.llm.builders import CODEBOOK
from khronika.workflows.parts import Parts, no_coder
from workflows.fake_model import FakeModel, Said, fake_model
from workflows.test_asking import honest
from workflows.toys import TEXTS, toy_parts


def parts(_codebook: Any = None, asking: Any = None) -> Parts:
    made = toy_parts()
    steps = replace(made.steps, codebook=CODEBOOK)
    if asking is not None and asking.only:
        steps = replace(steps, coder_for=no_coder)
    return replace(made, steps=steps, asking=asking)


@pytest.fixture(autouse=True)
def _toys(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("khronika.workflows.parts.real_parts", parts)
    monkeypatch.setattr("khronika.workflows.record.real_parts", parts)
    monkeypatch.setenv("COLUMNS", "120")
    for name in ("KHRONIKA_RECORD", "KHRONIKA_LLM_KEY"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    folder = tmp_path / "reports"
    folder.mkdir()
    for name, text in TEXTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def khronika(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Khronika:
    return Khronika(capsys, tmp_path / "record")


@pytest.fixture
def model() -> Iterator[FakeModel]:
    with fake_model(honest) as fake:
        yield fake


def test_it_says_what_is_sent_and_what_it_came_to(
    khronika: Khronika, reports: Path, model: FakeModel
) -> None:
    told = khronika("add", str(reports), "--llm", model.url, "--llm-model", "toy")
    assert told.status == 0
    assert "are sent to 127.0.0.1 (this machine), model toy, at most 1,000,000 tokens." in told.err
    assert "marked contact data blacked out" in told.err
    assert "The model answered about 4 reports (0 from answers kept before): 4 requests" in told.err
    assert "Left out: 4 acts whose quotation does not stand in the report." in told.err
    assert "4 reports read" in told.out
    assert len(model.asked) == 4


def test_nothing_is_asked_unless_an_address_is_named(
    khronika: Khronika, reports: Path, model: FakeModel
) -> None:
    told = khronika("add", str(reports))
    assert (told.status, model.asked) == (0, [])
    assert "model" not in told.err


def test_recoding_goes_on_where_the_budget_ended(
    khronika: Khronika, reports: Path, model: FakeModel
) -> None:
    asked = ("--llm", model.url, "--llm-model", "toy")
    told = khronika("add", str(reports), *asked, "--budget", "1 report")
    assert told.status == 1
    assert "at most 1,000,000 tokens, 1 reports." in told.err
    assert "Asking stopped: The budget is used up: 1 reports." in told.err
    assert "3 reports are without the model's say." in told.err
    told = khronika("recode", *asked)
    assert told.status == 0
    assert "4 reports (1 from answers kept before): 3 requests" in told.err
    told = khronika("recode", "--llm-model", "toy")
    assert "Nothing is sent" in told.err
    assert "0 changed" in told.out
    assert len(model.asked) == 4


def test_the_model_alone(khronika: Khronika, reports: Path, model: FakeModel) -> None:
    khronika("add", str(reports), "--llm", model.url, "--llm-model", "toy", "--llm-only")
    coders = {row["coder"] for row in khronika("acts", "--json").json}
    assert coders == {"llm toy prompt 1"}


def test_the_key_is_never_written(
    khronika: Khronika, reports: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KHRONIKA_LLM_KEY", "sk-do-not-tell")
    with fake_model(Said(status=401)) as fake:
        told = khronika("add", str(reports), "--llm", fake.url, "--llm-model", "t", "--verbose")
    assert told.status == 1
    assert fake.headers[0]["Authorization"] == "Bearer sk-do-not-tell"
    assert "sk-do-not-tell" not in told.err + told.out
    for path in tmp_path.rglob("*"):
        assert not path.is_file() or b"sk-do-not-tell" not in path.read_bytes()


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--llm", "http://127.0.0.1:1/v1"), "Name the model"),
        (("--llm-only",), "Name the model"),
        (("--budget", "5 tokens"), "Name the model"),
        (("--llm", "nowhere", "--llm-model", "t"), "no http or https address"),
        (("--llm", "https://models.example/v1", "--llm-model", "t"), "--send-reports-to models"),
        (
            ("--llm", "http://models.example/v1", "--llm-model", "t", "--send-reports-to",
             "models.example"),
            "sent unencrypted to models.example",
        ),
        (("--llm-model", "t", "--budget", "much"), "is no limit"),
        (("--llm-model", "t", "--budget", "5 apples"), "is no limit"),
        (("--llm-model", "a\nb"), "no name of a model"),
    ],
)  # fmt: skip
def test_what_cannot_be_meant_is_refused_before_anything_is_read(
    khronika: Khronika, reports: Path, tmp_path: Path, options: tuple[str, ...], said: str
) -> None:
    told = khronika("add", str(reports), *options)
    assert told.status == 2
    assert said in told.err
    assert not (tmp_path / "record").exists()


def test_limits_are_written_as_people_write_them(khronika: Khronika, reports: Path) -> None:
    with fake_model(honest) as fake:
        limits = ("--budget", "2,000,000 tokens", "--budget", "3requests")
        told = khronika("add", str(reports), "--llm", fake.url, "--llm-model", "t", *limits)
    assert "at most 2,000,000 tokens, 3 requests." in told.err
    assert len(fake.asked) == 3


def test_json_stays_json(khronika: Khronika, reports: Path, model: FakeModel) -> None:
    told = khronika("add", str(reports), "--llm", model.url, "--llm-model", "toy", "--json")
    [summary] = told.json
    assert summary["added"] == 4
    assert summary["model"]["name"] == "toy"
    assert summary["model"]["requests"] == 4
    assert summary["model"]["dropped"] == {"acts whose quotation does not stand in the report": 4}

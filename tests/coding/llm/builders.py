"""Reports, and answers of a model about them, made by hand."""

import json
from collections.abc import Callable, Sequence
from typing import Any

from khronika.codebook import load
from khronika.coding.llm import (
    Answer,
    Reply,
    Request,
    coder_name,
    coding_of,
    lines_of,
    read_answer,
)
from khronika.model.acts import Coding
from khronika.model.ids import report_id, sha256
from khronika.model.reports import Extracted, Known, Origin, Report
from khronika.reading import read

CODER = coder_name("toy")
CODEBOOK = load()
TEXT = """\
Harbour Watch
Gdynia, 4 March 2024

Police arrested the printer Emil Barta on 2 March 2024 in Gdynia. They beat him in custody.

Four masked men kidnapped at least three students yesterday, a lawyer said.

Press contact: anna@harbour.example, +48 555 123 456
"""
ARREST = "Police arrested the printer Emil Barta on 2 March 2024 in Gdynia."
BEATEN = "They beat him in custody."
KIDNAPPED = "Four masked men kidnapped at least three students yesterday, a lawyer said."


def a_report(text: str = TEXT, *, published: str = "", place: str = "") -> Report:
    digest = sha256(text.encode())
    return read(
        Extracted(
            id=report_id(digest),
            sha256=digest,
            media_type="text/plain",
            encoding="utf-8",
            text=text,
            origin=Origin(
                name="made.txt",
                published=Known(value=published, basis="given"),
                place=Known(value=place, basis="given"),
            ),
        )
    )


def an_act(kind: str = "arrest", quote: str = ARREST, **rest: Any) -> dict[str, Any]:
    empty: dict[str, Any] = {
        "modality": "occurred", "passage": 1, "trigger": "", "involved": [],
        "when": {"words": "", "edtf": ""}, "where": [], "what": "", "reason": "", "penalty": "",
        "demands": [],
    }  # fmt: skip
    return {**empty, "kind": kind, "quote": quote, **rest}


def somebody(role: str, name: str, words: str = "", type: str = "person") -> dict[str, str]:  # noqa: A002
    return {"role": role, "name": name, "words": words or name, "type": type}


def when(words: str, edtf: str = "") -> dict[str, str]:
    return {"words": words, "edtf": edtf}


def an_arrest(**rest: Any) -> dict[str, Any]:
    told: dict[str, Any] = {
        "trigger": "arrested",
        "involved": [
            somebody("victim", "Emil Barta", "the printer Emil Barta"),
            somebody("perpetrator", "Police", type="authority"),
        ],
        "when": when("on 2 March 2024", "2024-03-02"),
        "where": ["Gdynia"],
    }
    return an_act(**{**told, **rest})


def as_answer(*acts: Any) -> str:
    return json.dumps({"acts": list(acts)}, ensure_ascii=False)


def answered(report: Report, text: str) -> Answer:
    answer = read_answer(Reply(text=text), lines_of(report), CODEBOOK, report.publisher.value)
    assert answer is not None
    return answer


def coded(report: Report, *acts: Any) -> Coding:
    answer = answered(report, as_answer(*acts))
    return coding_of(report, lines_of(report), [answer], CODEBOOK, CODER)


class Scripted:
    """A transport that answers what it is told to, or raises it."""

    def __init__(self, *said: str | Exception | Callable[[Request], Reply]) -> None:
        self.said = list(said)
        self.requests: list[Request] = []

    def send(self, request: Request) -> Reply:
        self.requests.append(request)
        said = self.said.pop(0) if len(self.said) > 1 else self.said[0]
        if isinstance(said, Exception):
            raise said
        return Reply(text=said, tokens=100) if isinstance(said, str) else said(request)


def every_anchor(value: Any) -> Sequence[dict[str, Any]]:
    if isinstance(value, dict):
        inner = [anchor for each in value.values() for anchor in every_anchor(each)]
        return [value, *inner] if {"exact", "start", "end"} <= value.keys() else inner
    if isinstance(value, list):
        return [anchor for each in value for anchor in every_anchor(each)]
    return []

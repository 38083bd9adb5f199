"""A small record for pages: contact data, repeats, other scripts, one endless line, no text."""

import re
from dataclasses import replace
from pathlib import Path

from khronika.model.anchors import Anchor
from khronika.model.reports import Contact, ContactKind, Extracted, Passage, PassageRole, Report
from khronika.workflows.parts import Parts
from khronika.workflows.record import Record
from workflows.toys import a_capture, toy_parts, toy_read

NASTY = "\"><script>alert(1)</script><img src=x onerror=alert(1)>{{7*7}}' & ü"
MAIL = "desk@newsroom.example"
ROLES = {
    "HEAD ": PassageRole.HEADLINE,
    "CONTACT ": PassageRole.CONTACT,
    "REPEAT ": PassageRole.REPEAT,
}
LONG = "long.txt"


def a_read(extracted: Extracted) -> Report:
    """As the toys read, and with contact data, headlines and repeats."""
    report = toy_read(extracted)
    mails = re.finditer(r"\S+@\S+\w", report.text[:100_000])
    return replace(
        report,
        passages=tuple(_passage(report, each) for each in report.passages),
        contacts=tuple(
            Contact(kind=ContactKind.EMAIL, anchor=Anchor.cut(report.text, *mail.span()))
            for mail in mails
            if report.text[: mail.start()].rfind("CONTACT") >= 0
        ),
    )


def _passage(report: Report, passage: Passage) -> Passage:
    begins = report.text[passage.span.start : passage.span.start + 10]
    role = next((role for word, role in ROLES.items() if begins.startswith(word)), passage.role)
    return replace(passage, role=role, repeat_of=0 if role is PassageRole.REPEAT else None)


def parts() -> Parts:
    """Toy steps with that reading."""
    made = toy_parts()
    return replace(made, steps=replace(made.steps, read=a_read))


TEXTS = {
    "alert.txt": (
        "HEAD Two people taken\n"
        f"Ada Lark was arrested on 2021-03-04. Write to {MAIL} for more.\n"
        "Bela Finch was fined on 2021-05-06.\n"
        "REPEAT Two people taken\n"
        f"CONTACT Desk of the alert, {MAIL}"
    ),
    "nasty.txt": f"Ada Lark was arrested on 2021-03-04. {NASTY}\n{NASTY}",
    "arabic.txt": "اعتُقل محرر الصحيفة يوم الثلاثاء.\nAda Lark was fined on 2021-03-07.",
    "дело.txt": "Цезарь Дрозд был задержан.\nДела изъяты.",
    "empty.txt": " \n \n",
    LONG: "Ada Lark was arrested on 2021-03-04. " * 27_000,
}


ALERT = TEXTS["alert.txt"]


def a_record(path: Path) -> Record:
    """The record with every sample."""
    record = Record.create(path, parts())
    record.add(
        [
            a_capture("alert.txt", ALERT, publisher="The Bell", published="2021-03-05"),
            a_capture(NASTY, TEXTS["nasty.txt"], publisher=NASTY, published="2021-04"),
            a_capture("arabic.txt", TEXTS["arabic.txt"], publisher="صحيفة الخليج"),
            a_capture("дело.txt", TEXTS["дело.txt"], published="2021"),
            a_capture("empty.txt", TEXTS["empty.txt"]),
        ]
    )
    return record


def ids(record: Record) -> dict[str, str]:
    """Ids of the reports by their names."""
    return {row.name: row.id for row in record.reports()}

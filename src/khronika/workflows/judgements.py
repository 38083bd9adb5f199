"""Judgements of nomenklatura as rulings: which entries of lists, and which actors, are one."""

import csv
import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import select

from khronika.coding.listed import entries
from khronika.errors import KhronikaError
from khronika.linking.members import id_of_member
from khronika.model.ids import canonical, short_id
from khronika.model.links import Ruling
from khronika.model.plain import to_plain
from khronika.store import schema
from khronika.store.changes import Change
from khronika.store.store import Store
from khronika.workflows.listed import lists_of
from khronika.workflows.parts import Parts
from khronika.workflows.relink import bring_up
from khronika.workflows.rows import Judged, Refused
from khronika.workflows.rulings import kept_rulings, superseded
from khronika.workflows.view import kept_coding

LONGEST_LINE = 100_000  # characters
LONGEST_ID = 512
VERBS = {"positive": "same", "negative": "different"}
UNDECIDED = frozenset({"unsure", "no_judgement"})
TIME = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d{1,6})?")
NO_TIME = "1970-01-01T00:00:00Z"  # of a judgement without one: any other ruling is later
WRITE = 'write ["ID", "ID", "positive", null, "user", "2024-05-06T07:08:09"] on each line.'


class JudgementError(KhronikaError):
    """A line that is no judgement."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """One line: two ids, what was judged of them, by whom, when."""

    number: int
    ids: tuple[str, str]
    verdict: str
    user: str = field(default="", repr=False)
    time: str = NO_TIME


def add_judgements(store: Store, path: Path, parts: Parts) -> Judged:
    """Keep the judgements on what the record holds as rulings, and link anew by them.

    Ids that the record does not know (canonical ones such as NK-..., entries of other lists) only
    serve to say that those beside them are one.

    Args:
        store: the record.
        path: lines of a resolver (JSON), or CSV with the columns target, source, judgement.
        parts: the steps.

    Raises:
        ContradictoryRulingsError: reviewers ruled otherwise; nothing is kept.
    """
    found: list[Judgement] = []
    refused: list[Refused] = []
    for each in _read(path):
        (refused if isinstance(each, Refused) else found).append(each)  # type: ignore[arg-type]
    with store.writing(parts.chance) as writer:
        rulings, torn = _rulings(found, _Known(store), path.name)
        refused += torn
        held = {ruling.id for ruling in kept_rulings(store)}
        fresh = [ruling for ruling in rulings if ruling.id not in held]
        if fresh:
            standing = superseded(
                sorted((*kept_rulings(store), *fresh), key=lambda r: (r.time, r.id))
            )
            changes = [_change(ruling) for ruling in fresh]
            bring_up(store, writer, parts, standing, first=changes)
    return Judged(
        same=sum(ruling.verb == "same" for ruling in fresh),
        different=sum(ruling.verb == "different" for ruling in fresh),
        known=len(rulings) - len(fresh),
        undecided=sum(each.verdict in UNDECIDED for each in found),
        refused=tuple(refused),
    )


class _Known:
    """Which ids the record knows, and the actor or cast member that each means."""

    def __init__(self, store: Store) -> None:
        member = schema.member
        self._ids = {row.id: row.id for row in store.all(select(schema.actor.c.id))}
        alone = select(member.c.alone).where(member.c.alone != "")
        self._ids |= {row.alone: row.alone for row in store.all(alone)}
        for report in sorted(lists_of(store)):
            self._learn(store, report)

    def _learn(self, store: Store, report: str) -> None:
        text, coding = store.part(report, "text"), kept_coding(store, report)
        if text is None or coding is None:
            return
        cast = {each.index: each for each in coding.cast}
        for one in entries(text.decode()):
            if one.index in cast and (mentions := cast[one.index].mentions):
                first = min(mention.anchor.span for mention in mentions)
                kind = cast[one.index].type
                self._ids[one.id] = id_of_member(kind, report, first.start, first.end)

    def get(self, id_: str) -> str | None:
        """What the record calls it, or None."""
        return self._ids.get(id_)


def _rulings(
    found: Sequence[Judgement], known: _Known, name: str
) -> tuple[list[Ruling], list[Refused]]:
    """One ruling for each that several known ids are of, one for each pair that is two."""
    one = _Ones(found, known)
    rulings = [
        _ruling("same", one.known[key], lines, name)
        for key, lines in sorted(one.lines.items())
        if len(one.known[key]) > 1
    ]
    refused = []
    for each in (each for each in found if each.verdict == "negative"):
        ends = {end for i in each.ids if (end := known.get(i) or one.any_known(i))}
        if len(set(map(one.root, each.ids))) == 1:
            refused.append(_torn(each, name))
        elif len(ends) > 1:
            rulings.append(_ruling("different", ends, [each], name))
    return list({ruling.id: ruling for ruling in rulings}.values()), refused


class _Ones:
    """Ids that positive judgements hold to be one: by one of them, the lines and the known ids."""

    def __init__(self, found: Sequence[Judgement], known: _Known) -> None:
        self._home: dict[str, str] = {}
        self.lines: defaultdict[str, list[Judgement]] = defaultdict(list)
        self.known: defaultdict[str, set[str]] = defaultdict(set)
        positive = [each for each in found if each.verdict == "positive"]
        for each in positive:
            first, last = sorted(map(self.root, each.ids))
            self._home[last] = first
        for each in positive:
            key = self.root(each.ids[0])
            self.lines[key].append(each)
            self.known[key] |= {end for i in each.ids if (end := known.get(i))}

    def root(self, item: str) -> str:
        """The id that stands for all that are one with this."""
        while self._home.setdefault(item, item) != item:
            self._home[item] = self._home[self._home[item]]
            item = self._home[item]
        return item

    def any_known(self, item: str) -> str | None:
        """What the record calls one of those that are one with this."""
        return min(self.known.get(self.root(item), ()), default=None)


def _ruling(verb: str, ids: set[str], lines: Sequence[Judgement], name: str) -> Ruling:
    said = {
        "verb": verb,
        "ids": tuple(sorted(ids)),
        "reviewer": ", ".join(sorted({line.user for line in lines} - {""})),
        "time": max(line.time for line in lines),
        "why": f"judgement of {name}",
    }
    return Ruling(id=short_id("rul_", said), **said)  # type: ignore[arg-type]


def _torn(each: Judgement, name: str) -> Refused:
    return Refused(
        name=f"{name}, line {each.number}",
        problem="It holds two ids apart that other lines of the file hold to be one.",
        remedy="settle that in the resolver that wrote the file.",
    )


def _change(ruling: Ruling) -> Change:
    notes = {"verb": ruling.verb, "ids": list(ruling.ids)}
    parts = {"ruling": canonical(to_plain(ruling))}
    return Change(what="ruled", subject=ruling.id, parts=parts, notes=notes)


def _read(path: Path) -> Iterator[Judgement | Refused]:
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
        first = file.readline(LONGEST_LINE)
        file.seek(0)
        rows = _json(file) if first.lstrip()[:1] in ("[", "{") else _csv(file)
        for number, row in rows:
            try:
                yield _judgement(number, row)
            except JudgementError as error:
                name = f"{path.name}, line {number}"
                yield Refused(name=name, problem=error.problem, remedy=error.remedy)


def _json(file: Any) -> Iterator[tuple[int, Any]]:
    number = 1
    while line := file.readline(LONGEST_LINE):
        if line.strip():
            try:
                yield number, json.loads(line)
            except (ValueError, RecursionError):
                yield number, None
        number += line.endswith("\n")


def _csv(file: Any) -> Iterator[tuple[int, Any]]:
    reader = csv.DictReader(file)
    try:
        for row in reader:
            yield reader.line_num, row
    except csv.Error:
        yield reader.line_num, None


def _judgement(number: int, row: Any) -> Judgement:
    """A line as a judgement.

    Raises:
        JudgementError: it is none.
    """
    if isinstance(row, list):
        keys = ("target", "source", "judgement", "score", "user", "created_at")
        row = dict(zip(keys, row, strict=False))
    if not isinstance(row, dict):
        raise JudgementError("It is no judgement.", remedy=WRITE)
    one = _text(row, "target", "left", "left_id")
    other = _text(row, "source", "right", "right_id")
    verdict = _text(row, "judgement").lower()
    if not one or not other or one == other or verdict not in {*VERBS, *UNDECIDED}:
        raise JudgementError("It is no judgement on two ids.", remedy=WRITE)
    return Judgement(
        number=number,
        ids=(one, other),
        verdict="unsure" if _text(row, "deleted_at") else verdict,
        user=_text(row, "user"),
        time=_time(_text(row, "created_at", "timestamp")),
    )


def _text(row: Mapping[str, Any], *keys: str) -> str:
    found = (row.get(key) for key in keys)
    return next((v.strip()[:LONGEST_ID] for v in found if isinstance(v, str) and v.strip()), "")


def _time(said: str) -> str:
    found = TIME.match(said)
    return f"{found.group().replace(' ', 'T')}Z" if found else NO_TIME

"""Taking a report or a person out of the record: no byte of it stays, and a tombstone says so."""

import json
import re
from collections.abc import Iterator

from sqlalchemy import select

from khronika.errors import KhronikaError
from khronika.model.acts import ActorType
from khronika.model.ids import canonical
from khronika.model.plain import to_plain
from khronika.store import schema
from khronika.store.changes import Change
from khronika.store.derive_report import report_of
from khronika.store.store import CODINGS, Store
from khronika.text.redaction import every_word, names_everywhere, names_pattern, redact
from khronika.workflows.forgetting import ANSWERS, forget_person, redact_plain
from khronika.workflows.linked import actors_by_id
from khronika.workflows.listed import lists_of, struck
from khronika.workflows.naming import forms_of, homes_of
from khronika.workflows.parts import Parts
from khronika.workflows.relink import relink, unlinked
from khronika.workflows.showing import whole_id
from khronika.workflows.withdraw_rulings import Forgetting, rulings_on_report

ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "cp1251", "koi8-r", "cp1252")


class WithdrawalError(KhronikaError):
    """What cannot be withdrawn."""

    exit_status = 2


def withdraw(store: Store, asked: str, *, why: str, parts: Parts) -> str:
    """Erase a report, or a person wherever reports name her, from every file of the record.

    A report loses its bytes, text, acts and names. For a person, every report that names her loses
    its original bytes; its text keeps its length with blocks in place of her name, so that what is
    told of others still stands on exact quotations; acts done to her alone go.

    Args:
        store: the record.
        asked: the id of a report or person, or its beginning.
        why: the reason; it is kept with the tombstone.
        parts: the steps.

    Returns:
        The id of what was withdrawn.

    Raises:
        WithdrawalError: it is neither, or there is no reason.
    """
    if not why.strip():
        raise WithdrawalError("A withdrawal needs a reason.", remedy="give it with --why.")
    found = whole_id(store, asked)
    if found.startswith("rpt_"):
        changes = [*_report(found, why, parts), *rulings_on_report(store, found)]
    elif _is_person(store, found):
        changes = list(_person(store, found, why, parts))
    else:
        raise WithdrawalError(
            f"{found} is neither a report nor a person.",
            remedy="withdraw the reports that tell it; an act is taken back with `reject`.",
        )
    with store.writing(parts.chance, erasing=True) as writer:
        writer.commit([*changes, unlinked()])
        relink(store, writer, parts)
        store.erase_traces()
    return found


def _report(found: str, why: str, parts: Parts) -> list[Change]:
    grave = {"what": "report", "time": parts.chance.now(), "why": why}
    return [
        Change(
            what="withdrawn",
            subject=found,
            parts={"tombstone": canonical(grave)},
            erased=("bytes", "text", "report", *CODINGS, ANSWERS),
        )
    ]


def _is_person(store: Store, found: str) -> bool:
    actor = schema.actor
    asked = select(actor.c.id).where(actor.c.id == found, actor.c.type == ActorType.PERSON.value)
    return bool(store.all(asked))


def _person(store: Store, found: str, why: str, parts: Parts) -> Iterator[Change]:
    with store.reading() as connection:
        [actor] = actors_by_id(connection, [found])
    forms, members = forms_of(store, actor), homes_of(actor)
    everywhere = names_pattern(names_everywhere(forms))
    at_home = names_pattern(every_word(forms))
    if everywhere is None or at_home is None:
        raise WithdrawalError(
            f"{found} has no name, only a description.",
            remedy="withdraw the reports that tell of the person.",
        )
    lists = lists_of(store)
    redacted: list[Change] = []
    for report in store.subjects("report"):
        if report in lists:
            if report in members:
                yield struck(store, report, members[report])
            continue
        pattern = at_home if report in members else everywhere
        if report in members or _names(store, report, pattern):
            redacted.append(_redacted(store, report, pattern, members.get(report, set()), parts))
    forgetting = Forgetting(
        store=store,
        person=found,
        everywhere=everywhere,
        at_home=at_home,
        homes=frozenset(members),
        texts={change.subject: change.parts["text"].decode() for change in redacted},
    )
    yield from forgetting.changes(redacted)
    reason = redact(why, at_home)
    grave = {"what": "person", "time": parts.chance.now(), "why": reason}
    yield Change(what="withdrawn", subject=found, parts={"tombstone": canonical(grave)})


def _names(store: Store, report: str, pattern: re.Pattern[str]) -> bool:
    for part in ("report", "text", *CODINGS, ANSWERS):
        data = store.part(report, part)
        if data is not None and pattern.search(data.decode()):
            return True
    data = store.part(report, "bytes")
    return data is not None and any(
        pattern.search(data.decode(encoding, "ignore")) for encoding in ENCODINGS
    )


def _redacted(
    store: Store, report: str, pattern: re.Pattern[str], casts: set[int], parts: Parts
) -> Change:
    text, kept = store.part(report, "text"), store.part(report, "report")
    assert text is not None
    assert kept is not None
    clean = redact(text.decode(), pattern)
    coding = store.part(report, "coding")
    fresh = {
        "text": clean.encode(),
        "report": _report_part(kept, clean, pattern, parts),
    }
    if coding is not None:
        left = forget_person(json.loads(coding), casts, pattern)
        fresh["coding"] = canonical(redact_plain(left, clean, pattern))
    return Change(what="redacted", subject=report, parts=fresh, erased=("bytes", ANSWERS))


def _report_part(kept: bytes, text: str, pattern: re.Pattern[str], parts: Parts) -> bytes:
    """The kept part "report" with a name taken out, and facts that fit the text that is left."""
    data = redact_plain(json.loads(kept), text, pattern)
    data["facts"] = to_plain(parts.steps.facts(report_of(data, text)))
    return canonical(data)

"""A telling as an act of the record: every part of it anchored in the report."""

from collections.abc import Iterator
from dataclasses import replace

from khronika.coding.slavic import details
from khronika.coding.slavic.assemble import Draft, Reader
from khronika.coding.slavic.memory import Filler
from khronika.coding.slavic.triggers import Candidate
from khronika.coding.slavic.words import ParsedReport, ParsedUnit
from khronika.model.acts import Act, ActorType, Involvement, Listed, Modality, Role, When
from khronika.model.anchors import Anchor
from khronika.model.ids import act_id

TOLD = "who tells it, by the words of saying around the act"


def act_of(draft: Draft, reader: Reader) -> Act:
    """The act that a draft tells, every part of it anchored in the report."""
    candidate, parsed = draft.candidate, reader.parsed
    unit = parsed.units[candidate.unit]
    head = candidate.head
    quoted = parsed.anchor(unit.index, *details.quote(unit, candidate))
    trigger = parsed.anchor(unit.index, head.start, head.end)
    involved = [
        _involvement(filler, role, parsed)
        for role, fillers in draft.filled.actors.items()
        for filler in fillers
    ]
    involved += _callers(draft, reader)
    involved += _notifier(draft, reader)
    involved += [
        _involvement(replace(f, path=(TOLD, *f.path)), Role.SOURCE, parsed) for f in draft.said_by
    ]
    words = {
        name: parsed.anchor(unit.index, *details.phrase_span(word))
        for name, word in draft.filled.words.items()
    }
    return Act(
        id=act_id(
            parsed.report.id, draft.kind, (quoted.start, quoted.end), (trigger.start, trigger.end)
        ),
        report_id=parsed.report.id,
        kind=draft.kind,
        modality=draft.modality,
        quote=quoted,
        trigger=trigger,
        involvements=tuple(involved),
        when=_when(draft, unit, reader),
        where=reader.places.of(unit, head),
        what=words.get("what"),
        reason=_reason(candidate, unit, parsed) or words.get("reason"),
        penalty=_span(parsed, unit.index, details.penalty(unit, candidate, reader.tongue.penalties))
        or words.get("penalty"),
        listed=_listed(draft),
        rule=candidate.entry.rule,
        confidence=_confidence(draft),
    )


def _involvement(filler: Filler, role: Role, parsed: ParsedReport) -> Involvement:
    return Involvement(
        role=role,
        name=filler.name,
        type=filler.type,
        anchor=parsed.anchor(filler.unit, filler.start, filler.end),
        cast=filler.cast,
        count=filler.count,
        path=filler.path,
    )


def _callers(draft: Draft, reader: Reader) -> Iterator[Involvement]:
    """Who calls, where the sentence does not say: its speaker, else the report's publisher."""
    if draft.kind != "appeal" or draft.of(Role.INTERVENER):
        return
    publisher = reader.parsed.report.publisher
    if draft.said_by:
        for filler in draft.said_by:
            yield _involvement(filler, Role.INTERVENER, reader.parsed)
    elif publisher.value:
        yield Involvement(
            role=Role.INTERVENER,
            name=publisher.value,
            type=ActorType.ORGANISATION,
            anchor=publisher.anchor,
            basis="the report's publisher, in its own voice",
        )


OWN_NOTICES = frozenset(
    {"forced-designation", "exclusion-from-register", "registration-refusal", "inspection"}
)


def _notifier(draft: Draft, reader: Reader) -> Iterator[Involvement]:
    """A ministry that says in its own notice what was entered in its register did it."""
    publisher = reader.parsed.report.publisher
    official = set(publisher.value.lower().split()) & reader.tongue.authority
    if draft.kind in OWN_NOTICES and official and not draft.of(Role.PERPETRATOR):
        yield Involvement(
            role=Role.PERPETRATOR,
            name=publisher.value,
            type=ActorType.AUTHORITY,
            anchor=publisher.anchor,
            basis="the report's publisher, in its own notice",
        )


def _when(draft: Draft, unit: ParsedUnit, reader: Reader) -> When:
    """The date of the act; a call in the present tense is made on the day of the report."""
    head = draft.candidate.head
    found = reader.times.of(unit, head)
    present = head.tense == "Pres" and not found.edtf
    if draft.kind in ("appeal", "open-letter") and present and draft.modality is Modality.OCCURRED:
        return reader.times.of_report()
    return found


def _span(parsed: ParsedReport, unit: int, span: tuple[int, int] | None) -> Anchor | None:
    return parsed.anchor(unit, *span) if span else None


def _reason(candidate: Candidate, unit: ParsedUnit, parsed: ParsedReport) -> Anchor | None:
    for top in details.reasons(candidate):
        start, end = details.phrase_span(top)
        if end - start < details.LONGEST:
            return parsed.anchor(unit.index, *details.trimmed(unit.text, start, end))
    return None


def _listed(draft: Draft) -> Listed | None:
    """'15 организаций, в том числе А и Б': what is stated and how many are named."""
    victims = draft.of(Role.VICTIM)
    stated = [f for f in victims if f.count is not None and f.count.least == f.count.most]
    named = [f for f in victims if f.count is None and f.cast is not None]
    if stated and named and stated[0].count is not None:
        total = stated[0].count.least or 0
        return Listed(stated=total, named=len(named)) if total > len(named) else None
    return None


def _confidence(draft: Draft) -> float:
    """A first guess by construction."""
    score = 0.75 if draft.candidate.nominal else 0.85
    if draft.candidate.arguments.inherited:
        score -= 0.05
    if not draft.filled.actors:
        score -= 0.2
    return round(score, 2)

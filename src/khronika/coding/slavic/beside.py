"""What stands beside the acts: demands and appeals, and who is what in which body."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from khronika.coding.slavic.assemble import Draft, Reader
from khronika.coding.slavic.details import LONGEST, trimmed
from khronika.coding.slavic.words import ParsedUnit, Word
from khronika.model.acts import Act, Affiliation, Appeal, Modality, Role
from khronika.model.anchors import Anchor
from khronika.model.reports import PassageRole

KINDS = frozenset({"open-letter", "appeal", "complaint", "protest"})
MOST = 100  # demands of one act


def appeals_of(
    acts: Sequence[Act], told: Sequence[Draft], reader: Reader
) -> tuple[tuple[Act, ...], tuple[Appeal, ...]]:
    """The acts with their demands, and the appeals over them.

    Args:
        acts: the acts of a report, each of the draft at the same place.
        told: the drafts that they were made of.
        reader: what is known of the report.
    """
    filled = tuple(
        replace(act, demands=tuple(_demands(draft, reader))) if act.kind in KINDS else act
        for act, draft in zip(acts, told, strict=True)
    )
    appeals = tuple(
        Appeal(
            act_id=act.id,
            kind=act.kind,
            addressees=tuple(i.name for i in act.in_role(Role.ADDRESSEE)),
            demands=act.demands,
        )
        for act in filled
        if act.kind in ("open-letter", "appeal") and act.modality is not Modality.DENIED
    )
    return filled, appeals


def _demands(draft: Draft, reader: Reader) -> Iterator[Anchor]:
    """What is asked for: 'потребовали отпустить задержанных', 'требуя, чтобы ...', a list."""
    unit = reader.parsed.units[draft.candidate.unit]
    verb = draft.candidate.verb or draft.candidate.head
    asking = [verb, *(c for c in verb.children if c.rel in ("conj", "advcl", "acl"))]
    found = 0
    for above in asking:
        if above.lemma not in reader.tongue.demand:
            continue
        for child in above.children:
            if child.rel in ("xcomp", "ccomp", "csubj") and found < MOST:
                found += 1
                yield _anchor(child, unit, reader)
    if not found and unit.text.rstrip().endswith(":"):
        yield from _listed(unit, reader)


def _anchor(word: Word, unit: ParsedUnit, reader: Reader) -> Anchor:
    words = [w for w in word.below() if w.sentence == word.sentence and w.pos != "PUNCT"]
    start, end = min(w.start for w in words), max(w.end for w in words)
    start, end = trimmed(unit.text, start, min(end, start + LONGEST))
    return reader.parsed.anchor(unit.index, start, end)


def _listed(unit: ParsedUnit, reader: Reader) -> Iterator[Anchor]:
    """The items of the list that a sentence leads in."""
    for item in reader.parsed.units[unit.index + 1 : unit.index + 1 + MOST]:
        if item.unit.role is not PassageRole.LIST_ITEM or not item.text.strip():
            return
        yield reader.parsed.anchor(item.index, *trimmed(item.text, 0, min(len(item.text), LONGEST)))


def affiliations_of(reader: Reader) -> tuple[Affiliation, ...]:
    """Each person's role in a body, as descriptions state it: 'глава центра «Лист» Анна Лис'."""
    found: dict[tuple[str, str, str], Affiliation] = {}
    for unit in reader.parsed.units:
        for word in unit.words:
            person = reader.cast.described_person(unit.index, word)
            if person is None:
                continue
            role = reader.cast.role_of(unit.index, word)
            for child in word.children:
                body = reader.cast.body(unit.index, child) if child.rel == "nmod" else None
                if body is not None:
                    start, end = word.start, max(body.end, word.end)
                    found.setdefault(
                        (person, role, body.name),
                        Affiliation(
                            person=person,
                            role=role,
                            organisation=body.name,
                            anchor=reader.parsed.anchor(unit.index, start, end),
                        ),
                    )
    return tuple(found.values())

"""Who only tells of an act and who does it: those who threaten, those who deny, the publisher."""

from collections.abc import Sequence

from khronika.coding.arguments import Filled, same_filler
from khronika.coding.cast import Filler
from khronika.coding.parsed import quotations
from khronika.coding.telling import Reader
from khronika.coding.triggers import Candidate
from khronika.model.acts import Modality, Role


def retold(
    candidate: Candidate,
    modality: Modality,
    filled: Filled,
    said_by: Sequence[Filler],
    reader: Reader,
) -> list[Filler]:
    """Who tells of the act, without those who do it; whoever threatens does it.

    A denial whose subject denies is said by that subject.
    """
    tellers = list(said_by)
    if modality is Modality.THREATENED:
        tellers = _threatening(filled, tellers)
    if candidate.entry.kind.id == "threat" or modality is Modality.THREATENED:
        tellers = _in_quotation(candidate, filled, tellers, reader)
    if modality is Modality.DENIED and not tellers:
        tellers = list(filled.actors.get(Role.PERPETRATOR, []))  # 'the army denies holding him'
    return tellers


def others(said_by: Sequence[Filler], reader: Reader) -> list[Filler]:
    """Without the publisher, in whose voice the whole report is."""
    publisher = reader.parsed.report.publisher.value.casefold()
    return [f for f in said_by if f.name.casefold() != publisher]


def _in_quotation(
    candidate: Candidate, filled: Filled, said_by: list[Filler], reader: Reader
) -> list[Filler]:
    """'"We will find you," an officer told her': he threatens her, in words of his own."""
    if not _victims(filled):
        filled.add("victim", reader.cast.addressed(candidate.unit, candidate.head), candidate.head)
    doc = candidate.head.doc
    inside = next((q for q in quotations(doc) if q[0] <= candidate.head.i < q[1]), None)
    yours = inside is not None and any(
        t.lower_ in ("you", "your", "yours") for t in doc[inside[0] : inside[1]]
    )
    return _threatening(filled, said_by) if yours else said_by


def _threatening(filled: Filled, said_by: Sequence[Filler]) -> list[Filler]:
    """'An officer told him that he would be shot': the officer threatens; others tell of it."""
    doers = filled.actors.setdefault(Role.PERPETRATOR, [])
    if not doers and said_by and not any(same_filler(said_by[0], v) for v in _victims(filled)):
        doers.append(said_by[0])
    return [f for f in said_by if not any(same_filler(f, doer) for doer in doers)]


def _victims(filled: Filled) -> list[Filler]:
    return filled.actors.get(Role.VICTIM, [])

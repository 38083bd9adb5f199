"""Who only tells of an act and who does it: those who threaten, those who deny, the publisher."""

from collections.abc import Sequence

from khronika.coding.arguments import Filled, same_filler
from khronika.coding.cast import Filler
from khronika.coding.parsed import quotations
from khronika.coding.telling import Reader
from khronika.coding.triggers import Candidate
from khronika.model.acts import ActorType, MentionForm, Modality, Role

# Those who deny these speak for others, as a rule.
OF_OTHERS = frozenset(
    "torture killing assault deportation sexual-violence search ban forced-psychiatry smear".split()
)
OF_STATES = frozenset(
    "citizenship-stripping travel-ban wanted-listing deportation extradition-request "
    "asylum-refusal forced-designation denial-of-care".split()
)


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
    own = bool(candidate.arguments.subject)  # 'they denied that they had beaten anybody'
    if modality is Modality.DENIED and candidate.entry.kind.id in OF_OTHERS and not own:
        _acquit(filled, tellers)
    if candidate.entry.kind.id in OF_STATES:
        _turn(filled, reader)
    return tellers


def _acquit(filled: Filled, tellers: Sequence[Filler]) -> None:
    """'The ministry denied that anybody was beaten': it speaks for others, and beat nobody."""
    doers = filled.actors.get(Role.PERPETRATOR, [])
    kept = [d for d in doers if not any(same_filler(d, t) for t in tellers)]
    filled.actors[Role.PERPETRATOR] = kept


def _turn(filled: Filled, reader: Reader) -> None:
    """Only a state takes citizenship or puts on lists: a private person there is the victim."""
    doers = filled.actors.get(Role.PERPETRATOR, [])
    private = [
        d
        for d in doers
        if d.type is ActorType.PERSON and d.form is not MentionForm.DESCRIPTION
        if not reader.official(d)
    ]
    if not private or len(private) < len(doers):
        return
    filled.actors[Role.PERPETRATOR] = []
    if not _victims(filled):
        filled.actors[Role.VICTIM] = list(private)


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

"""Who did it, judged by the whole report: doers that a telling leaves out, and who is none."""

from collections import Counter
from collections.abc import Sequence

from khronika.coding.cast import Filler
from khronika.coding.parsed import sentence_of
from khronika.coding.telling import Draft, in_common
from khronika.model.acts import ActorType, Modality, Role

# Kinds that one body does in one go: who raids also arrests, who arrests also beats.
FORCE = frozenset(
    "arrest search assault torture killing kidnapping enforced-disappearance sexual-violence"
    " deportation".split()
)
COURT = frozenset({"trial", "sentence", "acquittal"})
# What is done to suspects as well: who beat prisoners may himself be charged.
PROCEEDINGS = frozenset(
    "charge trial sentence acquittal arrest search wanted-listing release extradition-request"
    " dismissal travel-ban amnesty-or-pardon".split()
)
BACK = 2  # sentences that a doer is carried over
SUFFERED = 1  # how much somebody must have suffered more than done, to be no doer
HAPPENED = frozenset({Modality.OCCURRED, Modality.ATTEMPTED})
BODIES = frozenset({ActorType.AUTHORITY, ActorType.GROUP})


def settle_doers(made: Sequence[Draft]) -> None:
    """Take out doers who are victims in the rest of the report; fill in those left out."""
    clear_victims(made)
    for place, draft in enumerate(made):
        if _lacks_doer(draft):
            doers = _carried(draft, made[:place])
            if doers:
                draft.filled.actors[Role.PERPETRATOR] = doers


def clear_victims(made: Sequence[Draft]) -> None:
    """Whom the report tells of as a victim again and again did no harm on one parse alone."""
    suffered: Counter[int] = Counter()
    did: Counter[int] = Counter()
    for draft in made:
        weight = 1 if draft.kind in PROCEEDINGS else 2
        for filler in draft.victims():
            if filler.cast is not None:
                suffered[filler.cast] += weight
        for filler in draft.filled.actors.get(Role.PERPETRATOR, ()):
            if filler.cast is not None:
                did[filler.cast] += 1
    for draft in made:
        doers = draft.filled.actors.get(Role.PERPETRATOR, [])
        doers[:] = [f for f in doers if not _victim(f, suffered, did)]


def _victim(filler: Filler, suffered: Counter[int], did: Counter[int]) -> bool:
    if filler.cast is None or filler.type not in (ActorType.PERSON, ActorType.ORGANISATION):
        return False
    return suffered[filler.cast] - did[filler.cast] >= SUFFERED


def _lacks_doer(draft: Draft) -> bool:
    return (
        draft.modality in HAPPENED
        and draft.kind in FORCE | COURT
        and not draft.filled.actors.get(Role.PERPETRATOR)
        and not draft.candidate.arguments.subject
        and draft.candidate.entry.rule.split("/")[1] == "verb"
    )


def _carried(draft: Draft, before: Sequence[Draft]) -> list[Filler]:
    """The doers of the nearest telling before, in the same passage, that this one goes on with."""
    family = COURT if draft.kind in COURT else FORCE
    for other in reversed(before):
        if other.candidate.unit != draft.candidate.unit or _apart(other, draft) > BACK:
            break
        doers = other.filled.actors.get(Role.PERPETRATOR, [])
        if not doers or other.modality not in HAPPENED or other.kind not in family:
            continue
        same = in_common(other.victims(), draft.victims())
        bodies = all(f.type in BODIES for f in doers)
        if (same or bodies) and not in_common(doers, draft.victims()):
            return list(doers)
        break
    return []


def _apart(earlier: Draft, draft: Draft) -> int:
    """How many sentences on the second one is."""
    doc = draft.candidate.head.doc
    start, end = sentence_of(earlier.candidate.head).start, sentence_of(draft.candidate.head).start
    return sum(1 for s in doc.sents if start < s.start <= end)

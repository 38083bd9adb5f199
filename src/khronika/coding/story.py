"""Whom a telling is about that names nobody: those of the telling before it, or of the report.

'Police took Ana Ruiz from home. The arrest was filmed. The hearing is on 3 May.'
"""

from collections.abc import Sequence

from spacy.tokens import Token

from khronika.coding.cast import Filler
from khronika.coding.parsed import sentence_of
from khronika.coding.telling import Draft, Reader
from khronika.model.acts import ActorType, MentionForm, Role

FURTHEST = 45  # tokens between two tellings of one passage
PLACING = frozenset({"in", "near", "at", "outside", "from", "beyond", "around", "to"})
NEAR = 1  # units between two tellings of one story
# What is done in a case that is on: a hearing, a verdict, a release are those of the accused.
OF_CASE = frozenset(
    "trial sentence charge acquittal release arrest extradition-request wanted-listing "
    "amnesty-or-pardon".split()
)
SUFFERERS = frozenset({ActorType.PERSON, ActorType.GROUP, ActorType.ORGANISATION})


def of_story(made: Sequence[Draft], reader: Reader) -> None:
    """Give tellings that name nobody the victims of their story, in place.

    Args:
        made: the tellings of the report, in the order of the text.
        reader: what the coder knows of the report.
    """
    for place, draft in enumerate(made):
        if draft.victims() or not _wants(draft) or _is_general(draft.candidate.head):
            continue
        others = [*draft.filled.actors.get(Role.PERPETRATOR, []), *draft.said_by]
        names = {other.name for other in others}
        named = [f for f in _named_there(draft, reader) if f.name not in names]
        if len(named) > 1:
            continue  # which of them, nobody says
        found = named or _before(draft, made[:place]) or _protagonist(draft, reader)
        draft.filled.actors[Role.VICTIM] = [f for f in found if f.name not in names]


def _wants(draft: Draft) -> bool:
    """True where a victim is due and no word stands in its place."""
    way, args = draft.candidate.entry.way, draft.candidate.arguments
    if draft.kind == "restrictive-law" or draft.candidate.entry.kind.intervention:
        return False
    if "some of victim" in draft.filled.words:
        return False
    roles = (way.object, way.indirect, way.of, way.possessor, *way.prepositions.values())
    if "victim" not in (way.subject, *roles):
        return draft.kind in OF_CASE
    pattern = {t.i for t in draft.candidate.matched}
    nominal = draft.candidate.entry.rule.split("/")[1] != "verb"
    own = () if nominal else (*args.object, *args.indirect)
    if way.subject == "victim":
        own = (*own, *args.subject)
    return not any(t.i not in pattern and not _is_empty(t) for t in own)


def _is_empty(token: Token) -> bool:
    """True for a pronoun that nobody was found for."""
    return token.lower_ in ("it", "this", "that", "he", "she", "him", "her", "they", "them")


def _is_general(head: Token) -> bool:
    """True for "inspections", "forty arrests": many, of nobody in particular."""
    if head.tag_ not in ("NNS", "NNPS"):
        return False
    return not any(c.lower_ in ("the", "these", "both", "two") for c in head.lefts)


def _named_there(draft: Draft, reader: Reader) -> list[Filler]:
    """The people and organisations that the telling's own sentence names."""
    found: dict[int | None, Filler] = {}
    for token in sentence_of(draft.candidate.head):
        if token.pos_ != "PROPN" or token.head.lower_ in PLACING:
            continue
        for filler in reader.cast.fillers(draft.candidate.unit, token):
            own = filler.name == reader.parsed.report.publisher.value
            if filler.type in SUFFERERS and filler.form is MentionForm.NAME and not own:
                found.setdefault(filler.cast, filler)
    return list(found.values())


def _before(draft: Draft, earlier: Sequence[Draft]) -> list[Filler]:
    """The victims of the nearest telling before: of a case in the passage before, too."""
    unit, head = draft.candidate.unit, draft.candidate.head
    case = draft.kind in OF_CASE
    for other in reversed(earlier):
        apart = unit - other.candidate.unit
        if apart > (NEAR if case else 0):
            break
        if other.candidate.entry.kind.intervention or not other.victims():
            continue
        near = case or head.i - other.candidate.head.i <= FURTHEST
        return [f for f in other.victims() if f.type in SUFFERERS] if near else []
    return []


def _protagonist(draft: Draft, reader: Reader) -> list[Filler]:
    """Of a case's next step, where the report's title names one person: that one."""
    return list(reader.cast.protagonist()) if draft.kind in OF_CASE else []

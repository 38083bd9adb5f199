"""What being held makes of an act: blows in custody are torture, a taking disowned is no arrest."""

from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from khronika.coding.parsed import sentence_of
from khronika.coding.telling import Draft, Reader, in_common, recast
from khronika.model.acts import ActorType, MentionForm, Modality, Role

HOLDING = frozenset({"arrest", "enforced-disappearance", "torture", "denial-of-care"})
ENDING = frozenset({"release", "exile", "deportation", "kidnapping", "acquittal"})
REACH = 4  # sentences that a scene in custody goes on for
# Where people are held, and who is there with them.
HELD = frozenset(
    "cell cellmate custody detention prison jail gaol colony dungeon lockup lock-up isolator "
    "remand interrogation interrogator inmate detainee prisoner warder warden jailer jailor "
    "captivity penitentiary".split()
)
WITHIN = frozenset("in inside at from of within".split())
# Who uses force elsewhere too, in the open.
OUTSIDE = frozenset(
    "crowd protester demonstrator rally street march picket relative passer-by thug "
    "youth mob villager square outside squad driver".split()
)


def in_custody(there: Sequence[Draft], made: Sequence[Draft], reader: Reader) -> None:
    """'They arrested her and beat her': blows by those who hold her are ill-treatment.

    Args:
        there: the tellings of a unit; an assault among them may become torture.
        made: the tellings of earlier units.
        reader: what the coder knows of the report.
    """
    for place, draft in enumerate(there):
        if draft.kind != "assault" or draft.modality is not Modality.OCCURRED:
            continue
        if _held_before(draft, [*made, *there[:place]]) or _held_here(draft):
            recast(draft, "torture", reader)


def _held_before(draft: Draft, earlier: Sequence[Draft]) -> bool:
    """True if the same people were taken shortly before, by nobody but those who beat them."""
    if any(t.lemma_.lower() in OUTSIDE for t in sentence_of(draft.candidate.head)):
        return False
    for held in reversed(earlier):
        if _distance(held, draft) > REACH:
            return False
        if held.modality is not Modality.OCCURRED:
            continue
        whom = not draft.victims() or in_common(draft.victims(), held.victims())
        if held.kind in ENDING and whom:
            return False
        if held.kind in HOLDING and whom and _after(held, draft):
            return True
        if held.kind == "torture" and _of_the_same_scene(held, draft):
            return True
    return False


def _of_the_same_scene(held: Draft, draft: Draft) -> bool:
    """'I was kept standing for hours. She was slapped next door' goes on in custody."""
    doers = draft.filled.actors.get(Role.PERPETRATOR, [])
    here = held.candidate.unit == draft.candidate.unit
    return here and not doers and _distance(held, draft) <= 1


def _distance(one: Draft, other: Draft) -> int:
    """Sentences from one telling to the other; a paragraph further on counts as two."""
    first, second = one.candidate, other.candidate
    if first.unit == second.unit:
        starts = {sentence_of(t).start for t in first.head.doc[first.head.i : second.head.i + 1]}
        return len(starts) - 1
    return 3 if second.unit - first.unit == 1 else REACH + 1


def _after(held: Draft, draft: Draft) -> bool:
    doers = draft.filled.actors.get(Role.PERPETRATOR, [])
    takers = held.filled.actors.get(Role.PERPETRATOR, [])
    pronouns = all(f.form is MentionForm.PRONOUN for f in doers)
    official = all(f.type is ActorType.AUTHORITY for f in doers)
    here = held.candidate.unit == draft.candidate.unit
    return (not doers and here) or in_common(doers, takers) or (here and (pronouns or official))


def _held_here(draft: Draft) -> bool:
    """True if the sentence says that they are held, or the one before where they are taken."""
    sentence = sentence_of(draft.candidate.head)
    if any(t.lemma_.lower() in OUTSIDE for t in sentence):
        return False
    if any(_place_of_custody(t) for t in sentence):
        return True
    if sentence.start == 0:
        return False
    before = sentence_of(sentence.doc[sentence.start - 1])
    earlier = {t.lemma_.lower() for t in sentence.doc[: sentence.start]}
    if earlier & STAFF and earlier & BLOCKS:
        return True
    return any(t.lemma_.lower() in HELD and t.head.lower_ in ENTERED for t in before)


STAFF = frozenset({"guard", "warder", "jailer", "jailor", "warden"})
BLOCKS = HELD | {"ward", "block", "wing"}


ENTERED = frozenset("in inside at to into".split())


def _place_of_custody(token: Token) -> bool:
    """'in the cell', 'at the prison', 'a cellmate said', but not 'the prison reform'."""
    if token.lemma_.lower() not in HELD or token.dep_ in ("compound", "poss"):
        return False
    above = token.head
    return above.lower_ in WITHIN or token.dep_ in ("nsubj", "nsubjpass", "agent", "pobj")


# --- a taking that the state disowns ------------------------------------------------------------

STATE = frozenset(
    "police policeman gendarme gendarmerie soldier troop army military officer agent security "
    "intelligence uniform uniformed patrol guard".split()
)


def disown(denial: Draft, taking: Draft, reader: Reader) -> bool:
    """Make both a disappearance where the state took somebody and says that it holds nobody.

    What others took, the state denies to have arrested.
    """
    if denial.kind != "enforced-disappearance" or taking.kind not in ("arrest", "kidnapping"):
        return False
    if taking.modality is not Modality.OCCURRED:
        return False
    if not any(_of_state(taking)):
        if taking.kind == "kidnapping" and any(_of_state(denial)):
            recast(denial, "arrest", reader)  # 'police denied holding him', whoever took him
            return True
        return False
    recast(taking, "enforced-disappearance", reader)
    return True


def _of_state(draft: Draft) -> Iterator[bool]:
    for filler in draft.filled.actors.get(Role.PERPETRATOR, []):
        yield filler.type is ActorType.AUTHORITY
        yield not STATE.isdisjoint(filler.name.lower().split())
    yield any(t.lemma_.lower() in STATE for t in draft.candidate.arguments.subject)

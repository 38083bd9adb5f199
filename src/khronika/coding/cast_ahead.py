"""Whom a lead brings up without a name: "A journalist was shot", then "Ana Ruiz, 34, was ..."."""

from khronika.coding.cast_board import Board
from khronika.coding.cast_evidence import PERSON
from khronika.coding.cast_phrases import Phrase
from khronika.coding.cast_scene import Referent
from khronika.coding.parsed import ParsedUnit

PATIENTS = frozenset({"nsubjpass", "dobj", "pobj", "conj"})
LAST_LEAD = 3  # units, headlines among them, within which a lead stands
SOON = 5  # units after the lead, within which the name comes
ALIKE = tuple(
    frozenset(words.split())
    for words in (
        "journalist reporter editor correspondent photographer photojournalist presenter blogger "
        "broadcaster columnist cameraman camerawoman freelancer anchor editor-in-chief publisher",
        "activist campaigner defender organiser organizer environmentalist ecologist dissident",
        "lawyer attorney advocate barrister solicitor",
        "politician lawmaker deputy candidate councillor councilor senator parliamentarian",
        "teacher headmaster headmistress headteacher schoolteacher schoolmaster",
        "professor lecturer academic scholar researcher historian sociologist",
        "priest pastor bishop cleric imam preacher monk nun",
        "student schoolboy schoolgirl pupil undergraduate",
        "trade-unionist unionist union-leader",
        "agent worker official",
    )
)


def named_later(board: Board, unit: ParsedUnit, phrase: Phrase) -> tuple[Referent, ...]:
    """The one person of that calling whom the report names soon after its lead."""
    if unit.index >= LAST_LEAD or phrase.plural or "person" not in phrase.classes:
        return ()
    if phrase.head.dep_ not in PATIENTS or phrase.owned is not None or phrase.classes & {"kin"}:
        return ()
    roles = next((each for each in ALIKE if phrase.role in each), frozenset({phrase.role}))
    here = (unit.index, phrase.end)
    fits = [
        index
        for index, member in enumerate(board.members)
        if member.kind == PERSON and not roles.isdisjoint(member.roles)
    ]
    if len(fits) != 1:
        return ()
    member = board.members[fits[0]]
    unlike = phrase.gender and member.gender and phrase.gender != member.gender
    soon = here <= member.first and member.first[0] <= unit.index + SOON
    referent = board.referent(fits[0]) if soon and not unlike else None
    return (referent,) if referent else ()

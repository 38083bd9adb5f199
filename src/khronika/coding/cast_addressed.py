"""To whom quoted words are said: "you" in "'Next time we shoot,' an officer told her"."""

from spacy.tokens import Token

from khronika.coding.cast_board import Board
from khronika.coding.cast_pronouns import pronoun_of_one, speaker_of
from khronika.coding.cast_scene import Referent, Seen
from khronika.coding.parsed import ParsedUnit

REACH = 2.0  # sentences


def addressed(board: Board, unit: ParsedUnit, token: Token) -> tuple[Referent, ...]:
    """Whom a quotation speaks to: the object of its verb, its narrator, or who is told of."""
    place = board.speech.speaker(unit.index, token.i)
    told = _told(board, place) if place is not None else ()
    if told:
        return told
    narrator = board.passages.narrators.get(unit.index)
    speaker = {r.same for r in speaker_of(board, unit, token)} if place is not None else set()
    if narrator is not None:
        found = board.referent(narrator)
        return (found,) if found and found.same not in speaker else ()
    if place is None:
        speaker = set()

    def fits(mention: Seen) -> bool:
        one = mention.one
        human = one.human and not mention.plural and one.cast is not None
        return human and not mention.tells and one.same not in speaker

    return board.scene.pick(fits, board.spot(unit, token), reach=REACH)


def _told(board: Board, place: tuple[int, int]) -> tuple[Referent, ...]:
    """As in "an officer told her", "he wrote to the editor": the object of the verb of saying."""
    unit = board.parsed.units[place[0]]
    verb = unit.doc[place[1]].head
    for child in verb.rights:
        objects = [child] if child.dep_ in ("dobj", "dative") else []
        if child.dep_ in ("prep", "dative") and child.lower_ == "to":
            objects = [t for t in child.children if t.dep_ == "pobj"]
        for token in objects:
            found = board.at(unit.index, token)
            if found is not None and found.referents[0].human:
                return found.referents
            kind = board.people.pronouns.get(token.lower_, "")
            if kind in ("f", "m"):
                return pronoun_of_one(board, unit, token, kind)
    return ()

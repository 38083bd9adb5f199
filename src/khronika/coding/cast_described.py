"""Who a definite description stands for: "the lawyer", "the brothers", "the centre", "his wife"."""

from spacy.tokens import Token

from khronika.coding.cast_board import Board
from khronika.coding.cast_evidence import PERSON
from khronika.coding.cast_phrases import Phrase
from khronika.coding.cast_scene import Referent, Seen, Spot, merged
from khronika.coding.parsed import ParsedUnit
from khronika.model.acts import ActorType
from khronika.text.people import singulars, words

SOFT_ROLES = words("soft_roles")  # that suit anyone in focus: "the woman", "the activist"
BRIDGES = words("bridges")  # nouns that any body may be called by
NOT_FOCUS = words("not_focus")  # roles of those beside the story: "the guard", "the doctor"
FAR = 40.0  # sentences
RECIPROCAL = {
    "mother": "child", "father": "child", "parent": "child", "son": "parent", "daughter": "parent",
    "child": "parent", "wife": "spouse", "husband": "spouse", "spouse": "spouse",
    "brother": "sibling", "sister": "sibling", "sibling": "sibling",
}  # fmt: skip
SIDES = {
    "child": {"son", "daughter", "child", "boy", "girl"},
    "parent": {"mother", "father", "parent"},
    "spouse": {"wife", "husband", "spouse", "partner"},
    "sibling": {"brother", "sister", "sibling"},
}


NOBODY = Referent(name="", type=ActorType.PERSON)


def described(board: Board, unit: ParsedUnit, phrase: Phrase) -> tuple[Referent, ...]:
    """Those a definite phrase stands for, or nothing where it brings up someone new."""
    spot = board.spot(unit, phrase.head)
    if phrase.owned is not None:
        return _relative(board, unit, phrase, phrase.owned)
    if phrase.end > phrase.core.i + 1 and "-" not in phrase.name:
        return ()  # "the men of the village" are who the words say
    if phrase.plural:
        return _group(board, phrase, spot) if not _is_elsewhere(phrase) else ()
    if "person" in phrase.classes:
        return _person(board, phrase, spot)
    return _body(board, phrase, spot)


def _is_elsewhere(phrase: Phrase) -> bool:
    """As in "the Lima police": not the police of another place, named before."""
    if not phrase.classes & {"authority", "court"}:
        return False
    return any(
        t.pos_ == "PROPN" or t.ent_type_ in ("GPE", "LOC", "NORP")
        for t in phrase.core.lefts
        if t.dep_ in ("compound", "nmod", "amod")
    )


def _relative(board: Board, unit: ParsedUnit, phrase: Phrase, owner: Token) -> tuple[Referent, ...]:
    """As in "his wife" is the one named so; "her son", said of X's mother, is X."""
    found = board.at(unit.index, owner)
    second = board.people.pronouns.get(owner.text.lower()) == "second"
    if phrase.plural or "person" not in phrase.classes or (found is None and not second):
        return ()
    whose = found.referents[0] if found is not None else NOBODY
    back = _reciprocal(board, phrase, whose)
    if back is not None:
        return (back,)
    if "kin" not in phrase.classes:
        return ()
    fits = [
        i
        for i, m in enumerate(board.members)
        if m.kind == PERSON and phrase.role in m.roles and i != whose.cast
    ]
    referent = board.referent(fits[0]) if len(fits) == 1 else _named_next(board, unit, phrase)
    return (referent,) if referent else ()


def _named_next(board: Board, unit: ParsedUnit, phrase: Phrase) -> Referent | None:
    """Who "her husband said" brings up, where the next paragraph begins with a new name."""
    verb = phrase.head.head
    if phrase.head.dep_ != "nsubj" or verb.lemma_ not in board.people.speech:
        return None
    if phrase.role not in board.people.close_kin:
        return None
    found = board.naming_at.get((unit.index + 1, 0))
    if found is None or unit.index + 1 >= len(board.parsed.units):
        return None
    index, naming = found
    member = board.members[index]
    head = board.parsed.units[unit.index + 1].doc[naming.end - 1]
    new = member.first == (unit.index + 1, 0) and member.kind == PERSON and not member.roles
    tells = head.dep_ == "nsubj" and head.head.lemma_ in board.people.speech
    unlike = phrase.gender and member.gender and phrase.gender != member.gender
    if not new or not tells or unlike:
        return None
    member.roles.append(phrase.role)
    return board.referent(index)


def _reciprocal(board: Board, phrase: Phrase, whose: Referent) -> Referent | None:
    """The one whose mother she is, where the phrase says "her son"."""
    owner, role = whose.owner, whose.role
    if whose.cast is not None:
        owner, role = board.owners.get(whose.cast, (None, ""))
    side = RECIPROCAL.get(role, "")
    if owner is None or owner[0] is None or not side or phrase.role not in SIDES[side]:
        return None
    return board.referent(owner[0])


def _person(board: Board, phrase: Phrase, spot: Spot) -> tuple[Referent, ...]:
    """By role first, anywhere in the report; then whoever was last mentioned in that role."""
    fits = [i for i, m in enumerate(board.members) if m.kind == PERSON and phrase.role in m.roles]
    if len(fits) == 1:
        found = board.referent(fits[0])
        return (found,) if found and not _unlike(phrase, found) else ()
    wanted = set(fits)

    def unnamed(mention: Seen) -> bool:
        one = mention.one
        return one.cast is None and one.human and one.role == phrase.role and not mention.headline

    named = board.scene.pick(
        lambda m: not m.plural and m.one.cast in wanted, spot, reach=FAR, margin=0.0
    )
    return (
        named
        or board.scene.pick(unnamed, spot, reach=2.5, margin=0.0)
        or _focus(board, phrase, spot)
        or board.scene.pick(unnamed, spot, reach=FAR, margin=0.0)
    )


def _focus(board: Board, phrase: Phrase, spot: Spot) -> tuple[Referent, ...]:
    """As in "The activist", after a sentence about one named person, is that person."""
    if phrase.role in NOT_FOCUS or "authority" in phrase.classes:
        return ()
    if (
        any(t.dep_ == "compound" for t in phrase.core.lefts)
        or phrase.role in board.people.close_kin
    ):
        return ()

    def in_focus(mention: Seen) -> bool:
        one = mention.one
        if mention.plural or not one.human or one.cast is None or _unlike(phrase, one):
            return False
        roles = board.members[one.cast].roles
        if roles and all(role in board.people.close_kin for role in roles):
            return False
        return phrase.role in SOFT_ROLES or not roles

    def favour(mention: Seen) -> float:
        namings = len(board.members[mention.one.cast or 0].namings)
        return 0.1 * min(namings, 6)

    found = board.scene.pick(in_focus, spot, reach=3.5, favour=favour)
    if found and found[0].cast is not None:
        board.members[found[0].cast].roles.append(phrase.role)
    return found


def _unlike(phrase: Phrase, referent: Referent) -> bool:
    return bool(phrase.gender and referent.gender and phrase.gender != referent.gender)


def _group(board: Board, phrase: Phrase, spot: Spot) -> tuple[Referent, ...]:
    role = phrase.role
    exact = phrase.count is not None and not phrase.count.approximate
    number = phrase.count.most if phrase.count and exact else None

    def so_described(mention: Seen) -> bool:
        if not mention.plural or mention.one.thing:
            return False
        if len(mention.referents) == 1:
            return mention.one.role == role and _counts_agree(mention.one, number)
        if mention.listed and number is not None and len(mention.referents) != number:
            return False
        if any(_has_role(board, r, role) for r in mention.referents):
            return True
        return (
            mention.listed
            and role in SOFT_ROLES
            and all(_may_be(r, role) for r in mention.referents)
        )

    found = board.scene.pick(so_described, spot, reach=FAR, margin=0.0)
    return found or _all_in_role(board, role, number)


def _counts_agree(referent: Referent, number: int | None) -> bool:
    if number is None or referent.count is None:
        return True
    return referent.count.most in (None, number)


def _has_role(board: Board, referent: Referent, role: str) -> bool:
    if referent.cast is None:
        return referent.role == role
    return role in board.members[referent.cast].roles or referent.role == role


def _may_be(referent: Referent, role: str) -> bool:
    if not referent.human:
        return False
    barred = {"woman": "m", "sister": "m", "girl": "m", "man": "f", "brother": "f", "boy": "f"}
    return referent.gender != barred.get(role, "-")


def _all_in_role(board: Board, role: str, number: int | None) -> tuple[Referent, ...]:
    """As in "the two lawyers", where exactly two people were called lawyers."""
    fits = [i for i, m in enumerate(board.members) if m.kind == PERSON and role in m.roles]
    if len(fits) < 2 or number not in (None, len(fits)):
        return ()
    return merged([(r,) for r in (board.referent(i) for i in fits) if r is not None])


def _body(board: Board, phrase: Phrase, spot: Spot) -> tuple[Referent, ...]:
    forms = set(singulars(phrase.core.text.lower()))
    if any(t.dep_ in ("amod", "compound") and t.text != "same" for t in phrase.core.lefts):
        return ()

    def so_described(mention: Seen) -> bool:
        one = mention.one
        if one.human or one.thing or len(mention.referents) > 1:
            return False
        if one.cast is None:
            return one.role in forms and not mention.headline
        member = board.members[one.cast]
        return bool(forms & (member.heads | {w.lower() for w in member.words}))

    found = board.scene.pick(so_described, spot, reach=FAR, margin=0.0)
    named = found and found[0].cast is not None
    return found if named else _bridged(board, phrase, spot) or found


def _bridged(board: Board, phrase: Phrase, spot: Spot) -> tuple[Referent, ...]:
    """As in "the newsroom", "the group": the body last named whose kind was not said."""
    if phrase.role not in BRIDGES:
        return ()
    media = "media" in phrase.classes

    def may_be(mention: Seen) -> bool:
        one = mention.one
        if one.cast is None or mention.plural or one.type is not ActorType.ORGANISATION:
            return False
        return (media and "media" in one.classes) or not board.members[one.cast].heads

    return board.scene.pick(may_be, spot, reach=FAR)

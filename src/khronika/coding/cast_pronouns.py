"""Who a pronoun stands for, or a number that stands for a noun: "she", "they", "its", "both"."""

from dataclasses import replace

from spacy.tokens import Token

from khronika.coding.cast_beside import named_beside
from khronika.coding.cast_board import Board
from khronika.coding.cast_described import RECIPROCAL, SIDES
from khronika.coding.cast_evidence import BODY, PERSON
from khronika.coding.cast_phrases import is_negative, read_phrase
from khronika.coding.cast_scene import Key, Referent, Seen, Spot
from khronika.coding.cast_words import folded
from khronika.coding.parsed import ParsedUnit, sentence_of
from khronika.model.acts import ActorType, Count
from khronika.text.people import words

COERCIVE = words("coercive_verbs")
FAR = 20.0  # sentences
NEAREST = 24  # mentions among which those just named are looked for
CLEAR = 0.3  # by how much someone far back must outdo all others
QUANTIFIERS = words("quantifiers")
OWNED_BY_BODIES = words("owned_by_bodies")  # "its office", "its lawyers"
ARGUMENTS = frozenset({"nsubj", "nsubjpass", "dobj", "pobj", "poss", "iobj", "attr", "dative"})


def of_pronoun(board: Board, unit: ParsedUnit, token: Token, kind: str) -> tuple[Referent, ...]:
    """Who a pronoun of a kind ("f", "m", "plural", "thing", "first", "who") stands for."""
    if kind == "nobody" or token.dep_ == "expl":
        return ()
    if kind in ("first", "firsts"):
        told = speaker_of(board, unit, token) or _author(board, unit, token)
        return told or _publisher(board, unit, token, kind)
    if kind in ("f", "m"):
        return pronoun_of_one(board, unit, token, kind) or _ahead(board, unit, token, kind)
    if kind == "plural":
        return _several(board, unit, token) or _ahead(board, unit, token, kind)
    if kind == "thing":
        first = _ahead(board, unit, token, kind) if token.dep_ == "poss" else ()
        return first or _thing(board, unit, token) or _ahead(board, unit, token, kind)
    if kind == "who" and token.dep_ in ARGUMENTS:
        return _antecedent(board, unit, token)
    return ()


def is_bound(token: Token) -> bool:
    """An object pronoun never stands for the subject of its own clause: "Karim hit him"."""
    if (
        token.tag_ == "PRP$"
        or token.dep_ == "poss"
        or token.text.lower().endswith(("self", "selves"))
    ):
        return False
    return token.dep_ in ("dobj", "dative", "pobj", "iobj") or token.text.lower() in ("him", "them")


def pronoun_of_one(
    board: Board, unit: ParsedUnit, token: Token, gender: str
) -> tuple[Referent, ...]:
    """One person of that gender, or of none known."""
    spot = board.spot(unit, token)
    speaker = speaker_of(board, unit, token)
    bound, patient = is_bound(token), _is_patient(token)
    barred = board.scene.governing(spot) if bound else set()
    kin = token.dep_ == "poss" and token.head.text.lower() in board.people.kin

    def fits(mention: Seen) -> bool:
        one = mention.one
        if mention.plural or not one.human or one.gender not in (gender, ""):
            return False
        if speaker and one.same == speaker[0].same:
            return False
        if one.cast is None and not one.gender and not _is_near(mention, spot, token):
            return False
        return one.same not in barred

    tellers = _telling(board, unit, token)

    def favour(mention: Seen) -> float:
        one = mention.one
        score = 0.5 if one.gender == gender else 0.0
        score += 0.6 * (one.same in tellers)
        score += 0.6 * (one.cast is not None and one.cast == board.passages.focus.get(unit.index))
        score -= 0.6 * (patient and one.type is ActorType.AUTHORITY)
        if one.cast is None:
            return score - 0.3
        score -= 0.6 * (bound and mention.subject and _is_kin(board, one))
        score += 0.6 * (kin and _has_reciprocal(board, one, token.head))
        namings = min(len(board.members[one.cast].namings), 6)
        return score + (0.2 if kin else 0.04) * namings

    found = board.scene.pick(fits, spot, favour=favour) or board.scene.pick(
        lambda m: m.named and m.one.gender == gender and fits(m),
        spot,
        reach=FAR,
        margin=CLEAR,
        favour=favour,
    )
    if found and found[0].cast is not None and not board.members[found[0].cast].gender:
        board.members[found[0].cast].gender = gender
    return found


def _telling(board: Board, unit: ParsedUnit, token: Token) -> set[Key]:
    """Who says, in "people who say they were beaten", what the pronoun's clause tells."""
    verb = token.head
    above = verb.head
    if verb.dep_ != "ccomp" or above.lemma_.lower() not in board.people.speech:
        return set()
    if token.dep_ not in ("nsubj", "nsubjpass"):
        return set()
    teller = next((t for t in above.lefts if t.dep_ == "nsubj"), None)
    found = board.at(unit.index, teller) if teller is not None else None
    if found is None or any(r.type is ActorType.AUTHORITY for r in found.referents):
        return set()
    return {r.same for r in found.referents}


def _bent(referent: Referent, token: Token) -> float:
    """Authorities arrest and search, and are not often arrested or searched."""
    if referent.type is not ActorType.AUTHORITY:
        return 0.0
    if _is_patient(token):
        return -1.2
    if token.dep_ == "poss":
        taken = token.head.dep_ == "dobj" and token.head.head.lemma_ in COERCIVE
        return -0.6 if taken else 0.0
    return 0.6 if token.dep_ == "nsubj" and token.head.lemma_ in COERCIVE else 0.0


def _is_near(mention: Seen, spot: Spot, token: Token) -> bool:
    """Someone unnamed is meant only close by, and an official never as object."""
    near = spot.sentence - mention.spot.sentence <= 1
    done_to = _is_patient(token) or token.dep_ == "pobj"
    return near and not (done_to and mention.one.type is ActorType.AUTHORITY)


def _has_reciprocal(board: Board, referent: Referent, relative: Token) -> bool:
    """True for X's mother before "her son": X is the son meant."""
    if referent.cast not in board.owners:
        return False
    side = RECIPROCAL.get(board.owners[referent.cast][1], "")
    return bool(side) and relative.text.lower() in SIDES[side]


def _is_kin(board: Board, referent: Referent) -> bool:
    roles = board.members[referent.cast].roles if referent.cast is not None else []
    return any(role in board.people.close_kin for role in roles)


def _is_patient(token: Token) -> bool:
    """True where the pronoun is what something is done to."""
    return token.dep_ in ("nsubjpass", "dobj")


def _several(board: Board, unit: ParsedUnit, token: Token) -> tuple[Referent, ...]:
    """A list of people, a group, or an organisation that acts."""
    spot = board.spot(unit, token)
    barred = board.scene.governing(spot) if is_bound(token) else set()

    kin = token.dep_ == "poss" and token.head.text.lower() in board.people.close_kin

    def fits(mention: Seen) -> bool:
        if kin and not all(r.human for r in mention.referents):
            return False
        return mention.plural and barred.isdisjoint(r.same for r in mention.referents)

    tellers = _telling(board, unit, token)

    def favour(mention: Seen) -> float:
        told = 1.2 * any(r.same in tellers for r in mention.referents)
        return told - 0.6 * mention.one.thing + _bent(mention.one, token)

    found = board.scene.pick(fits, spot, reach=3.5, margin=0.0, favour=favour)
    if found and not found[0].thing:
        return found
    if found or kin:
        return ()
    return board.scene.pick(
        lambda m: bool(m.one.classes & {"organisation", "authority"}) and not m.one.human,
        spot,
        reach=2.0,
    )


def _thing(board: Board, unit: ParsedUnit, token: Token) -> tuple[Referent, ...]:
    """An organisation or authority, unless some thing stands nearer."""
    spot = board.spot(unit, token)
    barred = board.scene.governing(spot) if is_bound(token) else set()
    owned = token.dep_ == "poss" and token.head.lemma_.lower() in OWNED_BY_BODIES

    def fits(mention: Seen) -> bool:
        one = mention.one
        if mention.plural or one.human or one.same in barred:
            return False
        if owned:
            return not one.thing and one.type is not ActorType.COUNTRY
        return True

    def favour(mention: Seen) -> float:
        country = mention.one.type is ActorType.COUNTRY
        unnamed = mention.one.cast is None and not mention.one.thing
        official = owned and mention.one.type is ActorType.AUTHORITY
        return (
            0.1 * mention.one.thing
            - 0.3 * unnamed
            - 0.2 * official
            - 0.3 * country
            + _bent(mention.one, token)
        )

    found = board.scene.pick(fits, spot, reach=4.0 if owned else 2.5, favour=favour)
    return () if found and found[0].thing else found


def _ahead(board: Board, unit: ParsedUnit, token: Token, kind: str) -> tuple[Referent, ...]:
    """The subject that follows a fronted clause: "At its congress, the Union voted"."""
    root = sentence_of(token).root
    if token.i > root.i:
        return ()
    for subject in root.lefts:
        if subject.dep_ in ("nsubj", "nsubjpass") and subject.left_edge.i > token.i:
            referent = board.name_at(unit.index, subject.i)
            if referent is None:
                return ()
            if kind in ("f", "m"):
                return (referent,) if referent.human and referent.gender in (kind, "") else ()
            return () if referent.human else (referent,)
    return ()


def _antecedent(board: Board, unit: ParsedUnit, token: Token) -> tuple[Referent, ...]:
    """The noun before a relative clause: "the men who came"."""
    verb = token
    while verb.dep_ not in ("relcl", "ROOT", "acl") and verb.head != verb:
        verb = verb.head
    if verb.dep_ != "relcl":
        return ()
    noun, personal = verb.head, token.text.lower() in ("who", "whom", "whose")
    for _ in range(3):
        found = board.at(unit.index, noun)
        if found is not None and not (personal and "country" in found.classes):
            return found.referents
        if noun.dep_ not in ("pobj", "conj", "prep") or noun.head == noun:
            break
        noun = noun.head.head if noun.dep_ == "pobj" else noun.head
    return ()


def speaker_of(board: Board, unit: ParsedUnit, token: Token) -> tuple[Referent, ...]:
    """Whoever says the words: before or after them, or in the answer of an interview."""
    place = board.speech.speaker(unit.index, token.i)
    if place is None:
        return _interviewee(board, unit)
    teller = board.parsed.units[place[0]].doc[place[1]]
    found = board.at(place[0], teller)
    if found is not None:
        return found.referents
    if place[0] != unit.index or place[1] < token.i:
        return ()
    kind = board.people.pronouns.get(teller.text.lower(), "")
    if kind in ("f", "m", "plural"):
        return (
            _several(board, unit, teller)
            if kind == "plural"
            else pronoun_of_one(board, unit, teller, kind)
        )
    referent = board.name_at(unit.index, teller.i)
    if referent is not None:
        return (referent,)
    phrase = read_phrase(teller, board.people)
    return named_beside(board, unit, phrase) if phrase is not None else ()


def _interviewee(board: Board, unit: ParsedUnit) -> tuple[Referent, ...]:
    """Who tells a testimony or letter; who answers: the first named before the first question."""
    narrator = board.passages.narrators.get(unit.index)
    if narrator is not None:
        found = board.referent(narrator)
        return (found,) if found else ()
    first = board.speech.answers_from(unit.index)
    if first is None:
        return ()
    before = [
        (m.first, i) for i, m in enumerate(board.members) if m.kind == PERSON and m.first[0] < first
    ]
    referent = board.referent(min(before)[1]) if before else None
    return (referent,) if referent else ()


def _author(board: Board, unit: ParsedUnit, token: Token) -> tuple[Referent, ...]:
    """Who writes "I" in a signed text, outside quotation marks."""
    author = board.passages.authors.get(unit.index)
    if author is None or board.speech.quoted(unit.index, token.i):
        return ()
    found = board.referent(author)
    return (found,) if found else ()


def _publisher(board: Board, unit: ParsedUnit, token: Token, kind: str) -> tuple[Referent, ...]:
    """As in "We call on ..." outside quotation marks is said by whoever publishes the report."""
    if kind != "firsts" or board.speech.quoted(unit.index, token.i):
        return ()
    own = folded(tuple(board.parsed.report.publisher.value.split()))
    for index, member in enumerate(board.members):
        if member.kind == BODY and own and (member.key == own or member.key[: len(own)] == own):
            referent = board.referent(index)
            return (referent,) if referent else ()
    publisher = board.parsed.report.publisher.value
    if publisher:
        return (
            Referent(
                name=publisher,
                type=ActorType.ORGANISATION,
                classes=frozenset({"organisation"}),
            ),
        )
    return board.scene.pick(
        lambda m: m.one.type is ActorType.ORGANISATION and m.subject and not m.plural,
        board.spot(unit, token),
        reach=2.0,
        margin=0.0,
    )


def of_number(board: Board, unit: ParsedUnit, token: Token) -> tuple[Referent, ...]:
    """As in "both", "the two", "all three", "five of them": a number that stands for a noun."""
    word = token.text.lower()
    if word in QUANTIFIERS:
        return _unnumbered(board, unit, token)
    if word in board.people.loose_numbers:
        return _loosely(board, unit, token, board.people.loose_numbers[word])
    value = 2 if word == "both" else board.people.numbers.get(word)
    if value is None or value < 2 or not _stands_alone(token) or is_negative(token, board.people):
        return ()
    of = next((t for t in token.rights if t.text == "of"), None)
    inner = next((t for t in of.rights if t.dep_ == "pobj"), None) if of is not None else None
    if inner is not None and inner.text.lower() not in ("them", "us", "whom"):
        return ()
    spot = board.spot(unit, token)
    if inner is not None and inner.text.lower() == "us":
        return _of_us(board, unit, inner, spot, value)
    barred = board.scene.governing(spot) if is_bound(token) else set()
    whole = board.scene.pick(
        lambda m: _numbers(m, value, part=inner is not None) and m.one.same not in barred,
        spot,
        margin=0.0,
        favour=lambda m: _bent(m.one, token),
    )
    if inner is None or not whole:
        return whole or _some_of_those(board, spot, value) or _named_so_many(board, spot, value)
    count = Count(least=value, most=value)
    return tuple(replace(r, count=count) for r in whole if r.plural) or whole


def _of_us(
    board: Board, unit: ParsedUnit, us: Token, spot: Spot, value: int
) -> tuple[Referent, ...]:
    """As in "both of us": whoever speaks and whoever was last told of."""
    own = of_pronoun(board, unit, us, "firsts")
    if value != 2 or len(own) != 1 or not own[0].human:
        return tuple(replace(r, count=Count(least=value, most=value)) for r in own)
    other = board.scene.pick(
        lambda m: m.named and m.one.human and not m.plural and m.one.same != own[0].same,
        spot,
        margin=0.0,
    )
    return (*own, *other)


def _some_of_those(board: Board, spot: Spot, value: int) -> tuple[Referent, ...]:
    """As in "Four officers were arrested. Three were sentenced": three of the four."""

    def larger(mention: Seen) -> bool:
        count = mention.one.count
        many = count.most if count is not None else None
        alone = mention.plural and len(mention.referents) == 1 and not mention.one.thing
        return alone and many is not None and many > value

    found = board.scene.pick(larger, spot, reach=1.5, margin=0.0)
    return tuple(replace(r, count=Count(least=value, most=value)) for r in found)


def _named_so_many(board: Board, spot: Spot, value: int) -> tuple[Referent, ...]:
    """As in "Ana is a nurse. Luis drives a bus. Both were held": those just named, if as many."""
    found: dict[object, Referent] = {}
    for mention in reversed(board.scene.seen[-NEAREST:]):
        one = mention.one
        if spot.sentence - mention.spot.sentence > 2 or mention.spot.unit != spot.unit:
            break
        if one.human and one.cast is not None and not mention.tells and len(mention.referents) == 1:
            found.setdefault(one.same, one)
    return tuple(reversed(found.values())) if len(found) == value else ()


def _loosely(board: Board, unit: ParsedUnit, token: Token, least: int) -> tuple[Referent, ...]:
    """As in "dozens of them": at least so many of a group."""
    inner = [p for of in token.rights if of.text == "of" for p in of.rights]
    if not inner or inner[0].text.lower() not in ("them", "us", "whom"):
        return ()
    found = _several(board, unit, inner[0])
    return tuple(replace(r, count=Count(least=least, approximate=True)) for r in found if r.plural)


def _unnumbered(board: Board, unit: ParsedUnit, token: Token) -> tuple[Referent, ...]:
    """As in "many face closure": some of those just told of."""
    if token.dep_ not in ("nsubj", "nsubjpass") or any(t.text == "of" for t in token.rights):
        return ()
    found = board.scene.pick(
        lambda m: m.plural and not m.one.thing and m.one.type is not ActorType.AUTHORITY,
        board.spot(unit, token),
        reach=2.5,
        margin=0.0,
    )
    return tuple(replace(r, count=None) for r in found)


def _stands_alone(token: Token) -> bool:
    modifies = ("nummod", "quantmod", "compound", "det", "predet", "preconj")
    return token.dep_ not in modifies and token.pos_ in ("NUM", "NOUN", "PRON", "DET", "CCONJ")


def _numbers(mention: Seen, value: int, *, part: bool) -> bool:
    """True if a mention is as many, or more where a part of it is taken."""
    if not mention.plural or mention.one.thing:
        return False
    if part:
        several = not mention.listed
        return several or len(mention.referents) > value
    if len(mention.referents) > 1 and not any(r.plural for r in mention.referents):
        return len(mention.referents) == value
    counts = [r.count for r in mention.referents if r.plural and r.count is not None]
    return any(c.most == value for c in counts)

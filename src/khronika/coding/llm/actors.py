"""Who is involved, as the model told it: a cast of names with every mention, counts of the rest."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from khronika.coding.llm.answers import Told
from khronika.coding.llm.lines import Line
from khronika.coding.llm.quotes import Place, everywhere, find, find_inflected, within
from khronika.model.acts import (
    ActorType,
    CastMember,
    Count,
    Involvement,
    Mention,
    MentionForm,
    Role,
)
from khronika.model.anchors import Anchor
from khronika.model.reports import Report
from khronika.text.amounts import number_of

_PRONOUNS = """
    i me my mine we us our ours you your he him his she her hers it its they them their theirs who
    whom whose himself herself themselves this that these those
    я меня мне мной мы нас нам нами ты вы вас вам он его него ему нему им ним она её ее неё нее ей
    ней они их них ними кто кого кому который которая которого которую которых
    мене мені мною ми ти ви він його нього йому ньому вона її неї їй вони їх них їм ними хто кого
"""
PRONOUNS = frozenset(_PRONOUNS.split())
LEAST = re.compile(
    r"\b(?:at least|more than|over|не менее|не меньше|более|больше|свыше"
    r"|щонайменше|не менше|понад|більше)\b",
    re.IGNORECASE,
)
ABOUT = re.compile(
    r"\b(?:about|around|some|nearly|almost|roughly|approximately|около|примерно|почти"
    r"|приблизно|близько|майже)\b",
    re.IGNORECASE,
)
WORD = re.compile(r"\d{1,3}(?:[ ,\u00a0.]\d{3})+|[^\W_]+(?:['’-][^\W_]+)*")
MOST_PEOPLE = 10_000_000
OF_PUBLISHER = "the report's publisher, in its own voice"
BY_MODEL = "named by the model"
IN_ROLE = frozenset({Role.PERPETRATOR, Role.ALLEGED_PERPETRATOR})


@dataclass(slots=True)
class _Member:
    name: str = field(repr=False)
    type: ActorType
    forms: list[str] = field(default_factory=list, repr=False)
    mentions: dict[Anchor, MentionForm] = field(default_factory=dict)


class Actors:
    """The cast of one report, built up as acts name people."""

    def __init__(self, report: Report, lines: Sequence[Line], names: Sequence[Told]) -> None:
        """Make the cast of all who are told by a name, the fullest names first."""
        self._report = report
        self._lines = lines
        self._members: list[_Member] = []
        self._by_form: dict[str, int] = {}
        for told in _each_once(names):
            if is_proper(told, report.text):
                self._add(told)

    def involve(self, told: Told, role: Role, quote: Place) -> Involvement | None:
        """Someone in a role; None for an accusation that its own passage does not make."""
        place = self._placed(told, quote)
        if place is None:
            return self._publisher(told, role)
        if role in IN_ROLE and place.index != quote.index:
            return None
        index = self._by_form.get(told.name)
        anchor = self._anchor(place)
        words = told.words or told.name
        if index is None and is_pronoun(told.name):
            return None  # who that is, the answer does not say
        member = None if index is None else self._members[index]
        if member is not None and words != told.name and anchor.exact not in member.forms:
            form = MentionForm.PRONOUN if is_pronoun(words) else MentionForm.DESCRIPTION
            member.mentions.setdefault(anchor, form)
        type_ = member.type if member else ActorType(told.type)
        return Involvement(
            role=role,
            name=member.name if member else _spaced(told.name),
            type=type_,
            anchor=anchor,
            cast=index,
            count=count_of(told.name, type_) if member is None else None,
            path=path_of(place, quote),
        )

    def cast(self) -> tuple[CastMember, ...]:
        """Every member with its mentions in the order of the text."""
        return tuple(
            CastMember(
                index=index,
                name=member.name,
                type=member.type,
                forms=tuple(member.forms),
                mentions=tuple(
                    Mention(anchor=anchor, form=form)
                    for anchor, form in sorted(member.mentions.items())
                ),
            )
            for index, member in enumerate(self._members)
        )

    def _placed(self, told: Told, quote: Place) -> Place | None:
        """Where the words stand: in the quotation, else in its passage, else anywhere."""
        for words in (told.words, told.name):
            found = within(words, self._lines, quote) if words else None
            if found is not None:
                return found
        at, lines = quote.index, self._lines
        return (
            find(told.words, lines, at)
            or find(told.name, lines, at)
            or find_inflected(told.name, lines, at)
        )

    def _publisher(self, told: Told, role: Role) -> Involvement | None:
        """The publisher, who need not be named again to call on somebody."""
        publisher = self._report.publisher
        if role is not Role.INTERVENER or told.name.split() != publisher.value.split():
            return None
        return Involvement(
            role=role,
            name=publisher.value,
            type=ActorType.ORGANISATION,
            anchor=publisher.anchor,
            basis=OF_PUBLISHER,
            path=(BY_MODEL,),
        )

    def _add(self, told: Told) -> None:
        standing = everywhere(told.name, self._lines)
        if not standing:
            return
        fuller = [
            index
            for index, member in enumerate(self._members)
            if member.type.value == told.type and _part_of(told.name, member.name)
        ]
        if len(fuller) != 1:
            self._members.append(_Member(_spaced(told.name), ActorType(told.type)))
            fuller = [len(self._members) - 1]
        member = self._members[fuller[0]]
        self._by_form[told.name] = fuller[0]
        member.forms.append(_spaced(told.name))
        taken = {a for each in self._members for a in each.mentions}
        for anchor in map(self._anchor, standing):
            if not any(anchor.span.overlaps(other.span) for other in taken):
                member.mentions[anchor] = MentionForm.NAME
                member.forms += {_spaced(anchor.exact)} - set(member.forms)

    def _anchor(self, place: Place) -> Anchor:
        return self._lines[place.index].anchor(self._report, place.start, place.end)


def path_of(place: Place, quote: Place) -> tuple[str, str]:
    """In words, where a model's words stand, seen from the quotation of their act."""
    if place.index == quote.index:
        where = "in the quotation" if place.within(quote) else "in the same passage"
    else:
        apart = abs(place.index - quote.index)
        side = "before" if place.index < quote.index else "after"
        where = f"{apart} passage{'' if apart == 1 else 's'} {side}"
    return BY_MODEL, where


def is_pronoun(words: str) -> bool:
    """True for a pronoun of a language that has a table of them."""
    return words.casefold() in PRONOUNS


def is_proper(told: Told, text: str) -> bool:
    """True for a name; false for 'three students', 'Police' at the head of a sentence."""
    words = [w for w in WORD.findall(told.name) if not w[0].isdigit()]
    if not words or is_pronoun(told.name) or told.type == ActorType.GROUP.value:
        return False
    if not any(w.lower() != w.upper() for w in words):
        return True  # a script without capitals
    if any(w[0].isupper() for w in words[1:]):
        return True
    first = words[0]
    if len(words) > 1 or not first[0].isupper():
        return False
    common = re.search(rf"\b{re.escape(first.lower())}\b", text) is not None
    return not common and told.type != ActorType.AUTHORITY.value


def count_of(words: str, type_: ActorType) -> Count | None:
    """How many people some words speak of, where they say so."""
    found = {
        int(number)
        for word in WORD.findall(words)
        if (number := number_of(word.lower())) is not None
        and number == int(number)
        and 0 < number < MOST_PEOPLE
    }
    if len(found) != 1:
        return Count(least=1, most=1) if type_ is ActorType.PERSON and not found else None
    number = found.pop()
    if LEAST.search(words):
        return Count(least=number)
    return Count(least=number, most=number, approximate=ABOUT.search(words) is not None)


def _each_once(names: Sequence[Told]) -> Iterator[Told]:
    """Every name once, the longest first, as what it is most often said to be."""
    types: dict[str, Counter[str]] = {}
    for told in names:
        types.setdefault(told.name, Counter())[told.type] += 1
    for name in sorted(types, key=lambda each: (-len(each), each)):
        type_ = min(types[name], key=lambda each: (-types[name][each], each))
        yield Told(role="", name=name, type=type_)


def _part_of(name: str, fuller: str) -> bool:
    words = name.split()
    return bool(words) and set(words) < set(fuller.split())


def _spaced(words: str) -> str:
    return " ".join(words.split())

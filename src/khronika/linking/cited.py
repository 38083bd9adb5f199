"""Whom a report says that it repeats, and for which of its words.

A credit ("first published by X", "Источник: X") and, in a short item, an attribution in its first
sentences cover the whole report; any other covers its sentence. Whether X publishes reports, and
whether those are in the record, is not asked here.
"""

import re
from collections.abc import Iterator, Sequence
from enum import Enum
from functools import lru_cache
from itertools import chain

from khronika.model.anchors import Span
from khronika.text.bodies import compare_bodies, read_body
from khronika.text.lemmas import WORD, fold, lemmas_asked
from khronika.text.likeness import Likeness

_MOST = 64  # attributions kept of one report
_SHORT = 250  # words: an item that gives its source once, at the front
_FRONT = 2  # sentences
_LONGEST = 200  # letters of a name that are compared

_UPPER = r"[^\W\d_a-zа-яёіїєґў]"
_LOWER = r"[a-zа-яёіїєґў’'\-]{1,20}"
# Bounded, so that text without blanks stays linear.
CAPITAL = rf"{_UPPER}[\w’'.\-]{{0,40}}"
_JOINED = r"(?:(?:of|for|the|and|de|von|van|в|и|по|на|з|та|і) ){0,2}"
NAME = rf"(?<!\w){CAPITAL}(?: {_JOINED}{CAPITAL}){{0,7}}"
QUOTED = r"[«“„\"]([^«»“”„\"\n]{2,60})[»”“\"]"

# They begin a sentence with a capital and are no names: «Об этом сообщили в …», "She said".
_LITTLE = (
    r"(?:Об|Как|Як|Про|Это|Этом|Це|Он|Она|Они|Він|Вона|Вони|Но|Але|И|В|На|По|За|Ранее|Раніше"
    r"|As|It|He|She|They|We|But|And|In|On|At|A|An|Earlier|Later)\b"
)

_CREDITS = (
    r"\b(?:Sources?|sources?):"
    r"|\b(?:[Oo]riginally|[Ff]irst) (?:appeared|published|posted|ran)"
    r"(?: \w{1,20})? (?:in|by|on)"
    r"|\b[Rr](?:epublished|eposted|eprinted) (?:from|by permission of|courtesy of)"
    r"|\b[Cc]ourtesy of|\bvia|\b[Tt]ranslated from|\bИсточник:|\bОригинал:|\bДжерело:|\bОригінал:"
    r"|\b[Пп]ерепечат\w{1,5} (?:из|с)|\b[Пп]ередрук\w{0,6} (?:з|із)"
    r"|\b(?:[Вв]первые|[Пп]ервоначально) опубликован\w{0,2}(?: (?:в|на))?"
    r"|\b[Вв]перше опубліковано(?: (?:в|у|на))?"
)
# "According to X": the words stand on X's word, not on the report's own.
_RESTS_ON = (
    r"\b(?:[Aa]s reported by|[Aa]ccording to|[Cc]iting|[Qq]uoting|[Ww]ith reference to"
    r"|[Rr]eports? (?:by|from|of)|[Ss]tatements? (?:by|from|of)|[Ff]igures (?:by|from|of)"
    r"|[Dd]ocumented by|[Rr]ecorded by|[Cc]ollected by|[Rr]eported by)"
    r"|\b(?:[Сс]о ссылкой на|[Пп]о (?:данным|информации|сведениям|сообщению|подсч[её]там|словам)"
    r"|[Кк]ак (?:сообща\w{1,3}|сообщил\w?|пиш\w{1,3}|переда\w{1,3}|рассказал\w?|отмеча\w{1,3})"
    r"(?: (?:в|на))?|[Вв] (?:докладе|отч[её]те|заявлении|сообщении|публикации|обзоре))"
    r"|\b(?:[Зз] посиланням на|[Зз]а (?:даними|інформацією|повідомленням|відомостями|словами)"
    r"|[Яя]к (?:повідомля\w{1,3}|повідомил\w?|пиш\w{1,3}|переда\w{1,3}|розпові\w{1,3})"
    r"(?: (?:в|у|на))?|[Вв] (?:звіті|заяві|повідомленні|публікації|огляді)"
    r"|[Уу] (?:звіті|заяві|повідомленні|публікації|огляді))"
)
_SAYS = (
    r"(?:reports|reported|writes|wrote|said|says|stated|states|notes|noted|told|announced|published"
    r"|documented|documents|recorded|records|counted|counts|posted|revealed"
    r"|сообща(?:ет|ют)|сообщил[аио]?|переда(?:ёт|ет|ют|л[аи]?)|пиш(?:ет|ут)|написал[аи]?"
    r"|рассказал[аи]?|рассказыва(?:ет|ют)|заявил[аи]?|заявля(?:ет|ют)|отметил[аи]?|уточнил[аи]?"
    r"|утвержда(?:ет|ют)|насчитал[аи]?"
    r"|повідомля(?:є|ють)|повідоми(?:в|л[аио])|переда(?:є|ють|в|л[аи])|пиш(?:е|уть)|написа(?:в|л[аи])"
    r"|розпові(?:в|л[аи]|да(?:є|ють))|заяви(?:в|л[аи])|заявля(?:є|ють)|зазначи(?:в|л[аи])"
    r"|стверджу(?:є|ють)|нарахува(?:в|л[аи]))"
)
_CYRILLIC_TAIL = r"(?: [а-яёіїєґ]{3,20}){0,3}"  # «Харьковская правозащитная группа»
_AS_WRITTEN = rf"(?:{QUOTED}|((?<!\w)(?!{_LITTLE}){NAME}{_CYRILLIC_TAIL}))"
_NAMED = rf",? (?:{_LOWER} ){{0,4}}{_AS_WRITTEN}"
_CREDIT = re.compile(rf"(?:{_CREDITS}){_NAMED}")
_REST = re.compile(rf"(?:{_RESTS_ON}){_NAMED}")
_SAID = re.compile(rf"\b{_SAYS}(?: (?:в|у|на|by|to))?{_NAMED}")
_SAY = re.compile(rf"{_AS_WRITTEN}(?:,[^.,;\n]{{1,60}},)?,? (?:{_LOWER} ){{0,2}}{_SAYS}\b")
# "LIPSK, May 3 (Northgate Wire) - Officers ...", "(Northgate Wire)" on a line of its own.
_AGENCY = re.compile(rf"\(({NAME})\) ?[—–-]{{1,2}} |^\(({NAME})\)[ \t]*$", re.MULTILINE)
_AT_END = re.compile(rf"\(({NAME})\)\s*$")
_HEAD = 400  # letters in which a dateline stands
_END = re.compile(
    r"(?<!\b[^\W\d_])(?<!\b[MDS]r)(?<!\bM[rs])(?<!\bMrs)(?<!\bSt)(?<!\bNo)(?<!\bул)"
    rf"[.!?…][»”\"’')]{{0,3}}\s+(?=[«“„\"(—–-]?\s?{_UPPER})|\n"
)

Cited = tuple[str, int, int]  # a name as written, and the range of the text that rests on it


def cited(text: str, own: Sequence[Span], rest: Sequence[Span], words: int) -> tuple[Cited, ...]:
    """Whom a report names as its source, with the range of the text that each covers.

    Args:
        text: the report's text.
        own: the passages that are its own.
        rest: furniture, in which only credits are looked for.
        words: how many words its own passages have.
    """
    found: dict[Cited, None] = {}
    front = _front(text, own) if words <= _SHORT else -1
    for span in own:
        before = span.start
        for at, end in _sentences(text, span):
            start = before if _OF_THIS.match(text, at, end) else at
            before = at
            for name, covers in _names(text[at:end]):
                whole = covers is _Covers.ALL or (covers is _Covers.IF_FIRST and end <= front)
                found[(name, 0, len(text)) if whole else (name, start, end)] = None
    for name in _agencies(text, own):
        found[name, 0, len(text)] = None
    for span in rest:
        for match in _CREDIT.finditer(text, span.start, span.end):
            found[_name(match), 0, len(text)] = None
    all_over = {name for name, start, end in found if (start, end) == (0, len(text))}
    kept = [c for c in found if c[0] not in all_over or c[1:] == (0, len(text))]
    return tuple(sorted(kept[:_MOST]))


def _agencies(text: str, own: Sequence[Span]) -> Iterator[str]:
    """Whose story it is, as its dateline, a line of its own or its last words have it."""
    if not own:
        return
    head, foot = text[own[0].start :][:_HEAD], text[: own[-1].end][-_HEAD:]
    for match in chain(_AGENCY.finditer(head), _AT_END.finditer(foot)):
        yield next(name for name in match.groups() if name)


class _Covers(Enum):
    """What stands on the word of the one who is named: all, all if it is said first, or this."""

    ALL = 1
    IF_FIRST = 2
    THIS = 3


def _names(sentence: str) -> Iterator[tuple[str, _Covers]]:
    for pattern, covers in _PATTERNS:
        for match in pattern.finditer(sentence):
            if covers is _Covers.THIS and _PASSES_ON.search(match[0]):
                yield _name(match), _Covers.IF_FIRST
            else:
                yield _name(match), covers


def _name(match: re.Match[str]) -> str:
    return (match[1] or match[2]).rstrip(".")


_PATTERNS = (
    (_CREDIT, _Covers.ALL),
    (_REST, _Covers.IF_FIRST),
    (_SAID, _Covers.THIS),
    (_SAY, _Covers.THIS),
)
_OF_THIS = re.compile(r"(?:Об этом|Про це|This was (?:first )?reported)\b")  # of the one before

# What only one who passes on another's words says: "Harbour Watch reports", not "the mayor said".
_PASSES_ON = re.compile(
    r"\b(?:report(?:s|ed)|writes|wrote|сообща|сообщил|переда|пиш|повідом)", re.IGNORECASE
)


def _front(text: str, own: Sequence[Span]) -> int:
    """Where the first sentences of a report end; headlines are short and count for none."""
    seen = 0
    for span in own:
        for start, end in _sentences(text, span):
            seen += text.count(" ", start, end) > 7
            if seen == _FRONT:
                return end
    return len(text)


def _sentences(text: str, span: Span) -> Iterator[tuple[int, int]]:
    start = span.start
    for match in _END.finditer(text, span.start, span.end):
        if match.end() > start:
            yield start, match.end()
        start = match.end()
    if start < span.end:
        yield start, span.end


def is_publisher(name: str, publisher: str) -> bool:
    """True if a name that a report cites is the publisher's, which may be in another case.

    Words behind a Cyrillic name are taken along when it is cited, since only its first has a
    capital; the publisher's words are then the first of them.
    """
    if not name or not publisher or len(name) > _LONGEST or len(publisher) > _LONGEST:
        return False
    return _same(name, publisher)


@lru_cache(maxsize=1 << 16)
def _same(name: str, publisher: str) -> bool:
    heard, words = (_words(each) for each in (name, publisher))
    begins = 0 < len(words) <= len(heard) and all(map(_same_word, words, heard))
    if read_body(publisher).generic:  # "the police": no more than the same words will do
        return begins and len(words) == len(heard)
    return begins or compare_bodies(name, publisher).likeness >= Likeness.PARTIAL


def _words(name: str) -> list[str]:
    words = [match.group() for match in WORD.finditer(name)]
    return words[1:] if words and words[0] in ("the", "The", "a", "an") else words


def _same_word(one: str, other: str) -> bool:
    """True for two cases of one word: the dictionary's word for them, or the same but the end."""
    first, second = fold(one), fold(other)
    if first == second or not set(lemmas_asked(first)).isdisjoint(lemmas_asked(second)):
        return True
    stem = max(5, len(first) - 2, len(second) - 2)
    return first[:1] > "\u0400" and first[:stem] == second[:stem]

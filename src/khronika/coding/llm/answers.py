"""What of an answer counts: acts of the codebook whose quotations stand in what was shown.

All else is dropped and counted. What is left holds no word that the report does not hold, but for
the dates, which nothing takes over unchecked.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from khronika.codebook.model import Codebook
from khronika.coding.llm.addressed import speaks_to_model
from khronika.coding.llm.lines import Line
from khronika.coding.llm.quotes import Place, find, find_inflected, within
from khronika.coding.llm.schema import ROLES
from khronika.coding.llm.transport import Reply
from khronika.model import edtf
from khronika.model.acts import ActorType, Modality

LONGEST_ANSWER = 200_000  # characters that are read
LONGEST_QUOTE = 600
LONGEST_WORDS = 300  # of a name, a place, an expression of time
MOST_ACTS = 200  # in one answer
MOST_INVOLVED = 40  # in one act
FENCE = re.compile(r"```[a-zA-Z]*\n?|\n?```")
ACTS = re.compile(r'"acts"\s*:\s*\[')
BETWEEN = re.compile(r"[\s,]*")

# Why something was dropped, as the summary says it.
NO_OBJECT = "acts that are no object of the schema"
KIND = "acts of a kind that the codebook lacks"
MODALITY = "acts of an unknown modality"
QUOTE = "acts whose quotation does not stand in the report"
LONG = "acts whose quotation is too long"
ADDRESSED = "acts quoted from a passage that speaks to a model"
ROLE = "people in an unknown role"
NAME = "names that do not stand in the report"
WORDS = "places, dates and other words that do not stand in the report"
MANY = "acts beyond the limit of one answer"
CUT = "answers that were cut off"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Someone involved: the name and, as the act's own passage has it, the words."""

    role: str
    type: str
    name: str = field(repr=False)
    words: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldAct:
    """One act of an answer; `passage` is the number of the line that the quotation stands in."""

    kind: str
    modality: str
    passage: int
    quote: str = field(repr=False)
    trigger: str = field(default="", repr=False)
    involved: tuple[Told, ...] = ()
    when: str = ""
    edtf: str = ""
    where: tuple[str, ...] = field(default=(), repr=False)
    what: str = field(default="", repr=False)
    reason: str = field(default="", repr=False)
    penalty: str = field(default="", repr=False)
    demands: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What counts of an answer, and how much of it did not, by reason.

    One that was `cut` off is asked for again in two halves, where its question can be parted.
    """

    acts: tuple[ToldAct, ...] = ()
    dropped: Mapping[str, int] = field(default_factory=dict)
    cut: bool = False


def read_answer(
    reply: Reply, lines: Sequence[Line], codebook: Codebook, publisher: str = ""
) -> Answer | None:
    """Read what a model wrote, or None where that is no answer at all.

    Args:
        reply: the model's words: JSON, perhaps in a fence, after a preface, or cut off.
        lines: what the model was shown.
        codebook: the kinds of act.
        publisher: of the report; it was shown, too, and may be named.
    """
    found = _objects(reply.text[:LONGEST_ANSWER])
    if found is None:
        return None
    values, whole = found
    dropped: Counter[str] = Counter()
    cut = reply.cut or not whole
    if cut:
        dropped[CUT] += 1
    if len(values) > MOST_ACTS:
        dropped[MANY] += len(values) - MOST_ACTS
    reader = _Reader(lines, codebook, dropped, publisher)
    acts = [act for each in values[:MOST_ACTS] if (act := reader.act(each)) is not None]
    return Answer(acts=tuple(dict.fromkeys(acts)), dropped=dict(sorted(dropped.items())), cut=cut)


def _objects(text: str) -> tuple[list[Any], bool] | None:
    """The acts of an answer as JSON has them, and whether it is whole."""
    text = text.rpartition("</think>")[2]
    plain = FENCE.sub("", text).strip()
    try:
        value = json.loads(plain)
    except (ValueError, RecursionError):
        return _salvaged(plain)
    if isinstance(value, dict):
        value = value.get("acts")
    return (value, True) if isinstance(value, list) else None


def _salvaged(text: str) -> tuple[list[Any], bool] | None:
    """The whole objects of a list of acts with something odd before or behind it."""
    opened = ACTS.search(text)
    if opened is None:
        return None
    found: list[Any] = []
    decoder, at = json.JSONDecoder(), opened.end()
    while True:
        between = BETWEEN.match(text, at)
        at = between.end() if between else at
        if text[at : at + 1] == "]":
            return found, True
        try:
            value, at = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            return found, False
        found.append(value)


class _Reader:
    """Reads acts out of plain data and counts what it drops."""

    def __init__(
        self, lines: Sequence[Line], codebook: Codebook, dropped: Counter[str], publisher: str
    ) -> None:
        self._publisher = publisher
        self._lines = lines
        self._codebook = codebook
        self._dropped = dropped
        self._index = {line.number: index for index, line in enumerate(lines)}

    def act(self, value: Any) -> ToldAct | None:
        """One act, or None where it does not count."""
        if not isinstance(value, dict):
            self._drop(NO_OBJECT)
            return None
        kind = _text(value, "kind").rstrip("*")
        place = self._quoted(value)
        fault = self._fault(kind, value, place)
        if fault or place is None:
            self._drop(fault or QUOTE)
            return None
        return self._grounded(value, kind, place)

    def _fault(self, kind: str, value: dict[str, Any], place: Place | None) -> str:
        if kind not in self._codebook.kinds:
            return KIND
        if _text(value, "modality") not in set(Modality):
            return MODALITY
        if len(_text(value, "quote")) > LONGEST_QUOTE:
            return LONG
        if place is None:
            return QUOTE
        return ADDRESSED if speaks_to_model(self._lines[place.index].text) else ""

    def _quoted(self, value: dict[str, Any]) -> Place | None:
        quote = _text(value, "quote")
        if len(quote) > LONGEST_QUOTE:
            return None
        return find(quote, self._lines, self._shown(value))

    def _grounded(self, value: dict[str, Any], kind: str, place: Place) -> ToldAct:
        when = value.get("when")
        when = when if isinstance(when, dict) else {}
        words = self._standing(_text(when, "words"), place)
        dated = _text(when, "edtf")
        dated = dated if len(dated) <= LONGEST_WORDS and edtf.is_valid(dated) else ""
        trigger = _text(value, "trigger")
        stands = len(trigger) <= LONGEST_WORDS and within(trigger, self._lines, place)
        return ToldAct(
            kind=kind,
            modality=_text(value, "modality"),
            passage=self._lines[place.index].number,
            quote=self._cut(place),
            trigger=self._cut(stands) if stands else "",
            involved=tuple(self._involved(value, place)),
            when=words,
            edtf=dated if bool(words) == bool(_text(when, "words")) else "",
            where=self._several(value, "where", place, declined=True),
            what=self._standing(_text(value, "what"), place),
            reason=self._standing(_text(value, "reason"), place),
            penalty=self._standing(_text(value, "penalty"), place),
            demands=self._several(value, "demands", place),
        )

    def _involved(self, value: dict[str, Any], place: Place) -> Iterator[Told]:
        for each in _list(value, "involved")[:MOST_INVOLVED]:
            role = _text(each, "role") if isinstance(each, dict) else ""
            if role not in ROLES:
                self._drop(ROLE)
                continue
            name = self._standing(_text(each, "name"), place, NAME, declined=True)
            words = self._standing(_text(each, "words"), place, NAME)
            if not (name or words):
                continue
            type_ = _text(each, "type")
            known = type_ if type_ in set(ActorType) else ActorType.PERSON.value
            yield Told(role=role, type=known, name=name or words, words=words)

    def _several(
        self, value: dict[str, Any], key: str, place: Place, *, declined: bool = False
    ) -> tuple[str, ...]:
        found = value.get(key)
        each = [found] if isinstance(found, str) else _list(value, key)
        stand = (
            self._standing(words, place, declined=declined)
            for words in each[:MOST_INVOLVED]
            if isinstance(words, str)
        )
        return tuple(dict.fromkeys(words for words in stand if words))

    def _standing(
        self, words: str, place: Place, reason: str = WORDS, *, declined: bool = False
    ) -> str:
        """The words as the report has them, "" and counted where it has them nowhere.

        A name that may stand there `declined` is kept in the case that the model gave it.
        """
        if not words:
            return ""
        longest = LONGEST_QUOTE if reason is WORDS else LONGEST_WORDS
        if len(words) <= longest:
            found = within(words, self._lines, place) or find(words, self._lines, place.index)
            if found is not None:
                return self._cut(found)
            if declined and find_inflected(words, self._lines, place.index) is not None:
                return " ".join(words.split())
            if reason is NAME and self._is_publisher(words):
                return " ".join(words.split())
        self._drop(reason)
        return ""

    def _is_publisher(self, words: str) -> bool:
        return bool(self._publisher) and words.split() == self._publisher.split()

    def _cut(self, place: Place) -> str:
        return self._lines[place.index].text[place.start : place.end]

    def _shown(self, value: dict[str, Any]) -> int:
        number = value.get("passage")
        return self._index.get(number, -1) if isinstance(number, int) else -1

    def _drop(self, reason: str) -> None:
        self._dropped[reason] += 1


def _text(value: Mapping[str, Any], key: str) -> str:
    found = value.get(key)
    return found.strip() if isinstance(found, str) else ""


def _list(value: Mapping[str, Any], key: str) -> list[Any]:
    found = value.get(key)
    return found if isinstance(found, list) else []

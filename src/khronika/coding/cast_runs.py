"""Where capitalised runs begin and end: what may be a name, with its particles and small words.

The parser's own names help to tell what a run is, but do not decide where it begins and ends: a
small model splits and misses names of most of the world.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Span, Token

from khronika.coding.cast_evidence import is_body
from khronika.coding.cast_words import (
    AFTER_HYPHEN,
    AMBIGUOUS_PARTICLES,
    DOMAINS,
    FOREIGN_JOINS,
    NAME_ADJECTIVES,
    OFFICE,
    PLAIN_TITLES,
    SMALL_WORDS,
    STARTERS,
    is_acronym,
    is_capital,
    is_initial,
)
from khronika.coding.parsed import ParsedReport, ParsedUnit
from khronika.model.reports import PassageRole
from khronika.text.people import People

NO_NAMES = frozenset({"VERB", "AUX", "ADV", "ADP", "SCONJ", "ADJ"})
WEEKDAYS = frozenset({"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"})
LONGEST_NAME = 14  # tokens
COMMON_OWNERS = frozenset({"women", "children", "people", "men", "workers", "mothers"})
LOUD = 0.7  # share of upper-case letters above which a line is set in capitals
TITLED = 0.75  # share of capitalised words above which a line is a title


@dataclass(frozen=True, slots=True)
class Seen:
    """Words that the report writes small, and those that it writes large inside sentences.

    As first word of a sentence the former are no names, the latter are.
    """

    small: frozenset[str]
    inside: frozenset[str]


def look_over(parsed: ParsedReport) -> Seen:
    """Look through the whole report for how it writes its words."""
    small: set[str] = set()
    inside: set[str] = set()
    for unit in parsed.units:
        titled = is_loud(unit.text) or is_title_case(unit.doc)
        after_word = False
        for token in unit.tokens:
            text = token.text
            if text.islower():
                small.add(text)
            elif after_word and not titled and text[0].isupper():
                inside.add(text)
            after_word = token.is_alpha
    return Seen(frozenset(small), frozenset(inside))


def is_loud(text: str) -> bool:
    """True for a line set in capitals, in which capitals tell nothing."""
    letters = sum(map(str.isalpha, text))
    return letters > 12 and sum(map(str.isupper, text)) > LOUD * letters


def is_title_case(doc: Doc) -> bool:
    """True for a short line whose Words All Start So: capitals there tell little."""
    if doc[-1].text in '.?!"':
        return False
    words = [t for t in doc if t.is_alpha and not t.is_stop]
    if not 5 <= len(words) <= 25:
        return False
    return sum(t.text[0].isupper() for t in words) >= TITLED * len(words)


def _columns(unit: ParsedUnit) -> frozenset[int]:
    """The tokens of a table's row that stand apart from the one before: a new column."""
    if unit.unit.role is not PassageRole.TABLE_ROW:
        return frozenset()
    at = unit.unit.mapped.at
    return frozenset(
        t.i
        for t in unit.doc[1:]
        if at[t.idx] - at[t.idx - 1] > 1 or at[t.idx - 1] - at[t.idx - 2] > 1
    )


class Runs:
    """Walks one unit's tokens from left to right: where capitalised runs begin and end."""

    def __init__(self, unit: ParsedUnit, people: People, seen: Seen) -> None:
        self.doc, self.people, self.seen = unit.doc, people, seen
        self.entity = {t.i: t.ent_type_ for t in unit.tokens if t.ent_type}
        self.title_case = is_title_case(unit.doc)
        self.columns = _columns(unit)

    def all(self) -> Iterator[tuple[int, int]]:
        """Every run, as half-open ranges of tokens."""
        i = 0
        while i < len(self.doc):
            end = self._end_of_run(i) if self._may_start(i) else i
            if end > i:
                yield i, end
            i = max(end, i + 1)

    def _may_start(self, i: int) -> bool:
        token = self.doc[i]
        if i > 0 and self.doc[i - 1].like_num and self._is_dated(i):
            return False
        if not self._is_name_word(token):
            return self._particle_leads(i)
        word = token.text.lower()
        if self._starts_sentence(i):
            return self._starts_as_name(token)
        if word in NAME_ADJECTIVES and self._beside_name(token):
            return True
        if word in WEEKDAYS and self._qualifies_name(token):
            return True  # "the Sunday Circle"
        if word in self.people.nationalities or word in self.people.never:
            return self._body_follows(i)
        if word in STARTERS and word != "u":
            return self._body_follows(i)
        return not (self.title_case and token.i not in self.entity)

    def _is_dated(self, i: int) -> bool:
        """As in "14 Azar 1400": a word between two figures is a month."""
        after = self.doc[i + 1].text if i + 1 < len(self.doc) else ""
        return after.isdigit() and len(after) == 4

    def _is_name_word(self, token: Token) -> bool:
        if not is_capital(token) or not token.text[0].isalpha():
            return False
        word = token.text.lower()
        if word in self.people.never and not (
            (word in NAME_ADJECTIVES and self._beside_name(token))
            or (word in WEEKDAYS and self._qualifies_name(token))
        ):
            return False
        return not (len(token.text) == 1 and token.text != "U" and not self._beside_name(token))

    def _beside_name(self, token: Token) -> bool:
        after = self.doc[token.i + 1] if token.i + 1 < len(self.doc) else None
        return after is not None and is_capital(after) and not after.is_punct

    def _qualifies_name(self, token: Token) -> bool:
        """True for a weekday between an article and a capital: "the Friday Forum"."""
        article = token.i > 0 and self.doc[token.i - 1].text.lower() == "the"
        return article and self._beside_name(token)

    def _particle_leads(self, i: int) -> bool:
        """True for "al-Masri", "bin Salem", "van Dijk" that starts a name by itself."""
        token = self.doc[i]
        if token.text not in self.people.particles or i + 1 >= len(self.doc):
            return False
        after = i + 2 if self.doc[i + 1].text == "-" and i + 2 < len(self.doc) else i + 1
        joined = after == i + 2 or token.text in ("al", "el", "bin", "van", "von", "der")
        return (
            joined
            and token.text not in ("a", "e", "i", "an", "as", "at", "y", "do")
            and (is_capital(self.doc[after]) and token.pos_ in ("PROPN", "X", "NOUN", "ADP", "ADJ"))
        )

    def _starts_sentence(self, i: int) -> bool:
        if i == 0 or self.doc[i].is_sent_start:
            return True
        before = self.doc[i - 1].text
        return (
            before in ('"', "(", ":", "|", "-", "--", "–", "—", "*", "•", "/", "'")
            or before[-1] in ".?!"
        )

    def _starts_as_name(self, token: Token) -> bool:
        """A sentence's first word is a name only if something beside its capital says so."""
        word = token.text.lower()
        people = self.people
        if word in people.nationalities or word in people.never:
            return self._body_follows(token.i)
        beside = self._beside_name(token)
        hyphen = self.doc[token.i + 1].text == "-" if token.i + 1 < len(self.doc) else False
        if (word in people.titles and beside) or (word in people.particles and hyphen):
            return True
        if token.is_stop and word not in people.given and not beside:
            return False
        if word in self.people.numbers:
            return False
        if word in STARTERS or (token.is_stop and word not in ("will", "may", "so", "us")):
            return beside and (word == "u" or self._body_follows(token.i))
        if people.role_of(word) or word in people.groups:
            return self._body_follows(token.i)
        return self._may_be_name(token, beside=beside)

    def _may_be_name(self, token: Token, *, beside: bool) -> bool:
        word = token.text.lower()
        people = self.people
        if word in people.countries or is_acronym(token.text):
            return True
        if beside and not self._may_be_title_case(token):
            return True
        if not beside and self._is_body_word(word):
            return self._goes_on_as_body(token.i)
        if not beside and (token.pos_ in NO_NAMES or token.dep_ == "amod"):
            return word in people.given or (
                token.text in self.seen.inside and word not in self.seen.small
            )
        tagged = self.entity.get(token.i, "NORP") != "NORP"
        known = word in people.given or tagged or token.text in self.seen.inside
        known = known or (token.pos_ == "PROPN" and self._apposition_follows(token.i))
        return known and word not in self.seen.small

    def _apposition_follows(self, i: int) -> bool:
        """As in "Zarif, a student," at the beginning of a sentence."""
        after = [t.text for t in self.doc[i + 1 : i + 4]]
        return (
            len(after) == 3
            and after[0] == ","
            and (
                after[1] in ("a", "an", "who", "aged", "his", "her", "their", "whose")
                or after[1].isdigit()
                or after[2] == "'s"
            )
        )

    def _goes_on_as_body(self, i: int) -> bool:
        """As in "Branch 3 of the City Court", "Court of Appeal"."""
        after = self.doc[i + 1 : i + 4]
        texts = [t.text for t in after if t.text != "the"]
        return len(texts) > 1 and (
            texts[0].isdigit() or (texts[0] == "of" and texts[1][0].isupper())
        )

    def _may_be_title_case(self, token: Token) -> bool:
        """True where the first word is a common one: "Yesterday Ivan"."""
        return token.text.lower() in self.seen.small and token.pos_ not in ("PROPN",)

    def _body_follows(self, i: int) -> bool:
        """True if the run at `i` holds a body's head: "Belarusian Helsinki Committee"."""
        j = i + 1
        while j < len(self.doc) and is_capital(self.doc[j]) and self.doc[j].text[0].isalpha():
            word = self.doc[j].text
            if self._is_body_word(word) and word.lower() not in self.people.never:
                return True
            j += 1
        return (
            self._is_body_word(self.doc[i].text)
            and j < len(self.doc) - 1
            and self.doc[j].text in ("of", "for")
        )

    def _is_body_word(self, text: str) -> bool:
        return is_body(text, self.people)

    def _end_of_run(self, start: int) -> int:
        end = start + 1
        while end < len(self.doc) and end - start < LONGEST_NAME:
            step = self._next(start, end)
            if not step:
                break
            end += step
        return end

    def _next(self, start: int, end: int) -> int:
        """How many tokens the name goes on for after `end`: 0 if it ends there."""
        doc = self.doc
        token = doc[end]
        text = token.text
        after = doc[end + 1] if end + 1 < len(doc) else None
        if self._ends_sentence(start, end) or end in self.columns:
            return 0
        if is_capital(token) and text[0].isalpha():
            return int(self._goes_on(end))
        if after is None:
            return 0
        if text == "." and is_capital(after) and self._is_title(doc[end - 1]):
            return 2
        glued = not doc[end - 1].whitespace_ and not token.whitespace_
        if text == "-" and glued and self._joins_hyphen(end, after):
            return 2
        if is_capital(after) and (text == "&" or self._joins_possessive(end)):
            return 2
        return self._joins_other(start, end)

    def _joins_hyphen(self, end: int, after: Token) -> bool:
        """As in "Okoye-Baines" and "al-Amin", not in "Warsaw-based"."""
        small = self.doc[end - 1].text.lower() in self.people.particles
        if is_capital(after) or (small and after.text.isalpha()):
            return True
        plain = after.text.isalpha() and after.text not in AFTER_HYPHEN
        return plain and len(after.text) <= 6 and after.tag_ not in ("VBN", "VBD", "VBG")

    def _joins_other(self, start: int, end: int) -> int:
        text = self.doc[end].text
        if text in self.people.particles and self._joins_particle(end):
            return 1
        if text in FOREIGN_JOINS and is_capital(self.doc[end + 1]):
            return 1
        if text.isdigit() and len(text) < 4 and self._is_body_word(self.doc[end - 1].text):
            return 1
        return self._joins_small_word(start, end)

    def _ends_sentence(self, start: int, end: int) -> bool:
        """A full stop ends a name, but for the stop of a lone initial or a title ("Brig.")."""
        if self.doc[end].text == "." and self._is_title(self.doc[end - 1]):
            return False
        before = self.doc[end - 1].text
        if not self.doc[end].is_sent_start or before[-1:] not in (".", "?", "!"):
            return False
        return not is_initial(before) or (end - start > 1 and is_initial(self.doc[end - 2].text))

    def _is_title(self, token: Token) -> bool:
        return token.text.lower() in self.people.titles

    def _goes_on(self, end: int) -> bool:
        token, before = self.doc[end], self.doc[end - 1]
        word = token.text.lower()
        if word in self.people.never and word not in NAME_ADJECTIVES:
            return False
        if before.text.lower() in self.people.countries and (
            word in self.people.countries or (before.text.isupper() and not token.text.isupper())
        ):
            return False
        return not (self.title_case and token.i not in self.entity and before.i not in self.entity)

    def _joins_particle(self, end: int) -> bool:
        doc = self.doc
        word = doc[end].text
        j = end + 1
        while j < len(doc) and (doc[j].text in self.people.particles or doc[j].text == "-"):
            j += 1
        if j >= len(doc) or not is_capital(doc[j]):
            return False
        if word in AMBIGUOUS_PARTICLES:
            return doc[end].pos_ in ("PROPN", "X") or (
                word in ("y", "e") and doc[end].ent_type_ == "PERSON"
            )
        return True

    def _joins_possessive(self, end: int) -> bool:
        """As in "Journalists' Union" is one name; "Peru's Justice Ministry" is two."""
        before = self.doc[end - 1].text
        if self.doc[end].text not in ("'", "'s"):
            return False
        plural = self.doc[end].text == "'" and before.endswith("s")
        people = self.people.role_of(before) or before.lower() in OFFICE
        follows = [t.text for t in self.doc[end + 1 : end + 5]]
        cut = next((n for n, t in enumerate(follows) if not t[0].isupper()), len(follows))
        if before.lower() in COMMON_OWNERS:
            return cut > 0
        known = before.lower() in self.people.given
        return bool(plural or people) and not known and any(map(self._is_body_word, follows[:cut]))

    def _joins_small_word(self, start: int, end: int) -> int:
        """As in "Ministry of the Interior", "Labour and Social Protection"."""
        doc = self.doc
        word = doc[end].text
        if word not in SMALL_WORDS:
            return 0
        run = doc[start:end]
        if not any(self._is_body_word(t.text) for t in run):
            return 0
        j = end + 1
        while j < len(doc) and doc[j].text in ("the", "of", "its"):
            j += 1
        if j >= len(doc) or not is_capital(doc[j]) or self._starts_anew(doc[j]):
            return 0
        if word == "and":
            return j - end if j == end + 1 and self._and_goes_on(run, j) else 0
        if word in ("in", "at", "to", "against", "on"):
            same = doc[end].ent_type_ == "ORG" and doc[j].ent_type_ == "ORG"
            return j - end if same or (word in ("against", "on")) else 0
        return j - end

    def _starts_anew(self, token: Token) -> bool:
        """True for "Monday" and "Mr", which no name goes on with."""
        word = token.text.lower()
        return word in PLAIN_TITLES or (word in self.people.never and word not in NAME_ADJECTIVES)

    def _and_goes_on(self, run: Span, j: int) -> bool:
        if not any(t.text in ("of", "for", "on") for t in run):
            return False
        return self.doc[j].text.lower() in DOMAINS or (
            self.doc[j].ent_type_ == "ORG"
            and self.doc[j].ent_iob_ == "I"
            and not is_acronym(self.doc[j].text)
        )

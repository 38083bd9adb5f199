"""Who tells a passage in the first person, and whom an entry of a list is about.

Testimonies ('1. Ana Ruiz, 24, nurse' and then 'I ...'), letters ('Dear friends, ... Ana'), one
person's account under an introduction that names nobody else, and what an author writes of herself.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from spacy.tokens import Token

from khronika.coding.cast_evidence import PERSON
from khronika.coding.cast_members import Member
from khronika.coding.cast_names import Naming
from khronika.coding.parsed import ParsedReport, ParsedUnit
from khronika.model.reports import PassageRole

_SAID = re.compile(r'"[^"]*(?:"|$)')
_SELF = re.compile(r"\b(?:I|[Mm]e|[Mm]y|[Mm]yself)\b(?!\.)")
_INTRODUCED = re.compile(
    r"(?:^|[.\"] )(?:my (?:full |real )?name (?:\w+ ){0,4}is|i am|i 'm|i ,|they call me|call me)$"
)
LONGEST_SELF = 9  # tokens before a name, in which the teller says that it is hers
_SALUTATION = re.compile(r"(?:My )?(?:Dear|Dearest|Beloved|Hello|Greetings|Friends)\b[^.?!]{0,60}$")
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_ENTRY_WORDS = frozenset("case testimony of witness name voice story profile no number".split())
_CLOSING = frozenset((",", "(", ":", "-", "--", "–", "—", ".", ";"))
HEADING_ROLES = frozenset({PassageRole.HEADLINE, PassageRole.LIST_ITEM})
LONGEST_HEADING = 45  # tokens
LONGEST_SIGNATURE = 5
FEWEST = 2  # units in the first person, in an account without headings
SHARE = 0.4  # of the units after the introduction that are in the first person there


@dataclass(frozen=True, slots=True)
class Passages:
    """By unit: who tells it, who writes 'I' in it, and whom it is about (indices of members)."""

    narrators: Mapping[int, int] = field(default_factory=dict)
    authors: Mapping[int, int] = field(default_factory=dict)
    focus: Mapping[int, int] = field(default_factory=dict)
    protagonist: int | None = None  # the one person whom the title names


def passages(
    parsed: ParsedReport,
    members: Sequence[Member],
    naming_at: Mapping[tuple[int, int], tuple[int, Naming]],
) -> Passages:
    """Read from its headings, salutations and introduction who tells what in a report."""
    return _Reading(parsed, members, naming_at).passages()


class _Reading:
    def __init__(
        self,
        parsed: ParsedReport,
        members: Sequence[Member],
        naming_at: Mapping[tuple[int, int], tuple[int, Naming]],
    ) -> None:
        self.units, self.members, self.naming_at = parsed.units, members, naming_at
        self.own = {u.index for u in parsed.units if _SELF.search(_SAID.sub("", u.text))}
        self.narrators: dict[int, int] = {}
        self.authors: dict[int, int] = {}
        self.focus: dict[int, int] = {}

    def passages(self) -> Passages:
        """All three, each rule where the one before it says nothing."""
        self._read_entries()
        self._read_letter()
        self._read_introduced()
        if not self.narrators and len(self.own) >= FEWEST and not self._read_author():
            self._read_account()
        return Passages(self.narrators, self.authors, self.focus, self._protagonist())

    def _protagonist(self) -> int | None:
        """The only person named in the headlines before the text begins."""
        named: set[int] = set()
        for unit in self.units:
            if unit.unit.role is not PassageRole.HEADLINE:
                break
            at = (self.naming_at.get((unit.index, t.i)) for t in unit.tokens)
            found = {each[0] for each in at if each is not None}
            named |= {who for who in found if self.members[who].kind == PERSON}
        who = named.pop() if len(named) == 1 else None
        often = who is not None and len(self.members[who].namings) >= FEWEST
        return who if often else None

    def _read_entries(self) -> None:
        entries = [(u, found) for u in self.units if (found := self._entry(u)) is not None]
        headings = [(u.index, who) for u, (who, alone) in entries if alone]
        for unit, (who, alone) in entries:
            if not alone:
                self.focus[unit.index] = who
        for at, who in headings:
            section = self._section(at, {i for i, _ in headings})
            if self.own & set(section):
                self.narrators.update(dict.fromkeys(section, who))
            elif len(headings) > 1 and section and self._is_body(section[0]):
                for i in section:
                    self.focus.setdefault(i, who)

    def _section(self, heading: int, others: set[int]) -> list[int]:
        """The units under a heading."""
        found: list[int] = []
        for unit in self.units[heading + 1 :]:
            if unit.index in others or unit.unit.role in HEADING_ROLES:
                break
            found.append(unit.index)
        return found

    def _is_body(self, unit: int) -> bool:
        return self.units[unit].unit.role in (PassageRole.BODY, PassageRole.QUOTATION)

    def _entry(self, unit: ParsedUnit) -> tuple[int, bool] | None:
        """The person with whom an entry opens, without a verb, and whether that is all of it."""
        if unit.unit.role is PassageRole.TABLE_ROW:
            return None
        start = next((i for i in range(min(5, len(unit.doc))) if self._person(unit, i)), None)
        if start is None or not all(map(_leads, unit.tokens[:start])):
            return None
        who, naming = self.naming_at[unit.index, start]
        if naming.end < len(unit.doc) and unit.doc[naming.end].text not in _CLOSING:
            return None
        after = _outside(unit.tokens[naming.end : naming.end + LONGEST_HEADING])
        end = next((t.i for t in after if t.text in (".", ":")), None)
        if any(t.tag_ in _FINITE for t in after if end is None or t.i < end):
            return None
        later = [t for t in after if end is not None and t.i > end and t.is_alpha]
        alone = len(unit.doc) <= LONGEST_HEADING and not later
        role = unit.unit.role
        marked = role is PassageRole.LIST_ITEM or any(t.like_num for t in unit.tokens[:start])
        if not marked and not (alone and role is PassageRole.HEADLINE):
            return None
        return (who, alone) if alone or end is not None else None

    def _person(self, unit: ParsedUnit, token: int) -> bool:
        found = self.naming_at.get((unit.index, token))
        return found is not None and self.members[found[0]].kind == PERSON

    def _read_letter(self) -> None:
        """From 'Dear friends,' to the line that holds nothing but a name."""
        for unit in self.units:
            if unit.index in self.narrators or not _SALUTATION.match(unit.text):
                continue
            end = next((u.index for u in self.units[unit.index + 1 :] if self._signed(u)), None)
            letter = range(unit.index, end + 1) if end is not None else range(0)
            if end is not None and self.own & set(letter):
                who = self.naming_at[end, self._first(self.units[end])][0]
                self.narrators.update(dict.fromkeys(letter, who))

    def _read_introduced(self) -> None:
        """'My name is Ana Ruiz', 'I, Ana Ruiz, ...': she tells all up to the next heading."""
        for unit in self.units:
            if unit.index not in self.own or unit.index in self.narrators:
                continue
            found = [self._named_self(unit, t.i) for t in unit.tokens[1:]]
            who = next((each for each in found if each is not None), None)
            if who is not None:
                section = [unit.index, *self._section(unit.index, set())]
                self.narrators.update({i: who for i in section if i not in self.narrators})

    def _named_self(self, unit: ParsedUnit, at: int) -> int | None:
        """The person whose name starts at a token, if the words before say who tells."""
        if not self._person(unit, at) or self._person(unit, at - 1):
            return None
        before = " ".join(t.lower_ for t in unit.tokens[max(0, at - LONGEST_SELF) : at])
        return self.naming_at[unit.index, at][0] if _INTRODUCED.search(before) else None

    def _signed(self, unit: ParsedUnit) -> bool:
        words = [t.i for t in unit.tokens if t.is_alpha]
        short = 0 < len(words) <= LONGEST_SIGNATURE
        return short and all(self._person(unit, i) for i in words)

    def _first(self, unit: ParsedUnit) -> int:
        return next(t.i for t in unit.tokens if t.is_alpha)

    def _read_author(self) -> bool:
        """'a chronicle by Ana Ruiz': what she writes of herself is not said by another."""
        for unit in self.units[:4]:
            for token in unit.tokens[:-1]:
                if token.lower_ == "by" and self._person(unit, token.i + 1):
                    who = self.naming_at[unit.index, token.i + 1][0]
                    self.authors.update(dict.fromkeys(self.own, who))
                    return True
        return False

    def _read_account(self) -> None:
        """One person's account under a title or introduction that names nobody else."""
        first = min(self.own)
        after = [u.index for u in self.units if u.index >= first]
        named = {
            who
            for (unit, _), (who, _) in self.naming_at.items()
            if unit < first and self.members[who].kind == PERSON
        }
        if len(named) == 1 and len(self.own) >= SHARE * len(after):
            self.narrators.update(dict.fromkeys(after, named.pop()))


def _leads(token: Token) -> bool:
    """True for what may stand before the name that an entry opens with: '3.', 'Case 2:', '•'."""
    return not token.is_alpha or token.lower_ in _ENTRY_WORDS or token.lower_ in ("md", "mr", "ms")


def _outside(tokens: Sequence[Token]) -> list[Token]:
    """Tokens outside brackets and relative clauses ('Ruiz, who has led the union, ...')."""
    found, deep, relative = [], 0, False
    for token in tokens:
        deep += (token.text in ("(", "[")) - (token.text in (")", "]"))
        if token.lower_ in ("who", "whose", "which"):
            relative = True
        elif token.text in (",", ".", ":"):
            relative = False
        if deep <= 0 and not relative and token.text not in (")", "]"):
            found.append(token)
    return found

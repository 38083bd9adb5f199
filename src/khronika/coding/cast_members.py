"""Who is who: namings of one report joined into its actors, short forms with their fullest.

A short form that two actors share is left as an actor of its own: a wrong name is worse than none.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from khronika.coding.cast_evidence import BODY, PERSON, PLACE, WORK, head_word
from khronika.coding.cast_names import Naming
from khronika.coding.cast_words import (
    SHORTEST_MISSPELT,
    SMALL_WORDS,
    fold,
    folded,
    is_acronym,
    is_initial,
    is_misspelling,
    makes_initials,
)
from khronika.text.people import People

MOST_NEAR = 200  # members that one name is compared with
LIKELY = 1.0  # weight of votes below which a lone word is no one's name
ADDRESSES = frozenset({"saw", "u", "daw", "ko", "ma"})
ARTICLES = ("the", "a", "an")


@dataclass(slots=True)
class Member:
    """An actor in the making: the words of its fullest name, its namings, what is said of it."""

    words: tuple[str, ...]
    kind: str
    gender: str = ""
    country: str = ""
    age: int | None = None
    namings: list[Naming] = field(default_factory=list)
    forms: list[str] = field(default_factory=list)
    aliases: list[str] = field(default_factory=list)
    roles: list[str] = field(default_factory=list)  # nouns that describe it: "lawyer"
    heads: set[str] = field(default_factory=set)  # for bodies: "centre", "ministry"

    @property
    def name(self) -> str:
        """The fullest form, without a leading article."""
        return " ".join(self.words)

    @property
    def key(self) -> tuple[str, ...]:
        """What its name is compared by."""
        return tuple(w for w in folded(self.words) if w not in ARTICLES)

    @property
    def first(self) -> tuple[int, int]:
        """Where it is first named."""
        return (self.namings[0].unit, self.namings[0].start) if self.namings else (0, 0)

    def last_before(self, naming: Naming) -> tuple[int, int]:
        """Where it was last named before another naming."""
        here = (naming.unit, naming.start)
        before = [(n.unit, n.start) for n in self.namings if (n.unit, n.start) < here]
        return max(before, default=(-1, -1))

    def take(self, naming: Naming) -> None:
        """Add a naming and what it says."""
        self.namings.append(naming)
        self.note(naming.text)
        for alias in naming.aliases:
            self.note(alias)
            if alias not in self.aliases:
                self.aliases.append(alias)
        self.gender = self.gender or naming.gender
        self.country = self.country or naming.country
        self.age = self.age if self.age is not None else naming.age
        if naming.role and naming.role not in self.roles:
            self.roles.append(naming.role)

    def note(self, form: str) -> None:
        """Keep a form as written."""
        if form not in self.forms:
            self.forms.append(form)


def join_names(namings: Sequence[Naming], people: People, *, publisher: str = "") -> list[Member]:
    """The report's actors and places, in the order in which they are first named.

    A bare "the Court" is the publisher's own where the publisher is a court.
    """
    kinds = _kinds(namings)
    own = tuple(publisher.split())
    roster = _Roster()
    longest_first = sorted(namings, key=lambda n: (len(n.words) == 1, n.unit, n.start))
    for naming in longest_first:
        kind = kinds[_strip(naming.words)]
        if not kind:
            continue
        home = _home(naming, kind, roster.near(naming), people, folded(own))
        if home is None:
            bare = kind == BODY and own and _is_short_of(naming, own)
            home = Member(words=own if bare else _strip_words(naming.words), kind=kind)
            roster.members.append(home)
        _widen(home, naming)
        home.take(naming)
        roster.enter(home)
    for member in roster.members:
        member.namings.sort(key=lambda n: (n.unit, n.start))
        _settle_gender(member, people)
        _keep_address(member)
    return sorted(roster.members, key=lambda m: m.first)


def _keep_address(member: Member) -> None:
    """As in "Saw Htoo", "U Ba": where one word would remain, the form of address is kept."""
    title = member.namings[0].title if member.namings else ""
    if member.kind == PERSON and len(member.words) == 1 and title.lower() in ADDRESSES:
        member.words = (title, *member.words)


class _Roster:
    """The members so far, found by what their names share, so that no name meets them all."""

    def __init__(self) -> None:
        self.members: list[Member] = []
        self._index: dict[str, dict[int, Member]] = {}

    def enter(self, member: Member) -> None:
        """Make a member findable by its words, aliases, initials and likely misspellings."""
        aliases = [word for alias in member.aliases for word in folded(tuple(alias.split()))]
        terms = {*member.key, *aliases, *_likely(member.key), *_initials(member.words)}
        for term in terms:
            self._index.setdefault(term, {})[id(member)] = member

    def near(self, naming: Naming) -> list[Member]:
        """Members that a naming can stand for, in the order in which they were entered."""
        words = _strip(naming.words)
        acronym = naming.words[0] if len(naming.words) == 1 else ""
        found: dict[int, Member] = {}
        for term in (*words, f"={acronym.lower().replace('.', '')}"):
            found |= self._index.get(term, {})
        for term in () if found else _likely(words):
            found |= self._index.get(term, {})
        return sorted(found.values(), key=lambda m: m.first)[-MOST_NEAR:]


def _likely(words: tuple[str, ...]) -> set[str]:
    """The first and last letters of long words, which a misspelling leaves."""
    return {f"{word[0]}~{word[-2:]}" for word in words if len(word) >= SHORTEST_MISSPELT}


def _initials(words: tuple[str, ...]) -> set[str]:
    """As in "=mlt" and the like for a name of several words, small ones counted or not."""
    parts = [part for word in words for part in word.split("-") if part]
    if len(parts) < 2:
        return set()
    large = [part for part in parts if part[0].isupper()]
    made = {"".join(part[0] for part in each).lower() for each in (parts, large)}
    return {f"={word}{plural}" for word in made for plural in ("", "s")}


def _strip_words(words: tuple[str, ...]) -> tuple[str, ...]:
    return words[1:] if len(words) > 1 and words[0].lower() in ARTICLES else words


def _strip(words: tuple[str, ...]) -> tuple[str, ...]:
    return folded(_strip_words(words))


def _kinds(namings: Iterable[Naming]) -> dict[tuple[str, ...], str]:
    """What each name is, by all its votes; part of a person's name is a person's."""
    votes: dict[tuple[str, ...], dict[str, float]] = {}
    for naming in namings:
        tally = votes.setdefault(_strip(naming.words), {})
        for kind, weight in naming.votes.items():
            tally[kind] = tally.get(kind, 0.0) + weight
    kinds = {key: _winner(tally, lone=len(key) == 1) for key, tally in votes.items()}
    persons = {
        word for key, kind in kinds.items() if kind == PERSON and len(key) > 1 for word in key
    }
    for key, tally in votes.items():
        if len(key) == 1 and key[0] in persons and tally.get(PLACE, 0.0) < 4.0:
            kinds[key] = PERSON
    return kinds


def _winner(tally: dict[str, float], *, lone: bool) -> str:
    """The kind with most votes; "" for a lone word that hardly anything makes a person."""
    if not tally:
        return ""
    order = (PERSON, BODY, PLACE, WORK)
    kind = max(order, key=lambda kind: (tally.get(kind, 0.0), -order.index(kind)))
    unlikely = lone and kind == PERSON and tally.get(PERSON, 0.0) < LIKELY
    return "" if unlikely else kind


def _home(
    naming: Naming,
    kind: str,
    members: Sequence[Member],
    people: People,
    own: tuple[str, ...],
) -> Member | None:
    """The one member that a naming can stand for, or None."""
    words = _strip(naming.words)
    same = [m for m in members if m.key == words or _has_alias(m, words)]
    if len(words) > 1 or kind != PERSON:
        exact = [m for m in same if m.kind == kind or kind in (BODY, PLACE)]
        if exact:
            return exact[0]
    aliased = [m for m in members if m.kind == kind and _has_alias(m, words)]
    if len(aliased) == 1:
        return aliased[0]
    if kind == PERSON:
        return _person(naming, words, [m for m in members if m.kind == PERSON], people)
    if kind == BODY:
        return _body(naming, words, [m for m in members if m.kind == BODY], own)
    return same[0] if same else None


def _has_alias(member: Member, words: tuple[str, ...]) -> bool:
    return any(folded(tuple(alias.split())) == words for alias in member.aliases)


def _person(
    naming: Naming, words: tuple[str, ...], members: Sequence[Member], people: People
) -> Member | None:
    fits = [m for m in members if _is_short_for(words, m.key) and _genders_agree(naming, m, people)]
    if not fits:
        fits = [
            m
            for m in members
            if _is_misspelt(words, m.key, people) and _genders_agree(naming, m, people)
        ]
    if len(fits) > 1:
        longer = [m for m in fits if len(m.key) > len(words)]
        equal = [m for m in fits if len(m.key) == len(words)]
        before = [m for m in longer if m.first < (naming.unit, naming.start)]
        fits = longer if len(longer) == 1 and not equal else before if len(before) == 1 else equal
        fits = [m for m in fits if _genders_agree(naming, m, people)]
    return fits[0] if len(fits) == 1 else None


def _genders_agree(naming: Naming, member: Member, people: People) -> bool:
    """As in "Ms Karimova" isn't her brother; an unknown gender agrees with both."""
    theirs = member.gender or _given_gender(member.words, people)
    ours = naming.gender or (_given_gender(naming.words, people) if len(naming.words) > 1 else "")
    return not (ours and theirs and ours != theirs)


def _is_short_for(short: tuple[str, ...], full: tuple[str, ...]) -> bool:
    """True if every word of `short` stands in `full`, in order; an initial stands for its word."""
    if len(short) > len(full):
        short, full = full, short
        if len(short) == 1:
            return False  # a lone word that was met first is joined later, never widened by a guess
    at = 0
    real = 0
    for word in short:
        while at < len(full) and not _stands_for(word, full[at]):
            at += 1
        if at == len(full):
            return False
        real += not is_initial(word) and word == full[at]
        at += 1
    return real > 0


def _stands_for(word: str, full: str) -> bool:
    return (
        word == full
        or (is_initial(word) and full.startswith(word[0]))
        or (is_initial(full) and word.startswith(full[0]))
    )


def _is_misspelt(words: tuple[str, ...], full: tuple[str, ...], people: People) -> bool:
    """One letter of the family name, alone or after the very same given names.

    Given names one letter apart are two people of one family: "Chen Yanghua", "Chen Yanhua".
    """
    if len(words) == 1:
        return len(full) > 1 and any(is_misspelling(words[0], word) for word in full)
    if len(words) != len(full) or words[:-1] != full[:-1] or words[0] in people.family_first:
        return False
    if people.gender_of_given(words[0]) is None:
        return False  # which word is the family's is not known
    return is_misspelling(words[-1], full[-1])


def _body(
    naming: Naming, words: tuple[str, ...], members: Sequence[Member], own: tuple[str, ...]
) -> Member | None:
    before = [m for m in members if m.first < (naming.unit, naming.start)] or list(members)
    if len(words) == 1 and is_acronym(naming.words[0]):
        fits = [m for m in members if len(m.words) > 1 and makes_initials(m.words, naming.words[0])]
        return fits[0] if len(fits) == 1 else None
    fits = [m for m in before if len(m.key) > len(words) and _is_head_of(words, m)]
    if fits and len(words) == 1:
        if own and own[-1] == words[0]:
            fits = [m for m in members if m.key == own]
            return fits[0] if fits else None
        fits = [max(fits, key=lambda m: m.last_before(naming))]
    if not fits:
        fits = [m for m in members if _is_body_prefix(words, m.key)]
    if not fits:
        fits = [m for m in members if _is_body_misspelt(words, m.key)]
    return fits[0] if len(fits) == 1 else None


def _is_body_misspelt(words: tuple[str, ...], key: tuple[str, ...]) -> bool:
    if len(words) != len(key):
        return False
    wrong = [(a, b) for a, b in zip(words, key, strict=True) if a != b]
    return len(wrong) == 1 and len(words) > 1 and is_misspelling(*wrong[0])


def _is_short_of(naming: Naming, publisher: tuple[str, ...]) -> bool:
    """As in "the Trust" or "MLT", in a report that the Marsh Lands Trust publishes."""
    words = _strip(naming.words)
    if len(words) != 1 or len(publisher) < 2:
        return False
    acronym = is_acronym(naming.words[0]) and makes_initials(publisher, naming.words[0])
    return acronym or words == folded(publisher[-1:])


def _is_head_of(words: tuple[str, ...], member: Member) -> bool:
    """As in "the Ministry" for "Ministry of Justice", "the Court" for "City Court"."""
    return len(words) == 1 and words[0] == head_word(member.words)


def _is_body_prefix(words: tuple[str, ...], key: tuple[str, ...]) -> bool:
    """As in "Lantern House" for "Lantern House for Rights"."""
    shorter = len(words) < len(key)
    return shorter and key[: len(words)] == words and not (set(words) <= SMALL_WORDS)


def _widen(member: Member, naming: Naming) -> None:
    """Let a fuller form of the name become the member's name."""
    words = _strip_words(naming.words)
    fuller = len(folded(words)) > len(member.key) and not is_acronym(naming.words[0])
    acronym = len(member.words) == 1 and is_acronym(member.words[0]) and len(words) > 1
    if ((fuller or acronym) and set(member.key) & set(folded(words))) or acronym:
        member.words = words


def _given_gender(words: tuple[str, ...], people: People) -> str:
    """The gender of the given name, first word or, in some traditions, a later one."""
    if not words:
        return ""
    found = people.gender_of_given(words[0])
    if found:
        return found
    if words[0].lower() in people.family_first:
        genders = {people.gender_of_given(w) or "" for w in words[1:]} - {""}
        if "thị" in [w.lower() for w in words]:
            return "f"
        return genders.pop() if len(genders) == 1 else ""
    return ""


FEMALE_ENDINGS = (
    "ova",
    "eva",
    "ovna",
    "evna",
    "skaya",
    "skaia",
    "ska",
    "cka",
    "kyzy",
    "qizi",
    "kizi",
    "dóttir",
    "dottir",
    "aitė",
    "ytė",
    "ienė",
    "ová",
    "ina",
)
MALE_ENDINGS = (
    "ov",
    "ev",
    "ovich",
    "evich",
    "sky",
    "ski",
    "skiy",
    "skyi",
    "cki",
    "uly",
    "ogly",
    "oglu",
    "auskas",
    "evičius",
)


def _settle_gender(member: Member, people: People) -> None:
    """A title or description says most, then the given name, then what a surname's ending says."""
    if member.kind != PERSON or member.gender:
        return
    member.gender = _given_gender(member.words, people)
    last = folded(member.words)[-1]
    if not member.gender and len(last) > 5:
        if last.endswith(tuple(fold(e) for e in FEMALE_ENDINGS)):
            member.gender = "f"
        elif last.endswith(tuple(fold(e) for e in MALE_ENDINGS)):
            member.gender = "m"

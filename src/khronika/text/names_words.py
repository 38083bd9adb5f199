"""The words of a person's name, with the keys that they are compared by."""

from dataclasses import dataclass, field
from functools import lru_cache

from khronika.text.phonetics import classes


@lru_cache(maxsize=65536)
def shape(sounds: str) -> str:
    """The kinds of consonants of a skeleton and how many vowels it has; `ui` counts as one."""
    bare = sounds.replace("ui", "u").replace("iu", "u")
    return f"{classes(sounds)}{bare.count('a') + bare.count('i') + bare.count('u')}"


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a name and its keys.

    Attributes:
        text: as written.
        plain: in lower-case Latin letters.
        skeleton: what it sounds like.
        readings: what it sounds like in each tradition of spelling that the name may follow.
        groups: of given names, empty where it is none.
        gender: that a given name or patronymic shows.
        latin: False for a word in Cyrillic.
        initial: it is a letter alone.
        patronymic: it is a father's name with the ending for a son or daughter.
        listed: it is a given name whose other forms are known, too.
        prefix: the particles written before it: `al`, `bin`, `van der`.
        hyphened: a hyphen joins it to the word before.
        loud: it alone is in capitals, as lists write the surname.
        loose: the name's tradition writes vowels in many ways, as that of Arabic names does.
        vowelless: its script leaves out vowels.
        cultures: in which the given name is usual, where that is known.
        attested: a list knows it as a common name, so that it is no slip of the pen.
        shapes: its readings' kinds of consonants and number of vowels.
        bits: how much it says, the more the rarer it is.
    """

    text: str = field(repr=False)
    plain: str = field(repr=False)
    skeleton: str = field(repr=False)
    readings: tuple[str, ...] = field(default=(), repr=False)
    groups: frozenset[str] = frozenset()
    gender: str = ""
    latin: bool = True
    initial: bool = False
    patronymic: bool = False
    listed: bool = False
    prefix: str = ""
    hyphened: bool = False
    loud: bool = False
    loose: bool = False
    vowelless: bool = False
    cultures: frozenset[str] = frozenset()
    bits: float = 0.0
    attested: bool = False
    shapes: frozenset[str] = field(default=frozenset(), init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        shapes = frozenset(shape(r) for r in self.readings)
        object.__setattr__(self, "shapes", shapes)


@dataclass(frozen=True, slots=True)
class PersonName:
    """A name as read: its words without titles, and the gender and generation that they show."""

    words: tuple[Word, ...] = field(repr=False)
    gender: str = ""
    office: str = ""
    father: Word | None = field(default=None, repr=False)
    ordered: bool = False  # a comma or capitals tell the surname from the rest
    generation: str = ""

    @property
    def full(self) -> bool:
        """True if it holds more than a surname or a given name alone."""
        return sum(not w.patronymic for w in self.words) > 1

    def of(self, culture: str) -> bool:
        """True if a given name in it is usual in a culture."""
        return any(culture in w.cultures for w in self.words)

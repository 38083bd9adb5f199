"""The scene: what has been mentioned so far, and who a pronoun or a description can stand for."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from khronika.model.acts import ActorType, Count

REACH = 7.0  # how many sentences back a pronoun looks; a paragraph's edge counts as half of one
MARGIN = 0.15  # two different candidates nearer than this are a tie
NEW_SECTION = 1.5  # sentences that the heading of a section counts for
NEARBY = 24  # mentions: a clause has no more
LOOKED_AT = 160  # mentions: further back nothing is looked at
THING = frozenset({"thing"})

Key = tuple[int | None, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Referent:
    """Someone a mention can stand for: a cast member, or those a description tells of.

    `owner` is whose relative it is ("his mother"), where that is known.
    """

    name: str = field(repr=False)
    type: ActorType
    cast: int | None = None
    count: Count | None = None
    age: int | None = None
    gender: str = ""
    role: str = ""
    plural: bool = False
    classes: frozenset[str] = frozenset()
    owner: Key | None = None

    @property
    def human(self) -> bool:
        """True for one person."""
        return "person" in self.classes and not self.plural

    @property
    def thing(self) -> bool:
        """True for what cannot act: a flat, a law."""
        return "thing" in self.classes

    @property
    def same(self) -> Key:
        """What makes two referents the same."""
        return (self.cast, "" if self.cast is not None else self.name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """Where a mention is looked from: its unit, sentence of the report, token and clause's verb."""

    unit: int
    sentence: int
    token: int
    verb: int = -1
    section: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A mention on the scene: its referents, where it stands, how prominent it is there."""

    referents: tuple[Referent, ...]
    spot: Spot
    rank: float  # subject 1.0, object 0.6, else less
    named: bool = False
    listed: bool = False  # a list of names
    headline: bool = False
    tells: bool = False  # the subject of a verb of saying: who reports is seldom who is reported on

    @property
    def one(self) -> Referent:
        """The first referent."""
        return self.referents[0]

    @property
    def plural(self) -> bool:
        """True for several."""
        return len(self.referents) > 1 or self.one.plural

    @property
    def subject(self) -> bool:
        """True for the subject of its clause."""
        return self.rank >= 1.0

    def governs(self, spot: Spot) -> bool:
        """True if it is the subject of the very clause whose object is looked for."""
        same = self.spot.unit == spot.unit and self.spot.verb == spot.verb
        return same and self.subject and self.spot.token < spot.token


@dataclass(slots=True)
class Scene:
    """Everything seen so far, newest last, and how often each referent was."""

    seen: list[Seen] = field(default_factory=list)
    times: dict[Key, int] = field(default_factory=dict)

    def add(self, mention: Seen) -> None:
        """Put a mention on the scene."""
        self.seen.append(mention)
        for referent in mention.referents:
            self.times[referent.same] = self.times.get(referent.same, 0) + 1

    def governing(self, spot: Spot) -> set[Key]:
        """Those who are the subject of the clause that a spot is the object of."""
        near = self.seen[-NEARBY:]
        return {r.same for m in near if m.governs(spot) for r in m.referents}

    def pick(
        self,
        fits: Callable[[Seen], bool],
        spot: Spot,
        *,
        reach: float = REACH,
        margin: float = MARGIN,
        favour: Callable[[Seen], float] = lambda _: 0.0,
    ) -> tuple[Referent, ...]:
        """The referents of the best mention that fits, seen from a spot.

        Empty where nothing fits, or where two different ones fit alike.
        """
        best: dict[tuple[Key, ...], float] = {}
        found: dict[tuple[Key, ...], Seen] = {}
        for mention in reversed(self.seen[-LOOKED_AT:]):
            distance = _distance(mention.spot, spot)
            if distance > reach or not fits(mention):
                continue
            key = tuple(r.same for r in mention.referents)
            score = self._score(mention, distance) + favour(mention)
            if key not in best or best[key] < score:
                best[key], found[key] = score, mention
        ranked = sorted(best, key=lambda key: (-best[key], -found[key].spot.token))
        if not ranked or (len(ranked) > 1 and best[ranked[0]] - best[ranked[1]] < margin):
            return ()
        return found[ranked[0]].referents

    def _score(self, mention: Seen, distance: float) -> float:
        often = max(self.times.get(r.same, 1) for r in mention.referents)
        named = 0.2 * mention.named
        # "her lawyer's assistant" does not take the place of her whom the text is about
        owned = 0.6 * all(r.owner is not None and r.cast is None for r in mention.referents)
        aside = owned + 0.35 * mention.tells + mention.headline
        return mention.rank - 0.8 * distance + 0.12 * min(often, 6) + named - aside


def _distance(there: Spot, here: Spot) -> float:
    apart = (here.sentence - there.sentence) + 0.5 * min(here.unit - there.unit, 2)
    return apart + NEW_SECTION * (here.section != there.section)


def merged(parts: Iterable[Sequence[Referent]]) -> tuple[Referent, ...]:
    """All referents of several mentions, each once, in order."""
    found: dict[Key, Referent] = {}
    for part in parts:
        for referent in part:
            found.setdefault(referent.same, referent)
    return tuple(found.values())

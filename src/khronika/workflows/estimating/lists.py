"""Lists: publishers that observed on their own, those that mostly repeat each other made one."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import combinations

from khronika.estimation.notes import noted
from khronika.estimation.results import Note
from khronika.estimation.table import MOST_LISTS
from khronika.text.bodies import compare_bodies
from khronika.text.lemmas import folded
from khronika.text.likeness import Likeness
from khronika.workflows.estimating.origins import Origin
from khronika.workflows.estimating.question import Question, QuestionError
from khronika.workflows.estimating.tellings import Sighting

HALF = 0.5  # of what one tells: from then on the two are one list
FEWEST = 3  # repeated tellings before any two are made one
_NAMED = 3  # publishers of one list whose names are all in the list's
OTHERS = "other publishers"
_COMPARED = 400  # publishers whose names are held against each other


@dataclass(frozen=True, slots=True, kw_only=True)
class PublisherList:
    """One list.

    Attributes:
        name: the publisher's, or those of several.
        publishers: every name that its reports carry.
        why: why several are one, a sentence each.
    """

    name: str
    publishers: tuple[str, ...]
    why: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Lists:
    """The lists of a record, and who is on which.

    Attributes:
        lists: by name.
        of: by publisher as printed, the name of its list.
        repeated: how many tellings were put on another's list, by how that is known.
    """

    lists: tuple[PublisherList, ...]
    of: Mapping[str, str] = field(repr=False)
    repeated: Mapping[str, int] = field(default_factory=dict)


Attributed = Sequence[tuple[Sighting, Origin]]


def lists_from(told: Attributed, asked: Question) -> Lists:
    """Make lists of publishers.

    Args:
        told: tellings in scope, each with whose observation it is.
        asked: the question: publishers that are one, and when a list is small.
    """
    groups = _Groups({name for each, origin in told for name in (each.publisher, origin.publisher)})
    groups.of_one_name()
    groups.declared(asked.together)
    groups.repeating(told)
    people: dict[str, set[str]] = defaultdict(set)
    for each, origin in told:
        people[groups.home(origin.publisher)].add(each.actor)
    groups.few({home: len(found) for home, found in people.items()}, asked.small)
    return Lists(
        lists=groups.lists(people),
        of={name: groups.called(name) for name in groups.publishers()},
        repeated=dict(sorted(Counter(origin.why for _, origin in told if origin.why).items())),
    )


class _Groups:
    """Publishers in groups that become lists."""

    def __init__(self, publishers: Iterable[str]) -> None:
        self._home = {name: name for name in sorted(set(publishers) - {""})}
        self._why: dict[str, list[Note]] = defaultdict(list)
        self._called: dict[str, str] = {}  # names of groups that have one of their own

    def home(self, publisher: str) -> str:
        while self._home[publisher] != publisher:
            publisher = self._home[publisher]
        return publisher

    def join(self, one: str, other: str, why: Note | None = None) -> None:
        """Make one list of two publishers' lists; the first keeps its place."""
        first, second = self.home(one), self.home(other)
        if first == second:
            return
        self._home[second] = first
        self._why[first] += [*self._why.pop(second, ()), *([why] if why else [])]

    def of_one_name(self) -> None:
        """Publishers that are one, but for how the name is written."""
        names = sorted(self._home)
        by_fold: dict[str, str] = {}
        for name in names:
            first = by_fold.setdefault(folded(name), name)
            self.join(first, name, noted("same-name", one=[name], other=[first]))
        distinct = sorted(by_fold.values())
        if len(distinct) <= _COMPARED:
            for one, other in combinations(distinct, 2):
                if compare_bodies(one, other).likeness >= Likeness.LIKELY:
                    self.join(one, other, noted("like-name", one=[other], other=[one]))

    def declared(self, together: Iterable[Sequence[str]]) -> None:
        """Publishers that whoever asks says are one."""
        for names in together:
            first, *rest = (known(name, self._home) for name in names)
            for other in rest:
                self.join(first, other, noted("said-to-be-one", one=[other], other=[first]))

    def repeating(self, told: Attributed) -> None:
        """Publishers of whose tellings at least half repeat the other's."""
        total: Counter[str] = Counter()
        repeats: Counter[tuple[str, str]] = Counter()
        seen = {
            (self.home(each.publisher), self.home(origin.publisher), each.report, each.actor)
            for each, origin in told
            if each.publisher
        }
        for own, whose, _, _ in seen:
            total[own] += 1
            repeats[own, whose] += own != whose
        for (own, whose), number in sorted(repeats.items(), key=lambda one: (-one[1], one[0])):
            if number >= FEWEST and number >= HALF * total[own]:
                of = {"number": str(number), "total": str(total[own])}
                self.join(whose, own, noted("repeats", one=[own], other=[whose], **of))

    def few(self, people: Mapping[str, int], small: int) -> None:
        """Put the smallest lists together: those asked for, and as many as a table cannot hold."""
        ranked = sorted(people, key=lambda home: (people[home], home))
        fewer = [home for home in ranked if people[home] < small]
        too_many = len(ranked) - MOST_LISTS
        if too_many > 0 and len(fewer) <= too_many:
            fewer = ranked[: too_many + 1]
        if len(fewer) > 1:
            first, *rest = fewer
            most = people[fewer[-1]]
            self._called[first] = f"{OTHERS} ({len(fewer)})"
            for other in rest:
                self.join(first, other)
            why = noted("small-lists", number=str(len(fewer)), most=str(most))
            self._why[self.home(first)].append(why)

    def publishers(self) -> Iterable[str]:
        """Every publisher by name."""
        return self._home.keys()

    def lists(self, people: Iterable[str]) -> tuple[PublisherList, ...]:
        """The lists that somebody is on."""
        return tuple(
            PublisherList(
                name=self.called(home),
                publishers=self._members[home],
                why=tuple(self._why.get(home, ())),
            )
            for home in sorted({self.home(each) for each in people})
        )

    def called(self, publisher: str) -> str:
        """The name of a publisher's list."""
        return self._names[self.home(publisher)]

    @cached_property
    def _members(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, list[str]] = defaultdict(list)
        for name in self._home:
            found[self.home(name)].append(name)
        return {home: tuple(names) for home, names in found.items()}

    @cached_property
    def _names(self) -> dict[str, str]:
        """A name for each list, all different even where a publisher is called as two others."""
        found: dict[str, str] = {}
        taken: set[str] = set()
        for home, members in sorted(self._members.items()):
            name = first = self._name(home, members)
            number = 1
            while name in taken:
                number += 1
                name = f"{first} ({number})"
            taken.add(name)
            found[home] = name
        return found

    def _name(self, home: str, members: Sequence[str]) -> str:
        if home in self._called:
            return self._called[home]
        if len(members) <= _NAMED:
            return " + ".join(members)
        return f"{home} and {len(members) - 1} more"


def known(name: str, publishers: Iterable[str]) -> str:
    """The publisher that a name means, in any case of its letters.

    Raises:
        QuestionError: there is none of this name.
    """
    every = sorted(publishers)
    found = [each for each in every if folded(each) == folded(name)]
    if not found:
        raise QuestionError(
            f"No publisher of what is counted is called {name!r}",
            remedy=f"There are: {', '.join(every[:20])}{' ...' if len(every) > 20 else '.'}",
        )
    return found[0]


def left_out(names: Iterable[str], publishers: Iterable[str]) -> Callable[[str], bool]:
    """Says of a publisher whether it is one of those that were left out."""
    every = tuple(publishers)
    gone = {folded(known(name, every)) for name in names}
    return lambda publisher: folded(publisher) in gone

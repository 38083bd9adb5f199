"""Acts as linking compares them: who, when and where in a form that costs little to compare."""

import re
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice, takewhile
from typing import TypeVar

from khronika.linking.pool import Pool
from khronika.linking.spots import Spot, marks_of, places_of
from khronika.linking.told_days import told_day, told_days
from khronika.model.acts import Act, CastMember, Count, Involvement, Modality, Role
from khronika.model.edtf import EdtfError, bounds
from khronika.text.amounts import Penalty, number_of, read_penalty
from khronika.text.bodies import read_body
from khronika.text.crowds import crowd
from khronika.text.phonetics import skeleton
from khronika.text.shingles import shingles, words_of

T = TypeVar("T")

_SKETCH = 8  # least shingles of the quote that are kept
_BODY_CROWDS = frozenset({"organisation", "outlet"})
DECISIONS = frozenset({"sentence", "acquittal"})  # of which an appeal gives another
_APPEALED = re.compile(
    r"\b(?:uph[eo]ld|on appeal|reduc\w{1,4}|overturn\w{0,3}|appeals? court|court of appeal"
    r"|rejected (?:his|her|their|an|the) appeal|апелляц\w+|апеляц\w+|оставил\w? в силе|кассац\w+"
    r"|касац\w+|залиши\w+ без змін|смягчи\w+|пом'якши\w+)",
    re.IGNORECASE,
)
_AGAIN = re.compile(
    r"\b(?:again|once before|another|previously|earlier|second time|third time|re-?arrested"
    r"|снова|вновь|повторно|ещё раз|ранее|знову|вдруге|раніше)\b",
    re.IGNORECASE,
)
_TALLY = re.compile(
    r"\b(?:(?:rose|risen|rises|climbed|grew|grown|increased|went up|gone up) to|so far|as of"
    r"|by (?:the )?(?:evening|night|nightfall|midnight|morning|noon|end of the day)"
    r"|at the time of (?:writing|publication)|(?:вырос|возрос|увеличил|зрос|збільшил)\w* до"
    r"|к вечеру|к утру|на данный момент|по состоянию на|до вечора|до ранку|наразі|станом на)\b",
    re.IGNORECASE,
)
_LONG_WORD = re.compile(r"[^\W\d_]{5,}")
_MOST_WORDS = 24
_BRACKETS = re.compile(r" ?[()]")  # about another form of a name
_MOST_TOLD = 40  # people and crowds of a report
_MOST_NAMES = 8  # of those whom one act is about
_NARROW = 7  # days; what is dated more widely is not told of a day
_DOERS = (Role.PERPETRATOR, Role.ALLEGED_PERPETRATOR)
EVER = 10**7  # a day that never comes, for open ends


@dataclass(frozen=True, slots=True, eq=False)
class Telling:
    """One act as it is compared. `first` and `last` are days as numbers, 0 and `EVER` if open.

    `who` are the actors it is done to, or who do it if it is an intervention; `crowd` the concepts
    of those not named; `callings` what their report says that those named are; `doers`
    the other side; `tellers` who is quoted for it; `origin` the report, or what it is copied from.
    """

    id: str
    report: str
    origin: str
    start: int
    kind: str
    modality: Modality
    who: frozenset[int]
    crowd: frozenset[str]
    locals: frozenset[int]
    sorts: frozenset[str]
    callings: frozenset[str]
    doers: frozenset[int]
    doer_locals: frozenset[int]
    doer_crowd: frozenset[str]
    tellers: frozenset[str]
    voices: frozenset[str] = field(repr=False)  # the names of those who are quoted for it
    victims: frozenset[int]
    perpetrators: frozenset[int]
    first: int
    last: int
    edtf: str
    places: tuple["Spot", ...]
    spots: tuple["Spot", ...]  # its places below the size of a region
    lands: frozenset[str]  # the countries that they lie in, empty where one is not known
    least: int | None
    most: int | None
    loose: bool
    doer_count: int | None
    ages: tuple[tuple[int, int], ...]
    penalty: Penalty
    penalty_text: str = field(repr=False)
    sketch: bytes = field(repr=False)
    end: int
    appealed: bool
    again: bool
    tally: bool  # a count as it stood then, or as it grew
    lone: bool
    makes: bool
    about: frozenset[str]
    doer_homes: frozenset[str]
    published: int
    home: str  # the country that its report is about
    names: tuple[str, ...] = field(repr=False)  # of those of `who` that may be known by name alone
    mentioned: frozenset[int]  # the actors that its quote names, in whatever role
    marks: frozenset[str]  # the sounds of its quote's other names, and its long numbers
    days: frozenset[int]  # that its words name, without years, see `told_days`
    beside: frozenset[tuple[str, str, int]]  # kind, sort of people and day of its report's crowds
    told: frozenset[tuple[str, int]]  # kind and actor of what its report tells was done to somebody
    story: frozenset[int]  # the actors of `told`

    @property
    def dated(self) -> bool:
        """True if anything bounds it in time on both sides."""
        return self.first > 0 and self.last < EVER


@dataclass(frozen=True, slots=True)
class Parts:
    """What telling an act needs to know of its report's cast: actors by cast index."""

    published: int  # the report's day as a number, 0 if unknown
    home: str  # the country that the report is about, "" if several or none
    origin: str  # the report, or the one of its copies that stands for all
    actors: Mapping[int, int]
    callings: Mapping[int, frozenset[str]]  # by cast index, as crowds
    shared: frozenset[int]  # actors that are more than a description in one report
    bodies: frozenset[int]  # actors that are organisations or authorities
    interventions: frozenset[str]
    pool: Pool
    mentions: Sequence[tuple[int, int]] = ()  # where its cast is named, and who: start, cast index
    parted: frozenset[int] = frozenset()  # actors whom a reviewer told from another of the name


def tellings_of(acts: Iterable[Act], parts: Parts) -> tuple[Telling, ...]:
    """All acts of one report as they are compared."""
    alone = [telling_of(act, parts) for act in acts]
    same = parts.pool.same
    beside, told = _few(_beside(alone)), _told(alone)
    story = _few(frozenset(actor for _, actor in told))
    return tuple(
        replace(
            t,
            beside=same(beside if t.crowd else frozenset()),
            told=same(_of(told, story | t.mentioned)),
            story=same(story),
        )
        for t in alone
    )


def _few(items: frozenset[T]) -> frozenset[T]:
    """What a report tells, if it is not so much that it says nothing of what it is about."""
    return items if len(items) <= _MOST_TOLD else frozenset()


def _of(told: frozenset[tuple[str, int]], actors: frozenset[int]) -> frozenset[tuple[str, int]]:
    return frozenset(each for each in told if each[1] in actors)


def _beside(tellings: Sequence[Telling]) -> frozenset[tuple[str, str, int]]:
    """What a report tells of crowds, by the day."""
    dated = (t for t in tellings if t.dated and t.last - t.first <= _NARROW)
    return frozenset((t.kind, word, t.first) for t in dated for word in t.crowd)


def _told(tellings: Sequence[Telling]) -> frozenset[tuple[str, int]]:
    """What a report tells was done to whom."""
    suffered = (t for t in tellings if not t.makes and t.modality is not Modality.DENIED)
    return frozenset((t.kind, actor) for t in suffered for actor in t.who)


def telling_of(act: Act, parts: Parts) -> Telling:
    """One act as it is compared, without what its report tells beside it."""
    focal, others = _sides(act, parts)
    same, shared = parts.pool.same, parts.shared
    who = _actors(focal, parts)
    first, last = days(act.when.edtf)
    least, most, loose = _count(focal)
    crowds = _crowd(focal, parts)
    doers = _actors(others, parts)
    places, spots, lands = places_of(
        tuple((w.name, w.place, w.geonameid, w.country) for w in act.where)
    )
    every = shingles(words_of(act.quote.exact))
    text = act.penalty.exact if act.penalty else ""
    return Telling(
        id=act.id,
        report=act.report_id,
        origin=parts.origin,
        start=act.quote.start,
        kind=same(act.kind),
        modality=act.modality,
        who=same(who & shared),
        crowd=same(crowds),
        locals=same(who - shared),
        callings=same(_callings(focal, parts)),
        sorts=same(_sorts(who & shared, crowds, parts)),
        doers=same(doers & shared),
        doer_locals=same(doers - shared),
        doer_crowd=same(_doer_crowd(others, parts)),
        tellers=same(_tellers(act, parts)),
        voices=same(frozenset(i.name for i in act.in_role(Role.SOURCE))),
        victims=same(_actors(act.in_role(Role.VICTIM), parts)),
        perpetrators=same(_actors(act.in_role(*_DOERS), parts)),
        first=first,
        last=last,
        edtf=same(act.when.edtf if first or last < EVER else ""),
        places=places,
        spots=spots,
        lands=lands,
        least=least,
        most=most,
        loose=loose,
        doer_count=_doer_count(others),
        ages=same(_ages(act, parts)),
        penalty=read_penalty(text),
        penalty_text=same(text),
        sketch=array("Q", every[:_SKETCH]).tobytes(),
        end=act.quote.end,
        again=bool(_AGAIN.search(act.quote.exact)),
        tally=bool(_TALLY.search(act.quote.exact)),
        lone=not who & shared and _is_lone(focal),
        makes=act.kind in parts.interventions,
        about=same(_about(act)),
        doer_homes=same(_homes(others)),
        published=parts.published,
        home=parts.home,
        names=_names(focal, who & shared, parts),
        mentioned=same(_mentioned(act, parts)),
        marks=same(marks_of(act.quote.exact, (i.name for i in focal))),
        days=same(_told_days(act.quote.exact, first, last, parts.published)),
        beside=frozenset(),
        told=frozenset(),
        story=frozenset(),
        appealed=act.kind in DECISIONS and bool(_APPEALED.search(act.quote.exact)),
    )


def sketch_of(telling: Telling) -> Sequence[int]:
    """The least hashes of its quote's runs of three words, ascending."""
    return array("Q", telling.sketch)


def _sides(act: Act, parts: Parts) -> tuple[tuple[Involvement, ...], tuple[Involvement, ...]]:
    """Who the act is about, and the other side."""
    victims = act.in_role(Role.VICTIM)
    if victims and act.kind not in parts.interventions:
        return victims, act.in_role(*_DOERS)
    makers = act.in_role(Role.INTERVENER)
    if makers:
        return makers, act.in_role(Role.ADDRESSEE)
    return victims, act.in_role(*_DOERS)


def _actors(involved: tuple[Involvement, ...], parts: Parts) -> frozenset[int]:
    return frozenset(
        parts.actors[i.cast] for i in involved if i.cast is not None and i.cast in parts.actors
    )


def _names(focal: tuple[Involvement, ...], who: frozenset[int], parts: Parts) -> tuple[str, ...]:
    """What those of `who` are called whom no reviewer told from another."""
    known = {i.cast for i in focal if i.cast is not None and parts.actors.get(i.cast) in who}
    told = {i.name for i in focal if i.cast in known and parts.actors[i.cast] not in parts.parted}
    forms = {form for name in told for form in _BRACKETS.split(name, maxsplit=2) if form}
    return parts.pool.same(tuple(sorted(forms)[:_MOST_NAMES]))


def _told_days(quote: str, first: int, last: int, published: int) -> frozenset[int]:
    """The days of an act dated to a few; of an act without a date, those that its words name.

    Both, if the act was dated by its report: what was done may be what is told of today.
    """
    if first and last - first <= _NARROW:
        own = frozenset(told_day(day) for day in range(first, last + 1))
        return own | told_days(quote) if 0 <= published - first <= 1 else own
    return told_days(quote) if not first or last == EVER else frozenset()


def _mentioned(act: Act, parts: Parts) -> frozenset[int]:
    """The named actors that stand in the words of an act."""
    start, end = act.quote.start, act.quote.end
    first = bisect_left(parts.mentions, (start, -1))
    named = takewhile(lambda mention: mention[0] < end, islice(parts.mentions, first, None))
    return frozenset(parts.actors[cast] for _, cast in named if cast in parts.actors) & parts.shared


def mentions_of(cast: Iterable[CastMember]) -> tuple[tuple[int, int], ...]:
    """Where a report names its cast, ascending, each with the cast index."""
    return tuple(sorted((m.anchor.start, each.index) for each in cast for m in each.mentions))


def _crowd(focal: tuple[Involvement, ...], parts: Parts) -> frozenset[str]:
    found: set[str] = set()
    for involved in focal:
        actor = parts.actors.get(involved.cast) if involved.cast is not None else None
        if actor is None or actor not in parts.shared:
            found |= crowd(involved.name)
    return frozenset(found)


def _callings(focal: tuple[Involvement, ...], parts: Parts) -> frozenset[str]:
    """What the report says that the named ones are: a `lawyer` is one of `three lawyers`."""
    called = (parts.callings.get(i.cast, frozenset()) for i in focal if i.cast is not None)
    return frozenset().union(*called)


def _is_lone(focal: tuple[Involvement, ...]) -> bool:
    """True for one person who is only described: `a lawyer`."""
    return bool(focal) and all(i.count is not None and i.count.most == 1 for i in focal)


def _about(act: Act) -> frozenset[str]:
    """The longer words of what an act is for: a charge's offence, a law's matter."""
    told = " ".join(anchor.exact for anchor in (act.what, act.reason) if anchor)
    return frozenset(skeleton(word) for word in _LONG_WORD.findall(told)[:_MOST_WORDS])


def _homes(others: tuple[Involvement, ...]) -> frozenset[str]:
    """The countries that the other side's names tell."""
    found = (read_body(i.name).country for i in others)
    return frozenset(home for home in found if home)


def _doer_crowd(others: tuple[Involvement, ...], parts: Parts) -> frozenset[str]:
    """What the described ones of the other side are, in words: `armed men`, `a court`."""
    found: set[str] = set()
    for involved in others:
        actor = parts.actors.get(involved.cast) if involved.cast is not None else None
        if actor is None or actor not in parts.shared:
            found |= crowd(involved.name) | read_body(involved.name).words
    return frozenset(found)


def _sorts(who: frozenset[int], crowds: frozenset[str], parts: Parts) -> frozenset[str]:
    """Whether it is about people, organisations, or both."""
    found = {"body" if actor in parts.bodies else "person" for actor in who}
    found |= {
        "body" if concept in _BODY_CROWDS else "person" for concept in crowds if concept[0] != "*"
    }
    return frozenset(found)


def _tellers(act: Act, parts: Parts) -> frozenset[str]:
    """Who is quoted: actors by number, others by what they are called."""
    found: set[str] = set()
    for involved in act.in_role(Role.SOURCE):
        actor = parts.actors.get(involved.cast) if involved.cast is not None else None
        if actor is not None:
            found.add(str(actor))
        if actor is None or actor not in parts.shared:
            found |= crowd(involved.name)
    return frozenset(found)


def days(edtf: str) -> tuple[int, int]:
    """The first and last day that a date allows, as numbers; 0 and `EVER` where it is open."""
    try:
        first, last = bounds(edtf)
    except EdtfError:
        return 0, EVER
    return first.toordinal() if first else 0, last.toordinal() if last else EVER


def _count(focal: tuple[Involvement, ...]) -> tuple[int | None, int | None, bool]:
    """The greatest stated number of those the act is about, and whether it is only about that."""
    counts = [i.count for i in focal if i.count is not None and _states(i.count)]
    if not counts:
        return None, None, True
    top = max(counts, key=lambda c: c.least or c.most or 0)
    return top.least, top.most, top.approximate


def _states(count: Count) -> bool:
    return (count.least or count.most or 0) > 1


def _doer_count(others: tuple[Involvement, ...]) -> int | None:
    """How many did it, where several are counted exactly: `three gunmen`."""
    for involved in others:
        count = involved.count
        if count and count.least == count.most and not count.approximate and (count.least or 0) > 1:
            return count.least
        first = involved.name.split()[:1]
        number = number_of(first[0].casefold()) if first else None
        if number is not None and number >= 2 and number == int(number):
            return int(number)
    return None


def _ages(act: Act, parts: Parts) -> tuple[tuple[int, int], ...]:
    if all(i.age is None for i in act.involvements):
        return ()
    return tuple(
        sorted(
            (parts.actors[i.cast], i.age)
            for i in act.involvements
            if i.age is not None and i.cast is not None and i.cast in parts.actors
        )
    )

"""Which acts are worth comparing: those that share a report, an actor, a crowd and days, or words.

Looked up by keys, never all with all; each key is shared by few, however large the record is.
"""

from collections.abc import Iterator

from khronika.linking.kinds import family
from khronika.linking.tellings import Telling, sketch_of
from khronika.model.acts import Modality
from khronika.text.names import read_name

_WORDS = 4  # runs of words of a quote that are looked up
_NEAR = 8  # days; two acts within half of them share a key
_MONTH = 31
_HALVES = (0, _NEAR // 2)  # days put forward, so that those on two sides of a bound still meet
_FEW = 12  # people of whom a report tells; one that tells of more is no help for one of them
_MANY = 100  # people; "hundreds of them" is looked up without a date

_DENIABLE = frozenset({Modality.DENIED, Modality.OCCURRED, Modality.ATTEMPTED})

Key = tuple[object, ...]


def keys(telling: Telling) -> Iterator[Key]:
    """What an act is looked up by: its report, whom it is about and when, its words."""
    kind = family(telling.kind)
    yield "report", telling.origin, kind
    for actor in _people(telling):
        yield "who", actor, kind
        for period in _periods(telling):
            yield "when", actor, kind, period
    yield from _dated_keys(telling, kind)
    if not telling.who:
        yield from _crowd_keys(telling)
    if telling.published and telling.modality in _DENIABLE:
        yield from _denial_keys(telling, kind)
    for value in sketch_of(telling)[:_WORDS]:
        yield "words", kind, value


def _people(telling: Telling) -> frozenset[int]:
    """Whom it is about; where it does not name them all, those whom its report is about."""
    named = telling.who | telling.mentioned
    whole = telling.who and not telling.crowd and telling.modality is not Modality.DENIED
    return named if whole or len(telling.story) > _FEW else named | telling.story


def _dated_keys(telling: Telling, kind: str) -> Iterator[Key]:
    """The month beside names, the week beside places; without a date, that of the report."""
    span = telling.last - telling.first
    if telling.dated and span <= _MONTH:
        months = {day // _MONTH for day in _ends(telling)}
        yield from (("name", kind, month, word) for month in months for word in _words(telling))
    if telling.dated and span <= _NEAR:
        words = _names(telling).union(*(s.words for s in telling.places if not s.state))
        weeks = {(day + half) // _NEAR for day in _ends(telling) for half in _HALVES}
        yield from (("place", kind, week, word) for week in weeks for word in words)
        for calling in telling.callings:
            yield from (("days", kind, calling, week) for week in weeks)
    elif not telling.dated and telling.published:
        words = _names(telling).union(*(s.words for s in telling.spots))
        weeks = {(telling.published + half) // _NEAR for half in _HALVES}
        yield from (("mark", kind, week, word) for week in weeks for word in words)


def _names(telling: Telling) -> frozenset[str]:
    """The marks that say more than a day or an age."""
    return frozenset(mark for mark in telling.marks if not mark.startswith("#"))


def _words(telling: Telling) -> frozenset[str]:
    """The words of the names of people whom their names alone may show to be one.

    Given names say too little: of those who share one and a month there are many.
    """
    read = (read_name(name).words for name in telling.names)
    return frozenset(
        word.skeleton
        for words in read
        for word in words
        if not word.listed or all(other.listed for other in words)
    )


def _denial_keys(telling: Telling, kind: str) -> Iterator[Key]:
    """The place of what is denied, and of what a denial may deny; and the names in a denial."""
    months = {(telling.published + half) // _MONTH for half in (0, _MONTH // 2)}
    for word in {word for spot in telling.spots for word in spot.words}:
        yield from (("denied", kind, month, word) for month in months)
    if telling.modality is Modality.DENIED and not telling.dated:
        before = {telling.published // _MONTH, telling.published // _MONTH - 1}
        yield from (("name", kind, month, word) for month in before for word in _words(telling))


def _ends(telling: Telling) -> tuple[int, int]:
    return telling.first, telling.last


def _periods(telling: Telling) -> tuple[int, ...]:
    """Two months each, so that two acts less than a month apart share one.

    Of an actor of whom very much is told, only these find what belongs together.
    """
    if not telling.dated or telling.last - telling.first > _MONTH:
        return ()
    period = telling.first // _MONTH
    return period, period + 1


def _crowd_keys(telling: Telling) -> Iterator[Key]:
    """Of people without names: days for what is dated closely, months and places for the rest."""
    kind, span = family(telling.kind), telling.last - telling.first
    if telling.dated and span <= _MONTH:
        for word in telling.crowd or ("",):
            if span <= _NEAR:
                weeks = {(day + half) // _NEAR for day in _ends(telling) for half in _HALVES}
                yield from (("days", kind, word, week) for week in weeks)
            for month in {telling.first // _MONTH, telling.last // _MONTH}:
                for place in {w for s in telling.places for w in s.words}:
                    yield "month", kind, word, month, place
    elif telling.dated or (telling.least or 0) >= _MANY:
        for word in telling.crowd:
            for country in {s.country for s in telling.places} - {""} or {telling.home}:
                yield "claim", kind, word, country

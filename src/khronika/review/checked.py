"""What a reviewer says of an act, checked: it quotes the report or says what it stands on."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from khronika.errors import KhronikaError
from khronika.model.acts import Count, Role, When, Where
from khronika.model.anchors import Anchor
from khronika.model.corrections import AddedAct, Correction, Filler
from khronika.model.edtf import bounds
from khronika.review.words import LONGEST

MOST = 100  # of people in one role, of places, of quotations
LONGEST_NAME = 300  # code points
GREATEST = 1_000_000_000  # people
OLDEST = 130  # years
COUNTRY = re.compile(r"(?:[A-Z]{2})?")
STATED = "stated"
NO_DATE = "a reviewer found none"


class CorrectionError(KhronikaError):
    """What is said of an act cannot stand."""

    exit_status = 2


def checked_correction(said: Correction, text: str, kinds: Collection[str]) -> Correction:
    """A correction that can stand, its dates with a basis.

    Args:
        said: what the reviewer says.
        text: the report's.
        kinds: ids of the kinds of the codebook; any will do if there are none.

    Raises:
        CorrectionError: it says nothing, or something that stands on nothing.
        EdtfError: the date is none.
    """
    if not said.attributes():
        raise CorrectionError(
            "The correction says nothing.",
            remedy="say what is otherwise: kind, modality, date, place, or who was involved.",
        )
    if said.kind is not None:
        _check_kind(said.kind, kinds)
    return replace(
        said,
        when=None if said.when is None else _when(said.when, text),
        where=None if said.where is None else _where(said.where, text),
        fillers=_fillers(said.fillers, text),
    )


def checked_act(said: AddedAct, text: str, kinds: Collection[str]) -> AddedAct:
    """An added act that can stand.

    Args:
        said: what the reviewer says.
        text: the report's.
        kinds: ids of the kinds of the codebook; any will do if there are none.

    Raises:
        CorrectionError: it stands on nothing.
        EdtfError: the date is none.
    """
    _check_kind(said.kind, kinds)
    check_quotations((said.quote, said.trigger), text)
    if not said.quote.span.holds(said.trigger.span):
        raise CorrectionError(
            "The words that tell the act are not in its quotation.",
            remedy="choose a quotation that holds them.",
        )
    return replace(
        said,
        when=_when(said.when, text),
        where=_where(said.where, text),
        fillers=_fillers(said.fillers, text),
    )


def check_quotations(anchors: Iterable[Anchor], text: str) -> None:
    """Refuse words that do not stand in a report, or too much of them.

    Raises:
        CorrectionError: some do not.
    """
    found = tuple(anchors)
    if len(found) > MOST or any(len(each.span) > LONGEST for each in found):
        raise CorrectionError(
            f"A quotation has at most {LONGEST} characters, and a ruling at most {MOST} of them.",
            remedy="choose fewer words.",
        )
    if not all(0 <= each.start < each.end and each.stands_in(text) for each in found):
        raise CorrectionError(
            "Words of the correction do not stand in the report where it says.",
            remedy="choose words of the report's text.",
        )


def _check_kind(kind: str, kinds: Collection[str]) -> None:
    if kinds and kind not in kinds:
        raise CorrectionError(
            f"The codebook has no kind '{kind[:40]}'.",
            remedy="take one that `khronika codebook show` lists.",
        )


def _when(said: When, text: str) -> When:
    bounds(said.edtf)
    anchors = () if said.anchor is None else (said.anchor,)
    check_quotations(anchors, text)
    basis = said.basis.strip()[:LONGEST_NAME]
    if said.edtf and not anchors and not basis:
        raise CorrectionError(
            "The date stands on nothing.",
            remedy="choose the words of the report that give it, or say what it stands on.",
        )
    return When(
        edtf=said.edtf.strip(),
        anchor=said.anchor if said.edtf else None,
        basis=basis or (STATED if said.edtf else NO_DATE),
    )


def _check_number(said: Filler) -> None:
    count = said.count or Count()
    numbers = [n for n in (count.least, count.most) if n is not None]
    age = [] if said.age is None else [said.age]
    if any(not 0 < n <= GREATEST for n in numbers) or any(not 0 <= n <= OLDEST for n in age):
        raise CorrectionError(
            "A number of people or an age cannot be.",
            remedy=f"give at least one, and an age of at most {OLDEST} years.",
        )
    if len(numbers) == 2 and numbers[0] > numbers[1]:
        raise CorrectionError(
            "The least number of people is above the greatest.", remedy="give the lesser one first."
        )


def _where(said: tuple[Where, ...], text: str) -> tuple[Where, ...]:
    check_quotations((each.anchor for each in said), text)
    if not all(COUNTRY.fullmatch(each.country) for each in said):
        raise CorrectionError(
            "The country of a place is no code of ISO 3166.", remedy="write it as KZ."
        )
    return tuple(
        replace(
            each,
            name=(each.name or each.anchor.exact)[:LONGEST_NAME],
            place=each.place[:LONGEST_NAME],
        )
        for each in said
    )


def _fillers(said: Mapping[Role, tuple[Filler, ...]], text: str) -> dict[Role, tuple[Filler, ...]]:
    return {Role(role): tuple(_filler(each, text) for each in them) for role, them in said.items()}


def _filler(said: Filler, text: str) -> Filler:
    name = " ".join(said.name.split())[:LONGEST_NAME]
    if said.words is not None:
        check_quotations((said.words,), text)
        name = name or " ".join(said.words.exact.split())
    basis = said.basis.strip()[:LONGEST_NAME]
    _check_number(said)
    if not name or (said.words is None and not basis):
        raise CorrectionError(
            "Somebody in a role has no name, or stands on nothing.",
            remedy="choose the words of the report that tell of them, or say what it stands on.",
        )
    return replace(said, name=name, basis=basis)

"""Which place of the gazetteer a reviewer means by words of a report; never one of several."""

from collections.abc import Sequence

from khronika.errors import KhronikaError
from khronika.model.acts import Where
from khronika.model.anchors import Anchor
from khronika.text.gazetteer import Place, PlaceKind, gazetteer

SHOWN = 8  # candidates that a message lists


class SeveralPlacesError(KhronikaError):
    """Words that several places of the gazetteer are called by."""

    exit_status = 2


def candidates(name: str) -> tuple[Place, ...]:
    """The places that a name may mean, countries and regions first, then by inhabitants."""
    return tuple(each for each in gazetteer().places(name) if each.kind is not PlaceKind.PEOPLE)


def where_of(words: Anchor, chosen: Sequence[int] = ()) -> Where:
    """A place as printed, and which one it is.

    Args:
        words: of the report.
        chosen: ids of GeoNames that the reviewer chose, in case several places have that name.

    Returns:
        The place; without one of the gazetteer if that has none of the name.

    Raises:
        SeveralPlacesError: several places have the name, and none of them was chosen.
    """
    name = " ".join(words.exact.split())
    found = candidates(name)
    picked = [each for each in found if each.geonameid in chosen] if len(found) > 1 else found
    if len(found) > 1 and len(picked) != 1:
        listed = "; ".join(map(_said, found[:SHOWN]))
        raise SeveralPlacesError(
            f"Several places are called '{name[:60]}': {listed}.",
            remedy="choose one by its number, with --place.",
        )
    return placed(words, picked[0] if picked else None)


def placed(words: Anchor, place: Place | None) -> Where:
    """Words of a report that name a place of the gazetteer, or one that it lacks."""
    name = " ".join(words.exact.split())
    if place is None:
        return Where(name=name, anchor=words)
    return Where(
        name=name,
        anchor=words,
        place=place.name,
        country=place.country,
        geonameid=place.geonameid,
    )


def _said(place: Place) -> str:
    number = place.geonameid if place.geonameid is not None else place.kind.value
    return f"{number} {place.name}, {place.country}"

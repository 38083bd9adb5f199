"""What a reviewer typed of an act, as a correction that quotes the report."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import select

from khronika.model.acts import Modality, Role, When
from khronika.model.anchors import Anchor
from khronika.model.corrections import Correction, Filler
from khronika.review.places import where_of
from khronika.review.words import words_near
from khronika.store import schema
from khronika.store.store import Store
from khronika.workflows.showing import whole_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What was typed of an act; None, and roles that are not named, leave what there is.

    Attributes:
        kind: id of a kind.
        modality: whether it happened.
        people: by role words of the report for each who is in it; nobody if empty.
        when: EDTF; "" for none.
        when_words: the words of the report that give the date.
        when_basis: what else it stands on.
        where: words of the report for each place.
        places: ids of GeoNames, in case several places have such a name.
    """

    kind: str | None = None
    modality: Modality | None = None
    people: Mapping[Role, Sequence[str]] = field(default_factory=dict, repr=False)
    when: str | None = None
    when_words: str = ""
    when_basis: str = ""
    where: Sequence[str] | None = None
    places: Sequence[int] = ()


def correction_typed(store: Store, act: str, typed: Typed) -> Correction:
    """The correction that was typed, its words where they stand nearest to the act.

    Raises:
        WordsError: words do not stand in the report, or in several places equally near.
        SeveralPlacesError: a name is that of several places.
    """
    found = whole_id(store, act)
    table = schema.act.c
    [row] = store.all(select(table.report_id, table.trigger_start).where(table.id == found))
    text = store.part(row.report_id, "text")
    assert text is not None
    told, near = text.decode(), row.trigger_start

    def words(typed: str) -> Anchor:
        return words_near(told, typed, near)

    when = None
    if typed.when is not None:
        anchor = words(typed.when_words) if typed.when_words else None
        when = When(edtf=typed.when, anchor=anchor, basis=typed.when_basis)
    where = None
    if typed.where is not None:
        where = tuple(where_of(words(each), typed.places) for each in typed.where)
    fillers = {
        role: tuple(Filler(name="", words=words(each)) for each in them)
        for role, them in typed.people.items()
    }
    return Correction(
        kind=typed.kind, modality=typed.modality, when=when, where=where, fillers=fillers
    )


def report_words(store: Store, report: str, typed: Sequence[str]) -> tuple[Anchor, ...]:
    """Words of a report that were typed; each must stand there once.

    Raises:
        WordsError: they do not.
    """
    text = store.part(whole_id(store, report), "text")
    told = "" if text is None else text.decode()
    return tuple(words_near(told, each) for each in typed)

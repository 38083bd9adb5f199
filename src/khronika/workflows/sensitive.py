"""What reviewers marked as sensitive: which acts stay out of exports, and what is masked there."""

from collections.abc import Iterable

from sqlalchemy import select

from khronika.model.acts import MentionForm
from khronika.model.anchors import Span
from khronika.model.links import Actor, Ruling
from khronika.publish.masks import Masks
from khronika.store import schema
from khronika.store.chunks import in_chunks
from khronika.store.store import Store
from khronika.text.redaction import every_word, names_everywhere, names_pattern
from khronika.workflows.former import current_id
from khronika.workflows.linked import actors_by_id
from khronika.workflows.naming import forms_of, homes_of, mentions_of
from khronika.workflows.rulings import Rulings, rulings_of

SENSITIVE = "sensitive"
TOLD = (MentionForm.NAME.value, MentionForm.DESCRIPTION.value)


def withheld(rulings: Rulings) -> dict[str, Ruling]:
    """The acts that are marked as sensitive, each with the ruling."""
    return {
        each: ruling
        for ruling in rulings.standing(SENSITIVE)
        for each in ruling.ids
        if each.startswith("act_")
    }


def masks_of(store: Store) -> Masks:
    """What an export masks: marked words, what tells marked acts, all names of marked actors."""
    rulings = rulings_of(store)
    spans: dict[str, set[Span]] = {}
    for report, start, end in _quotes(store, withheld(rulings)):
        spans.setdefault(report, set()).add(Span(start, end))
    for ruling in rulings.standing(SENSITIVE):
        spans.setdefault(ruling.report, set()).update(each.span for each in ruling.words)
    everywhere: set[str] = set()
    at_home: set[str] = set()
    actors = sensitive_actors(store)
    for actor in actors:
        forms = forms_of(store, actor)
        everywhere |= names_everywhere(forms)
        at_home |= every_word(forms)
        for report, start, end in mentions_of(store, actor, TOLD):
            spans.setdefault(report, set()).add(Span(start, end))
    return Masks(
        spans={report: tuple(sorted(found)) for report, found in spans.items() if report},
        everywhere=names_pattern(everywhere),
        at_home=names_pattern(at_home),
        homes=frozenset(report for actor in actors for report in homes_of(actor)),
        actors=frozenset(actor.id for actor in actors),
        captions=frozenset(actor.caption for actor in actors),
    )


def sensitive_actors(store: Store) -> list[Actor]:
    """The actors that are marked, as they are known now."""
    named = {each for r in rulings_of(store).standing(SENSITIVE) for each in r.ids}
    ids = {current_id(store, each) or each for each in named if each[:4] not in {"act_", "rpt_"}}
    with store.reading() as connection:
        return actors_by_id(connection, sorted(ids))


def _quotes(store: Store, acts: Iterable[str]) -> list[tuple[str, int, int]]:
    act = schema.act.c
    asked = select(act.report_id, act.quote_start, act.quote_end)
    return [
        (row.report_id, row.quote_start, row.quote_end)
        for some in in_chunks(sorted(acts))
        for row in store.all(asked.where(act.id.in_(some)))
    ]

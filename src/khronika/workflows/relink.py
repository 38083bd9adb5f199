"""Linking what the record holds, and keeping the codebook that it was coded with."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain, repeat
from typing import Any

from khronika.codebook import load
from khronika.codebook.model import Codebook
from khronika.model.acts import ActorType
from khronika.model.ids import canonical
from khronika.model.links import Actor, ActorMember, LinkChanges, Links, Ruling
from khronika.model.plain import from_plain, to_plain
from khronika.publish.selection import standing
from khronika.store.changes import Change
from khronika.store.link_parts import LINKS
from khronika.store.link_state import LinkState
from khronika.store.store import Store
from khronika.store.writer import Writer
from khronika.workflows.effective import fresh_codings
from khronika.workflows.linkup import Codings, Task
from khronika.workflows.parts import Parts
from khronika.workflows.rulings import kept_rulings

DIGITS = 15  # of a digest, as the number of what was read


def keep_codebook(store: Store, writer: Writer, codebook: Codebook) -> None:
    """Keep the codebook beside the reports, if it is not the one that is kept."""
    written = canonical(
        {
            "digest": codebook.digest,
            "kinds": to_plain(dict(codebook.kinds)),
            "classes": _sorted(codebook.classes),
            "classes_in": {lang: _sorted(each) for lang, each in codebook.classes_in.items()},
        }
    )
    if store.part("codebook", "codebook") != written:
        notes = {"codebook": codebook.digest}
        writer.commit(
            [Change(what="codebook", subject="codebook", parts={"codebook": written}, notes=notes)]
        )


def _sorted(classes: Mapping[str, frozenset[str]]) -> dict[str, list[str]]:
    return {name: sorted(words) for name, words in classes.items()}


def own_codebook(store: Store) -> Codebook | None:
    """The kept codebook, if somebody's own files went into it; None if it is the bundled one.

    One that an earlier version kept does not say which ways are whose: it is somebody's own if it
    has kinds that the bundled one lacks.
    """
    kept = kept_codebook(store)
    if kept is None:
        return None
    ways = (way for kind in kept.kinds.values() for way in kind.ways)
    if any(way.own for way in ways) or not kept.kinds.keys() <= load().kinds.keys():
        return kept
    return None


def kept_codebook(store: Store) -> Codebook | None:
    """The codebook that the record was last coded with."""
    kept = store.part("codebook", "codebook")
    return None if kept is None else from_plain(json.loads(kept), Codebook)


def codebook_of(store: Store, parts: Parts) -> Codebook:
    """The kept codebook; that of the steps where it is the same, since reading one takes long."""
    digest = store.digest("codebook", "codebook")
    if digest is None:
        return parts.steps.codebook
    made = int(digest[:DIGITS], 16)
    kept = store.remembered.at("codebook", made, lambda _: _digest_of(store))
    if kept == parts.steps.codebook.digest:
        return parts.steps.codebook
    return kept_codebook(store) or parts.steps.codebook


def _digest_of(store: Store) -> str:
    kept = store.part("codebook", "codebook")
    return "" if kept is None else str(json.loads(kept)["digest"])


def relink_if_stale(store: Store, writer: Writer, parts: Parts) -> None:
    """Bring links up to date if anything that they follow from came after they were made."""
    if store.links_are_stale():
        bring_up(store, writer, parts, kept_rulings(store))


def relink(store: Store, writer: Writer, parts: Parts) -> None:
    """Link all reports anew; the same if nothing changed."""
    bring_up(store, writer, parts, kept_rulings(store), whole=True)


def bring_up(
    store: Store,
    writer: Writer,
    parts: Parts,
    rulings: Sequence[Ruling],
    *,
    first: Sequence[Change] = (),
    whole: bool = False,
) -> None:
    """Bring links up to date, in one transaction with other changes.

    Args:
        store: the record.
        writer: its pen.
        parts: the steps.
        rulings: all rulings, those of `first` included.
        first: what is journalled before.
        whole: link everything anew, whatever was kept.

    Raises:
        ContradictoryRulingsError: the rulings cannot all be obeyed; nothing is written.
    """
    fresh = fresh_codings(store, first)
    if not parts.engine or parts.facts_type is None:
        writer.commit([*first, linked(store, parts, rulings, fresh)])
        return
    codebook = codebook_of(store, parts)
    told = frozenset(change.subject for change in first if change.subject)
    task = Task(
        store=store,
        rulings=rulings,
        codebook=codebook,
        facts_type=parts.facts_type,
        first=told,
        fresh=fresh,
    )

    def work(state: LinkState, there: bool) -> Sequence[Change]:  # noqa: FBT001  as it is called
        if whole and there:
            state.clear()
        return [*first, task.change(state, there=there and not whole)]

    writer.link(parts.engine, work)


def linked(
    store: Store,
    parts: Parts,
    rulings: Sequence[Ruling],
    fresh: Mapping[str, bytes | None] | None = None,
) -> Change:
    """The links that follow from all reports and some rulings; `fresh` codings are not kept yet.

    Raises:
        ContradictoryRulingsError: the rulings cannot all be obeyed.
    """
    links = links_now(store, parts, Codings(store, standing(rulings), fresh=fresh), rulings)
    notes = {"actors": len(links.actors), "incidents": len(links.incidents)}
    return Change(what="linked", subject=LINKS, links=(changes_of(links),), notes=notes)


def unlinked() -> Change:
    """Takes the links away; they are stale then, and made anew by whoever writes next."""
    return Change(what="unlinked", subject=LINKS, links=(LinkChanges(whole=True),))


def changes_of(links: Links) -> LinkChanges:
    """All links as one change that makes everything before it void."""
    return LinkChanges(
        whole=True,
        actors=tuple(replace(each, members=(), reports=(), former_ids=()) for each in links.actors),
        members=tuple(member for actor in links.actors for member in _members(actor)),
        incidents=tuple(
            replace(each, victims=(), perpetrators=(), related=()) for each in links.incidents
        ),
        copies=links.copies,
    )


def _members(actor: Actor) -> Iterator[ActorMember]:
    """The members, each with one of the ids that lead to the actor; which is whose is not told."""
    known = () if actor.type is ActorType.COUNTRY else (actor.id, *actor.former_ids)
    ids = chain(known, repeat(actor.id if known else ""))
    for (report, cast), alone in zip(actor.members, ids, strict=False):
        yield ActorMember(report=report, cast=cast, actor=actor.id, alone=alone)


def links_now(store: Store, parts: Parts, codings: Codings, rulings: Sequence[Ruling]) -> Links:
    """What linking makes of some codings."""
    return parts.link(
        _facts(store, parts),
        codings,
        rulings,
        codebook_of(store, parts),
    )


def _facts(store: Store, parts: Parts) -> list[Any]:
    plain = (json.loads(data) for data in store.facts())
    if parts.facts_type is None:
        return list(plain)
    return [from_plain(each, parts.facts_type) for each in plain]

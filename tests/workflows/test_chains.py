import random
from collections.abc import Iterator
from datetime import date
from itertools import count
from pathlib import Path

import pytest

from khronika.codebook.model import Kind
from khronika.linking.relations import LONGEST_CHAIN, Happening, relations
from khronika.model.acts import ActorType, Modality
from khronika.model.links import Actor, ActorMember, Incident, LinkChanges
from khronika.store.changes import Change
from khronika.store.link_parts import LINKS, pieces
from khronika.store.store import Chance, Store
from khronika.workflows.linked import every_incident, incidents_by_id

SALTS = count()
CHANCE = Chance(now=lambda: "2030-01-01T00:00:00Z", salt=lambda: f"{next(SALTS):032x}")
START = date(2021, 1, 1).toordinal()


def a_kind(name: str, *follows: str) -> Kind:
    return Kind(
        id=name,
        label=name,
        group="",
        definition="",
        is_not="",
        esf="",
        plover="",
        rights=(),
        follows=follows,
    )


KINDS = {each.id: each for each in (a_kind("arrest"), a_kind("trial", "arrest"))}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = Store.create(tmp_path / "record", CHANCE)
    yield made
    made.close()


def happenings(seed: int, number: int, busy: int = 0) -> list[Happening]:
    """Incidents of ten people, of whom the first may be in very many."""
    chance = random.Random(seed)
    found = []
    for at in range(number):
        who = {chance.randrange(1, 10) for _ in range(chance.randrange(3))}
        first = START + chance.randrange(40)
        found.append(
            Happening(
                id=f"inc_{at:04}",
                kind=chance.choice(list(KINDS)),
                modality=chance.choice([Modality.OCCURRED, Modality.OCCURRED, Modality.DENIED]),
                who=frozenset(who | ({0} if at < busy else set())),
                first=first,
                last=first + chance.randrange(3),
                dated=True,
                reports=frozenset({"rpt_1"}),
                counted=chance.random() < 0.3,
            )
        )
    return found


def kept(store: Store, wanted: list[Happening]) -> None:
    """Write the rows of which the happenings are made again."""
    people = range(10)
    changes = LinkChanges(
        whole=True,
        actors=tuple(
            Actor(id=f"per_{n}", type=ActorType.PERSON, names=(f"N {n}",), caption=f"N {n}")
            for n in people
        ),
        members=tuple(
            ActorMember(report=report, cast=n, actor=f"per_{n}", alone=f"per_{report}{n}")
            for n in people
            for report in ("rpt_1", "rpt_2")
        ),
        incidents=tuple(
            Incident(
                id=each.id,
                kind=each.kind,
                acts=(f"act_{each.id}",),
                modality=each.modality,
                when=edtf_of(each),
                where=(),
                reports=("rpt_1",),
                focal_members=tuple((f"rpt_{n % 2 + 1}", n) for n in sorted(each.who)),
                counted=each.counted,
            )
            for each in wanted
        ),
    )
    with store.writing(CHANCE) as writer:
        writer.commit([Change(what="linked", subject=LINKS, links=pieces(changes))])


def edtf_of(one: Happening) -> str:
    return f"{date.fromordinal(one.first)}/{date.fromordinal(one.last)}"


@pytest.mark.parametrize("few", [500, 1])
@pytest.mark.parametrize(("seed", "busy"), [(1, 0), (2, 5), (3, 2 * LONGEST_CHAIN)])
def test_incidents_relate_as_if_all_were_related_at_once(
    store: Store, monkeypatch: pytest.MonkeyPatch, seed: int, busy: int, few: int
) -> None:
    monkeypatch.setattr("khronika.workflows.chains.BUSY", few)
    wanted = happenings(seed, 3 * LONGEST_CHAIN if busy > 100 else 60, busy)
    kept(store, wanted)
    expected = relations(wanted, KINDS)
    assert expected
    with store.reading() as connection:
        every = {each.id: each.related for each in every_incident(connection, KINDS)}
        first = [each.id for each in wanted[:7]]
        some = {each.id: each.related for each in incidents_by_id(connection, first, KINDS)}
        none = incidents_by_id(connection, first)
    assert every == {each.id: expected.get(each.id, ()) for each in wanted}
    assert some == {each: expected.get(each, ()) for each in first}
    assert not any(each.related for each in none)

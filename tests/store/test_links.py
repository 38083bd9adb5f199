import random
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from khronika.model.acts import ActorType, Modality
from khronika.model.ids import incident_id
from khronika.model.links import (
    Actor,
    ActorMember,
    Contradiction,
    Copy,
    Incident,
    Join,
    LinkChanges,
    Told,
)
from khronika.store import database, schema
from khronika.store.audit import derived_tally, row_faults
from khronika.store.changes import Change
from khronika.store.derive import rows
from khronika.store.link_parts import LINKS, PIECE, pieces, read, written
from khronika.store.store import Chance, Store
from khronika.store.writer import Reader

SALTS = count()
CHANCE = Chance(now=lambda: "2030-01-01T00:00:00Z", salt=lambda: f"{next(SALTS):032x}")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = Store.create(tmp_path / "record", CHANCE)
    yield made
    made.close()


def an_actor(number: int, name: str = "Ada Lark") -> Actor:
    return Actor(
        id=f"per_{number}",
        type=ActorType.PERSON,
        names=(name,),
        caption=name,
        joins=(Join(one="A. Lark", other=name, weight=3.5, why=("the same surname",)),),
    )


def a_member(report: int, cast: int, actor: int) -> ActorMember:
    return ActorMember(
        report=f"rpt_{report}", cast=cast, actor=f"per_{actor}", alone=f"per_{report}_{cast}"
    )


def an_incident(number: int, *acts: str, when: str = "2021-03-04") -> Incident:
    return Incident(
        id=f"inc_{number}",
        kind="arrest",
        acts=acts,
        modality=Modality.OCCURRED,
        when=when,
        where=("Verna",),
        reports=("rpt_1",),
        victim_members=(("rpt_1", 0),),
        focal_members=(("rpt_1", 0),),
        contradictions=(
            Contradiction(attribute="when", values=(Told(value="2021", acts=acts[:1]),)),
        ),
    )


def linked(store: Store, *changes: LinkChanges) -> None:
    with store.writing(CHANCE) as writer:
        writer.commit([Change(what="linked", subject=LINKS, links=changes)])


def faults(store: Store) -> list[str]:
    """Tables that are not what the kept changes make, one after the other."""
    with store.reading() as connection:
        part = Reader(connection, store.files, LINKS)
        return row_faults(connection, LINKS, derived_tally(rows(LINKS, part, part.names)))


def found(store: Store, table: str) -> list[dict[str, Any]]:
    return [dict(row._mapping) for row in store.all(select(schema.metadata.tables[table]))]


def test_a_change_touches_what_it_names_alone(store: Store) -> None:
    linked(
        store,
        LinkChanges(
            whole=True,
            actors=(an_actor(1), an_actor(2, "Bela Finch")),
            members=(a_member(1, 0, 1), a_member(1, 1, 2), a_member(2, 0, 2)),
            incidents=(an_incident(1, "act_1"), an_incident(2, "act_2")),
            copies=(Copy(report="rpt_2", original="rpt_1", relation="copy", share=0.5),),
        ),
    )
    linked(
        store,
        LinkChanges(
            actors=(an_actor(1, "Ada M. Lark"),),
            actors_gone=("per_2",),
            members=(a_member(1, 1, 1),),
            members_gone=(("rpt_2", 0),),
            incidents=(an_incident(1, "act_1", "act_2", when=""),),
            incidents_gone=("inc_2",),
            copies_gone=(("rpt_2", "rpt_1"),),
        ),
    )
    assert [row["caption"] for row in found(store, "actor")] == ["Ada M. Lark"]
    assert [(row["report_id"], row["cast"]) for row in found(store, "member")] == [
        ("rpt_1", 0),
        ("rpt_1", 1),
    ]
    assert [row["undated"] for row in found(store, "incident")] == [1]
    acts = [(row["act_id"], row["incident_id"]) for row in found(store, "incident_act")]
    assert acts == [("act_1", "inc_1"), ("act_2", "inc_1")]
    assert [row["alone"] for row in found(store, "incident_act")] == [
        incident_id("act_1"),
        incident_id("act_2"),
    ]
    assert not found(store, "copy")
    assert store.parts_of(LINKS) == ["changes.00000001", "changes.00000002"]
    assert faults(store) == []


def test_a_whole_change_erases_what_was_kept_before(store: Store) -> None:
    linked(store, LinkChanges(actors=(an_actor(1, "Ada Lark"),)))
    linked(store, LinkChanges(actors=(an_actor(2, "Bela Finch"),)))
    linked(
        store,
        LinkChanges(whole=True, actors=(an_actor(3, "Carl Wren"),)),
        LinkChanges(members=(a_member(1, 0, 3),)),
    )
    assert store.parts_of(LINKS) == ["changes.00000003", "changes.00000004"]
    assert [row["id"] for row in found(store, "actor")] == ["per_3"]
    kept = b"".join(store.files.read(digest) for digest in store.files.digests())
    assert b"Ada" not in kept
    assert faults(store) == []


def test_pieces_are_small_and_make_the_whole() -> None:
    whole = LinkChanges(
        whole=True,
        actors=tuple(an_actor(number) for number in range(PIECE + 1)),
        members=tuple(a_member(number, 0, number) for number in range(PIECE + 1)),
        copies_gone=(("rpt_1", "rpt_2"),),
    )
    parts = list(pieces(whole))
    assert [part.whole for part in parts] == [True, False, False, False, False]
    assert sum((part.actors for part in parts), ()) == whole.actors
    assert sum((part.members for part in parts), ()) == whole.members
    assert parts[0].copies_gone == whole.copies_gone
    assert list(pieces(LinkChanges())) == [LinkChanges()]
    two = LinkChanges(incidents=(an_incident(1, "act_1"), an_incident(2, "act_2")))
    assert [part.incidents_gone for part in pieces(two, 1)] == [("inc_1",), ("inc_2",), (), ()]
    assert read(written(whole)) == whole


@pytest.mark.parametrize(
    "wrong",
    [
        LinkChanges(members=(a_member(1, 0, 9),)),
        LinkChanges(actors_gone=("per_1",)),
        LinkChanges(incidents=(an_incident(2, "act_1"),)),
    ],
)
def test_a_change_that_contradicts_what_is_there_is_refused(
    store: Store, wrong: LinkChanges
) -> None:
    linked(
        store,
        LinkChanges(
            actors=(an_actor(1),),
            members=(a_member(1, 0, 1),),
            incidents=(an_incident(1, "act_1"),),
        ),
    )
    with pytest.raises(IntegrityError):
        linked(store, wrong)
    assert store.parts_of(LINKS) == ["changes.00000001"]
    assert faults(store) == []
    with store.writing(CHANCE):
        assert len(list(store.files.digests())) == 1


def chance_of(chance: random.Random, values: set[int]) -> set[int]:
    return set(chance.sample(sorted(values), len(values) // 2))


class Model:
    """Links as plain dictionaries, changed at random."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.homes: dict[tuple[int, int], int] = {}
        self.told: dict[str, int] = {}

    def step(self) -> LinkChanges:
        chance = self.chance
        homes, told = dict(self.homes), dict(self.told)
        for _ in range(chance.randrange(4)):
            homes[chance.randrange(6), chance.randrange(2)] = chance.randrange(5)
            told[f"act_{chance.randrange(9)}"] = chance.randrange(5)
        for place in chance.sample(sorted(homes), min(len(homes), chance.randrange(2))):
            del homes[place]
        for act in chance.sample(sorted(told), min(len(told), chance.randrange(2))):
            del told[act]
        made = self._between(homes, told)
        self.homes, self.told = homes, told
        return made

    def whole(self) -> LinkChanges:
        homes, told = self.homes, self.told
        self.homes, self.told = {}, {}
        made = self._between(homes, told)
        self.homes, self.told = homes, told
        return replace(made, whole=True)

    def _between(self, homes: dict[tuple[int, int], int], told: dict[str, int]) -> LinkChanges:
        actors, before = set(homes.values()), set(self.homes.values())
        over = chance_of(self.chance, actors)  # what is put stays, though it goes, too
        now = {each: sorted(a for a in told if told[a] == each) for each in told.values()}
        then = {
            each: sorted(a for a in self.told if self.told[a] == each)
            for each in self.told.values()
        }
        return LinkChanges(
            actors=tuple(
                an_actor(each, f"Name {self.chance.randrange(100)}") for each in sorted(actors)
            ),
            actors_gone=tuple(f"per_{each}" for each in sorted((before - actors) | over)),
            members=tuple(
                a_member(*place, actor)
                for place, actor in sorted(homes.items())
                if self.homes.get(place) != actor
            ),
            members_gone=tuple(
                (f"rpt_{report}", cast) for report, cast in sorted(self.homes.keys() - homes.keys())
            ),
            incidents=tuple(
                an_incident(each, *acts) for each, acts in now.items() if then.get(each) != acts
            ),
            incidents_gone=tuple(f"inc_{each}" for each in sorted(then.keys() - now.keys())),
        )


@pytest.mark.parametrize("seed", range(6))
def test_changes_one_by_one_make_what_all_of_them_make(store: Store, seed: int) -> None:
    model = Model(seed)
    for number in range(12):
        linked(store, *(pieces(model.step(), 1) if number % 3 else [model.step()]))
        assert faults(store) == []
        if number == 7:
            linked(store, *pieces(model.whole()))
            assert faults(store) == []
    before = {table.name: found(store, table.name) for table in schema.OF_LINKS}
    with store.writing(CHANCE) as writer:
        writer.rebuild([LINKS])
    after = {table.name: found(store, table.name) for table in schema.OF_LINKS}
    for name, there in before.items():
        assert sorted(map(repr, there)) == sorted(map(repr, after[name]))


def test_many_changes_are_written_anew(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("khronika.store.writer.FEW", 5)
    model = Model(9)
    linked(store, LinkChanges(whole=True))
    for _ in range(4):
        linked(store, model.step())
    before = {table.name: found(store, table.name) for table in schema.OF_LINKS}
    assert len(store.parts_of(LINKS)) == 5
    linked(store, LinkChanges(), LinkChanges())
    assert [entry.what for entry in store.entries()][-2:] == ["compacted", "sealed"]
    parts = store.parts_of(LINKS)
    assert parts[0] == "changes.00000008"
    assert read(store.part(LINKS, parts[0]) or b"").whole
    assert len(list(store.files.digests())) <= len(parts)
    assert {table.name: found(store, table.name) for table in schema.OF_LINKS} == before
    assert faults(store) == []
    linked(store, model.step())
    assert [entry.what for entry in store.entries()][-2:] == ["linked", "sealed"]
    assert faults(store) == []


def as_first_version(path: Path) -> None:
    """Give a record the tables of the first schema, and links kept as they were then."""
    with Store.open(path).writing(CHANCE) as writer:
        parts = {"actors.0000": b"[]", "incidents.0000": b"[]"}
        names = Store.open(path).parts_of(LINKS)
        writer.commit([Change(what="linked", subject=LINKS, parts=parts, erased=tuple(names))])
    old = path / "old.db"
    engine = database.engine_for(old)
    config = Config()
    folder = Path(database.__file__).parent / "migrations"
    config.set_main_option("script_location", str(folder))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
    engine.dispose()
    raw = sqlite3.connect(old)
    raw.execute("ATTACH ? AS new", (str(path / "record.db"),))
    for table in schema.metadata.sorted_tables:
        had = [row[1] for row in raw.execute(f"PRAGMA main.table_info({table.name})")]
        if had and table not in schema.OF_LINKS:
            columns = ", ".join(f'"{name}"' for name in had)
            raw.execute(f"INSERT INTO main.{table.name} SELECT {columns} FROM new.{table.name}")
    raw.commit()
    raw.close()
    for rest in path.glob("record.db*"):
        rest.unlink()
    old.rename(path / "record.db")

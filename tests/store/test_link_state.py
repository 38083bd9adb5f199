import json
import os
import random
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from khronika.linking.memory import MemoryState
from khronika.linking.state import State
from khronika.model.acts import ActorType
from khronika.model.links import Actor, LinkChanges
from khronika.model.state import Edge, Node, Seat, StateChanges
from khronika.store.changes import Change
from khronika.store.link_parts import LINKS
from khronika.store.link_state import LinkState
from khronika.store.store import Chance, Store
from khronika.store.writer import Writer

SALTS = count()
CHANCE = Chance(now=lambda: "2030-01-01T00:00:00Z", salt=lambda: f"{next(SALTS):032x}")
LEAST, MOST = -(2**63), 2**63 - 1  # keys have 64 bits


@contextmanager
def in_sql(folder: Path) -> Iterator[LinkState]:
    store = Store.create(folder / "record", CHANCE)
    with store.engine.begin() as connection:
        yield LinkState(connection)
    store.close()


@pytest.fixture(params=["memory", "sql"])
def state(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[State]:
    if request.param == "memory":
        yield MemoryState()
    else:
        with in_sql(tmp_path) as made:
            yield made


def a_node(number: int, name: str, home: int = 0, space: str = "person") -> Node:
    return Node(number, space, name, home or number, json.dumps({"of": name}))


def put(state: State, *nodes: Node, **more: Any) -> None:
    state.write(StateChanges(nodes={each.id: each for each in nodes}, **more))


def test_nodes_are_found_by_id_name_and_home(state: State) -> None:
    one, other, third = state.fresh(), state.fresh(), state.fresh()
    assert 0 < one < other < third
    ada, bela = a_node(one, "ada"), a_node(other, "bela", home=one)
    body = a_node(third, "ada", space="body")
    put(state, ada, bela, body)
    assert state.named("person", ["ada", "bela", "nobody"]) == {"ada": ada, "bela": bela}
    assert state.named("body", ["ada"]) == {"ada": body}
    assert state.nodes([other, 99]) == {other: bela}
    assert state.at_home([one, other, third]) == {one: [one, other], third: [third]}
    put(state, a_node(other, "bela", home=third))
    assert state.at_home([one, other, third]) == {one: [one], third: [other, third]}


def test_keys_are_those_that_were_put_last(state: State) -> None:
    numbers = [state.fresh() for _ in range(5)]
    nodes = [a_node(number, f"name {number}") for number in numbers]
    put(state, *nodes, keys=dict.fromkeys(reversed(numbers), (1, LEAST, MOST, 1)))
    assert state.holders([1, LEAST, MOST, 2], 9) == dict.fromkeys((1, LEAST, MOST), numbers)
    assert state.holders([1], 2) == {1: numbers[:2]}
    put(state, keys={numbers[0]: (2,), numbers[1]: ()})
    assert state.holders([1, 2], 9) == {1: numbers[2:], 2: numbers[:1]}
    put(state, nodes[0])  # its keys stay
    assert state.holders([2], 9) == {2: numbers[:1]}


def test_edges_are_found_from_both_ends_and_each_once(state: State) -> None:
    one, other, third = (state.fresh() for _ in range(3))
    near, far = Edge(one, other, "{}"), Edge(other, third, '{"w":1}')
    put(
        state,
        *(a_node(n, f"name {n}") for n in (one, other, third)),
        edges={(one, other): near, (other, third): far},
    )
    assert sorted(state.edges([other]), key=str) == sorted([near, far], key=str)
    assert len(state.edges([one, other, third])) == 2
    assert list(state.edges([third])) == [far]
    closer = Edge(one, other, '{"w":2}')
    put(state, edges={(one, other): closer}, edges_gone={(other, third)})
    assert list(state.edges([one, third])) == [closer]


def test_seats_are_found_by_report_and_by_node(state: State) -> None:
    one, other = state.fresh(), state.fresh()
    first, second = Seat("cast", "rpt_1", 1, one), Seat("cast", "rpt_1", 2, other, "x")
    third, act = Seat("cast", "rpt_0", 0, one), Seat("act", "rpt_1", 0, other)
    put(state, a_node(one, "a"), a_node(other, "b"), seats=[second, first, third, act])
    assert state.seats("cast", ["rpt_1", "rpt_0", "rpt_9"]) == [third, first, second]
    assert state.seats_of([one]) == [third, first]
    assert state.seats_of([one, other]) == [act, third, first, second]
    moved = Seat("cast", "rpt_1", 1, other)
    put(state, seats=[moved], seats_gone={("cast", "rpt_0", 0)})
    assert state.seats_of([one]) == []
    assert state.seats("cast", ["rpt_0", "rpt_1"]) == [moved, second]


def test_what_hangs_on_a_node_goes_with_it(state: State) -> None:
    one, other = state.fresh(), state.fresh()
    put(
        state,
        a_node(one, "ada"),
        a_node(other, "bela"),
        keys={one: (5,), other: (5,)},
        edges={(one, other): Edge(one, other, "{}")},
        seats=[Seat("cast", "rpt_1", 0, one), Seat("cast", "rpt_1", 1, other)],
    )
    again = state.fresh()
    put(state, a_node(again, "ada"), nodes_gone={one})
    assert state.named("person", ["ada"]) == {"ada": a_node(again, "ada")}
    assert state.nodes([one]) == {}
    assert state.holders([5], 9) == {5: [other]}
    assert list(state.edges([other])) == []
    assert [seat.node for seat in state.seats("cast", ["rpt_1"])] == [other]


def test_many_are_looked_up_at_once(state: State) -> None:
    numbers = [state.fresh() for _ in range(1203)]
    nodes = {number: a_node(number, f"name {number}", home=numbers[0]) for number in numbers}
    edges = {(numbers[0], n): Edge(numbers[0], n, "{}") for n in numbers[1:]}
    seats = [Seat("cast", f"rpt_{n}", 0, n) for n in numbers]
    keys: dict[int, tuple[int, ...]] = {number: (number, 7) for number in numbers}
    state.write(StateChanges(nodes=nodes, keys=keys, edges=edges, seats=seats))
    assert state.nodes(numbers) == nodes
    assert len(state.named("person", [each.name for each in nodes.values()])) == len(nodes)
    assert state.at_home(numbers) == {numbers[0]: numbers}
    assert state.holders([7, numbers[9]], 3) == {7: numbers[:3], numbers[9]: [numbers[9]]}
    assert len(state.edges(numbers)) == len(edges)
    assert len(state.seats_of(numbers)) == len(seats)
    assert len(state.seats("cast", [each.report for each in seats])) == len(seats)
    assert not state.nodes([])
    assert not state.named("person", [])


def random_changes(chance: random.Random, state: State, known: list[int]) -> StateChanges:
    gone = set(chance.sample(known, min(len(known), chance.randrange(3))))
    known[:] = [each for each in known if each not in gone]
    fresh = [state.fresh() for _ in range(chance.randrange(4))]
    known += fresh
    changed = fresh + chance.sample(known, min(len(known), chance.randrange(3)))
    pairs = [tuple(sorted(chance.sample(known, 2))) for _ in range(4) if len(known) > 1]
    split = len(pairs) // 2
    return StateChanges(
        nodes={n: a_node(n, f"name {n}", chance.choice(known)) for n in changed},
        nodes_gone=gone,
        keys={n: tuple(chance.randrange(9) for _ in range(4)) for n in changed},
        edges={(a, b): Edge(a, b, str(chance.random())) for a, b in pairs[:split]},
        edges_gone={(a, b) for a, b in pairs[split:]} - {(a, b) for a, b in pairs[:split]},
        seats=[
            Seat("cast", f"rpt_{chance.randrange(5)}", chance.randrange(3), chance.choice(known))
            for _ in range(3)
            if known
        ],
        seats_gone={("cast", f"rpt_{chance.randrange(5)}", 9)},
    )


@pytest.mark.parametrize("seed", range(4))
def test_sql_says_what_dictionaries_say(tmp_path: Path, seed: int) -> None:
    chance, known, memory = random.Random(seed), list[int](), MemoryState()
    reports = [f"rpt_{n}" for n in range(5)]
    with in_sql(tmp_path) as sql:
        for _ in range(40):
            changes = random_changes(chance, sql, known)
            sql.write(changes)
            memory.write(changes)
            ids = list(range(1, 80))
            assert sql.nodes(ids) == memory.nodes(ids)
            assert sql.at_home(ids) == memory.at_home(ids)
            assert sql.holders(range(9), 2) == memory.holders(range(9), 2)
            assert sorted(sql.edges(ids), key=str) == sorted(memory.edges(ids), key=str)
            assert sql.seats("cast", reports) == memory.seats("cast", reports)
            assert sql.seats_of(ids) == memory.seats_of(ids)


# --- in the writer's transaction


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = Store.create(tmp_path / "record", CHANCE)
    yield made
    made.close()


ENGINE = "test 1"


class Once:
    """Links by putting one name into the state, and remembers what it was given."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.there: bool | None = None

    def __call__(self, state: LinkState, there: bool) -> list[Change]:
        self.there = there
        number = state.fresh()
        put(state, a_node(number, self.name), keys={number: (number,)})
        who = Actor(
            id=f"per_{number}", type=ActorType.PERSON, names=(self.name,), caption=self.name
        )
        links = (LinkChanges(whole=not there, actors=(who,)),)
        return [Change(what="linked", subject=LINKS, links=links)]


def known(engine: Engine) -> list[str]:
    with engine.connect() as connection:
        found = connection.exec_driver_sql("SELECT name FROM link_node ORDER BY id")
        return [row.name for row in found]


def captions(store: Store) -> list[str]:
    with store.reading() as connection:
        found = connection.exec_driver_sql("SELECT caption FROM actor ORDER BY id")
        return [row.caption for row in found]


def test_state_that_fits_the_links_is_used_again(store: Store) -> None:
    first, second = Once("ada"), Once("bela")
    with store.writing(CHANCE) as writer:
        writer.link(ENGINE, first)
        writer.commit([Change(what="noted", subject="note", parts={"words": b"x"})])
    with store.writing(CHANCE) as writer:
        writer.link(ENGINE, second)
    assert (first.there, second.there) == (False, True)
    assert known(store.engine) == captions(store) == ["ada", "bela"]


def links_without_state(writer: Writer) -> None:
    writer.commit([Change(what="linked", subject=LINKS, links=(LinkChanges(whole=True),))])


def takes_links_away(writer: Writer) -> None:
    writer.commit([Change(what="unlinked", subject=LINKS, links=(LinkChanges(whole=True),))])


def makes_tables_again(writer: Writer) -> None:
    writer.rebuild([LINKS])


@pytest.mark.parametrize("between", [links_without_state, takes_links_away, makes_tables_again])
def test_state_that_fits_no_longer_is_dropped(store: Store, between: Any) -> None:
    again = Once("bela")
    with store.writing(CHANCE) as writer:
        writer.link(ENGINE, Once("ada"))
        between(writer)
        assert known(store.engine) == []
        writer.link(ENGINE, again)
    assert again.there is False
    assert known(store.engine) == captions(store) == ["bela"]


def test_state_of_another_engine_is_dropped(store: Store) -> None:
    other = Once("bela")
    with store.writing(CHANCE) as writer:
        writer.link(ENGINE, Once("ada"))
        writer.link("test 2", other)
    assert other.there is False
    assert known(store.engine) == ["bela"]


def test_an_id_is_not_given_again(store: Store) -> None:
    with store.writing(CHANCE) as writer:
        writer.link(ENGINE, Once("ada"))
        makes_tables_again(writer)
        writer.link(ENGINE, Once("bela"))
    with store.engine.begin() as connection:
        assert LinkState(connection).fresh() == 3


def test_linking_that_fails_leaves_all_as_it_was(store: Store) -> None:
    with store.writing(CHANCE) as writer:
        writer.link(ENGINE, Once("ada"))

    def fails(state: LinkState, there: bool) -> list[Change]:
        [change] = Once("bela")(state, there)
        links = (*change.links, LinkChanges(actors_gone=("per_1",), incidents=(None,)))  # type: ignore[arg-type]
        return [Change(what="linked", subject=LINKS, links=links)]

    with pytest.raises(AttributeError), store.writing(CHANCE) as writer:
        writer.link(ENGINE, fails)
    stands_after(store.path, "ada")


KILLED = """
import os, signal, sys
from pathlib import Path
from khronika.model.links import LinkChanges
from khronika.store.changes import Change
from khronika.store.store import Store
from store.test_link_state import CHANCE, ENGINE, LINKS, Once

def killed(state, there):
    [change] = Once("bela")(state, there)
    def links():
        yield from change.links
        for _ in range(20):
            yield LinkChanges()
        os.kill(os.getpid(), signal.SIGKILL)
    return [Change(what="linked", subject=LINKS, links=links())]

with Store.open(Path(sys.argv[1])).writing(CHANCE) as writer:
    writer.link(ENGINE, killed)
"""


@pytest.mark.skipif(os.name == "nt", reason="there is no SIGKILL")
def test_linking_that_is_killed_leaves_all_as_it_was(store: Store) -> None:
    with store.writing(CHANCE) as writer:
        writer.link(ENGINE, Once("ada"))
    paths = os.pathsep.join(path for path in sys.path if path)
    run = subprocess.run(
        [sys.executable, "-c", KILLED, str(store.path)],
        env={**os.environ, "PYTHONPATH": paths},
        check=False,
    )
    assert run.returncode == -9
    assert len(list(store.files.digests())) > 1  # no entry names them; the next writer drops them
    stands_after(store.path, "ada")
    assert len(list(store.files.digests())) == 2


def stands_after(path: Path, name: str) -> None:
    """State, links and journal are those of one linking, and the next goes on from them."""
    left = Store.open(path)
    assert known(left.engine) == captions(left) == [name]
    assert [entry.what for entry in left.entries()] == ["created", "linked", "sealed"]
    more = Once("bela")
    with left.writing(CHANCE) as writer:
        writer.link(ENGINE, more)
    assert more.there is True
    assert known(left.engine) == captions(left) == [name, "bela"]
    left.close()


def test_no_name_stays_in_the_file_once_traces_are_erased(store: Store) -> None:
    with store.writing(CHANCE) as writer:
        writer.link(ENGINE, Once("Zebediah"))
        takes_links_away(writer)
        store.erase_traces()
    for path in store.path.rglob("*"):
        assert path.is_dir() or b"Zebediah" not in path.read_bytes()


def test_what_changed_since_the_last_linking_is_named(store: Store) -> None:
    with store.writing(CHANCE) as writer:
        writer.commit([Change(what="ruled", subject="rul_1", parts={"x": b"1"})])
        assert store.changed_since_linked() == ["rul_1"]
        writer.link(ENGINE, Once("ada"))
        assert store.changed_since_linked() == []
        writer.commit([Change(what="withdrawn", subject="rul_1", erased=("x",))])
        writer.commit([Change(what="noted", subject="note", parts={"words": b"x"})])
    assert store.changed_since_linked() == ["rul_1"]

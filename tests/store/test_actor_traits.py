"""What finds actors follows them: words, countries, roles, and how many reports tell of them."""

from collections.abc import Callable
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import select

from khronika.model.acts import ActorType
from khronika.model.links import Actor, ActorMember, LinkChanges
from khronika.store import actor_traits as traits
from khronika.store import database, schema
from khronika.store.apply_links import apply_links, clear_links
from khronika.store.store import Chance, Store

CHANCE = Chance(now=lambda: "2024-05-01T10:00:00Z", salt=lambda: "5a" * 16)
Apply = Callable[[LinkChanges], None]


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store.create(tmp_path / "record", CHANCE)


@pytest.fixture
def apply(store: Store) -> Apply:
    def change(changes: LinkChanges) -> None:
        with store.engine.begin() as connection:
            apply_links(connection, changes)

    return change


def an_actor(id_: str, *names: str, **values: object) -> Actor:
    given = {"countries": ("KZ",), "roles": ("victim",), "mentions": 2, **values}
    return Actor(id=id_, type=ActorType.PERSON, names=names, caption=names[0], **given)  # type: ignore[arg-type]


def in_report(report: str, cast: int, actor: str) -> ActorMember:
    return ActorMember(report=report, cast=cast, actor=actor, alone=actor)


def found(store: Store, trait: traits.Trait) -> list[str]:
    with store.reading() as connection:
        return sorted({row.actor_id for row in connection.execute(traits.having(trait))})


def counted(store: Store) -> dict[str, int]:
    rows = store.all(select(traits.tally.c.actor_id, traits.tally.c.reports))
    return {str(row.actor_id): int(str(row.reports)) for row in rows}


def test_actors_are_found_by_words_countries_and_roles(store: Store, apply: Apply) -> None:
    apply(LinkChanges(actors=(an_actor("per_1", "Mira Tallow", "Міра Тэллоу"),)))
    apply(LinkChanges(actors=(an_actor("per_2", "Nils Tallgren", countries=("BY", "KZ")),)))
    assert found(store, traits.word("tall")) == ["per_1", "per_2"]
    assert found(store, traits.word("тэллоу")) == ["per_1"]
    assert found(store, traits.country("BY")) == ["per_2"]
    assert found(store, traits.role("perpetrator", "victim")) == ["per_1", "per_2"]
    rows = store.all(select(schema.actor).order_by("sorted"))
    assert [(row.sorted, row.rank) for row in rows] == [("mira tallow", -2), ("nils tallgren", -2)]


def test_a_changed_actor_is_no_longer_found_by_what_it_was(store: Store, apply: Apply) -> None:
    apply(LinkChanges(actors=(an_actor("per_1", "Mira Tallow"),)))
    apply(LinkChanges(actors=(an_actor("per_1", "Mira Orlan", roles=("source",)),)))
    assert found(store, traits.word("tallow")) == []
    assert found(store, traits.word("orlan")) == ["per_1"]
    assert found(store, traits.role("victim")) == []
    apply(LinkChanges(actors_gone=("per_1",)))
    assert found(store, traits.word("")) == []


@pytest.mark.parametrize("name", ['"', "' OR 1=1 --", "]}", "\\", "🙂", "a\x00b", '","x'])
def test_no_name_breaks_what_it_is_found_by(store: Store, apply: Apply, name: str) -> None:
    apply(LinkChanges(actors=(an_actor("per_1", name, f"Tallow {name}"),)))
    assert found(store, traits.word("tallow")) == ["per_1"]
    apply(LinkChanges(actors_gone=("per_1",)))
    assert store.all(select(traits.trait)) == []


def test_reports_are_counted_once_whatever_comes_and_goes(store: Store, apply: Apply) -> None:
    two = (an_actor("per_1", "Mira"), an_actor("per_2", "Nils"))
    apply(LinkChanges(actors=two, members=(in_report("a", 0, "per_1"), in_report("a", 1, "per_1"))))
    apply(LinkChanges(members=(in_report("b", 0, "per_1"), in_report("b", 1, "per_2"))))
    assert counted(store) == {"per_1": 2, "per_2": 1}
    apply(LinkChanges(members_gone=(("a", 0),)))
    assert counted(store) == {"per_1": 2, "per_2": 1}
    apply(LinkChanges(members=(in_report("a", 1, "per_2"),)))
    assert counted(store) == {"per_1": 1, "per_2": 2}
    apply(LinkChanges(members_gone=(("b", 0),), actors_gone=("per_1",)))
    assert counted(store) == {"per_2": 2}
    with store.engine.begin() as connection:
        clear_links(connection)
    assert counted(store) == {}


def test_the_rarest_choice_is_taken_and_none_if_all_are_common(store: Store, apply: Apply) -> None:
    some = tuple(an_actor(f"per_{n}", f"Mira N{n}") for n in range(5))
    apply(LinkChanges(actors=some))
    choices = [traits.having(traits.word("mira")), traits.having(traits.word("n3"))]
    with store.reading() as connection:
        assert traits.rarest(connection, choices, 3) is choices[1]
        assert traits.rarest(connection, choices[:1], 3) is None


def test_what_an_older_record_holds_is_taken_in(tmp_path: Path) -> None:
    engine = database.engine_for(tmp_path / "old.db")
    config = Config()
    folder = Path(database.__file__).parent / "migrations"
    config.set_main_option("script_location", str(folder))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0004")
        columns = "id, type, caption, folded, names, countries, roles, mentions"
        values = "'per_1', 'person', 'Éva Lark', ' eva lark ', '[]', '[\"HU\"]', '[\"source\"]', 7"
        connection.exec_driver_sql(f"INSERT INTO actor ({columns}) VALUES ({values})")
        for report, cast in (("a", 0), ("a", 1), ("b", 0)):
            connection.exec_driver_sql(
                "INSERT INTO member VALUES (?, ?, 'per_1', 'per_1')", (report, cast)
            )
        command.upgrade(config, "head")
    with engine.begin() as connection:
        row = connection.execute(select(schema.actor)).one()
        assert (row.sorted, row.rank) == ("eva lark", -7)
        found = connection.execute(select(traits.trait)).all()
        assert {row.trait for row in found} == {"w:eva", "w:lark", "c:HU", "r:source"}
        assert connection.execute(select(traits.tally)).one().reports == 2
    engine.dispose()

"""The model in columns: the same number here and in SQL."""

import random
from dataclasses import astuple, fields

import pytest

from khronika.linking.emit import pairs_sql, splink_settings, weight_sql
from khronika.linking.weights import (
    NameRecord,
    name_record,
    record_model,
    record_weight,
    with_shares,
)

GIVEN = ("Marfa", "Марфа", "M.", "Anton", "Антон", "Daria", "Дарья", "Ilya", "Илья", "Zulfiya")
STARTS = ("Lebed", "Zor", "Kudin", "Shark", "Garid", "Akylb", "Тавр", "Бел", "Шарк")
ENDS = ("inskaya", "in", "ovich", "evich", "ov", "ова", "ін", "enko", "yan")
FATHERS = ("", "", " Petrovich", " Петровна", " Ilyich")


def invented(count: int) -> tuple[NameRecord, ...]:
    rng = random.Random(7)
    return with_shares(
        [
            name_record(
                f"m{number:05}",
                f"{rng.choice(GIVEN)}{rng.choice(FATHERS)} {rng.choice(STARTS)}{rng.choice(ENDS)}",
                place=rng.choice(("", "Lipsk", "Verna")),
                year=rng.choice(("", "1970", "1981")),
            )
            for number in range(count)
        ]
    )


def test_a_name_in_columns() -> None:
    record = name_record("a", "Илья Петрович Зорин", place="Verna")
    assert (record.given_initial, record.gender, record.surname_sound) == ("i", "m", "zarin")
    assert record.father == name_record("b", "Zorin Illya Petrovych").father
    assert name_record("c", "I. Zorin").given_key == ""
    assert name_record("d", "...").surname_sound == ""


def test_what_agrees_speaks_for_and_what_is_missing_says_nothing() -> None:
    one, other, third = with_shares(
        [
            name_record("a", "Ilya Zorin", place="Verna"),
            name_record("b", "Илья Зорин"),
            name_record("c", "Илья Зорин", place="Lipsk"),
        ]
    )
    weight, evidence = record_weight(one, other)
    assert [e.part for e in evidence] == ["surname", "given name", "gender"]
    assert record_weight(one, third)[0] < weight


def test_in_process_and_in_duckdb_the_weights_are_equal() -> None:
    duckdb = pytest.importorskip("duckdb", reason="duckdb is in the extra [linking]")
    records = invented(120)
    names = [f.name for f in fields(NameRecord)]
    types = ["DOUBLE" if n.endswith("_share") else "VARCHAR" for n in names]
    base = duckdb.connect()
    base.execute(f"CREATE TABLE n ({', '.join(map(' '.join, zip(names, types, strict=True)))})")
    marks = ", ".join("?" * len(names))
    base.executemany(f"INSERT INTO n VALUES ({marks})", [astuple(r) for r in records])
    by_id = {r.id: r for r in records}
    query = f"SELECT l.id, r.id, {weight_sql(record_model())} FROM n l JOIN n r ON l.id < r.id"
    compared = base.execute(query).fetchall()
    assert len(compared) == 120 * 119 // 2
    for one, other, weight in compared:
        assert record_weight(by_id[one], by_id[other])[0] == pytest.approx(weight, abs=1e-6)
    blocked = base.execute(pairs_sql(record_model(), "n")).fetchall()
    assert 0 < len(blocked) < len(compared)


@pytest.mark.filterwarnings("ignore")
def test_splink_predicts_with_the_settings() -> None:
    splink = pytest.importorskip("splink", reason="splink is in the extra [linking]")
    columns = ("id", "surname_sound", "surname_head", "surname_start", "given_key",
               "given_initial", "father", "gender", "place", "year")  # fmt: skip
    rows = [{c: getattr(r, c) or None for c in columns} for r in invented(60)]
    table = splink.DuckDBAPI().register(rows)
    linker = splink.Linker(table, splink_settings(record_model()), log_level=40)
    assert linker.inference.predict().as_record_list()

"""What finds actors among many: a key to sort by, their words and traits, their reports counted.

Also indices for the pages of places, appeals and registers. Words, traits and counts follow their
rows by triggers, in the same transaction; they are no part of `khronika.store.schema`.

Revision ID: 0005
"""

import sqlalchemy as sa
from alembic import op

from khronika.text.lemmas import folded

revision = "0005"
down_revision = "0004"

AT_ONCE = 5000
TABLES = (
    """
    CREATE TABLE actor_trait (
        trait TEXT NOT NULL, actor_id TEXT NOT NULL, PRIMARY KEY (trait, actor_id)
    ) WITHOUT ROWID
    """,
    "CREATE TABLE actor_tally (actor_id TEXT PRIMARY KEY, reports INTEGER NOT NULL) WITHOUT ROWID",
    "CREATE INDEX actor_tally_reports ON actor_tally (reports, actor_id)",
)
# `folded` holds letters, digits and blanks only, so between quotation marks it is a list of JSON.
TRAITS = """
    SELECT 'w:' || value AS trait, {of}.id AS id FROM {source} json_each(
        '["' || replace(trim({of}.folded), ' ', '","') || '"]'
    ) WHERE {of}.folded <> ' '
    UNION SELECT 'c:' || value, {of}.id FROM {source} json_each({of}.countries)
    UNION SELECT 'r:' || value, {of}.id FROM {source} json_each({of}.roles)
"""
EVERY = TRAITS.format(of="actor", source="actor,")
ADD = f"INSERT INTO actor_trait {TRAITS.format(of='new', source='')}"
REMOVE = f"""
    DELETE FROM actor_trait WHERE actor_id = old.id
    AND trait IN (SELECT trait FROM ({TRAITS.format(of="old", source="")}))
"""  # noqa: S608  texts of our own; SQLite would read the whole table for pairs
ANOTHER = """
    EXISTS (
        SELECT 1 FROM member
        WHERE actor_id = {of}.actor_id AND report_id = {of}.report_id AND "cast" <> {of}."cast"
    )
"""
COUNT = f"""
    INSERT INTO actor_tally SELECT new.actor_id, 1 WHERE NOT {ANOTHER.format(of="new")}
    ON CONFLICT (actor_id) DO UPDATE SET reports = reports + 1
"""
DISCOUNT = (
    f"""
    UPDATE actor_tally SET reports = reports - 1
    WHERE actor_id = old.actor_id AND NOT {ANOTHER.format(of="old")}
    """,  # noqa: S608
    "DELETE FROM actor_tally WHERE actor_id = old.actor_id AND reports = 0",
)
TRIGGERS = (
    ("actor_added AFTER INSERT ON actor", (ADD,)),
    ("actor_changed AFTER UPDATE ON actor", (REMOVE, ADD)),
    ("actor_removed AFTER DELETE ON actor", (REMOVE,)),
    ("member_added AFTER INSERT ON member", (COUNT,)),
    ("member_changed AFTER UPDATE ON member", (*DISCOUNT, COUNT)),
    ("member_removed AFTER DELETE ON member", DISCOUNT),
)
INDICES = (
    ("actor_sorted", "actor", ["sorted", "id"]),
    ("actor_type_sorted", "actor", ["type", "sorted", "id"]),
    ("actor_rank", "actor", ["rank", "sorted", "id"]),
    ("actor_type_rank", "actor", ["type", "rank", "sorted", "id"]),
    ("involvement_cast", "involvement", ["act_id", "cast", "role", "idx"]),
    ("location_place", "location", ["geonameid"]),
    ("location_folded", "location", ["folded"]),
    ("appeal_delivered", "appeal", ["delivered", "act_id"]),
    ("appeal_act", "appeal", ["act_id"]),
    ("designation_register", "designation", ["register", "when_edtf"]),
)


def upgrade() -> None:
    """Add the columns, tables and indices, and fill them from what is there."""
    op.add_column("actor", sa.Column("sorted", sa.Text(), server_default="", nullable=False))
    op.add_column("actor", sa.Column("rank", sa.Integer(), server_default="0", nullable=False))
    for statement in TABLES:
        op.execute(statement)
    _fill(op.get_bind())
    for name, table, columns in INDICES:
        op.create_index(name, table, columns)
    for event, statements in TRIGGERS:
        op.execute(f"CREATE TRIGGER {event} BEGIN {';'.join(statements)}; END")


def _fill(connection: sa.Connection) -> None:
    captions = connection.exec_driver_sql("SELECT id, caption FROM actor").all()
    sort = "UPDATE actor SET sorted = ?, rank = -mentions WHERE id = ?"
    for start in range(0, len(captions), AT_ONCE):
        some = captions[start : start + AT_ONCE]
        connection.exec_driver_sql(sort, [(folded(each[1]).strip(), each[0]) for each in some])
    connection.exec_driver_sql(f"INSERT INTO actor_trait {EVERY}")
    counted = "SELECT actor_id, count(DISTINCT report_id) FROM member GROUP BY actor_id"
    connection.exec_driver_sql(f"INSERT INTO actor_tally {counted}")

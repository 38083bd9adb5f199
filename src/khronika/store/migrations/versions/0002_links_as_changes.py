"""Links are kept as changes: their tables are made anew, empty until the next linking.

Also the tables that linking looks things up in, and an index that finds journal entries by verb.

Revision ID: 0002
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

GONE = (
    *("copy", "relation", "contradiction", "incident_act", "incident"),
    *("former", "member", "actor"),
)

# What linking looks things up in: a cache, so no part of `khronika.store.schema`.
LINK_STATE = (
    """
    CREATE TABLE link_node (
        id INTEGER PRIMARY KEY, space TEXT NOT NULL, name TEXT NOT NULL, home INTEGER NOT NULL,
        data TEXT NOT NULL, keys BLOB
    )
    """,
    "CREATE UNIQUE INDEX link_node_name ON link_node (space, name)",
    "CREATE INDEX link_node_home ON link_node (home)",
    """
    CREATE TABLE link_key (
        key INTEGER NOT NULL, node INTEGER NOT NULL, PRIMARY KEY (key, node)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE link_edge (
        one INTEGER NOT NULL, other INTEGER NOT NULL, data TEXT NOT NULL, PRIMARY KEY (one, other)
    ) WITHOUT ROWID
    """,
    "CREATE INDEX link_edge_other ON link_edge (other)",
    """
    CREATE TABLE link_seat (
        space TEXT NOT NULL, report TEXT NOT NULL, idx INTEGER NOT NULL, node INTEGER NOT NULL,
        data TEXT NOT NULL, PRIMARY KEY (space, report, idx)
    ) WITHOUT ROWID
    """,
    "CREATE INDEX link_seat_node ON link_seat (node)",
    """
    CREATE TABLE link_mark (
        last INTEGER NOT NULL, seq INTEGER NOT NULL, engine TEXT NOT NULL,
        parts INTEGER NOT NULL
    )
    """,
    "INSERT INTO link_mark VALUES (0, 0, '', 0)",
)


def _key(name: str, kind: Any = sa.Text) -> sa.Column[Any]:
    return sa.Column(name, kind(), primary_key=True, autoincrement=False, nullable=False)


def _text(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text(), server_default="", nullable=False) for name in names]


def _number(*names: str) -> list[sa.Column[int]]:
    return [sa.Column(name, sa.Integer(), nullable=False) for name in names]


def _of_incident(*, key: bool = True) -> sa.Column[str]:
    refers = sa.ForeignKey("incident.id", ondelete="CASCADE")
    return sa.Column("incident_id", sa.Text(), refers, primary_key=key, nullable=False)


def upgrade() -> None:
    """Make the tables of links anew."""
    for name in GONE:
        op.drop_table(name)
    op.create_table(
        "actor",
        _key("id"),
        *_text("type", "caption", "folded", "names", "countries", "roles", "why", "joins"),
        *_number("mentions"),
    )
    op.create_table(
        "member",
        _key("report_id"),
        _key("cast", sa.Integer),
        sa.Column("actor_id", sa.Text(), sa.ForeignKey("actor.id"), nullable=False),
        *_text("alone"),
    )
    op.create_table(
        "incident",
        _key("id"),
        *_text("kind", "modality", "when_edtf", "when_from", "when_to", "places", "countries"),
        *_text("reports", "why", "joins"),
        *_number("independent_sources", "counted", "undated"),
    )
    op.create_table(
        "incident_act",
        _key("act_id"),
        _of_incident(key=False),
        *_number("idx"),
        *_text("alone"),
    )
    op.create_table(
        "incident_actor", _of_incident(), _key("role"), _key("report_id"), _key("cast", sa.Integer)
    )
    op.create_table(
        "contradiction", _of_incident(), _key("idx", sa.Integer), *_text("attribute", "told")
    )
    op.create_table(
        "copy",
        _key("report_id"),
        _key("original"),
        *_text("relation"),
        sa.Column("share", sa.Float(), nullable=False),
    )
    _indices()
    for statement in LINK_STATE:
        op.execute(statement)


def _indices() -> None:
    for name, table, columns in (
        ("journal_what", "journal", ["what", "seq"]),
        ("held_part", "held", ["part", "subject", "digest"]),
        ("actor_caption", "actor", ["caption", "id"]),
        ("member_actor", "member", ["actor_id", "report_id", "cast", "alone"]),
        ("member_alone", "member", ["alone"]),
        ("incident_order", "incident", ["undated", "when_from", "when_to", "id"]),
        ("ix_incident_act_incident_id", "incident_act", ["incident_id"]),
        ("incident_act_alone", "incident_act", ["alone"]),
        ("incident_actor_member", "incident_actor", ["report_id", "cast", "role"]),
    ):
        op.create_index(name, table, columns)

"""The review queue: empty, and due to be made whole by whoever opens the record next.

Revision ID: 0004
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def _key(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Text(), primary_key=True, autoincrement=False, nullable=False)


def _text(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text(), server_default="", nullable=False) for name in names]


def _number(*names: str) -> list[sa.Column[int]]:
    return [sa.Column(name, sa.Integer(), nullable=False) for name in names]


def upgrade() -> None:
    """Make the tables of the queue."""
    op.create_table(
        "queue",
        _key("id"),
        *_text("sort", "kind", "report_id", "about", "reasons", "parts", "texts", "data", "said"),
        *_number("rank", "open"),
    )
    op.create_table("queue_about", _key("thing"), _key("item"))
    op.create_table("queue_due", _key("sort"), _key("thing"))
    for name, table, columns in (
        ("queue_order", "queue", ["open", "rank", "id"]),
        ("queue_sort", "queue", ["open", "sort", "rank", "id"]),
        ("queue_kind", "queue", ["open", "kind", "rank", "id"]),
        ("queue_report", "queue", ["report_id", "rank", "id"]),
        ("queue_about_item", "queue_about", ["item"]),
    ):
        op.create_index(name, table, columns)
    op.execute("INSERT INTO queue_due (sort, thing) VALUES ('all', '')")

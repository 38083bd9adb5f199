"""What reviewers say in place of a coder stands with their rulings.

Revision ID: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Give rulings the report that they quote, and what only some verbs say."""
    for name in ("report", "said"):
        op.add_column("ruling", sa.Column(name, sa.Text(), server_default="", nullable=False))
    op.create_index("ruling_report", "ruling", ["report", "id"])

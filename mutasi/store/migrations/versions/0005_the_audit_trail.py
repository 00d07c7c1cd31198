"""The audit trail: only ever added to, and the database itself sees to it."""

import sqlalchemy as sa
from alembic import op

from mutasi.store.migrations import triggers

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "trail",
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("object", sa.String(), nullable=False),
        sa.Column("before", sa.String(), nullable=True),
        sa.Column("after", sa.String(), nullable=True),
        sa.Column("previous", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_trail")),
        sa.UniqueConstraint("previous", name=op.f("uq_trail_previous")),
    )
    for statement in triggers.of_trail(op.get_bind().dialect.name):
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("trail")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION require_following()")
        op.execute("DROP FUNCTION refuse_change()")

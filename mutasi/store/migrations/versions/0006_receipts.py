"""Receipts of what was recommended: only ever added to, as the trail that seals them."""

import sqlalchemy as sa
from alembic import op

from mutasi.store.migrations import triggers

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "receipts",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("receipt_id", sa.String(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("asker", sa.String(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_receipts")),
        sa.UniqueConstraint("receipt_id", name=op.f("uq_receipts_receipt_id")),
    )
    op.create_table(
        "receipt_people",
        sa.Column("employee_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["number"], ["receipts.number"], name=op.f("fk_receipt_people_number")
        ),
        sa.PrimaryKeyConstraint("employee_id", "number", name=op.f("pk_receipt_people")),
    )
    op.create_index("ix_trail_object", "trail", ["object", "kind"])
    for statement in triggers.of_receipts(op.get_bind().dialect.name):
        op.execute(statement)


def downgrade() -> None:
    op.drop_index("ix_trail_object", table_name="trail")
    for table in ("receipt_people", "receipts"):
        op.drop_table(table)

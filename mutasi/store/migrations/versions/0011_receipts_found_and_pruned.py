"""Receipts are found by what they tell of, and go once they are named as pruned."""

import json
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

from mutasi.store.migrations import triggers

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

ROWS_AT_ONCE = 500


def upgrade() -> None:
    op.create_table(
        "receipt_marks",
        sa.Column("mark", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["number"], ["receipts.number"], name=op.f("fk_receipt_marks_number")
        ),
        sa.PrimaryKeyConstraint("mark", "number", name=op.f("pk_receipt_marks")),
    )
    op.create_table(
        "receipts_pruned",
        sa.Column("receipt_id", sa.String(), nullable=False),
        sa.Column("entry", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("receipt_id", name=op.f("pk_receipts_pruned")),
    )
    op.create_index(op.f("ix_receipts_pruned_entry"), "receipts_pruned", ["entry"])
    op.create_index("ix_receipts_at", "receipts", ["at"])
    _mark()
    for table in triggers.PRUNED:
        if table != "receipt_marks":
            _lift(f"{table}_kept", table)
    dialect = op.get_bind().dialect.name
    for statement in triggers.of_pruning(dialect):
        op.execute(statement)


def downgrade() -> None:
    dialect = op.get_bind().dialect.name
    for table in ("receipts", "receipt_people"):
        _lift(f"{table}_kept", table)
        refused = (
            f"BEGIN SELECT RAISE(ABORT, '{table} is only added to'); END"
            if dialect == "sqlite"
            else "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        )
        op.execute(f"CREATE TRIGGER {table}_kept BEFORE DELETE ON {table} {refused}")
    op.drop_index("ix_receipts_at", table_name="receipts")
    op.drop_table("receipts_pruned")
    op.drop_table("receipt_marks")
    if dialect == "postgresql":
        for table in triggers.PRUNED:
            op.execute(f"DROP FUNCTION refuse_unless_pruned_{table}()")


def _mark() -> None:
    """Mark the receipts that there are."""
    receipts = sa.table("receipts", sa.column("number"), sa.column("content"))
    marks = sa.table("receipt_marks", sa.column("mark"), sa.column("number"))
    number, asked = -1, sa.select(receipts).order_by(receipts.c.number).limit(ROWS_AT_ONCE)
    while rows := op.get_bind().execute(asked.where(receipts.c.number > number)).all():
        found = [
            {"mark": mark, "number": row.number}
            for row in rows
            for mark in sorted(set(_marks(json.loads(row.content))))
        ]
        if found:
            op.get_bind().execute(sa.insert(marks), found)
        number = rows[-1].number


def _marks(content: dict[str, Any]) -> Iterator[str]:
    answer, question = content.get("answer", {}), content.get("question", {})
    told = (question, answer, *answer.get("recommended", ()), *answer.get("excluded", ()))
    yield from (f"position:{one['position_id']}" for one in told if one.get("position_id"))
    model = content.get("grounds", {}).get("model")
    if model:
        yield f"model:{model['version']}"


def _lift(trigger: str, table: str) -> None:
    on = f" ON {table}" if op.get_bind().dialect.name == "postgresql" else ""
    op.execute(f"DROP TRIGGER {trigger}{on}")

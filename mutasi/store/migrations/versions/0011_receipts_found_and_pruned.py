"""Receipts are found by what they tell of, and go once they are named as pruned."""

import json
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

ROWS_AT_ONCE = 500

PRUNED = {
    "receipts": "SELECT 1 FROM receipts_pruned WHERE receipt_id = OLD.receipt_id",
    "receipt_people": "SELECT 1 FROM receipts_pruned JOIN receipts USING (receipt_id)"
    " WHERE receipts.number = OLD.number",
    "receipt_marks": "SELECT 1 FROM receipts_pruned JOIN receipts USING (receipt_id)"
    " WHERE receipts.number = OLD.number",
}
"""Each table from which a row may be removed, with the query for what says that it may."""

NEW = {
    "receipt_marks": "SELECT 1 FROM receipt_marks WHERE number = NEW.number AND mark = NEW.mark",
    "receipts_pruned": "SELECT 1 FROM receipts_pruned WHERE receipt_id = NEW.receipt_id",
}
"""Each new table, with the query for a row that another would replace."""


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
    for table in PRUNED:
        if table != "receipt_marks":
            _lift(f"{table}_kept", table)
    dialect = op.get_bind().dialect.name
    for statement in _of_sqlite() if dialect == "sqlite" else _of_postgresql():
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
        for table in PRUNED:
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


def _of_sqlite() -> Iterator[str]:
    for table, pruned in PRUNED.items():
        refused = f"BEGIN SELECT RAISE(ABORT, '{table} is only added to, or pruned'); END"
        yield (
            f"CREATE TRIGGER {table}_kept BEFORE DELETE ON {table}"
            f" WHEN NOT EXISTS ({pruned}) {refused}"
        )
    for table, replaced in NEW.items():
        refused = f"BEGIN SELECT RAISE(ABORT, '{table} is only added to'); END"
        yield f"CREATE TRIGGER {table}_unchanged BEFORE UPDATE ON {table} {refused}"
        yield (
            f"CREATE TRIGGER {table}_new BEFORE INSERT ON {table}"
            f" WHEN EXISTS ({replaced}) {refused}"
        )
    refused = "BEGIN SELECT RAISE(ABORT, 'receipts_pruned is only added to'); END"
    yield f"CREATE TRIGGER receipts_pruned_kept BEFORE DELETE ON receipts_pruned {refused}"


def _of_postgresql() -> Iterator[str]:
    for table, pruned in PRUNED.items():
        yield f"""
            CREATE FUNCTION refuse_unless_pruned_{table}() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
              IF NOT EXISTS ({pruned}) THEN
                RAISE EXCEPTION '{table} is only added to, or pruned'
                  USING ERRCODE = 'restrict_violation';
              END IF;
              RETURN OLD;
            END $$
        """
        yield (
            f"CREATE TRIGGER {table}_kept BEFORE DELETE ON {table}"
            f" FOR EACH ROW EXECUTE FUNCTION refuse_unless_pruned_{table}()"
        )
    refused = "EXECUTE FUNCTION refuse_change()"
    for table in NEW:
        yield f"CREATE TRIGGER {table}_unchanged BEFORE UPDATE ON {table} FOR EACH ROW {refused}"
        yield (
            f"CREATE TRIGGER {table}_whole BEFORE TRUNCATE ON {table} FOR EACH STATEMENT {refused}"
        )
    yield (
        "CREATE TRIGGER receipts_pruned_kept BEFORE DELETE ON receipts_pruned"
        f" FOR EACH ROW {refused}"
    )

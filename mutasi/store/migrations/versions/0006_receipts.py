"""Receipts of what was recommended: only ever added to, as the trail that seals them."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

TABLES = {
    "receipts": "SELECT 1 FROM receipts WHERE number = NEW.number OR receipt_id = NEW.receipt_id",
    "receipt_people": "SELECT 1 FROM receipt_people"
    " WHERE number = NEW.number AND employee_id = NEW.employee_id",
}
"""Each table, with the query for a row that another would replace."""


def _guards(table: str, dialect: str) -> list[str]:
    """Return what makes a table refuse changes; the function is of the trail's migration.

    SQLite replaces a row without asking the triggers of a removal.
    """
    acts = {"unchanged": "UPDATE", "kept": "DELETE"}
    if dialect == "sqlite":
        refused = f"BEGIN SELECT RAISE(ABORT, '{table} is only added to'); END"
        replaced = f"EXISTS ({TABLES[table]})"
        return [
            *(
                f"CREATE TRIGGER {table}_{name} BEFORE {act} ON {table} {refused}"
                for name, act in acts.items()
            ),
            f"CREATE TRIGGER {table}_new BEFORE INSERT ON {table} WHEN {replaced} {refused}",
        ]
    refused = "EXECUTE FUNCTION refuse_change()"
    return [
        *(
            f"CREATE TRIGGER {table}_{name} BEFORE {act} ON {table} FOR EACH ROW {refused}"
            for name, act in acts.items()
        ),
        f"CREATE TRIGGER {table}_whole BEFORE TRUNCATE ON {table} FOR EACH STATEMENT {refused}",
    ]


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
    for table in TABLES:
        for statement in _guards(table, op.get_bind().dialect.name):
            op.execute(statement)


def downgrade() -> None:
    op.drop_index("ix_trail_object", table_name="trail")
    for table in reversed(list(TABLES)):
        op.drop_table(table)

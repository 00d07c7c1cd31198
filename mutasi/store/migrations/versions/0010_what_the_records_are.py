"""A name of what the records are, which every change of theirs changes by itself."""

import sqlalchemy as sa
from alembic import op

from mutasi.store.migrations import triggers

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    made = op.create_table(
        "records_state",
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_records_state")),
    )
    dialect = op.get_bind().dialect.name
    name = "gen_random_uuid()" if dialect == "postgresql" else "lower(hex(randomblob(16)))"
    op.execute(sa.insert(made).values(number=1, name=sa.text(name)))
    for statement in triggers.of_records(dialect):
        op.execute(statement)


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION name_records() CASCADE")
    else:
        for table in triggers.RECORDS:
            for deed in triggers.DEEDS:
                op.execute(f"DROP TRIGGER {table}_{deed}_named")
    op.drop_table("records_state")

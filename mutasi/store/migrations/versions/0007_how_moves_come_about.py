"""Proposals and applications step by step, and answers to requests that come again."""

import sqlalchemy as sa
from alembic import op

from mutasi.store.migrations import triggers

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "cases",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("employee_id", sa.String(), nullable=False),
        sa.Column("position_id", sa.String(), nullable=False),
        sa.Column("unit_id", sa.String(), nullable=False),
        sa.Column("origin_position_id", sa.String(), nullable=True),
        sa.Column("origin_unit_id", sa.String(), nullable=True),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("slot", sa.String(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["employee_id"],
            ["employees.employee_id"],
            name=op.f("fk_cases_employee_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["position_id"],
            ["positions.position_id"],
            name=op.f("fk_cases_position_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_cases")),
        sa.UniqueConstraint("case_id", name=op.f("uq_cases_case_id")),
        sa.UniqueConstraint("slot", name=op.f("uq_cases_slot")),
    )
    op.create_index("ix_cases_employee_id", "cases", ["employee_id"], unique=False)
    op.create_index("ix_cases_position_id", "cases", ["position_id"], unique=False)
    op.create_index("ix_cases_state", "cases", ["state"], unique=False)

    op.create_table(
        "case_events",
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("dated_on", sa.Date(), nullable=False),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("before", sa.String(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("is_going", sa.Boolean(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.case_id"], name=op.f("fk_case_events_case_id")
        ),
        sa.PrimaryKeyConstraint("case_id", "version", name=op.f("pk_case_events")),
    )

    op.create_table(
        "replies",
        sa.Column("caller", sa.String(), nullable=False),
        sa.Column("idempotency_key", sa.String(), nullable=False),
        sa.Column("request", sa.String(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("headers", sa.JSON(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("caller", "idempotency_key", name=op.f("pk_replies")),
    )
    op.create_index("ix_replies_at", "replies", ["at"], unique=False)
    for statement in triggers.of_cases(op.get_bind().dialect.name):
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("replies")
    op.drop_table("case_events")
    op.drop_table("cases")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION require_event_following()")
        op.execute("DROP FUNCTION lead_case()")
        op.execute("DROP FUNCTION require_case_following()")

"""What law asks about, and what agencies keep besides."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "blackouts",
        sa.Column("region", sa.String(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("approved_on", sa.Date(), nullable=True),
        sa.Column("known_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("region", "since", name=op.f("pk_blackouts")),
    )
    with op.batch_alter_table("blackouts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_blackouts_known_on"), ["known_on"], unique=False)

    op.create_table(
        "governments",
        sa.Column("region", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("province", sa.String(), nullable=True),
        sa.Column("known_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("region", name=op.f("pk_governments")),
    )
    with op.batch_alter_table("governments", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_governments_known_on"), ["known_on"], unique=False)

    op.create_table(
        "awards",
        sa.Column("employee_id", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("awarded_on", sa.Date(), nullable=False),
        sa.Column("known_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["employee_id"],
            ["employees.employee_id"],
            name=op.f("fk_awards_employee_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("employee_id", "title", "awarded_on", name=op.f("pk_awards")),
    )
    with op.batch_alter_table("awards", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_awards_known_on"), ["known_on"], unique=False)

    op.create_table(
        "circumstances",
        sa.Column("employee_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("known_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["employee_id"],
            ["employees.employee_id"],
            name=op.f("fk_circumstances_employee_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("employee_id", "kind", "since", name=op.f("pk_circumstances")),
    )
    with op.batch_alter_table("circumstances", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_circumstances_known_on"), ["known_on"], unique=False)

    op.create_table(
        "credits",
        sa.Column("employee_id", sa.String(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("points", sa.Float(), nullable=False),
        sa.Column("known_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["employee_id"],
            ["employees.employee_id"],
            name=op.f("fk_credits_employee_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("employee_id", "decided_on", name=op.f("pk_credits")),
    )
    with op.batch_alter_table("credits", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_credits_known_on"), ["known_on"], unique=False)

    op.create_table(
        "demands",
        sa.Column("unit_id", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("weight", sa.Float(), nullable=False),
        sa.Column("known_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["unit_id"],
            ["units.unit_id"],
            name=op.f("fk_demands_unit_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("unit_id", "subject", "since", name=op.f("pk_demands")),
    )
    with op.batch_alter_table("demands", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_demands_known_on"), ["known_on"], unique=False)

    op.create_table(
        "merit_indices",
        sa.Column("employee_id", sa.String(), nullable=False),
        sa.Column("measured_on", sa.Date(), nullable=False),
        sa.Column("qualification", sa.Float(), nullable=True),
        sa.Column("competence", sa.Float(), nullable=True),
        sa.Column("performance", sa.Float(), nullable=True),
        sa.Column("discipline", sa.Float(), nullable=True),
        sa.Column("known_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["employee_id"],
            ["employees.employee_id"],
            name=op.f("fk_merit_indices_employee_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("employee_id", "measured_on", name=op.f("pk_merit_indices")),
    )
    with op.batch_alter_table("merit_indices", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_merit_indices_known_on"), ["known_on"], unique=False)

    op.create_table(
        "potentials",
        sa.Column("employee_id", sa.String(), nullable=False),
        sa.Column("assessed_on", sa.Date(), nullable=False),
        sa.Column("intellectual", sa.Float(), nullable=True),
        sa.Column("interpersonal", sa.Float(), nullable=True),
        sa.Column("self_awareness", sa.Float(), nullable=True),
        sa.Column("critical_thinking", sa.Float(), nullable=True),
        sa.Column("commitment", sa.Float(), nullable=True),
        sa.Column("total", sa.Float(), nullable=True),
        sa.Column("known_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["employee_id"],
            ["employees.employee_id"],
            name=op.f("fk_potentials_employee_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("employee_id", "assessed_on", name=op.f("pk_potentials")),
    )
    with op.batch_alter_table("potentials", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_potentials_known_on"), ["known_on"], unique=False)

    op.create_table(
        "reviews",
        sa.Column("employee_id", sa.String(), nullable=False),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=False),
        sa.Column("results", sa.Integer(), nullable=True),
        sa.Column("behaviour", sa.Integer(), nullable=True),
        sa.Column("predicate", sa.Integer(), nullable=True),
        sa.Column("known_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["employee_id"],
            ["employees.employee_id"],
            name=op.f("fk_reviews_employee_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("employee_id", "started_on", "ended_on", name=op.f("pk_reviews")),
    )
    with op.batch_alter_table("reviews", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reviews_known_on"), ["known_on"], unique=False)

    op.create_table(
        "objections",
        sa.Column("employee_id", sa.String(), nullable=False),
        sa.Column("objected_on", sa.Date(), nullable=False),
        sa.Column("position_id", sa.String(), nullable=True),
        sa.Column("grounds", sa.String(), nullable=True),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("known_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["employee_id"],
            ["employees.employee_id"],
            name=op.f("fk_objections_employee_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["position_id"],
            ["positions.position_id"],
            name=op.f("fk_objections_position_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("employee_id", "objected_on", name=op.f("pk_objections")),
    )
    with op.batch_alter_table("objections", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_objections_known_on"), ["known_on"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_objections_position_id"), ["position_id"], unique=False
        )

    with op.batch_alter_table("needs", schema=None) as batch_op:
        batch_op.add_column(sa.Column("workload", sa.Float(), nullable=True))

    with op.batch_alter_table("offers", schema=None) as batch_op:
        batch_op.add_column(sa.Column("evidence", sa.String(), nullable=True))


def downgrade() -> None:
    # Not in a batch: SQLite would make the table anew, and rows that refer to it lose it.
    op.drop_column("offers", "evidence")
    op.drop_column("needs", "workload")

    with op.batch_alter_table("objections", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_objections_position_id"))
        batch_op.drop_index(batch_op.f("ix_objections_known_on"))

    op.drop_table("objections")
    with op.batch_alter_table("reviews", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_reviews_known_on"))

    op.drop_table("reviews")
    with op.batch_alter_table("potentials", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_potentials_known_on"))

    op.drop_table("potentials")
    with op.batch_alter_table("merit_indices", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_merit_indices_known_on"))

    op.drop_table("merit_indices")
    with op.batch_alter_table("demands", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_demands_known_on"))

    op.drop_table("demands")
    with op.batch_alter_table("credits", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_credits_known_on"))

    op.drop_table("credits")
    with op.batch_alter_table("circumstances", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_circumstances_known_on"))

    op.drop_table("circumstances")
    with op.batch_alter_table("awards", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_awards_known_on"))

    op.drop_table("awards")
    with op.batch_alter_table("governments", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_governments_known_on"))

    op.drop_table("governments")
    with op.batch_alter_table("blackouts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_blackouts_known_on"))

    op.drop_table("blackouts")

"""The records of a region."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "employees",
        sa.Column("employee_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("region", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=True),
        sa.Column("born_on", sa.Date(), nullable=True),
        sa.Column("sex", sa.String(), nullable=True),
        sa.Column("appointed_on", sa.Date(), nullable=False),
        sa.Column("known_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("employee_id", name=op.f("pk_employees")),
    )
    with op.batch_alter_table("employees", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_employees_known_on"), ["known_on"], unique=False)

    op.create_table(
        "units",
        sa.Column("unit_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("region", sa.String(), nullable=False),
        sa.Column("parent_id", sa.String(), nullable=True),
        sa.Column("function", sa.String(), nullable=True),
        sa.Column("place", sa.String(), nullable=True),
        sa.Column("latitude", sa.Float(), nullable=True),
        sa.Column("longitude", sa.Float(), nullable=True),
        sa.Column("is_remote", sa.Boolean(), nullable=False),
        sa.Column("known_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["parent_id"],
            ["units.unit_id"],
            name=op.f("fk_units_parent_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("unit_id", name=op.f("pk_units")),
    )
    with op.batch_alter_table("units", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_units_known_on"), ["known_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_units_parent_id"), ["parent_id"], unique=False)

    op.create_table(
        "appraisals",
        sa.Column("employee_id", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("scheme", sa.String(), nullable=False),
        sa.Column("score", sa.Float(), nullable=True),
        sa.Column("results", sa.Integer(), nullable=True),
        sa.Column("behaviour", sa.Integer(), nullable=True),
        sa.Column("predicate", sa.Integer(), nullable=True),
        sa.Column("rater", sa.String(), nullable=True),
        sa.Column("known_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["employee_id"],
            ["employees.employee_id"],
            name=op.f("fk_appraisals_employee_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("employee_id", "year", name=op.f("pk_appraisals")),
    )
    with op.batch_alter_table("appraisals", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_appraisals_known_on"), ["known_on"], unique=False)

    op.create_table(
        "assessments",
        sa.Column("employee_id", sa.String(), nullable=False),
        sa.Column("assessed_on", sa.Date(), nullable=False),
        sa.Column("integrity", sa.Float(), nullable=True),
        sa.Column("cooperation", sa.Float(), nullable=True),
        sa.Column("communication", sa.Float(), nullable=True),
        sa.Column("results", sa.Float(), nullable=True),
        sa.Column("service", sa.Float(), nullable=True),
        sa.Column("development", sa.Float(), nullable=True),
        sa.Column("change", sa.Float(), nullable=True),
        sa.Column("decisions", sa.Float(), nullable=True),
        sa.Column("cohesion", sa.Float(), nullable=True),
        sa.Column("technical", sa.Float(), nullable=True),
        sa.Column("technical_function", sa.String(), nullable=True),
        sa.Column("known_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["employee_id"],
            ["employees.employee_id"],
            name=op.f("fk_assessments_employee_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("employee_id", "assessed_on", name=op.f("pk_assessments")),
    )
    with op.batch_alter_table("assessments", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_assessments_known_on"), ["known_on"], unique=False)

    op.create_table(
        "educations",
        sa.Column("employee_id", sa.String(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("field", sa.String(), nullable=True),
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("graduated_on", sa.Date(), nullable=False),
        sa.Column("known_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["employee_id"],
            ["employees.employee_id"],
            name=op.f("fk_educations_employee_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("employee_id", "level", "graduated_on", name=op.f("pk_educations")),
    )
    with op.batch_alter_table("educations", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_educations_known_on"), ["known_on"], unique=False)

    op.create_table(
        "grades",
        sa.Column("employee_id", sa.String(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("grade", sa.Integer(), nullable=False),
        sa.Column("known_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["employee_id"],
            ["employees.employee_id"],
            name=op.f("fk_grades_employee_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("employee_id", "since", name=op.f("pk_grades")),
    )
    with op.batch_alter_table("grades", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_grades_known_on"), ["known_on"], unique=False)

    op.create_table(
        "positions",
        sa.Column("position_id", sa.String(), nullable=False),
        sa.Column("unit_id", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=True),
        sa.Column("family", sa.String(), nullable=True),
        sa.Column("rung", sa.String(), nullable=True),
        sa.Column("level", sa.Integer(), nullable=True),
        sa.Column("function", sa.String(), nullable=True),
        sa.Column("lowest_grade", sa.Integer(), nullable=True),
        sa.Column("highest_grade", sa.Integer(), nullable=True),
        sa.Column("minimum_education", sa.Integer(), nullable=True),
        sa.Column("fields", sa.String(), nullable=True),
        sa.Column("retirement_age", sa.Integer(), nullable=True),
        sa.Column("allowance_class", sa.Integer(), nullable=True),
        sa.Column("integrity", sa.Float(), nullable=True),
        sa.Column("cooperation", sa.Float(), nullable=True),
        sa.Column("communication", sa.Float(), nullable=True),
        sa.Column("results", sa.Float(), nullable=True),
        sa.Column("service", sa.Float(), nullable=True),
        sa.Column("development", sa.Float(), nullable=True),
        sa.Column("change", sa.Float(), nullable=True),
        sa.Column("decisions", sa.Float(), nullable=True),
        sa.Column("cohesion", sa.Float(), nullable=True),
        sa.Column("technical", sa.Float(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("known_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["unit_id"],
            ["units.unit_id"],
            name=op.f("fk_positions_unit_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("position_id", name=op.f("pk_positions")),
    )
    with op.batch_alter_table("positions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_positions_known_on"), ["known_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_positions_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "residences",
        sa.Column("employee_id", sa.String(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("place", sa.String(), nullable=True),
        sa.Column("latitude", sa.Float(), nullable=True),
        sa.Column("longitude", sa.Float(), nullable=True),
        sa.Column("known_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["employee_id"],
            ["employees.employee_id"],
            name=op.f("fk_residences_employee_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("employee_id", "since", name=op.f("pk_residences")),
    )
    with op.batch_alter_table("residences", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_residences_known_on"), ["known_on"], unique=False)

    op.create_table(
        "sanctions",
        sa.Column("employee_id", sa.String(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("severity", sa.String(), nullable=False),
        sa.Column("known_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["employee_id"],
            ["employees.employee_id"],
            name=op.f("fk_sanctions_employee_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("employee_id", "decided_on", name=op.f("pk_sanctions")),
    )
    with op.batch_alter_table("sanctions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sanctions_known_on"), ["known_on"], unique=False)

    op.create_table(
        "standings",
        sa.Column("employee_id", sa.String(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("standing", sa.String(), nullable=False),
        sa.Column("known_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["employee_id"],
            ["employees.employee_id"],
            name=op.f("fk_standings_employee_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("employee_id", "since", name=op.f("pk_standings")),
    )
    with op.batch_alter_table("standings", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_standings_known_on"), ["known_on"], unique=False)

    op.create_table(
        "trainings",
        sa.Column("employee_id", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("function", sa.String(), nullable=True),
        sa.Column("hours", sa.Float(), nullable=True),
        sa.Column("completed_on", sa.Date(), nullable=False),
        sa.Column("known_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["employee_id"],
            ["employees.employee_id"],
            name=op.f("fk_trainings_employee_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("employee_id", "title", "completed_on", name=op.f("pk_trainings")),
    )
    with op.batch_alter_table("trainings", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_trainings_known_on"), ["known_on"], unique=False)

    op.create_table(
        "needs",
        sa.Column("position_id", sa.String(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("needed", sa.Integer(), nullable=False),
        sa.Column("known_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["position_id"],
            ["positions.position_id"],
            name=op.f("fk_needs_position_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("position_id", "since", name=op.f("pk_needs")),
    )
    with op.batch_alter_table("needs", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_needs_known_on"), ["known_on"], unique=False)

    op.create_table(
        "offers",
        sa.Column("offer_id", sa.String(), nullable=False),
        sa.Column("employee_id", sa.String(), nullable=False),
        sa.Column("position_id", sa.String(), nullable=False),
        sa.Column("offered_on", sa.Date(), nullable=False),
        sa.Column("answer", sa.String(), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("known_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["employee_id"],
            ["employees.employee_id"],
            name=op.f("fk_offers_employee_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["position_id"],
            ["positions.position_id"],
            name=op.f("fk_offers_position_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("offer_id", name=op.f("pk_offers")),
    )
    with op.batch_alter_table("offers", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_offers_employee_id"), ["employee_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_offers_known_on"), ["known_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_offers_position_id"), ["position_id"], unique=False)

    op.create_table(
        "postings",
        sa.Column("employee_id", sa.String(), nullable=False),
        sa.Column("position_id", sa.String(), nullable=False),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("assignment", sa.String(), nullable=False),
        sa.Column("known_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["employee_id"],
            ["employees.employee_id"],
            name=op.f("fk_postings_employee_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["position_id"],
            ["positions.position_id"],
            name=op.f("fk_postings_position_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint(
            "employee_id", "position_id", "started_on", name=op.f("pk_postings")
        ),
    )
    with op.batch_alter_table("postings", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_postings_known_on"), ["known_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_postings_position_id"), ["position_id"], unique=False)

    op.create_table(
        "transfers",
        sa.Column("employee_id", sa.String(), nullable=False),
        sa.Column("from_position_id", sa.String(), nullable=True),
        sa.Column("position_id", sa.String(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("offer_id", sa.String(), nullable=True),
        sa.Column("known_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["employee_id"],
            ["employees.employee_id"],
            name=op.f("fk_transfers_employee_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["from_position_id"],
            ["positions.position_id"],
            name=op.f("fk_transfers_from_position_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["offer_id"],
            ["offers.offer_id"],
            name=op.f("fk_transfers_offer_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["position_id"],
            ["positions.position_id"],
            name=op.f("fk_transfers_position_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("employee_id", "started_on", name=op.f("pk_transfers")),
    )
    with op.batch_alter_table("transfers", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_transfers_from_position_id"), ["from_position_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_transfers_known_on"), ["known_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_transfers_offer_id"), ["offer_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_transfers_position_id"), ["position_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("transfers", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_transfers_position_id"))
        batch_op.drop_index(batch_op.f("ix_transfers_offer_id"))
        batch_op.drop_index(batch_op.f("ix_transfers_known_on"))
        batch_op.drop_index(batch_op.f("ix_transfers_from_position_id"))

    op.drop_table("transfers")
    with op.batch_alter_table("postings", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_postings_position_id"))
        batch_op.drop_index(batch_op.f("ix_postings_known_on"))

    op.drop_table("postings")
    with op.batch_alter_table("offers", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_offers_position_id"))
        batch_op.drop_index(batch_op.f("ix_offers_known_on"))
        batch_op.drop_index(batch_op.f("ix_offers_employee_id"))

    op.drop_table("offers")
    with op.batch_alter_table("needs", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_needs_known_on"))

    op.drop_table("needs")
    with op.batch_alter_table("trainings", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_trainings_known_on"))

    op.drop_table("trainings")
    with op.batch_alter_table("standings", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_standings_known_on"))

    op.drop_table("standings")
    with op.batch_alter_table("sanctions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sanctions_known_on"))

    op.drop_table("sanctions")
    with op.batch_alter_table("residences", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_residences_known_on"))

    op.drop_table("residences")
    with op.batch_alter_table("positions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_positions_unit_id"))
        batch_op.drop_index(batch_op.f("ix_positions_known_on"))

    op.drop_table("positions")
    with op.batch_alter_table("grades", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_grades_known_on"))

    op.drop_table("grades")
    with op.batch_alter_table("educations", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_educations_known_on"))

    op.drop_table("educations")
    with op.batch_alter_table("assessments", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_assessments_known_on"))

    op.drop_table("assessments")
    with op.batch_alter_table("appraisals", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_appraisals_known_on"))

    op.drop_table("appraisals")
    with op.batch_alter_table("units", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_units_parent_id"))
        batch_op.drop_index(batch_op.f("ix_units_known_on"))

    op.drop_table("units")
    with op.batch_alter_table("employees", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_employees_known_on"))

    op.drop_table("employees")

"""A name of what the records are, which every change of theirs changes by itself."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

TABLES = (
    *("governments", "blackouts", "units", "positions", "needs", "demands", "employees"),
    *("standings", "grades", "residences", "postings", "appraisals", "reviews", "educations"),
    *("trainings", "assessments", "potentials", "sanctions", "credits", "awards"),
    *("merit_indices", "circumstances", "offers", "transfers", "objections"),
)
SQLITE = """
CREATE TRIGGER {table}_{deed}_named AFTER {deed} ON {table}
BEGIN UPDATE records_state SET name = lower(hex(randomblob(16))); END
"""
"""One row is enough where one writes at a time."""

DEEDS = ("insert", "update", "delete")
FUNCTION = """
CREATE FUNCTION name_records() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog AS $$
BEGIN
  EXECUTE format(
    'INSERT INTO %I.records_state (number, name)'
    ' VALUES (pg_current_xact_id()::text::bigint, gen_random_uuid())'
    ' ON CONFLICT (number) DO UPDATE SET name = EXCLUDED.name', TG_TABLE_SCHEMA);
  RETURN NULL;
END $$
"""
"""A row for each transaction, so that writers of records do not wait for each other."""

POSTGRESQL = """
CREATE TRIGGER {table}_named AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION name_records()
"""


def upgrade() -> None:
    made = op.create_table(
        "records_state",
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_records_state")),
    )
    if op.get_bind().dialect.name == "postgresql":
        op.execute(sa.insert(made).values(number=1, name=sa.text("gen_random_uuid()")))
        op.execute(FUNCTION)
        for table in TABLES:
            op.execute(POSTGRESQL.format(table=table))
        return
    op.execute(sa.insert(made).values(number=1, name=sa.text("lower(hex(randomblob(16)))")))
    for table in TABLES:
        for deed in DEEDS:
            op.execute(SQLITE.format(table=table, deed=deed))


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION name_records() CASCADE")
    else:
        for table in TABLES:
            for deed in DEEDS:
                op.execute(f"DROP TRIGGER {table}_{deed}_named")
    op.drop_table("records_state")

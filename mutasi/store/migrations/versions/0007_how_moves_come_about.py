"""Proposals and applications step by step, and answers to requests that come again."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

SQLITE = [
    """
    CREATE TRIGGER case_events_follow BEFORE INSERT ON case_events
    WHEN NOT EXISTS (
      SELECT 1 FROM cases
      WHERE cases.case_id = NEW.case_id AND cases.version + 1 = NEW.version
        AND (cases.version = 0 OR cases.state = NEW.before)
    ) OR NEW.dated_on < (
      SELECT coalesce(max(dated_on), NEW.dated_on) FROM case_events WHERE case_id = NEW.case_id
    )
    BEGIN SELECT RAISE(ABORT, 'an event of a case follows the last one'); END
    """,
    """
    CREATE TRIGGER case_events_lead AFTER INSERT ON case_events
    BEGIN
      UPDATE cases SET state = NEW.state, version = NEW.version,
        slot = CASE WHEN NEW.is_going THEN slot ELSE NULL END
      WHERE case_id = NEW.case_id;
    END
    """,
    """
    CREATE TRIGGER case_events_unchanged BEFORE UPDATE ON case_events
    BEGIN SELECT RAISE(ABORT, 'events of cases are only added to'); END
    """,
    """
    CREATE TRIGGER case_events_kept BEFORE DELETE ON case_events
    BEGIN SELECT RAISE(ABORT, 'events of cases are only added to'); END
    """,
    """
    CREATE TRIGGER cases_begin BEFORE INSERT ON cases
    WHEN NEW.version <> 0 OR EXISTS (
      SELECT 1 FROM cases
      WHERE number = NEW.number OR case_id = NEW.case_id OR slot = NEW.slot
    )
    BEGIN SELECT RAISE(ABORT, 'a case begins without events, and replaces none'); END
    """,
    """
    CREATE TRIGGER cases_follow BEFORE UPDATE ON cases
    WHEN NOT EXISTS (
      SELECT 1 FROM case_events
      WHERE case_events.case_id = NEW.case_id AND case_events.version = NEW.version
        AND case_events.state = NEW.state AND NEW.version = OLD.version + 1
        AND NEW.slot IS CASE WHEN case_events.is_going THEN OLD.slot ELSE NULL END
    ) OR NEW.number IS NOT OLD.number OR NEW.case_id IS NOT OLD.case_id
      OR NEW.kind IS NOT OLD.kind OR NEW.employee_id IS NOT OLD.employee_id
      OR NEW.position_id IS NOT OLD.position_id OR NEW.unit_id IS NOT OLD.unit_id
      OR NEW.origin_position_id IS NOT OLD.origin_position_id
      OR NEW.origin_unit_id IS NOT OLD.origin_unit_id
      OR NEW.content IS NOT OLD.content OR NEW.made_at IS NOT OLD.made_at
    BEGIN SELECT RAISE(ABORT, 'a case follows from its events'); END
    """,
    """
    CREATE TRIGGER cases_kept BEFORE DELETE ON cases
    BEGIN SELECT RAISE(ABORT, 'cases are kept'); END
    """,
]
POSTGRESQL = [
    """
    CREATE FUNCTION require_event_following() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF NOT EXISTS (
        SELECT 1 FROM cases
        WHERE cases.case_id = NEW.case_id AND cases.version + 1 = NEW.version
          AND (cases.version = 0 OR cases.state = NEW.before)
      ) OR NEW.dated_on < (
        SELECT coalesce(max(dated_on), NEW.dated_on) FROM case_events WHERE case_id = NEW.case_id
      ) THEN
        RAISE EXCEPTION 'an event of a case follows the last one'
          USING ERRCODE = 'restrict_violation';
      END IF;
      RETURN NEW;
    END $$
    """,
    """
    CREATE FUNCTION lead_case() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      UPDATE cases SET state = NEW.state, version = NEW.version,
        slot = CASE WHEN NEW.is_going THEN slot ELSE NULL END
      WHERE case_id = NEW.case_id;
      RETURN NULL;
    END $$
    """,
    """
    CREATE FUNCTION require_case_following() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF TG_OP = 'INSERT' THEN
        IF NEW.version <> 0 THEN
          RAISE EXCEPTION 'a case begins without events' USING ERRCODE = 'restrict_violation';
        END IF;
      ELSIF NOT EXISTS (
        SELECT 1 FROM case_events
        WHERE case_events.case_id = NEW.case_id AND case_events.version = NEW.version
          AND case_events.state = NEW.state AND NEW.version = OLD.version + 1
          AND NEW.slot IS NOT DISTINCT FROM
            CASE WHEN case_events.is_going THEN OLD.slot ELSE NULL END
      ) OR (NEW.number, NEW.case_id, NEW.kind, NEW.employee_id, NEW.position_id,
            NEW.unit_id, NEW.origin_position_id, NEW.origin_unit_id, NEW.content::text, NEW.made_at)
        IS DISTINCT FROM
           (OLD.number, OLD.case_id, OLD.kind, OLD.employee_id, OLD.position_id,
            OLD.unit_id, OLD.origin_position_id, OLD.origin_unit_id, OLD.content::text, OLD.made_at)
      THEN
        RAISE EXCEPTION 'a case follows from its events' USING ERRCODE = 'restrict_violation';
      END IF;
      RETURN NEW;
    END $$
    """,
    """
    CREATE TRIGGER case_events_follow BEFORE INSERT ON case_events
    FOR EACH ROW EXECUTE FUNCTION require_event_following()
    """,
    """
    CREATE TRIGGER case_events_lead AFTER INSERT ON case_events
    FOR EACH ROW EXECUTE FUNCTION lead_case()
    """,
    """
    CREATE TRIGGER cases_follow BEFORE INSERT OR UPDATE ON cases
    FOR EACH ROW EXECUTE FUNCTION require_case_following()
    """,
    """
    CREATE TRIGGER cases_kept BEFORE DELETE ON cases
    FOR EACH ROW EXECUTE FUNCTION refuse_change()
    """,
    """
    CREATE TRIGGER cases_whole BEFORE TRUNCATE ON cases
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
    """,
    """
    CREATE TRIGGER case_events_kept BEFORE UPDATE OR DELETE ON case_events
    FOR EACH ROW EXECUTE FUNCTION refuse_change()
    """,
    """
    CREATE TRIGGER case_events_whole BEFORE TRUNCATE ON case_events
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
    """,
]


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
    for statement in POSTGRESQL if op.get_bind().dialect.name == "postgresql" else SQLITE:
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("replies")
    op.drop_table("case_events")
    op.drop_table("cases")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION require_event_following()")
        op.execute("DROP FUNCTION lead_case()")
        op.execute("DROP FUNCTION require_case_following()")

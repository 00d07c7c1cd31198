"""The audit trail: only ever added to, and the database itself sees to it."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

SQLITE = [
    """
    CREATE TRIGGER trail_follows BEFORE INSERT ON trail
    WHEN NEW.number IS NOT (SELECT coalesce(max(number), 0) + 1 FROM trail)
      OR NEW.previous IS NOT coalesce(
           (SELECT hash FROM trail ORDER BY number DESC LIMIT 1), printf('%064d', 0))
    BEGIN SELECT RAISE(ABORT, 'an entry of the trail follows the last one'); END
    """,
    """
    CREATE TRIGGER trail_unchanged BEFORE UPDATE ON trail
    BEGIN SELECT RAISE(ABORT, 'the trail is only added to'); END
    """,
    """
    CREATE TRIGGER trail_kept BEFORE DELETE ON trail
    BEGIN SELECT RAISE(ABORT, 'the trail is only added to'); END
    """,
]
POSTGRESQL = [
    """
    CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      RAISE EXCEPTION '% is only added to', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
    END $$
    """,
    """
    CREATE FUNCTION require_following() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF NEW.number IS DISTINCT FROM (SELECT coalesce(max(number), 0) + 1 FROM trail)
        OR NEW.previous IS DISTINCT FROM coalesce(
             (SELECT hash FROM trail ORDER BY number DESC LIMIT 1), repeat('0', 64))
      THEN
        RAISE EXCEPTION 'an entry of the trail follows the last one'
          USING ERRCODE = 'restrict_violation';
      END IF;
      RETURN NEW;
    END $$
    """,
    """
    CREATE TRIGGER trail_follows BEFORE INSERT ON trail
    FOR EACH ROW EXECUTE FUNCTION require_following()
    """,
    """
    CREATE TRIGGER trail_unchanged BEFORE UPDATE ON trail
    FOR EACH ROW EXECUTE FUNCTION refuse_change()
    """,
    """
    CREATE TRIGGER trail_kept BEFORE DELETE ON trail
    FOR EACH ROW EXECUTE FUNCTION refuse_change()
    """,
    """
    CREATE TRIGGER trail_whole BEFORE TRUNCATE ON trail
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
    """,
]


def upgrade() -> None:
    op.create_table(
        "trail",
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("object", sa.String(), nullable=False),
        sa.Column("before", sa.String(), nullable=True),
        sa.Column("after", sa.String(), nullable=True),
        sa.Column("previous", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_trail")),
        sa.UniqueConstraint("previous", name=op.f("uq_trail_previous")),
    )
    for statement in POSTGRESQL if op.get_bind().dialect.name == "postgresql" else SQLITE:
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("trail")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION require_following()")
        op.execute("DROP FUNCTION refuse_change()")

"""Who asked for long work, so that nobody's work keeps everybody else's waiting."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("jobs", sa.Column("asker", sa.String(), nullable=True))
    op.create_index(op.f("ix_jobs_asker"), "jobs", ["asker"])


def downgrade() -> None:
    op.drop_index(op.f("ix_jobs_asker"), table_name="jobs")
    op.drop_column("jobs", "asker")

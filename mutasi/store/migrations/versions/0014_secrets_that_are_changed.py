"""Which secret of a webhook signs, and since when."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "webhooks", sa.Column("secret_number", sa.Integer(), nullable=False, server_default="0")
    )
    op.add_column("webhooks", sa.Column("changed_at", sa.BigInteger(), nullable=True))


def downgrade() -> None:
    op.drop_column("webhooks", "changed_at")
    op.drop_column("webhooks", "secret_number")

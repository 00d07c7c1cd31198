"""Alembic's way in: the connection is handed over by ``mutasi.store.session``."""

from alembic import context

from mutasi.store.tables import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    render_as_batch=True,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()

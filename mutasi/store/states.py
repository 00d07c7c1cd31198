"""What the records are at a moment, by a name that every change of theirs changes.

Triggers of the database draw what it is made of, so that it changes with whatever is done
to a table of records, by whatever program.  It is drawn by chance and never given twice: a
store that was restored has the name of what it holds.
"""

import hashlib

import sqlalchemy as sa
from sqlalchemy import Connection

from mutasi.store import guards
from mutasi.store.tables import RECORDS_STATE, TABLES


def state(work: Connection) -> str | None:
    """Return the name of what all tables of records hold together.

    None where the database does not see to all of them, so that nothing could be said.
    """
    if guards.lifted(work, TABLES):
        return None
    drawn = work.scalars(sa.select(RECORDS_STATE.c.name).order_by(RECORDS_STATE.c.number))
    return hashlib.sha256("\n".join(drawn).encode()).hexdigest()

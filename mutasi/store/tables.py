"""The tables: one a noun, derived from the vocabulary, those of long work and of who may ask."""

from datetime import date
from typing import Any

import sqlalchemy as sa

from mutasi.vocabulary import NOUNS, Column, columns

METADATA = sa.MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_name)s",
    }
)

TYPES: dict[type, type[sa.types.TypeEngine[Any]]] = {
    str: sa.String,
    int: sa.Integer,
    float: sa.Float,
    bool: sa.Boolean,
    date: sa.Date,
}

KEYS = {noun.table: noun.key for noun in NOUNS}


def _column(column: Column, key: tuple[str, ...], keys: dict[str, str]) -> sa.Column[Any]:
    reference = column.fact.references
    target = []
    if reference is not None:
        # Checked at the end of the unit of work: a unit may come before the one above it.
        key_of = f"{reference}.{keys[reference]}"
        target = [sa.ForeignKey(key_of, deferrable=True, initially="DEFERRED")]
    in_key = column.name in key
    return sa.Column(
        column.name,
        TYPES[column.kind](),
        *target,
        primary_key=in_key,
        nullable=column.optional and not in_key,
        index=column.name == "known_on" or (reference is not None and key[0] != column.name),
    )


TABLES: dict[str, sa.Table] = {
    noun.table: sa.Table(
        noun.table,
        METADATA,
        *(
            _column(column, noun.key, {table: key[0] for table, key in KEYS.items()})
            for column in columns(noun)
        ),
    )
    for noun in NOUNS
}
"""Every table of records by name, parents before children."""

RECORDS_STATE = sa.Table(
    "records_state",
    METADATA,
    sa.Column("number", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("name", sa.String, nullable=False),
)
"""Names that triggers draw whenever the tables of records change: one that is drawn anew in
SQLite, one for each transaction in PostgreSQL, where several may write at once."""

JOBS = sa.Table(
    "jobs",
    METADATA,
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("job_id", sa.String, nullable=False, unique=True),
    sa.Column("kind", sa.String, nullable=False),
    sa.Column("idempotency_key", sa.String),
    sa.Column("request", sa.JSON, nullable=False),
    sa.Column("state", sa.String, nullable=False, index=True),
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("worker", sa.String),
    sa.Column("progress", sa.JSON(none_as_null=True)),
    sa.Column("problem", sa.JSON(none_as_null=True)),
    sa.Column("asked_at", sa.BigInteger, nullable=False),
    sa.Column("started_at", sa.BigInteger),
    sa.Column("seen_at", sa.BigInteger),
    sa.Column("ended_at", sa.BigInteger),
    sa.Column("asker", sa.String, index=True),
    sa.UniqueConstraint("kind", "idempotency_key"),
)
"""Long work that was asked for; times are seconds since 1970 by the database's clock."""

JOB_FILES = sa.Table(
    "job_files",
    METADATA,
    sa.Column("number", sa.Integer, sa.ForeignKey("jobs.number"), primary_key=True),
    sa.Column("name", sa.String, primary_key=True),
    sa.Column("content", sa.LargeBinary, nullable=False),
)
"""What a job that is over made."""

JOB_UPLOADS = sa.Table(
    "job_uploads",
    METADATA,
    sa.Column("number", sa.Integer, sa.ForeignKey("jobs.number"), primary_key=True),
    sa.Column("name", sa.String, primary_key=True),
    sa.Column("place", sa.Integer, primary_key=True),
    sa.Column("content", sa.LargeBinary, nullable=False),
)
"""Files that were handed in with a job that is not over, in pieces."""


def _text(name: str, *, key: bool = False, optional: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String, primary_key=key, nullable=optional)


def _moment(name: str) -> sa.Column[int]:
    """Return a column of a moment, as seconds since 1970 UTC: the same in every database."""
    return sa.Column(name, sa.BigInteger, nullable=False)


ACCOUNTS = sa.Table(
    "accounts",
    METADATA,
    _text("account_id", key=True),
    _text("name"),
    _text("password"),
    _text("roles"),
    _text("unit_id", optional=True),
    _text("employee_id", optional=True),
    sa.Column("is_active", sa.Boolean, nullable=False),
    _moment("made_at"),
    sa.Index("ix_accounts_name", "name", unique=True),
)
"""People who sign in; `password` is a hash."""

CLIENTS = sa.Table(
    "clients",
    METADATA,
    _text("name", key=True),
    _text("secret", optional=True),
    _text("subject", optional=True),
    _text("scopes"),
    _text("unit_id", optional=True),
    sa.Column("is_active", sa.Boolean, nullable=False),
    _moment("made_at"),
    sa.Index("ix_clients_subject", "subject", unique=True),
)
"""Systems that ask: with a secret (a hash) for tokens of our own, or by the subject that an
issuer elsewhere names."""

SESSIONS = sa.Table(
    "sessions",
    METADATA,
    _text("token", key=True),
    sa.Column(
        "account_id",
        sa.String,
        sa.ForeignKey("accounts.account_id", ondelete="CASCADE"),
        nullable=False,
        index=True,
    ),
    _moment("begun_at"),
    _moment("seen_at"),
)
"""People who are signed in; `token` is a hash of what their cookie shows."""

CASES = sa.Table(
    "cases",
    METADATA,
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("case_id", sa.String, nullable=False, unique=True),
    _text("kind"),
    sa.Column(
        "employee_id",
        sa.String,
        sa.ForeignKey("employees.employee_id", deferrable=True, initially="DEFERRED"),
        nullable=False,
        index=True,
    ),
    sa.Column(
        "position_id",
        sa.String,
        sa.ForeignKey("positions.position_id", deferrable=True, initially="DEFERRED"),
        nullable=False,
        index=True,
    ),
    _text("unit_id"),
    _text("origin_position_id", optional=True),
    _text("origin_unit_id", optional=True),
    sa.Column("content", sa.JSON, nullable=False),
    sa.Column("slot", sa.String, unique=True),
    sa.Column("state", sa.String, nullable=False, index=True),
    sa.Column("version", sa.Integer, nullable=False),
    _moment("made_at"),
)
"""Proposals and applications; state, version and slot follow from the last event by a
trigger, and the database refuses any other change. One `slot`, one case that is going on."""

CASE_EVENTS = sa.Table(
    "case_events",
    METADATA,
    sa.Column("case_id", sa.String, sa.ForeignKey("cases.case_id"), primary_key=True),
    sa.Column("version", sa.Integer, primary_key=True, autoincrement=False),
    _moment("at"),
    sa.Column("dated_on", sa.Date, nullable=False),
    _text("act"),
    _text("before", optional=True),
    _text("state"),
    sa.Column("is_going", sa.Boolean, nullable=False),
    _text("actor"),
    sa.Column("facts", sa.JSON, nullable=False),
)
"""What was done about cases, only ever added to: version 1 is the first."""

PREFERENCES = sa.Table(
    "preferences",
    METADATA,
    sa.Column(
        "employee_id",
        sa.String,
        sa.ForeignKey("employees.employee_id", deferrable=True, initially="DEFERRED"),
        primary_key=True,
    ),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("content", sa.JSON, nullable=False),
    _moment("changed_at"),
)
"""What employees wish, as they told it last."""

REPLIES = sa.Table(
    "replies",
    METADATA,
    _text("caller", key=True),
    _text("idempotency_key", key=True),
    _text("request"),
    sa.Column("status", sa.Integer, nullable=False),
    sa.Column("headers", sa.JSON, nullable=False),
    sa.Column("content", sa.LargeBinary, nullable=False),
    sa.Column("at", sa.BigInteger, nullable=False, index=True),
)
"""Answers to requests that may come again; `request` is a hash of what was asked."""

WEBHOOKS = sa.Table(
    "webhooks",
    METADATA,
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("webhook_id", sa.String, nullable=False, unique=True),
    sa.Column("owner", sa.String, nullable=False, index=True),
    _text("url"),
    sa.Column("events", sa.JSON, nullable=False),
    _moment("made_at"),
    sa.Column("secret_number", sa.Integer, nullable=False, server_default="0"),
    sa.Column("changed_at", sa.BigInteger),
)
"""Who is told of which events, and where; how often the secret was changed, and when last."""

WEBHOOK_MESSAGES = sa.Table(
    "webhook_messages",
    METADATA,
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("message_id", sa.String, nullable=False, unique=True),
    sa.Column(
        "webhook",
        sa.Integer,
        sa.ForeignKey("webhooks.number", ondelete="CASCADE"),
        nullable=False,
        index=True,
    ),
    _text("event"),
    sa.Column("content", sa.LargeBinary, nullable=False),
    _text("state"),
    sa.Column("attempts", sa.Integer, nullable=False),
    _moment("made_at"),
    sa.Column("next_at", sa.BigInteger),
    sa.Column("status", sa.Integer),
    sa.Column("problem", sa.JSON(none_as_null=True)),
    sa.Index("ix_webhook_messages_due", "state", "next_at"),
    sa.Index("ix_webhook_messages_made_at", "made_at"),
)
"""The outbox: what webhooks are told, written with what it tells of."""

TRAIL = sa.Table(
    "trail",
    METADATA,
    sa.Column("number", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("at", sa.BigInteger, nullable=False),
    sa.Column("actor", sa.String, nullable=False),
    sa.Column("action", sa.String, nullable=False),
    sa.Column("kind", sa.String, nullable=False),
    sa.Column("object", sa.String, nullable=False),
    sa.Column("before", sa.String),
    sa.Column("after", sa.String),
    sa.Column("previous", sa.String, nullable=False, unique=True),
    sa.Column("hash", sa.String, nullable=False),
    sa.Index("ix_trail_object", "object", "kind"),
)
"""The audit trail; triggers of the migrations refuse to change it."""

RECEIPTS = sa.Table(
    "receipts",
    METADATA,
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("receipt_id", sa.String, nullable=False, unique=True),
    _moment("at"),
    _text("asker"),
    sa.Column("content", sa.Text, nullable=False),
    sa.Index("ix_receipts_at", "at"),
)
"""What was recommended, to whom and from what; triggers refuse to change it, and to remove
what is not named as pruned."""

RECEIPT_PEOPLE = sa.Table(
    "receipt_people",
    METADATA,
    _text("employee_id", key=True),
    sa.Column("number", sa.Integer, sa.ForeignKey("receipts.number"), primary_key=True),
)
"""Of whom a receipt tells; triggers refuse to change it."""

RECEIPT_MARKS = sa.Table(
    "receipt_marks",
    METADATA,
    _text("mark", key=True),
    sa.Column("number", sa.Integer, sa.ForeignKey("receipts.number"), primary_key=True),
)
"""What a receipt is found by, beside people; triggers refuse to change it."""

RECEIPTS_PRUNED = sa.Table(
    "receipts_pruned",
    METADATA,
    sa.Column("receipt_id", sa.String, primary_key=True),
    sa.Column("entry", sa.Integer, nullable=False, index=True),
)
"""Receipts that were pruned, with the entry of the trail that seals it; only added to."""

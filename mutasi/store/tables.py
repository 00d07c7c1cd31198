"""The tables, derived from the vocabulary: one a noun."""

from datetime import date
from typing import Any

import sqlalchemy as sa

from mutasi.vocabulary import NOUNS, Column, columns

METADATA = sa.MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
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
"""Every table by name, parents before children."""

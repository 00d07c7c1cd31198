"""What is told of an import that was asked for."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import Field

from mutasi.store.jobs import State
from serving.errors import Problem
from serving.imports.receiving import Format


@dataclass(frozen=True)
class HandedFile:
    """A file that was handed in."""

    name: Annotated[str, Field(description="Without people's numbers.", examples=["postings.csv"])]
    size: Annotated[int, Field(description="In bytes.")]
    digest: Annotated[str, Field(description="Its SHA-256.")]


@dataclass(frozen=True)
class TableCounts:
    """What was done with the rows of a table."""

    read: int
    new: int
    changed: int
    unchanged: int
    quarantined: int


@dataclass(frozen=True)
class ReasonCount:
    """Rows that were not taken for one reason."""

    file: str
    reason: Annotated[str, Field(description="Stable name.", examples=["unknown_reference"])]
    sentence: Annotated[str, Field(description="The reason in words.")]
    rows: int


@dataclass(frozen=True)
class RemarkGroup:
    """What should be known besides, of one kind."""

    code: Annotated[str, Field(examples=["need_differs"])]
    count: int
    sentences: Annotated[list[str], Field(description="The first five in words.")]


@dataclass(frozen=True)
class Report:
    """What came of an import."""

    tables: Annotated[dict[str, TableCounts], Field(description="By table.")]
    reasons: list[ReasonCount]
    remarks: list[RemarkGroup]
    ignored: Annotated[list[str], Field(description="Columns and files that no table has.")]


@dataclass(frozen=True)
class Progress:
    """How far an import is."""

    stage: Annotated[
        Literal["begin", "files", "read", "store"],
        Field(description="What is being done; storing is one step, within a transaction."),
    ]
    sentence: Annotated[str, Field(description="It in words.")]
    done: Annotated[int, Field(description="Megabytes (`files`) or tables (`read`) so far.")]
    total: Annotated[int, Field(description="Of so many; of `store` the rows.")]


@dataclass(frozen=True, kw_only=True)
class ImportJob:
    """An import that was asked for, and what has become of it."""

    import_id: Annotated[str, Field(examples=["7d1c4b0e2f5a48b6931c20ab"])]
    state: State
    state_name: Annotated[str, Field(description="The state in words.")]
    attempts: Annotated[int, Field(description="How often it was begun; more if a worker died.")]
    asked_at: datetime
    started_at: datetime | None = None
    ended_at: datetime | None = None
    format: Format
    strict: Annotated[bool, Field(description="A file of which a row is bad is refused.")]
    since: date | None = None
    as_of: date | None = None
    files: list[HandedFile]
    progress: Annotated[Progress | None, Field(description="While it is being done.")] = None
    problem: Annotated[Problem | None, Field(description="Why nothing was stored.")] = None
    report: Annotated[Report | None, Field(description="Once it is done; left out in lists.")] = (
        None
    )
    quarantine_url: Annotated[
        str | None,
        Field(description="Of the rows that were not taken, once it is over."),
    ] = None


@dataclass(frozen=True, kw_only=True)
class ImportJobs:
    """A page of imports that were asked for, the latest first."""

    imports: list[ImportJob]
    next_cursor: Annotated[str | None, Field(description="Where the next page begins.")] = None


@dataclass(frozen=True)
class Fault:
    """One thing wrong with a row that was not taken."""

    file: str
    row: Annotated[int, Field(description="As a person counts: the heading of a CSV is row 1.")]
    field: Annotated[str, Field(description="Empty: it is about the whole row.")]
    value: Annotated[
        str, Field(description="What stood there, shortened; masked if it identifies a person.")
    ]
    reason: Annotated[str, Field(description="Stable name.", examples=["not_a_date"])]
    expected: Annotated[str, Field(description="What may stand there; empty if it goes unsaid.")]
    sentence: Annotated[str, Field(description="What is wrong, in words.")]


@dataclass(frozen=True, kw_only=True)
class Quarantine:
    """A page of what is wrong with rows that were not taken."""

    total: Annotated[int, Field(description="Faults that are kept, at most 10,000.")]
    faults: list[Fault]
    next_cursor: Annotated[str | None, Field(description="Where the next page begins.")] = None

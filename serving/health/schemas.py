"""What the health routes answer."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal

from pydantic import Field


@dataclass(frozen=True)
class Alive:
    """This process runs."""

    status: Literal["alive"] = "alive"


@dataclass(frozen=True)
class Store:
    """The store of records."""

    is_reachable: bool
    is_writable: Annotated[
        bool, Field(description="It could keep a decision now: it may be written, and has room.")
    ]
    known_until: Annotated[
        date | None, Field(description="Last day on which anything became known.")
    ]
    problem: Annotated[str | None, Field(examples=["store_unreadable"])] = None


@dataclass(frozen=True)
class Loaded:
    """The snapshot that answers."""

    is_loaded: bool
    as_of: Annotated[date | None, Field(description="The day whose knowledge answers.")]
    is_stale: Annotated[
        bool,
        Field(
            description="The store knows of later days, or records were imported since; a "
            "restart takes them up."
        ),
    ]
    problem: Annotated[str | None, Field(examples=["region_empty"])] = None


@dataclass(frozen=True)
class Model:
    """What ranks."""

    basis: Annotated[
        Literal["model", "transparent_score"] | None,
        Field(description="A trained model, or the transparent score in its place."),
    ]
    version: Annotated[str | None, Field(examples=["2026-03-30-353c08fd"])]
    is_stale: Annotated[
        bool, Field(description="Another model is champion by now; a restart takes it up.")
    ] = False
    problem: Annotated[str | None, Field(examples=["artifact_missing"])] = None
    detail: Annotated[str | None, Field(description="The problem in words.")] = None


@dataclass(frozen=True)
class Readiness:
    """Whether questions can be answered, and from what."""

    status: Literal["ready", "not_ready"]
    store: Store
    snapshot: Loaded
    model: Model

"""What is told of who looked at somebody's data."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from pydantic import Field

from mutasi.authority import Role
from mutasi.store.accesses import Asker
from mutasi.store.trail import Kind


@dataclass(frozen=True, kw_only=True)
class Access:
    """Somebody looked at a person's data, or acted on a proposal or application of theirs."""

    at: datetime
    asker: Annotated[
        Asker,
        Field(
            description="`account`: a person who signed in; `client`: a system; `installation`: "
            "who has the installation's token; `user`: who runs the service, by its commands."
        ),
    ]
    asker_name: Annotated[
        str, Field(description="Role and unit as they are today, or the system; in words.")
    ]
    roles: Annotated[list[Role], Field(description="Of a person.")]
    unit_name: Annotated[
        str | None, Field(description="The unit that a person heads, else works in.")
    ] = None
    actor: Annotated[
        str | None,
        Field(
            description="As the audit trail names them: of a person a random id, by which an "
            "auditor finds who it is. None where it is a name and the caller is no auditor.",
            examples=["account:9f2c41d07be63a58"],
        ),
    ] = None
    is_own: Annotated[bool, Field(description="By the account of the person concerned.")]
    kind: Annotated[Kind, Field(description="What was looked at.")]
    action: Annotated[
        str,
        Field(
            description="`read`, `recommend` (asked for a recommendation that tells of the "
            "person), `tell`, or an act on a proposal or application.",
            examples=["read"],
        ),
    ]
    what: Annotated[str, Field(description="What was done, in words.")]
    object_id: Annotated[
        str | None, Field(description="Of the receipt, the proposal or the application.")
    ] = None


@dataclass(frozen=True, kw_only=True)
class Accesses:
    """A page of who looked at a person's data, the latest first."""

    accesses: list[Access]
    next_cursor: Annotated[str | None, Field(description="Where the next page begins.")] = None

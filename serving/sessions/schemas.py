"""What is asked and answered about sessions."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, Field

from mutasi.authority import Role, Scope
from mutasi.passwords import LONGEST


class Login(BaseModel, extra="forbid"):
    """A person signs in."""

    name: Annotated[str, Field(max_length=63, examples=["sri.mulyani"])]
    password: Annotated[str, Field(max_length=LONGEST)]


@dataclass(frozen=True)
class Reached:
    """What a caller may ask, and of whom."""

    scope: Scope
    whole_region: Annotated[bool, Field(description="It extends to everyone.")]
    units: Annotated[list[str], Field(description="… to who works in these units or below.")]
    people: Annotated[list[str], Field(description="… to these people, by NIP.")]


@dataclass(frozen=True)
class Identity:
    """Who asks."""

    name: Annotated[str, Field(description="Of the account or the client.")]
    roles: list[Role]
    grants: list[Reached]
    csrf_token: Annotated[
        str | None,
        Field(description="For a session: what its `X-CSRF-Token` shows when it is no GET."),
    ]
    ends_at: Annotated[
        datetime | None, Field(description="For a session: when it ends at the latest.")
    ]

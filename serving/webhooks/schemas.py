"""What is told of webhooks and of what they were told."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from mutasi.store.outbox import State
from mutasi.webhooks.addresses import LONGEST
from serving.errors import Problem

Subscribable = Literal["plan.ended", "import.ended", "proposal.changed", "application.changed"]


class Subscription(BaseModel):
    """Where to, and of what."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    url: Annotated[
        str,
        Field(
            description="`https://` and a host of the public internet.",
            examples=["https://simpeg.example.go.id/hooks/mutasi"],
            max_length=LONGEST,
        ),
    ]
    events: Annotated[list[Subscribable], Field(min_length=1, max_length=4)]


@dataclass(frozen=True, kw_only=True)
class Webhook:
    """Where somebody is told, and of what."""

    webhook_id: Annotated[str, Field(examples=["b41d0e6f5a7c49d2830b11fe"])]
    owner: Annotated[
        str,
        Field(description="Who subscribed, as the audit trail names them.", examples=["client:hr"]),
    ]
    url: Annotated[
        str,
        Field(description="To others than the owner without path and query, which may be secret."),
    ]
    events: list[str]
    made_at: datetime
    secret_number: Annotated[int, Field(description="How often the secret was changed.")] = 0
    former_until: Annotated[
        datetime | None, Field(description="Until when the former secret signs too.")
    ] = None
    secret: Annotated[
        str | None,
        Field(
            description="What signatures are checked by: told once, when it is subscribed or "
            "the secret is changed."
        ),
    ] = None


@dataclass(frozen=True, kw_only=True)
class Webhooks:
    """A page of webhooks, the oldest first."""

    webhooks: list[Webhook]
    next_cursor: Annotated[str | None, Field(description="Where the next page begins.")] = None


@dataclass(frozen=True, kw_only=True)
class Delivery:
    """A message, and what has become of it."""

    message_id: Annotated[
        str,
        Field(
            description="The header `webhook-id`, the same whenever it is sent.",
            examples=["msg_5b0c1f6e9a3d4c7f8e21d0aa"],
        ),
    ]
    event: str
    state: State
    state_name: Annotated[str, Field(description="The state in words.")]
    attempts: int
    made_at: datetime
    next_at: Annotated[
        datetime | None, Field(description="When it is sent next, at the soonest.")
    ] = None
    status: Annotated[int | None, Field(description="What the receiver answered last.")] = None
    problem: Annotated[Problem | None, Field(description="Why the last try failed.")] = None


@dataclass(frozen=True, kw_only=True)
class Deliveries:
    """A page of what a webhook was told, the latest first."""

    deliveries: list[Delivery]
    next_cursor: Annotated[str | None, Field(description="Where the next page begins.")] = None

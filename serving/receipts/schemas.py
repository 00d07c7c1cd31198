"""What is answered about receipts of recommendations."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import Field

from serving.nouns import Finding, Position, PositionId, Reason, RuleKept
from serving.recommendations.advice_schemas import Lever
from serving.recommendations.schemas import Gain, Performance, ReceiptId

Kind = Annotated[
    Literal["candidates", "positions", "examination"],
    Field(description="Who for a position, where for a person, or a person in a position."),
]
Standing = Literal["recommended", "blocked", "not_shown", "examined"]
Number = Annotated[str, Field(description="NIP.", examples=["198505172010012001"])]
At = Annotated[datetime, Field(description="When it was told.")]
AsOf = Annotated[date, Field(description="The day whose knowledge was used.")]
Known = Annotated[Position | None, Field(description="The position, if the region still knows it.")]


@dataclass(frozen=True)
class Question:
    """What was asked."""

    kind: Kind
    own_request: Annotated[bool, Field(description="The person asks; else the service needs it.")]
    is_whole_region: Annotated[
        bool, Field(description="Everyone was considered, not only whom the asker sees.")
    ]
    position_id: Annotated[str | None, Field(description="Of which position.")] = None
    nip: Annotated[str | None, Field(description="Of which person.")] = None
    limit: Annotated[int | None, Field(description="How many were asked for.")] = None


@dataclass(frozen=True)
class Grounds:
    """What the answer follows from, beside the question."""

    as_of: AsOf
    model_version: Annotated[str | None, Field(examples=["2026-03-30-353c08fd"])]
    model_digest: Annotated[
        str | None, Field(description="SHA-256 of what was signed; None without a model.")
    ]
    model_alias: Annotated[str | None, Field(examples=["champion"])]
    rules_version: Annotated[
        str, Field(description="Hash of the rules' code and the law's parameters.")
    ]
    records: Annotated[
        dict[str, str], Field(description="Hash of each table that held rows on that day.")
    ]


@dataclass(frozen=True)
class Shown:
    """A pair that was recommended, as it was told."""

    nip: Number
    position_id: PositionId
    position: Known
    rank: Annotated[int, Field(description="1 is best.")]
    band: Annotated[int, Field(description="Those of one band cannot be told apart.")]
    has_evidence: Annotated[
        bool, Field(description="Whether people alike were ever proposed for posts alike.")
    ]
    performance: Performance | None
    gain: Gain | None
    acceptance: Annotated[float | None, Field(description="Chance, 0 to 1.")]
    utility: Annotated[float | None, Field(description="What the rank followed.")]
    score: Annotated[float, Field(description="Transparent score, 0 to 100.")]
    reasons: list[Reason]
    findings: list[Finding]


@dataclass(frozen=True)
class Blocked:
    """A pair that the law blocked, as it was told."""

    nip: Number
    position_id: PositionId
    position: Known
    findings: list[Finding]
    eligible_on: Annotated[
        date | None, Field(description="First day on which nothing would block it, as told then.")
    ]


@dataclass(frozen=True)
class Examined:
    """What every rule said of a person in a position, as it was told."""

    nip: Number
    position_id: PositionId
    position: Known
    is_eligible: bool
    findings: list[Finding]
    kept: Annotated[list[str], Field(description="Rules that objected nothing.")]
    eligible_on: date | None


@dataclass(frozen=True)
class Receipt:
    """What was recommended, to whom and from what."""

    receipt_id: ReceiptId
    at: At
    asker: Annotated[
        str,
        Field(
            description="Who asked, by an id that says nothing of a person.",
            examples=["client:simpeg"],
        ),
    ]
    is_as_written: Annotated[bool, Field(description="It agrees with its seal on the audit trail.")]
    question: Question
    grounds: Grounds
    considered: Annotated[int | None, Field(description="Pairs that were looked at.")]
    eligible: Annotated[int | None, Field(description="Pairs that no rule blocked.")]
    recommended: list[Shown]
    excluded: list[Blocked]
    examined: Examined | None = None


@dataclass(frozen=True)
class Mention:
    """A receipt that tells of a person."""

    receipt_id: ReceiptId
    at: At
    kind: Kind
    position_id: Annotated[str | None, Field(description="The position that was asked about.")]


@dataclass(frozen=True)
class Mentions:
    """A page of receipts that tell of a person, the latest first."""

    receipts: list[Mention]
    next_cursor: Annotated[
        str | None, Field(description="`cursor` of the next page; also in the `Link` header.")
    ] = None


@dataclass(frozen=True)
class Given:
    """A receipt in a list for auditors; what is in it is another question, and told to nobody."""

    receipt_id: ReceiptId
    at: At
    asker: Annotated[str, Field(description="Who asked, by an id that says nothing of a person.")]
    kind: Kind | None
    position_id: Annotated[str | None, Field(description="The position that was asked about.")]
    as_of: AsOf | None
    model_version: Annotated[str | None, Field(examples=["2026-03-30-353c08fd"])]
    is_readable: Annotated[
        bool, Field(description="What is kept can be read; else it was changed.")
    ] = True


@dataclass(frozen=True)
class AllGiven:
    """A page of receipts, the latest first."""

    receipts: list[Given]
    next_cursor: Annotated[
        str | None, Field(description="`cursor` of the next page; also in the `Link` header.")
    ] = None


@dataclass(frozen=True)
class Today:
    """How a person stands in a position by what is known now."""

    as_of: AsOf
    position: Position
    is_eligible: Annotated[bool, Field(description="No rule blocks it.")]
    findings: list[Finding]
    kept: list[RuleKept]
    eligible_on: Annotated[
        date | None,
        Field(description="From when: first day on which nothing that blocks it now would."),
    ]
    levers: Annotated[
        list[Lever] | None,
        Field(description="What would change it; None where no model is at hand to say it."),
    ]
    note: Annotated[str, Field(description="What a prediction is not.")]


@dataclass(frozen=True)
class Concerned:
    """What a recommendation said of one person: why (not), what would change it, from when."""

    receipt_id: ReceiptId
    at: At
    as_of: AsOf
    kind: Kind
    standing: Annotated[Standing, Field(description="What it said of the person.")]
    standing_sentence: Annotated[str, Field(description="That in words.")]
    recommended: Annotated[list[Shown], Field(description="Why me.")]
    excluded: Annotated[list[Blocked], Field(description="Why not me.")]
    examined: Examined | None = None
    today: Annotated[
        Today | None, Field(description="None if the region does not know the position any more.")
    ] = None

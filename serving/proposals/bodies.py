"""What is said when a proposal is made, and when something is done about it."""

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from mutasi.workflow.reasons import Deviation, Grounds, Purpose, Support

CODE = r"^[^\x00-\x1f\x7f]+$"

Name = Annotated[str, Field(min_length=1, max_length=200, pattern=CODE)]
"""An id or a number of a letter: one line."""

CaseId = Annotated[str, Field(pattern=r"^[0-9a-f]{24}$", examples=["5b0c1f6e9a3d4c7f8e21d0aa"])]
Dated = Annotated[
    date | None,
    Field(description="The day that the act bears; today (WIB) if it is not said."),
]


class Body(BaseModel):
    """What an act says: no more than it knows."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    dated_on: Dated = None


class Draft(Body):
    """A move that is proposed."""

    nip: Annotated[Name, Field(description="Who.", examples=["198505172010012001"])]
    position_id: Annotated[Name, Field(description="Where to.", examples=["DINKES.PR-PT"])]
    purpose: Annotated[Purpose, Field(description="What the move is for; told in the letter.")]
    until: Annotated[
        date | None, Field(description="Last day of a temporary assignment; a move if empty.")
    ] = None
    application_id: Annotated[
        CaseId | None, Field(description="The employee's own application that is taken up.")
    ] = None
    plan_id: Annotated[CaseId | None, Field(description="The plan that the move is part of.")] = (
        None
    )
    receipt_id: Annotated[
        CaseId | None, Field(description="The receipt of the recommendation that it follows.")
    ] = None


class Approval(Body):
    """What a unit says."""

    side: Annotated[
        Literal["giving", "receiving"], Field(description="The unit that is left, or moved to.")
    ]
    verdict: Literal["approve", "reject"]
    reason: Annotated[Deviation | None, Field(description="Why not; needed to reject.")] = None


class Consent(Body):
    """What an authority outside says: taken down, with its letter."""

    verdict: Literal["consent", "deny"]
    letter: Annotated[Name, Field(description="Number of its letter.", examples=["800/12/BKN"])]


class Decision(Body):
    """What the appointing officer decides."""

    verdict: Annotated[
        Literal["accept", "override"],
        Field(description="`override`: the recommendation is not followed."),
    ]
    reason: Annotated[
        Deviation | None,
        Field(
            description="Why it is not followed; needed to override, and to accept whom the "
            "ranking does not have in its first band."
        ),
    ] = None
    instead: Annotated[
        Name | None, Field(description="NIP of who is wanted instead, if somebody is.")
    ] = None


class Offer(Body):
    """An offer to the employee."""

    answer_by: Annotated[date, Field(description="The last day for the answer.")]
    support: Annotated[
        tuple[Support, ...],
        Field(max_length=6, description="What the agency grants; told in the letter."),
    ] = ()


class Answer(Body):
    """The employee's answer to the offer; it bears the day on which it is given."""

    dated_on: Annotated[None, Field(description="Today.")] = None
    answer: Literal["accept", "refuse"]
    reason: Annotated[Grounds | None, Field(description="Why not; needed to refuse.")] = None


class OnPaper(Body):
    """What the employee said on paper, who has no account: taken down for them."""

    dated_on: Annotated[date, Field(description="The day that the paper bears.")]
    document: Annotated[Name, Field(description="Number of the paper.", examples=["800/91/2026"])]


class PaperAnswer(OnPaper):
    """The employee's answer to the offer, on paper."""

    answer: Literal["accept", "refuse"]
    reason: Annotated[Grounds | None, Field(description="Why not; needed to refuse.")] = None


class PaperObjection(OnPaper):
    """The employee's objection, on paper."""

    grounds: Grounds


class Order(Body):
    """The officer wants the move although the employee did not accept."""

    reason: Annotated[Deviation, Field(description="Why.")]


class Execution(Body):
    """The decree (*SK*) by which the move takes place; it bears the decree's day."""

    decree: Annotated[Name, Field(description="Number of the decree.", examples=["821/45/2026"])]
    started_on: Annotated[
        date,
        Field(
            description="First day in the new post (TMT); "
            "not before the day on which the move was accepted or ordered."
        ),
    ]


class Extension(Body):
    """A temporary assignment lasts longer."""

    until: Annotated[date, Field(description="Its new last day.")]


class Return(Body):
    """A temporary assignment ends early; on the day that this bears."""


class Objection(Body):
    """The employee objects; it bears the day on which it is made."""

    dated_on: Annotated[None, Field(description="Today.")] = None
    grounds: Grounds


class TakingBack(Body):
    """The employee takes the objection back."""

    dated_on: Annotated[None, Field(description="Today.")] = None


class Ruling(Body):
    """What becomes of an objection."""

    verdict: Literal["uphold", "dismiss"]
    letter: Annotated[Name, Field(description="Number of the answer.", examples=["800/77"])]


class Withdrawal(Body):
    """A proposal is withdrawn."""

    reason: Annotated[Deviation, Field(description="Why.")]


class Outcome(Body):
    """How somebody does in the new post after some months."""

    months: Literal[6, 12, 24]
    results: Annotated[
        int, Field(ge=1, le=3, description="Hasil kerja: 1 above, 2 as, 3 below expectation.")
    ]
    behaviour: Annotated[int, Field(ge=1, le=3, description="Perilaku kerja, likewise.")]
    year: Annotated[
        int | None,
        Field(
            ge=2000,
            le=2200,
            description="The calendar year of whose appraisal (SKP) this is, if of one; it lies "
            "wholly in the new post, and is what the next training learns from.",
        ),
    ] = None

"""What is told of a plan that was asked for.  Worths, gains and prices are in T points."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import Field

from mutasi.store.jobs import State
from serving.errors import Problem

Nip = Annotated[str, Field(description="NIP.", examples=["198505172010012001"])]


@dataclass(frozen=True)
class Post:
    """A post."""

    post: Annotated[str, Field(description="Its id.")]
    title: str
    unit: Annotated[str, Field(description="Name of its unit.")]


@dataclass(frozen=True)
class Next:
    """The next best that was not taken."""

    name: Annotated[str, Field(description="Of the person, or of the post with its unit.")]
    worth: float
    is_taken: Annotated[
        bool, Field(description="That person, or a seat of that post, is in the plan elsewhere.")
    ]


@dataclass(frozen=True)
class Reason:
    """What one concept does to one prediction of a move; the letters say it in words."""

    aspect: Annotated[str, Field(description="`performance`, `acceptance` or `profile`.")]
    concept: Annotated[str, Field(examples=["distance"])]
    effect: Annotated[float, Field(description="T points; percentage points of the chance.")]
    facts: Annotated[
        dict[str, float | str | None], Field(description="What is known of it, by feature.")
    ]


@dataclass(frozen=True, kw_only=True)
class Move:
    """A move of the plan."""

    person: Nip
    name: str | None = None
    origin: Annotated[Post | None, Field(description="The post that is left.")] = None
    to: Annotated[Post, Field(description="The post that is taken.")]
    chain: Annotated[int, Field(description="Moves of one chain need each other.")]
    after: Annotated[str | None, Field(description="NIP of who leaves the seat in this plan.")] = (
        None
    )
    backfill: Annotated[
        str | None, Field(description="NIP of who takes the seat that is left.")
    ] = None
    until: Annotated[
        date | None,
        Field(description="Last day of a temporary assignment: the post that is left is kept."),
    ] = None
    worth: Annotated[float, Field(description="Of offering the move, beyond staying.")]
    gain: Annotated[float | None, Field(description="Performance gained, if it is accepted.")] = (
        None
    )
    chance: Annotated[float, Field(description="That the offer is accepted, 0 to 1.")]
    price: Annotated[float, Field(description="What one more such seat would be worth.")]
    person_next: Annotated[Next | None, Field(description="The person's next best post.")] = None
    post_next: Annotated[Next | None, Field(description="The post's next best person.")] = None
    reasons: Annotated[
        list[Reason], Field(description="For and against it by the model, the strongest first.")
    ]


@dataclass(frozen=True)
class Load:
    """A unit before and after."""

    unit: Annotated[str, Field(description="Its id.")]
    name: str
    needed: int
    before: int
    after: int
    short_before: Annotated[float, Field(description="People missing, weighted by demand.")]
    short_after: float


@dataclass(frozen=True)
class Price:
    """What a demand costs the plan."""

    demand: Annotated[dict[str, Any], Field(description="The demand, as a request writes it.")]
    price: float
    way: Annotated[
        Literal["without", "again", "most"],
        Field(
            description="`without`: planned again without it; `again`: planned again with one "
            "more of it; `most`: one more, of a budget a hundredth more, adds that at most."
        ),
    ]


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A figure with the ends of its 95 % interval."""

    value: float | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, kw_only=True)
class Overlap:
    """What came of those whom the past named, for past vacancies (AIPW)."""

    gain: Annotated[Figure | None, Field(description="None where it is withheld.")] = None
    vacancies: Annotated[int, Field(description="Past vacancies looked at.")]
    effective: Annotated[float, Field(description="How many the figure rests on.")]
    withheld: Literal["thin", "nobody_named", "no_proposals"] | None = None


@dataclass(frozen=True)
class Worth:
    """What the plan is worth by models that did not choose it; a move of who holds a post."""

    moves: int
    promised: Annotated[float, Field(description="By the model that chose.")]
    cross_fitted: Annotated[Figure, Field(description="By a model that did not.")]
    nulls: Annotated[int, Field(description="Times that ratings were drawn without a match.")]
    null: Annotated[float, Field(description="What is promised without a match.")]
    null_cross_fitted: Annotated[float, Field(description="19 in 20 draws lie below.")]
    verdict: Literal["gain", "chance", "unsure", "loss"]
    learned: Annotated[int, Field(description="Rated moves of the past that it rests on.")]
    is_thin: Annotated[bool, Field(description="So few that promises are mostly luck.")]
    overlap: Overlap
    seconds: float


@dataclass(frozen=True, kw_only=True)
class Plan:
    """The plan, in the words of people."""

    as_of: Annotated[str, Field(description="Day whose knowledge it is made from.")]
    model: Annotated[str | None, Field(description="None: the transparent score stood in.")] = None
    people: Annotated[int, Field(description="Everybody in service.")]
    pairs: Annotated[int, Field(description="Pairs that the law allows, and were looked at.")]
    vacancies: Annotated[int, Field(description="Seats that are open now or soon.")]
    value: Annotated[float, Field(description="What the moves are worth.")]
    bound: Annotated[float, Field(description="What no plan is worth more than.")]
    gap: Annotated[float, Field(description="By how much the plan may be below it, as a share.")]
    is_best: Annotated[bool, Field(description="No plan is worth more.")]
    is_proven: Annotated[bool, Field(description="The checker sees that by the prices alone.")]
    short_before: Annotated[float, Field(description="People missing in all units, weighted.")]
    short_after: float
    moves: list[Move]
    loads: Annotated[list[Load], Field(description="Units that change, most relieved first.")]
    prices: Annotated[list[Price], Field(description="Of pins and binding limits, dearest first.")]
    untold: Annotated[int, Field(description="Pins that there was no time to price.")]
    nowhere: Annotated[
        list[str], Field(description="NIPs of displaced people whom law and request allow nowhere.")
    ]
    worth: Annotated[
        Worth
        | Literal["not_asked", "no_model", "nobody_gains", "few_moves", "other_outcome", "no_time"],
        Field(description="By models that did not choose the plan, or why that is not told."),
    ]
    outcomes: Annotated[
        dict[str, Any] | None,
        Field(description="Beside plans by other definitions of a good outcome, if asked for."),
    ] = None
    seconds: Annotated[float, Field(description="How long it took.")]


@dataclass(frozen=True, kw_only=True)
class Progress:
    """How far a plan is."""

    stage: Annotated[
        Literal["offers", "flow", "prices", "search", "conflict", "worth", "report", "outcomes"],
        Field(description="What is being done."),
    ]
    sentence: Annotated[str, Field(description="It in words.")]
    value: Annotated[float | None, Field(description="Of the best plan so far.")] = None
    bound: Annotated[float | None, Field(description="What no plan is worth more than.")] = None
    gap: Annotated[
        float | None, Field(description="Of the best so far to the bound, as a share.")
    ] = None


@dataclass(frozen=True, kw_only=True)
class PlanJob:
    """A plan that was asked for, and what has become of it."""

    plan_id: Annotated[str, Field(examples=["5b0c1f6e9a3d4c7f8e21d0aa"])]
    state: State
    state_name: Annotated[str, Field(description="The state in words.")]
    attempts: Annotated[int, Field(description="How often it was begun; more if a worker died.")]
    asked_at: datetime
    started_at: datetime | None = None
    ended_at: datetime | None = None
    progress: Annotated[Progress | None, Field(description="While it is being made.")] = None
    problem: Annotated[Problem | None, Field(description="Why it has failed.")] = None
    plan: Annotated[Plan | None, Field(description="Once it is done; left out in lists.")] = None
    certificate_url: Annotated[str | None, Field(description="Of its proof, once it is done.")] = (
        None
    )


@dataclass(frozen=True, kw_only=True)
class PlanJobs:
    """A page of plans that were asked for, the latest first."""

    plans: list[PlanJob]
    next_cursor: Annotated[str | None, Field(description="Where the next page begins.")] = None


@dataclass(frozen=True)
class Breach:
    """What a plan does not keep."""

    row: Annotated[str, Field(examples=["seats"])]
    about: str


@dataclass(frozen=True)
class Certified:
    """What a separate checker, which knows nothing of the planner, says of a plan's file."""

    file_name: Annotated[str, Field(examples=["plan.json"])]
    file_url: Annotated[
        str, Field(description="The file; `mutasi plan check FILE` checks it anywhere.")
    ]
    value: Annotated[float, Field(description="What the moves are worth, added up again.")]
    bound: Annotated[float, Field(description="What follows from the prices in the file.")]
    is_proven: Annotated[bool, Field(description="The bound leaves no room for a better plan.")]
    breaches: Annotated[list[Breach], Field(description="None: the plan keeps what it says.")]
    digest: Annotated[str, Field(description="Fingerprint in the file (SHA-256).")]


@dataclass(frozen=True)
class Certificate:
    """The proof of a plan, and of those by other definitions of a good outcome."""

    plans: Annotated[list[Certified], Field(description="The plan itself first.")]

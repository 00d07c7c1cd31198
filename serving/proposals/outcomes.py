"""What came of a move, beside what was predicted and beside similar people who stayed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Final, Literal

from pydantic import Field

from models.aftermath import Aftermath, Rated, Verdict, aftermath
from models.receipt import POINT_DIGITS
from models.recommender import Recommender
from mutasi.i18n import render
from mutasi.store.cases import Case, Event
from mutasi.workflow.deadlines import due_on
from mutasi.workflow.proposals import Act
from serving.proposals.standing import done, stand_of

MONTHS: Final = (6, 12, 24)


@dataclass(frozen=True, kw_only=True)
class Estimate:
    """A figure with an interval, T points."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What came of a move after some months."""

    months: int
    due_on: Annotated[date, Field(description="From when it can be told.")]
    state: Literal["waiting", "due", "told"]
    dated_on: Annotated[date | None, Field(description="When it was told.")] = None
    results: int | None = None
    behaviour: int | None = None
    year: Annotated[int | None, Field(description="Of whose ratings the scale is.")] = None
    rating: Annotated[float | None, Field(description="T points on that scale.")] = None
    gap: Annotated[float | None, Field(description="Rating minus prediction.")] = None
    effect: Annotated[
        Estimate | None, Field(description="Beside people alike who stayed; 95% interval.")
    ] = None
    verdict: Verdict | None = None
    sentences: list[str]


@dataclass(frozen=True, kw_only=True)
class Outcomes:
    """What came of a move that was proposed."""

    proposal_id: str
    predicted: Annotated[
        Estimate | None, Field(description="When it was proposed; 90% interval.")
    ] = None
    outcomes: list[Outcome]
    note: str


def outcomes_of(case: Case, recommender: Recommender, day: date, language: str) -> Outcomes:
    """Return what came of a move by what is known on a day; none before it takes place."""
    begun, predicted = stand_of(case).begun_on, _predicted(case)
    found = (
        []
        if begun is None
        else [
            _outcome(case, recommender, months, due_on(begun, months), day, language)
            for months in MONTHS
        ]
    )
    return Outcomes(
        proposal_id=case.case_id,
        predicted=predicted,
        outcomes=found,
        note=render("aftermath.note", language),
    )


def _outcome(
    case: Case, recommender: Recommender, months: int, due: date, day: date, language: str
) -> Outcome:
    event = _told(case, months)
    if event is None:
        state: Literal["waiting", "due"] = "waiting" if day < due else "due"
        said = render(f"aftermath.{state}", language, months=months, due_on=due)
        return Outcome(months=months, due_on=due, state=state, sentences=[said])
    came, predicted = _came(case, recommender, event), _predicted(case)
    gap = None if came is None or predicted is None else came.rating - predicted.value
    return Outcome(
        months=months,
        due_on=due,
        state="told",
        dated_on=event.dated_on,
        results=event.facts["results"],
        behaviour=event.facts["behaviour"],
        year=None if came is None else came.year,
        rating=None if came is None else round(came.rating, POINT_DIGITS),
        gap=None if gap is None else round(gap, POINT_DIGITS),
        effect=None if came is None or came.effect is None else _estimate(vars(came.effect)),
        verdict=None if came is None else came.verdict,
        sentences=list(_sentences(months, came, predicted, language)),
    )


def _sentences(
    months: int, came: Aftermath | None, predicted: Estimate | None, language: str
) -> Iterator[str]:
    if came is None:
        yield render("aftermath.unscaled", language, months=months)
        return
    yield render("aftermath.told", language, months=months, rating=came.rating, year=came.year)
    if predicted is not None:
        gap = came.rating - predicted.value
        is_within = predicted.low <= came.rating <= predicted.high
        told = {"predicted": predicted.value, "low": predicted.low, "high": predicted.high}
        key = "as_predicted" if is_within else "not_as_predicted"
        yield render(f"aftermath.{key}", language, gap=gap, **told)
    if came.effect is None or came.verdict is None:
        yield render("aftermath.alone", language)
    else:
        yield render(
            f"aftermath.{came.verdict}",
            language,
            people=came.people,
            effect=came.effect.value,
            effect_low=came.effect.low,
            effect_high=came.effect.high,
        )


def _came(case: Case, recommender: Recommender, event: Event) -> Aftermath | None:
    decided = done(case, Act.DECIDE)
    assert decided is not None, "nothing comes of a move that was not decided"
    model = recommender.artifact
    rated = Rated(
        employee_id=case.subject.employee_id,
        origin_id=case.subject.origin_position_id,
        decided_on=decided.dated_on,
        year=event.facts.get("year", event.dated_on.year),
        results=event.facts["results"],
        behaviour=event.facts["behaviour"],
    )
    return aftermath(recommender.snapshot, None if model is None else model.performance, rated)


def _told(case: Case, months: int) -> Event | None:
    told = (
        event
        for event in case.events
        if event.act == Act.ASSESS and event.facts["months"] == months
    )
    return next(told, None)


def _predicted(case: Case) -> Estimate | None:
    told = case.content["predicted"]
    if told is None or told["performance"] is None:
        return None
    ends = {"low": told["performance_low"], "high": told["performance_high"]}
    return Estimate(value=told["performance"], **ends)


def _estimate(figure: dict[str, Any]) -> Estimate:
    rounded = {name: round(figure[name], POINT_DIGITS) for name in ("value", "low", "high")}
    return Estimate(**rounded)

"""Routes of vacancies, rankings and what explains them: translation only."""

from time import perf_counter
from typing import Annotated, Any

from fastapi import Depends, Path, Query, Request
from starlette.responses import Response

from models.receipt import WhereTo, Whether, WhoFor
from mutasi.authority import Principal, Scope
from serving.answers import Shape, answer, with_next
from serving.areas import Area
from serving.dependencies import CallerLanguage, Ready, Served
from serving.errors import problems
from serving.paging import Cursor, Limit
from serving.recommendations import examples, service
from serving.recommendations.advice_schemas import Contrast, Levers
from serving.recommendations.schemas import Examination, Ranking, Vacancies
from serving.recommendations.service import Ranked
from serving.region import Region
from serving.security import Caller, Needs, Reached
from serving.trail import RECEIPT

router = Area("recommendations", prefix="/v1")

CONTRAST = Shape(Contrast)
EXAMINATION = Shape(Examination)
LEVERS = Shape(Levers)
RANKING = Shape(Ranking)
VACANCIES = Shape(Vacancies)

VacancyId = Annotated[
    str, Path(description="Id of the position.", examples=[examples.VACANCY.position_id])
]
OwnRequest = Annotated[
    bool, Query(description="The person asks for it; else the service needs it.")
]
Nip = Annotated[str, Path(description="The employee's NIP.", examples=[examples.EMPLOYEE.nip])]
OneNip = Annotated[
    str, Query(description="NIP of one of the two.", examples=[examples.EMPLOYEE.nip])
]
OtherNip = Annotated[str, Query(description="NIP of the other.", examples=[examples.OTHER.nip])]


KEPT: dict[str, Any] = {
    RECEIPT: {"description": "Of the receipt that is kept.", "schema": {"type": "string"}}
}


@router.get(
    "/vacancies",
    summary="Open positions",
    dependencies=[Depends(Needs(Scope.VACANCIES))],
    responses={
        200: VACANCIES.described(
            "A page of vacancies; `Link` leads to the next.", examples.VACANCIES
        ),
        **problems(401, 403, 409, 422, 429, 503),
    },
)
def list_vacancies(
    request: Request,
    region: Served,
    language: CallerLanguage,
    limit: Limit = 50,
    cursor: Cursor = None,
    function: Annotated[
        str | None, Query(description="Only a function of government.", examples=["health"])
    ] = None,
    unit: Annotated[str | None, Query(description="Only a unit, by id.")] = None,
) -> Response:
    """Return positions that need more people than hold them, those that miss most first."""
    page = service.vacancies(region, language, limit, cursor, function, unit)
    return with_next(request, answer(VACANCIES.json(page), language), page.next_cursor)


@router.get(
    "/vacancies/{position_id:path}/candidates",
    summary="Who for a vacancy",
    dependencies=[Depends(Needs(Scope.CANDIDATES, narrows=True, keeps=True))],
    responses={
        200: RANKING.described(
            "The ranking; `Server-Timing` tells the milliseconds of each stage.",
            examples.RANKING,
            KEPT,
        ),
        **problems(401, 403, 404, 409, 422, 429, 503),
    },
)
def list_candidates(
    position_id: VacancyId,
    region: Served,
    caller: Caller,
    language: CallerLanguage,
    reach: Reached,
    limit: Limit = 10,
) -> Response:
    """Return the eligible employees, best first, and why others are not eligible.

    Whoever sees only a unit is answered for its people alone.
    """
    started = perf_counter()
    question = WhoFor(position_id, limit, reach)
    return _ranked(region, caller, service.ranked(region, caller, question), language, started)


@router.get(
    "/employees/{nip}/positions",
    summary="Where for a person",
    dependencies=[Depends(Needs(Scope.PLACEMENTS, keeps=True))],
    responses={
        200: RANKING.described(
            "The ranking; `Server-Timing` tells the milliseconds of each stage.",
            examples.RANKING,
            KEPT,
        ),
        **problems(401, 403, 404, 409, 422, 429, 503),
    },
)
def list_positions(
    nip: Nip,
    region: Served,
    caller: Caller,
    language: CallerLanguage,
    limit: Limit = 10,
    own_request: OwnRequest = False,
) -> Response:
    """Return the open positions for which someone is eligible, best first."""
    started = perf_counter()
    question = WhereTo(nip, limit, own_request)
    return _ranked(region, caller, service.ranked(region, caller, question), language, started)


@router.get(
    "/positions/{position_id:path}/contrast",
    summary="Why one person before another for a position",
    dependencies=[Depends(Needs(Scope.CANDIDATES, people=("first", "second")))],
    responses={
        200: CONTRAST.described(
            "Who comes first, how sure that is, and what sets the two apart.", examples.CONTRAST
        ),
        **problems(401, 403, 404, 409, 422, 429, 503),
    },
)
def contrast_people(
    position_id: VacancyId,
    recommender: Ready,
    language: CallerLanguage,
    first: OneNip,
    second: OtherNip,
) -> Response:
    """Return the difference of two people, concept by concept; their order is found, not asked."""
    found = service.contrasted(recommender, position_id, first, second, language)
    return answer(CONTRAST.json(found), language)


@router.get(
    "/employees/{nip}/positions/{position_id:path}/levers",
    summary="What would help a person in a position",
    dependencies=[Depends(Needs(Scope.PLACEMENTS))],
    responses={
        200: LEVERS.described(
            "Training, incentives and a nearer unit, each scored again, with interval and caveats.",
            examples.LEVERS,
        ),
        **problems(401, 403, 404, 409, 422, 429, 503),
    },
)
def list_levers(
    nip: Nip,
    position_id: VacancyId,
    recommender: Ready,
    language: CallerLanguage,
    own_request: OwnRequest = False,
) -> Response:
    """Return what may be changed and what the model then predicts: patterns, no promises."""
    found = service.levered(recommender, nip, position_id, own_request, language)
    return answer(LEVERS.json(found), language)


@router.get(
    "/employees/{nip}/positions/{position_id:path}",
    summary="What the law says of a person in a position",
    dependencies=[Depends(Needs(Scope.PLACEMENTS, keeps=True))],
    responses={
        200: EXAMINATION.described(
            "Every objection with fact, article and last day; every rule that has none.",
            examples.EXAMINATION,
            KEPT,
        ),
        **problems(401, 403, 404, 409, 422, 429, 503),
    },
)
def examine_position(
    nip: Nip,
    position_id: VacancyId,
    region: Served,
    caller: Caller,
    language: CallerLanguage,
    own_request: OwnRequest = False,
) -> Response:
    """Return the legal finding: why (not), by which article, and from when."""
    found = service.examined(region, caller, Whether(nip, position_id, own_request), language)
    return _with_receipt(answer(EXAMINATION.json(found), language), found.receipt_id)


def _ranked(
    region: Region, caller: Principal, kept: Ranked, language: str, started: float
) -> Response:
    """Return the answer, with what took how long."""
    (ranking,) = service.in_words(region, caller, [kept], language)
    content = RANKING.json(ranking)
    total = 1000.0 * (perf_counter() - started)
    stages = {**kept.timings, "words": total - sum(kept.timings.values()), "total": total}
    found = answer(content, language)
    found.headers["Server-Timing"] = ", ".join(
        f"{stage};dur={milliseconds:.2f}" for stage, milliseconds in stages.items()
    )
    return _with_receipt(found, ranking.receipt_id)


def _with_receipt(found: Response, receipt_id: str) -> Response:
    found.headers[RECEIPT] = receipt_id
    return found

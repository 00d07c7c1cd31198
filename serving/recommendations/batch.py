"""Many questions in one call: each gets its ranking, or the problem that it has alone."""

from typing import Annotated, Final

from fastapi import Depends, Request
from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError
from starlette.responses import Response

from models.receipt import WhereTo, WhoFor
from models.recommender import MOST
from mutasi.authority import Principal, Scope
from mutasi.errors import MutasiError, Unavailable
from mutasi.visibility import require_within
from serving.answers import Shape, answer
from serving.areas import Area
from serving.dependencies import CallerLanguage, Served
from serving.errors import described, problems
from serving.recommendations import examples, service
from serving.recommendations.schemas import Answered, Batch
from serving.recommendations.service import Ranked
from serving.region import Region
from serving.security import Caller, Needs

router = Area("recommendations", prefix="/v1")

BATCH = Shape(Batch)
MOST_QUESTIONS: Final = 50

Id = Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f]+$")]
Limit = Annotated[int, Field(ge=1, le=MOST, description="How many.")]


class AskedQuestion(BaseModel):
    """A question: who for a position, or where for a person."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    position_id: Annotated[Id | None, Field(description="Who for this position?")] = None
    nip: Annotated[Id | None, Field(description="Where for this person?")] = None
    limit: Limit = 10
    own_request: Annotated[
        bool, Field(description="The person asks for it; else the service needs it.")
    ] = False

    @model_validator(mode="after")
    def _asks_one_thing(self) -> "AskedQuestion":
        """Refuse what asks both or nothing.

        Raises:
            PydanticCustomError: If it does.
        """
        if (self.position_id is None) == (self.nip is None):
            raise PydanticCustomError("one_question", "either position_id or nip")
        if self.own_request and self.nip is None:
            raise PydanticCustomError("own_request", "own_request is about a nip")
        return self


class Questions(BaseModel):
    """What is asked in one call."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        json_schema_extra={
            "examples": [
                {
                    "questions": [
                        {"position_id": examples.VACANCY.position_id, "limit": 3},
                        {"nip": examples.EMPLOYEE.nip, "limit": 3},
                    ]
                }
            ]
        },
    )

    questions: Annotated[list[AskedQuestion], Field(min_length=1, max_length=MOST_QUESTIONS)]


@router.post(
    "/recommendations",
    summary="Many rankings at once",
    dependencies=[Depends(Needs(Scope.CANDIDATES, narrows=True, keeps=True))],
    responses={
        200: BATCH.described(
            "An answer for each question, in the order asked; each ranking has a receipt.",
            examples.BATCH,
        ),
        **problems(401, 403, 409, 413, 415, 422, 429, 503),
    },
)
def recommend(
    request: Request, asked: Questions, region: Served, caller: Caller, language: CallerLanguage
) -> Response:
    """Return who for positions and where for people, at most 50 questions.

    Each counts as a call. A question that cannot be answered has its problem in its place,
    and the others are answered; who asks where for a person also needs `placements:read`.
    """
    region.opened()
    for _ in asked.questions[1:]:
        request.state.allowance = request.app.state.rates.call(caller.id)
    found = [_ranked(region, caller, one) for one in asked.questions]
    kept = [one for one in found if isinstance(one, Ranked)]
    rankings = iter(service.in_words(region, caller, kept, language))
    answers = [
        Answered(ranking=next(rankings))
        if isinstance(one, Ranked)
        else Answered(problem=described(one, language))
        for one in found
    ]
    return answer(BATCH.json(Batch(answers)), language)


def _ranked(region: Region, caller: Principal, one: AskedQuestion) -> Ranked | MutasiError:
    """Return the answer to a question, or why there is none.

    Raises:
        Unavailable: If no receipt can be kept; then nothing is told at all.
    """
    try:
        return service.ranked(region, caller, _question(region, caller, one))
    except Unavailable:
        raise
    except MutasiError as problem:
        return problem


def _question(region: Region, caller: Principal, one: AskedQuestion) -> WhoFor | WhereTo:
    """Return a question as far as its caller may ask it.

    Raises:
        ScopeMissing: If they may not ask such a thing.
        EmployeeNotFound: If it is about somebody whom they do not reach.
    """
    if one.position_id is not None:
        return WhoFor(one.position_id, one.limit, caller.reach(Scope.CANDIDATES))
    assert one.nip is not None, "a question asks one thing"
    require_within(region.opened().snapshot, caller.reach(Scope.PLACEMENTS), one.nip)
    return WhereTo(one.nip, one.limit, one.own_request)

"""Routes of careers: translation only."""

from typing import Annotated, Any

from fastapi import Depends, Path, Query
from starlette.responses import Response

from models.career import competence_of, next_steps
from mutasi.authority import Scope
from mutasi.career import career_of
from serving.answers import Shape, Told, answer
from serving.areas import Area
from serving.careers import examples
from serving.careers.schemas import Steps, Target, Timeline
from serving.careers.wording import Advisor, timeline_in_words
from serving.dependencies import CallerLanguage, Ready
from serving.errors import problems
from serving.nouns import Person
from serving.paging import Limit, require_limit
from serving.security import Needs

router = Area("careers", prefix="/v1/employees/{nip}")

STEPS = Shape(Steps)
TARGET = Shape(Target)
TIMELINE = Shape(Timeline)

Nip = Annotated[str, Path(description="The employee's NIP.", examples=[examples.PERSON.nip])]


def _answers(shape: Shape[Told], text: str, example: Told) -> dict[int | str, dict[str, Any]]:
    return {200: shape.described(text, example), **problems(401, 403, 404, 409, 422, 429, 503)}


@router.get(
    "/timeline",
    summary="What is on record of a person",
    dependencies=[Depends(Needs(Scope.PLACEMENTS))],
    responses=_answers(TIMELINE, "Each list with the latest first.", examples.TIMELINE),
)
def look_at_timeline(nip: Nip, recommender: Ready, language: CallerLanguage) -> Response:
    """Return posts, grades, ratings, education and training, as recorded."""
    found = timeline_in_words(career_of(recommender.snapshot, nip), language)
    return answer(TIMELINE.json(found), language)


@router.get(
    "/competence",
    summary="A person's competence against a position",
    dependencies=[Depends(Needs(Scope.PLACEMENTS))],
    responses=_answers(
        TARGET, "Each competency with its gap, and what the law says.", examples.TARGET
    ),
)
def look_at_competence(
    nip: Nip,
    recommender: Ready,
    language: CallerLanguage,
    position: Annotated[
        str, Query(description="Id of the position.", examples=[examples.POSITION.position_id])
    ],
) -> Response:
    """Return the gaps of a person to a position, open or not; the widest first."""
    found = competence_of(recommender, nip, position)
    return answer(TARGET.json(Advisor(recommender, language).target(found)), language)


@router.get(
    "/next",
    summary="Which positions come next for a person, and what is missing for each",
    dependencies=[Depends(Needs(Scope.PLACEMENTS))],
    responses=_answers(STEPS, "Titles that people with the same title went to.", examples.STEPS),
)
def look_ahead(
    nip: Nip,
    recommender: Ready,
    language: CallerLanguage,
    limit: Limit = 5,
) -> Response:
    """Return where careers went from the same title, with the nearest post of each title."""
    require_limit(limit)
    found = next_steps(recommender, nip, limit)
    snapshot = recommender.snapshot
    person = Person(nip, snapshot.employees["employee_name"][snapshot.employee_row(nip)])
    return answer(STEPS.json(Advisor(recommender, language).steps(found, person)), language)

"""Route of who looked at somebody's data: translation only."""

from typing import Annotated

from fastapi import Depends, Path, Query, Request
from starlette.responses import Response

from mutasi.authority import Scope
from serving.accesses import examples, service
from serving.accesses.schemas import Accesses
from serving.answers import TAGGED, UNCHANGED, Known, Shape, answer, unless_known, with_next
from serving.areas import Area
from serving.dependencies import CallerLanguage, Served
from serving.errors import problems
from serving.paging import Cursor, Limit
from serving.security import Needs, Reached

router = Area("accesses", prefix="/v1/employees/{nip}/accesses")

ACCESSES = Shape(Accesses)


@router.get(
    "",
    summary="Who looked at a person's data",
    dependencies=[Depends(Needs(Scope.ACCESS))],
    responses={
        200: ACCESSES.described(
            "A page, the latest first; `Link` leads on.", examples.ACCESSES, TAGGED
        ),
        **UNCHANGED,
        **problems(401, 403, 404, 409, 422, 429, 503),
    },
)
def list_accesses(
    request: Request,
    nip: Annotated[str, Path(description="The employee's NIP.", examples=[examples.NIP])],
    reach: Reached,
    region: Served,
    language: CallerLanguage,
    own: Annotated[
        bool, Query(description="Also what was done by the account of the person concerned.")
    ] = False,
    limit: Limit = 50,
    cursor: Cursor = None,
    known: Known = None,
) -> Response:
    """Return who looked at a person's data and when: to that person, auditors, administrators.

    Colleagues are told by role and unit, without their names.
    """
    page = service.latest(region.store, reach, nip, limit, cursor, language, with_own=own)
    found = with_next(request, answer(ACCESSES.json(page), language), page.next_cursor)
    return unless_known(found, known)

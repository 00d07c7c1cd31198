"""Routes of receipts: translation only."""

from datetime import date
from typing import Annotated

from fastapi import Depends, Path, Query, Request
from starlette.responses import Response

from models.receipt import model_mark, position_mark
from mutasi.authority import Scope
from mutasi.store.receipts import Wanted
from mutasi.workflow.deadlines import between
from serving.answers import Shape, answer, with_next
from serving.areas import Area
from serving.dependencies import CallerLanguage, Served
from serving.errors import problems
from serving.paging import Cursor, Limit
from serving.receipts import examples, service
from serving.receipts.schemas import AllGiven, Concerned, Mentions, Receipt
from serving.security import Caller, Needs

router = Area("receipts", prefix="/v1")

GIVEN = Shape(AllGiven)
CONCERNED = Shape(Concerned)
MENTIONS = Shape(Mentions)
RECEIPT = Shape(Receipt)

ReceiptId = Annotated[
    str, Path(description="As the answer named it.", examples=[examples.RECEIPT.receipt_id])
]
Nip = Annotated[str, Path(description="The employee's NIP.", examples=[examples.NIP])]


@router.get(
    "/receipts",
    summary="Receipts that were given",
    dependencies=[Depends(Needs(Scope.AUDIT, people=("nip",)))],
    responses={
        200: GIVEN.described("A page, the latest first; `Link` leads on.", examples.ALL_GIVEN),
        **problems(401, 403, 404, 409, 422, 429, 503),
    },
)
def list_receipts(
    request: Request,
    region: Served,
    language: CallerLanguage,
    position_id: Annotated[
        str | None, Query(description="Those that tell of this position.", max_length=200)
    ] = None,
    nip: Annotated[
        str | None, Query(description="Those that tell of this person.", max_length=200)
    ] = None,
    since: Annotated[
        date | None, Query(description="First day on which they were given, in the capital.")
    ] = None,
    until: Annotated[date | None, Query(description="Last day, which counts.")] = None,
    model: Annotated[
        str | None, Query(description="Those that this model predicted.", max_length=200)
    ] = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Response:
    """Return which recommendations were given to whom, for auditors; not what they say."""
    marks = [position_mark(position_id)] if position_id is not None else []
    marks += [model_mark(model)] if model is not None else []
    wanted = Wanted(nip, tuple(marks), *between(since, until))
    page = service.given(region.store, wanted, limit, cursor)
    return with_next(request, answer(GIVEN.json(page), language), page.next_cursor)


@router.get(
    "/receipts/{receipt_id}",
    summary="What was recommended, to whom and from what",
    dependencies=[
        Depends(Needs(Scope.RECEIPTS, narrows=True, keeps=True, others=Scope.AUDIT)),
    ],
    responses={
        200: RECEIPT.described("All that is kept, in words.", examples.RECEIPT),
        **problems(401, 403, 404, 409, 422, 429, 503),
    },
)
def look_at_receipt(
    receipt_id: ReceiptId, region: Served, caller: Caller, language: CallerLanguage
) -> Response:
    """Return a receipt to who asked for what it tells, and to auditors."""
    found = service.looked_at(region, caller, receipt_id, Scope.AUDIT, language)
    return answer(RECEIPT.json(found), language)


@router.get(
    "/receipts/{receipt_id}/employees/{nip}",
    summary="Why me, why not me, what would change it, and from when",
    dependencies=[Depends(Needs(Scope.PLACEMENTS))],
    responses={
        200: CONCERNED.described(
            "What was said of this person alone, and how they stand today.",
            examples.CONCERNED,
        ),
        **problems(401, 403, 404, 409, 422, 429, 503),
    },
)
def look_at_own_part(
    receipt_id: ReceiptId,
    nip: Nip,
    region: Served,
    language: CallerLanguage,
    position_id: Annotated[
        str | None,
        Query(
            description="Which position to look at today; that of the question by default, "
            "else the first that was shown."
        ),
    ] = None,
) -> Response:
    """Return the part of a receipt that is about one person, and nothing of others."""
    found = service.concerning(region, receipt_id, nip, position_id, language)
    return answer(CONCERNED.json(found), language)


@router.get(
    "/employees/{nip}/receipts",
    summary="Receipts that tell of a person",
    dependencies=[Depends(Needs(Scope.PLACEMENTS))],
    responses={
        200: MENTIONS.described("A page, the latest first; `Link` leads on.", examples.MENTIONS),
        **problems(401, 403, 404, 409, 422, 429, 503),
    },
)
def list_mentions(
    request: Request,
    nip: Nip,
    region: Served,
    language: CallerLanguage,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Response:
    """Return where a person was recommended or blocked by the law, the latest first."""
    page = service.mentions(region.store, nip, limit, cursor)
    return with_next(request, answer(MENTIONS.json(page), language), page.next_cursor)

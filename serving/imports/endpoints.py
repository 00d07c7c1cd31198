"""Routes of imports: translation only.  A worker takes files in; here they are handed over."""

from datetime import date
from typing import Annotated, Any

from fastapi import Depends, Path, Query, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from mutasi.authority import Scope
from mutasi.store.jobs import Job
from mutasi.workflow.deadlines import latest_day
from serving.answers import TAGGED, UNCHANGED, Known, Shape, answer, unless_known, with_next
from serving.areas import Area
from serving.dependencies import CallerLanguage, Served
from serving.errors import problems
from serving.imports import examples, service
from serving.imports.receiving import FIELD, KINDS, MOST_FILES, Format, received
from serving.imports.schemas import ImportJob, ImportJobs, Quarantine
from serving.imports.service import Order
from serving.imports.wording import ADDRESS, job_in_words
from serving.jobs import accepted, with_patience
from serving.paging import Cursor, Limit
from serving.repeating import Again, Key
from serving.security import Caller, Needs

router = Area("imports", prefix=ADDRESS, dependencies=[Depends(Needs(Scope.RECORDS))])

IMPORT_JOB = Shape(ImportJob)
IMPORT_JOBS = Shape(ImportJobs)
QUARANTINE = Shape(Quarantine)

ImportId = Annotated[str, Path(description="Of the import.", examples=[examples.IMPORT_ID])]

BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "description": f"Files, each as a part `{FIELD}` with a name; at most {MOST_FILES}.",
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": [FIELD],
                    "additionalProperties": False,
                    "properties": {
                        FIELD: {
                            "type": "array",
                            "minItems": 1,
                            "maxItems": MOST_FILES,
                            "items": {
                                "type": "string",
                                "contentMediaType": "application/octet-stream",
                                "format": "binary",
                            },
                        }
                    },
                }
            }
        },
    }
}
NAMES = "; ".join(f"`{name}`: {', '.join(kinds)}" for name, kinds in KINDS.items())


async def ordered(
    request: Request,
    wanted: Annotated[
        Format, Query(alias="format", description=f"What the files are, and so called. {NAMES}.")
    ] = "bundle",
    strict: Annotated[bool, Query(description="Refuse a file of which a row is bad.")] = False,
    since: Annotated[
        date | None, Query(description="Of `peta`: the first day on which the needs hold.")
    ] = None,
    as_of: Annotated[
        date | None,
        Query(description="Of `siasn`: the day of the export; that on which it came by default."),
    ] = None,
) -> Order:
    """Return how files are to be taken in.

    Raises:
        OptionOther: If an option is another format's.
        OptionMissing: If one is needed.
        DatedAhead: If the day of the export has not come.
    """
    order = Order(wanted, strict, since, as_of)
    order.require_agreement(latest_day(request.app.state.clock()))
    return order


@router.post(
    "",
    status_code=202,
    summary="Hand records in",
    openapi_extra=BODY,
    responses={
        202: IMPORT_JOB.described(
            "It is taken over; `Location` tells where to look.",
            examples.WAITING,
        ),
        **problems(401, 403, 408, 413, 415, 422, 429, 503),
    },
)
async def ask_for_import(
    request: Request,
    caller: Caller,
    region: Served,
    language: CallerLanguage,
    order: Annotated[Order, Depends(ordered)],
    key: Key = None,
) -> Response:
    """Take files over to be imported: all good rows of all files in one transaction, or nothing."""
    async with received(request, order.format) as files:
        job = await run_in_threadpool(service.asked, region.store, caller, order, files, key)
    found = answer(IMPORT_JOB.json(job_in_words(job, language)), language)
    return accepted(found, ADDRESS, job)


@router.get(
    "",
    summary="Imports that were asked for",
    responses={
        200: IMPORT_JOBS.described(
            "A page, the latest first, without the reports; `Link` leads to the next.",
            examples.IMPORT_JOBS,
        ),
        **problems(401, 403, 422, 429, 503),
    },
)
def list_imports(
    request: Request,
    region: Served,
    language: CallerLanguage,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Response:
    """Return imports that were asked for and what has become of them, the latest first."""
    page = service.latest(region.store, limit, cursor, language)
    return with_next(request, answer(IMPORT_JOBS.json(page), language), page.next_cursor)


@router.get(
    "/{import_id}",
    summary="What came of an import",
    responses={
        200: IMPORT_JOB.described(
            "What has become of it; `Retry-After` while it is not over.",
            examples.DONE,
            TAGGED,
        ),
        **UNCHANGED,
        **problems(401, 403, 404, 422, 429, 503),
    },
)
def look_at_import(
    import_id: ImportId, region: Served, language: CallerLanguage, known: Known = None
) -> Response:
    """Return what came of an import: rows by table, what was wrong; or why nothing was stored."""
    job = service.looked_at(region.store, import_id, language)
    found = answer(IMPORT_JOB.json(job), language)
    return unless_known(with_patience(found, job.state), known)


@router.get(
    "/{import_id}/quarantine",
    summary="Rows that were not taken, and why",
    responses={
        200: QUARANTINE.described(
            "A page, in the order of the files; `Link` leads to the next.",
            examples.QUARANTINE,
        ),
        **problems(401, 403, 404, 409, 422, 429, 503),
    },
)
def look_at_quarantine(
    request: Request,
    import_id: ImportId,
    region: Served,
    caller: Caller,
    language: CallerLanguage,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Response:
    """Return what is wrong: file, row, field, value, reason and what was expected."""
    page = service.quarantine(region.store, caller, import_id, limit, cursor, language)
    return with_next(request, answer(QUARANTINE.json(page), language), page.next_cursor)


@router.post(
    "/{import_id}/cancel",
    summary="Cancel an import",
    responses={
        200: IMPORT_JOB.described("It is cancelled, for good.", examples.CANCELLED),
        **problems(401, 403, 404, 409, 422, 429, 503),
    },
)
def cancel_import(
    import_id: ImportId, region: Served, caller: Caller, language: CallerLanguage, again: Again
) -> Response:
    """Cancel an import that waits or is being done: nothing of it is stored."""

    def told(job: Job) -> Response:
        return answer(IMPORT_JOB.json(job_in_words(job, language)), language)

    return service.line(region.store).cancelled(caller, import_id, again, told)


@router.delete(
    "/{import_id}",
    status_code=204,
    summary="Delete what is told of an import",
    responses={
        204: {"description": "It is gone; its records stay, and its key is free again."},
        **problems(401, 403, 404, 409, 422, 429, 503),
    },
)
def delete_import(import_id: ImportId, caller: Caller, region: Served, again: Again) -> Response:
    """Delete what is told of an import that is over, its quarantine too; that is on the trail."""
    return service.line(region.store).deleted(caller, import_id, again)

"""Plans as jobs of the store: asked for, looked at, cancelled, handed out."""

import json
from typing import Literal

from mutasi.authority import Principal
from mutasi.planning.demands import require_agreement
from mutasi.planning.naming import names, require_named
from mutasi.planning.request import PlanRequest
from mutasi.results import (
    LETTERS_FILE,
    PROPOSAL_FILE,
    REPORT_FILE,
    VERDICTS_FILE,
    plan_in_words,
)
from mutasi.store import jobs, personnel, session, trail
from mutasi.store.jobs import Job, State
from mutasi.store.trail import Action, Deed, Kind
from serving.answers import Shape
from serving.jobs import Line
from serving.plans.schemas import Certificate, Plan, PlanJob, PlanJobs
from serving.plans.wording import certificate_address, job_in_words
from serving.region import Store
from serving.trail import tell_read

KIND = Kind.PLAN
CERTIFICATE = Shape(Certificate)
PLAN = Shape(Plan)

COLUMNS = {
    "person": ("employees", "employee_id"),
    "post": ("positions", "position_id"),
    "unit": ("units", "unit_id"),
    "family": ("positions", "family"),
}
"""Where the ids of a request are on record: table and column."""

Key = str | None
Format = Literal["json", "html", "xlsx", "letters", "proposal"]
DATA: dict[Format, str] = {
    "json": REPORT_FILE,
    "letters": LETTERS_FILE,
    "proposal": PROPOSAL_FILE,
}
"""Files of a plan that are the same in every language."""


def asked(store: Store, caller: Principal, request: PlanRequest, worth: bool, key: Key) -> Job:
    """Ask for a plan; the same key and request again ask for nothing new.

    Args:
        store: Where it is asked for.
        caller: Who asks.
        request: What is asked.
        worth: Whether models that did not choose the plan are asked what it is worth.
        key: By which the caller tells a repeated request from a new one.

    Raises:
        PinOfOne: If a pin about two people names one person twice.
        PinsContradict: If two pins cannot both hold, whatever the region.
        DemandUnknown: If it names what is not on record; tells the field.
        KeyReused: If the key came before with another request.
        TooManyJobs: If as many plans of this caller are going on as may be.
        StoreUnwritable: If the store cannot take it.
    """
    require_agreement(request.demands)
    with session.unit_of_work(store.engine, jobs.QUEUE) as work:
        require_named(request, _recorded(work, request))
        said = {"plan": request.model_dump(mode="json"), "worth": worth}
        before = jobs.repeated(work, KIND, said, key, caller.id)
        if before is not None:
            return before
        job = jobs.queue(work, KIND, said, key, caller.id)
        trail.append(work, Deed(caller.id, Action.ASK, KIND, job.job_id))
        return job


def _recorded(work: session.Work, request: PlanRequest) -> dict[str, set[str]]:
    """Return which ids of a request are on record on its day, by kind."""
    wanted = list(names(request))
    return {
        kind: personnel.recorded(
            work, *column, {value for _, each, value in wanted if each == kind}, request.as_of
        )
        for kind, column in COLUMNS.items()
    }


def looked_at(store: Store, caller: Principal, plan_id: str, language: str) -> PlanJob:
    """Return what has become of a plan, and the plan if it is done.

    Who looks at a plan that is done is put on the trail, because it names people.

    Raises:
        JobNotFound: If no plan was asked for under this id.
    """
    with session.reading(store.engine) as work:
        job = jobs.job(work, KIND, plan_id)
        is_done = job.state == State.DONE
        report = jobs.file(work, KIND, plan_id, REPORT_FILE) if is_done else None
    if is_done:
        tell_read(store, caller, KIND, [plan_id])
    return job_in_words(
        job, language, None if report is None else PLAN.adapter.validate_json(report)
    )


def line(store: Store) -> Line:
    """Return plans as work that is asked for."""
    return Line(store, KIND)


def latest(store: Store, limit: int, cursor: str | None, language: str) -> PlanJobs:
    """Return a page of plans, the latest first.

    Raises:
        LimitOutOfRange: If the limit is below 1 or above what is served at once.
        CursorInvalid: If the cursor is not one that was given.
    """
    found, more = line(store).latest(limit, cursor)
    return PlanJobs(plans=[job_in_words(job, language) for job in found], next_cursor=more)


def certificate(store: Store, plan_id: str) -> Certificate:
    """Return what the checker said of a plan's files when they were made.

    Raises:
        JobNotFound: If no plan was asked for under this id.
        JobUnfinished: If it is not done.
    """
    verdicts = json.loads(_file(store, plan_id, VERDICTS_FILE))
    address = certificate_address(plan_id)
    return CERTIFICATE.adapter.validate_python(
        {
            "plans": [
                {"file_name": name, "file_url": f"{address}/{name}", **verdict}
                for name, verdict in verdicts.items()
            ]
        }
    )


def exported(store: Store, caller: Principal, plan_id: str, wanted: Format, language: str) -> bytes:
    """Return a plan as data, as a page, as a workbook, or what its letters need.

    Raises:
        JobNotFound: If no plan was asked for under this id.
        JobUnfinished: If it is not done.
    """
    return handed_out(store, caller, plan_id, DATA.get(wanted, plan_in_words(language, wanted)))


def handed_out(store: Store, caller: Principal, plan_id: str, name: str) -> bytes:
    """Return a file that names people, and put on the trail who took it.

    Raises:
        JobNotFound: If no plan was asked for under this id.
        JobUnfinished: If it is not done.
        StoreUnwritable: If it cannot be put on the trail.
    """
    content = _file(store, plan_id, name)
    tell_read(store, caller, KIND, [plan_id])
    return content


def _file(store: Store, plan_id: str, name: str) -> bytes:
    with session.reading(store.engine) as work:
        return jobs.file(work, KIND, plan_id, name)

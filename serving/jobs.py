"""Long work, as every area that asks for some has it in common: listed, cancelled, deleted."""

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from operator import attrgetter
from typing import Final

from starlette.responses import Response

from mutasi.authority import Principal
from mutasi.errors import MutasiError
from mutasi.store import jobs, session, trail
from mutasi.store.jobs import GOING_ON, Job, State
from mutasi.store.session import Work
from mutasi.store.trail import Action, Deed, Kind
from serving.errors import Problem, described
from serving.paging import page
from serving.region import Store
from serving.repeating import Repeatable

WAIT_SECONDS: Final = 2
"""After how long it is worth looking again at a job that is going on."""


@dataclass(frozen=True)
class Line:
    """Work of one kind.

    Attributes:
        store: Where it is asked for.
        kind: What the store calls it, and the audit trail.
    """

    store: Store
    kind: Kind

    def latest(self, limit: int, cursor: str | None) -> tuple[list[Job], str | None]:
        """Return a page of jobs, the latest first, and where the next page begins.

        Raises:
            LimitOutOfRange: If the limit is below 1 or above what is served at once.
            CursorInvalid: If the cursor is not one that was given.
        """
        with session.reading(self.store.engine) as work:
            return page(
                limit,
                cursor,
                lambda most: jobs.newest(work, self.kind, most, before=cursor),
                attrgetter("job_id"),
            )

    def cancelled(
        self, caller: Principal, job_id: str, again: Repeatable, told: Callable[[Job], Response]
    ) -> Response:
        """Cancel a job, at once; one that is cancelled stays as it is.

        Args:
            caller: Who cancels.
            job_id: The job.
            again: By what the request may come again.
            told: Returns the answer.

        Raises:
            JobNotFound: If nothing was asked for under this id.
            JobOver: If it is done or failed.
            StoreUnwritable: If the store cannot take it.
        """

        def done(work: Work) -> Response:
            is_new = jobs.job(work, self.kind, job_id).state is not State.CANCELLED
            job = jobs.cancel(work, self.kind, job_id)
            if is_new:
                trail.append(work, Deed(caller.id, Action.CANCEL, self.kind, job_id))
            return told(job)

        return again.once(self.store, jobs.QUEUE, b"", done)

    def deleted(self, caller: Principal, job_id: str, again: Repeatable) -> Response:
        """Delete a job that is over, and put on the trail who did.

        Args:
            caller: Who deletes.
            job_id: The job.
            again: By what the request may come again.

        Raises:
            JobNotFound: If nothing was asked for under this id.
            JobGoingOn: If it waits or is being done.
            StoreUnwritable: If the store cannot take it.
        """

        def done(work: Work) -> Response:
            jobs.delete(work, self.kind, job_id)
            trail.append(work, Deed(caller.id, Action.DELETE, self.kind, job_id))
            return Response(status_code=HTTPStatus.NO_CONTENT)

        return again.once(self.store, trail.QUEUE, b"", done)


def problem_of(job: Job, language: str) -> Problem | None:
    """Return why a job has failed, in words; None if it has not."""
    told = job.problem
    if told is None:
        return None
    return described(MutasiError.recalled(told["code"], told["params"]), language)


def accepted(found: Response, address: str, job: Job) -> Response:
    """Return the answer to what was asked for, with where to look."""
    found.status_code = HTTPStatus.ACCEPTED
    found.headers["Location"] = f"{address}/{job.job_id}"
    return with_patience(found, job.state)


def with_patience(found: Response, state: State) -> Response:
    """Tell when to look again, while there is something to wait for."""
    if state in GOING_ON:
        found.headers["Retry-After"] = str(WAIT_SECONDS)
    return found

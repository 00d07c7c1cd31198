"""Errors of long work that one process asks for and another does."""

from mutasi.errors._access import TooManyRequests
from mutasi.errors._kinds import Conflict, Invalid, NotFound, Unavailable


class JobNotFound(NotFound):
    """Nothing was asked for under this id."""

    code = "job_not_found"


class JobOver(Conflict):
    """A job that is over cannot be cancelled."""

    code = "job_over"


class JobGoingOn(Conflict):
    """A job that waits or is being done cannot be deleted."""

    code = "job_going_on"


class TooManyJobs(TooManyRequests):
    """Whoever asks has as many jobs going on as one may have."""

    code = "too_many_jobs"


class JobUnfinished(Conflict):
    """A job that is not done has made nothing."""

    code = "job_unfinished"


class JobFileNotFound(NotFound):
    """A job made no file of this name."""

    code = "job_file_not_found"


class KeyReused(Invalid):
    """An idempotency key came before, with another request."""

    code = "key_reused"


class JobGivenUp(Unavailable):
    """Whatever worked on a job died, as often as is tried."""

    code = "job_given_up"


class JobBroken(Unavailable):
    """An error that nobody foresaw ended a job."""

    code = "job_broken"

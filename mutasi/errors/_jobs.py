"""Errors of long work that one process asks for and another does."""

from mutasi.errors._kinds import Conflict, Invalid, NotFound, Unavailable


class JobNotFound(NotFound):
    """Nothing was asked for under this id."""

    code = "job_not_found"


class JobOver(Conflict):
    """A job that is over cannot be cancelled."""

    code = "job_over"


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

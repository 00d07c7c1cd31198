"""The worker: does long work that others ask for, one job after the other."""

from typing import NamedTuple

from mutasi.store.trail import Kind

OUTBOX = "pipelines.webhooks.delivering:keep_delivering"
"""What tells webhooks beside it, by name: until a flag is set."""

OUTBOX_ONCE = "pipelines.webhooks.delivering:deliver_due"
"""The same, of what is due now."""


class Task(NamedTuple):
    """What does a kind of job, by name: the worker knows where it is, not what is in it.

    Attributes:
        does: It is given the settings, the job and whom to tell of progress, and returns the
            files that the job made; or None, if it ended the job itself, with what it changed.
        quiet: For how many seconds it may go on without telling of progress, by the request.
    """

    does: str
    quiet: str


TASKS: dict[str, Task] = {
    Kind.PLAN: Task("pipelines.planning.task:plan_asked", "pipelines.planning.task:quiet_seconds"),
    Kind.IMPORT: Task("pipelines.importing:import_asked", "pipelines.importing:quiet_seconds"),
}

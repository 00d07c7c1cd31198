"""A plan that kills its worker half-way; it runs in a process of its own."""

import os
import signal
from threading import Event

from mutasi.settings import Settings
from mutasi.store.jobs import Claim, Values
from pipelines.planning.task import plan_asked
from tests.pipelines.working.tasks import Files, Told


def plan_and_kill_the_worker(settings: Settings, held: Claim, told: Told) -> Files:
    """Plan until a stage that the home names, kill who watches over it, and go no further."""
    fatal = (settings.home / "fatal").read_text(encoding="utf-8")

    def heard(progress: Values) -> None:
        told(progress)
        if progress["stage"] == fatal:
            os.kill(os.getppid(), signal.SIGKILL)
            Event().wait()

    return plan_asked(settings, held, heard)

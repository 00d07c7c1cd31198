"""Tasks that tests give to a worker, by name; they run in processes of their own."""

import os
import signal
from collections.abc import Callable
from threading import Event

import sqlalchemy as sa

from mutasi.errors import FloorUnreachable, PlanImpossible
from mutasi.planning.demands import Floor, Keep, Must
from mutasi.settings import Settings
from mutasi.store.jobs import Claim, Values

Told = Callable[[Values], None]
Files = dict[str, bytes]

LOG = "done.txt"


def quiet_seconds(request: Values) -> float:
    """Return how long a task may be quiet: a minute, or what was asked for."""
    return float(request.get("quiet", 60.0))


def count(settings: Settings, held: Claim, told: Told) -> Files:
    """Write a line that it was done, and return the number that was asked for."""
    told({"stage": "counting"})
    with (settings.home / LOG).open("a", encoding="utf-8") as log:
        log.write(f"{held.request['number']}\n")
    return {"number.txt": str(held.request["number"]).encode()}


def write_and_stop(settings: Settings, held: Claim, told: Told) -> Files:
    """Write rows of people where a job may, and be stopped."""
    folder = settings.working / held.job_id
    folder.mkdir(parents=True)
    (folder / "employees.csv").write_text("rows of people", encoding="utf-8")
    told({"stage": "written"})
    os.kill(os.getpid(), signal.SIGSTOP)
    return {}


def refuse(_: Settings, __: Claim, ___: Told) -> Files:
    """Be asked for what cannot be."""
    raise PlanImpossible(demands=[Keep("1"), Must("1", "P")])


def refuse_a_floor(_: Settings, __: Claim, ___: Told) -> Files:
    """Be asked for a floor that nobody could reach."""
    raise FloorUnreachable(demand=Floor(9, "A"), least=9, staff=3, seats=1)


def break_down(_: Settings, held: Claim, ___: Told) -> Files:
    """Fail in a way that nobody foresaw, with a message that quotes a row."""
    raise ZeroDivisionError(f"198505172010012001 {held.request}")


def die(_: Settings, __: Claim, ___: Told) -> Files:
    """Be killed."""
    os.kill(os.getpid(), signal.SIGKILL)
    return {}


def die_at_first(settings: Settings, held: Claim, told: Told) -> Files:
    """Be killed the first time."""
    mark = settings.home / "died"
    if not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return count(settings, held, told)


def die_while_writing(_: Settings, __: Claim, ___: Told) -> Files:
    """Be killed once the files are written, before that is kept."""

    def kill(_: object, __: object, statement: str, *___: object) -> None:
        if "INTO job_files" in statement:
            os.kill(os.getpid(), signal.SIGKILL)

    sa.event.listen(sa.Engine, "after_cursor_execute", kill)
    return {"half.txt": b"half"}


def wait_for_ever(_: Settings, __: Claim, told: Told) -> Files:
    """Never come to an end."""
    told({"stage": "waiting"})
    Event().wait()
    return {}


def stop_at_first(settings: Settings, held: Claim, told: Told) -> Files:
    """Stand still the first time: the process is stopped, not ended."""
    mark = settings.home / "stopped"
    if not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGSTOP)
    return count(settings, held, told)


def go_round_for_ever(_: Settings, __: Claim, told: Told) -> Files:
    """Never come to an end, and work all the time."""
    told({"stage": "going round"})
    while True:
        pass

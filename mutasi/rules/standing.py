"""Who is in a standing that allows a move."""

import numpy as np

from mutasi.rules._law import Law
from mutasi.rules._rule import Array, Case, Deferred, Judgement, rule

OPEN_END = np.datetime64("9999-12-31", "D")


@rule(basis="PP 11/2017 Ps 190; Peraturan BKN 5/2019 Ps 3", of_person=True)
def active_service(case: Case, law: Law) -> Judgement:
    """Only employees in active service can be moved."""
    number = case.standing_number
    unknown = np.isnan(number)
    allowed = np.isin(number, law("standing.movable"))
    return Judgement(~allowed & ~unknown, unknown, {"standing": case.standing})


@rule(basis="Peraturan BKN 5/2019 Ps 3; PP 94/2021", of_person=True)
def no_running_sanction(case: Case, law: Law) -> Judgement:
    """Nobody is moved while a disciplinary sanction runs."""
    until = case.sanction_until
    return Judgement(
        breached=case.sanction_severity >= law("standing.blocking_severity"),
        facts={"until": until},
        clears_on=Deferred(day_after, until),
    )


def day_after(until: Array) -> Array:
    """Return the day after a sanction ends; NaT if it is for good."""
    return np.where(until == OPEN_END, np.datetime64("NaT"), until + np.timedelta64(1, "D"))

"""Who is in a standing that allows a move."""

import numpy as np

from mutasi.rules._law import Law
from mutasi.rules._rule import Case, Deferred, Judgement, day_after, rule


@rule(basis="PP 11/2017 Ps 190; Peraturan BKN 5/2019 Ps 3", of_person=True)
def active_service(case: Case, law: Law) -> Judgement:
    """Only employees in active service can be moved.

    The standing (*kedudukan hukum*) on the day is one of the movable codes; study
    leave (03 *tugas belajar*) is not. Unknown where none is on record.
    """
    number = case.standing_number
    unknown = np.isnan(number)
    allowed = np.isin(number, law("standing.movable"))
    return Judgement(~allowed & ~unknown, unknown, {"standing": case.standing})


@rule(basis="Peraturan BKN 5/2019 Ps 3; PP 94/2021", of_person=True)
def no_running_sanction(case: Case, law: Law) -> Judgement:
    """Nobody is moved while a disciplinary sanction runs.

    A sanction runs from its first day to its last, both included; one without a
    last day is for good. Sanctions of the blocking weight (1 light, 2 moderate, 3
    severe) and heavier count. The block ends on the day after the last of them
    and of those on record that follow without a gap.
    """
    until = case.sanction_until
    return Judgement(
        breached=case.sanction_severity >= law("standing.blocking_severity"),
        facts={"until": until},
        clears_on=Deferred(day_after, until),
    )

"""Who is in a standing that allows a move."""

import numpy as np

from mutasi.rules._law import Law
from mutasi.rules._rule import Case, Judgement, rule

NONE = np.array(None, dtype=object)


@rule(basis="PP 11/2017 Ps 190; Peraturan BKN 5/2019 Ps 3")
def active_service(case: Case, law: Law) -> Judgement:
    """Only employees in active service can be moved."""
    standing = case.standing
    unknown = np.equal(standing, NONE)
    allowed = np.isin(np.where(unknown, "", standing).astype(str), law("standing.movable"))
    return Judgement(~allowed & ~unknown, unknown, {"standing": standing})


@rule(basis="Peraturan BKN 5/2019 Ps 3; PP 94/2021")
def no_running_sanction(case: Case, law: Law) -> Judgement:
    """Nobody is moved while a disciplinary sanction runs."""
    until = case.sanction_until
    breached = case.sanction_severity >= law("standing.blocking_severity")
    ends = until < np.datetime64("9999-01-01", "D")
    clears_on = np.where(breached & ends, until + np.timedelta64(1, "D"), np.datetime64("NaT"))
    return Judgement(breached, facts={"until": until}, clears_on=clears_on)

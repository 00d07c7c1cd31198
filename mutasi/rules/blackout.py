"""Days on which officials may not be replaced."""

import numpy as np

from mutasi.rules._law import Law
from mutasi.rules._rule import Case, Deferred, Judgement, day_after, rule


@rule(basis="UU 10/2016 Ps 71(2), 162(3)")
def no_blackout(case: Case, _: Law) -> Judgement:
    """Officials are not replaced in a blackout window that the Minister has not opened.

    An official holds a structural post, or one whose title begins with "Kepala", as of
    a school or a health centre; the post left and the post taken both count, each by
    its government's window on the day, first and last day included. The block ends on
    the day after the later one, and after those of the same government that follow
    without a gap.
    The windows are what the region has entered: six months before candidates for an election are
    determined until the end of the term, and a new head's first six months.
    """
    there = np.where(case.leads, case.blackout_until, np.datetime64("NaT"))
    here = np.where(case.present_leads, case.present_blackout_until, np.datetime64("NaT"))
    until = np.fmax(there, here)
    return Judgement(
        breached=~np.isnat(until), facts={"until": until}, clears_on=Deferred(day_after, until)
    )

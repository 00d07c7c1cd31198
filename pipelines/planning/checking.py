"""Have a plan's own file checked, and refuse it by the names of the rows that it breaks."""

from pathlib import Path

from mutasi.certificate import Verdict, check_file
from mutasi.errors import PlanBroken, PlanUnreadable


def checked(path: Path) -> Verdict:
    """Return what the checker says of a plan's file.

    Raises:
        PlanUnreadable: If it is no JSON.
        PlanBroken: If it does not keep what it says; names the rows.
    """
    try:
        verdict = check_file(path)
    except (OSError, ValueError) as error:
        raise PlanUnreadable(path=path) from error
    if verdict.breaches:
        rows = "; ".join(f"{each.row} ({each.about})" for each in verdict.breaches)
        raise PlanBroken(path=path, rows=rows)
    return verdict

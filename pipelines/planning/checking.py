"""Have a plan's own file checked, and refuse it by the names of the rows that it breaks."""

import json
from pathlib import Path

from mutasi.certificate import Content, Verdict, check
from mutasi.errors import PlanBroken, PlanUnreadable


def checked(path: Path) -> Verdict:
    """Return what the checker says of a plan's file.

    Raises:
        PlanUnreadable: If it is no JSON.
        PlanBroken: If it does not keep what it says; names the rows.
    """
    return checked_text(_text(path), path)


def content_of(path: Path) -> Content:
    """Return what a plan's file holds, once the checker has passed it.

    Raises:
        PlanUnreadable: If it is no JSON.
        PlanBroken: If it does not keep what it says; names the rows.
    """
    text = _text(path)
    checked_text(text, path)
    found: Content = json.loads(text)
    return found


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        raise PlanUnreadable(path=path) from error


def checked_text(text: str, path: Path) -> Verdict:
    """Return what the checker says of the text of a plan's file.

    Raises:
        PlanUnreadable: If it is no JSON.
        PlanBroken: If it does not keep what it says; names the rows.
    """
    try:
        verdict = check(json.loads(text))
    except (ValueError, RecursionError) as error:
        raise PlanUnreadable(path=path) from error
    if verdict.breaches:
        rows = "; ".join(f"{each.row} ({each.about})" for each in verdict.breaches)
        raise PlanBroken(path=path, rows=rows)
    return verdict

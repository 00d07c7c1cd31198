"""How many seats of a position are left, whenever the records were read that the service knows.

The snapshot says who holds which post; what proposals have given or taken since is laid
over it person by person, so that nobody sits twice or nowhere: it counts where somebody is to
be by their last proposal, and where the snapshot has them.
"""

from datetime import date, timedelta
from typing import Final

import numpy as np

from mutasi.errors import NotFound
from mutasi.snapshot import Snapshot
from mutasi.store import cases
from mutasi.store.cases import Case
from mutasi.store.session import Work
from mutasi.workflow.proposals import Act, State
from serving.proposals.standing import done, stand_of

GIVEN: Final = (State.DECIDED, State.OFFERED, State.ACCEPTED, State.ORDERED, State.OBJECTED)
"""States in which somebody is wanted for a seat that they do not hold yet."""

TAKEN: Final = (State.EXECUTED, State.LENT, State.CONTESTED)
"""States in which they hold it."""

LONGEST_NOTICE: Final = timedelta(days=366)
"""How long after the day of its decree the first day in a new post may be."""


def seats_left(work: Work, snapshot: Snapshot, position_id: str, day: date) -> int:
    """Return how many more people a position needs than hold it or are to; less than 0 if fewer.

    Args:
        work: The unit of work, of the queue of cases.
        snapshot: The records as the service read them.
        position_id: The position.
        day: The day of which it is asked: who was lent until an earlier one is there no more.

    Raises:
        PositionNotFound: If there is no such position.
    """
    posts, row = snapshot.positions, snapshot.position_row(position_id)
    if posts["is_closed"][row] or np.isnan(posts["needed"][row]):
        return 0
    return int(posts["needed"][row] - posts["filled"][row]) - _more(work, snapshot, row, day)


def _more(work: Work, snapshot: Snapshot, row: int, day: date) -> int:
    """Return how many more people have a post, or are to, than the snapshot has there."""
    holders = snapshot.employees["employee_id"][snapshot.employees["position"] == row]
    position_id = str(snapshot.positions["position_id"][row])
    states = (*GIVEN, *TAKEN, State.REVERSED)
    more, seats = 0, dict[str, str | None]()
    for case in cases.of_people_about(work, position_id, list(holders), states):
        until = stand_of(case).until
        if until is None:
            seats[case.subject.employee_id] = _seat(snapshot, case)
        elif case.state != State.REVERSED and case.subject.position_id == position_id:
            more += until >= day  # who is lent keeps the post, and the snapshot has no such guests
    for who, seat in seats.items():
        more += (seat == position_id) - (_recorded(snapshot, who) == position_id)
    return more


def _seat(snapshot: Snapshot, case: Case) -> str | None:
    """Return the post that somebody has, or is to have, by the last proposal about them."""
    about, begun = case.subject, stand_of(case).begun_on
    if case.state == State.REVERSED:
        ruling = done(case, Act.UPHOLD)
        assert ruling is not None, "nothing is reversed that was not ruled on"
        assert begun is not None, "nothing is reversed that was not executed"
        if _posted_since(snapshot, about.employee_id) > np.datetime64(max(ruling.dated_on, begun)):
            return _recorded(snapshot, about.employee_id)
        return about.origin_position_id
    if case.state in TAKEN and begun is not None and _has_begun(snapshot, case, begun):
        return _recorded(snapshot, about.employee_id)
    return about.position_id


def _has_begun(snapshot: Snapshot, case: Case, begun: date) -> bool:
    """Return whether a snapshot, which may be older than a move, has somebody where they went.

    What comes back by import may give another first day than the decree did.
    """
    if begun > snapshot.as_of:
        return False
    about = case.subject
    try:
        who = snapshot.employee_row(about.employee_id)
        where = snapshot.position_row(about.position_id)
    except NotFound:
        return False
    posts = snapshot.tables["postings"]
    there = posts["started_on"][(posts["employee"] == who) & (posts["position"] == where)]
    return bool((there >= np.datetime64(begun - LONGEST_NOTICE)).any())


def _recorded(snapshot: Snapshot, employee_id: str) -> str | None:
    """Return the post that a snapshot has somebody in; None if it has them in none."""
    try:
        row = snapshot.employees["position"][snapshot.employee_row(employee_id)]
    except NotFound:
        return None
    return str(snapshot.positions["position_id"][row]) if row >= 0 else None


def _posted_since(snapshot: Snapshot, employee_id: str) -> np.datetime64:
    """Return since when; the first day of the calendar where the snapshot does not say."""
    try:
        since: np.datetime64 = snapshot.employees["posted_since"][
            snapshot.employee_row(employee_id)
        ]
    except NotFound:
        return np.datetime64(date.min)
    return np.datetime64(date.min) if np.isnat(since) else since

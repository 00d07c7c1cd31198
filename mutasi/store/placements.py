"""What cases leave in the records: offers, answers, moves, objections, so that they teach.

A temporary assignment leaves an acting posting, which is no tenure; whether it was
accepted says nothing of a move, so its offer stays with its case.
"""

from datetime import date, timedelta
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy import Connection

from mutasi.errors import AppraisalKnown, DayUnusable
from mutasi.store import postgresql
from mutasi.store.personnel import inserting, replacing
from mutasi.store.tables import TABLES
from mutasi.vocabulary import (
    Answer,
    Appraisal,
    Assignment,
    Evidence,
    Objection,
    Offer,
    Posting,
    Review,
    Scheme,
    Transfer,
)

QUEUE: Final = "records"
"""Where those who write records wait for each other: imports too."""

OFFERS, POSTINGS, TRANSFERS, OBJECTIONS = (
    TABLES[name] for name in ("offers", "postings", "transfers", "objections")
)
DAY = timedelta(days=1)


def wait(work: Connection) -> None:
    """Wait until nobody else writes records; nobody else does until this unit of work ends."""
    if work.dialect.name == "postgresql":
        postgresql.wait_for(work, QUEUE)


def offered(
    work: Connection, offer_id: str, employee_id: str, position_id: str, offered_on: date
) -> None:
    """Record an offer."""
    _put(
        work,
        Offer(
            offer_id=offer_id,
            employee_id=employee_id,
            position_id=position_id,
            offered_on=offered_on,
            answer=None,
            answered_on=None,
            reason=None,
            evidence=Evidence.RECORDED.value,
            known_on=offered_on,
        ),
    )


def answered(
    work: Connection, offer_id: str, answer: Answer, answered_on: date, reason: str | None
) -> None:
    """Record the answer to an offer."""
    said = {"answer": answer.value, "answered_on": answered_on, "reason": reason}
    work.execute(sa.update(OFFERS).where(OFFERS.c.offer_id == offer_id).values(**said))


def moved(
    work: Connection,
    employee_id: str,
    position_id: str,
    decided_on: date,
    started_on: date,
    known_on: date,
    offer_id: str | None,
) -> None:
    """Record a move: the post that is held ends, the new one begins.

    Args:
        work: The unit of work.
        employee_id: Who.
        position_id: Where to.
        decided_on: The day of the decision.
        started_on: First day in the new post.
        known_on: The day on which it is recorded; until then it is not known that the post
            that is held has ended either.
        offer_id: The offer that led to it.

    Raises:
        DayUnusable: If the post that is held began on that day or later.
    """
    lasting = sa.and_(
        POSTINGS.c.employee_id == employee_id,
        POSTINGS.c.assignment == Assignment.DEFINITIVE,
        POSTINGS.c.ended_on.is_(None),
    )
    held = work.execute(
        sa.select(POSTINGS.c.position_id, POSTINGS.c.started_on)
        .where(lasting)
        .order_by(POSTINGS.c.started_on.desc())
    ).all()
    if held and held[0].started_on >= started_on:
        first = held[0].started_on + DAY
        raise DayUnusable(field="started_on", day=started_on, first=first, last=date.max)
    work.execute(sa.update(POSTINGS).where(lasting).values(ended_on=started_on - DAY))
    definitive = Assignment.DEFINITIVE.value
    _put(work, Posting(employee_id, position_id, started_on, None, definitive, known_on))
    origin = held[0].position_id if held else None
    _put(
        work,
        Transfer(employee_id, origin, position_id, decided_on, started_on, offer_id, known_on),
    )


def lent(
    work: Connection,
    employee_id: str,
    position_id: str,
    started_on: date,
    until: date,
    known_on: date,
) -> None:
    """Record a temporary assignment, known from the day on which it is recorded."""
    _put(work, Posting(employee_id, position_id, started_on, until, Assignment.ACTING, known_on))


def lasts_until(
    work: Connection, employee_id: str, position_id: str, started_on: date, until: date
) -> None:
    """Record the last day of a posting, whatever it was before.

    A day before the first tells that it was called off, and that nobody ever held it so.
    """
    mine = _key(POSTINGS, employee_id, position_id, started_on)
    work.execute(sa.update(POSTINGS).where(mine).values(ended_on=until))


def annulled(
    work: Connection,
    employee_id: str,
    position_id: str,
    started_on: date,
    on: date,
    *,
    had_post: bool,
) -> None:
    """Record that a move or a temporary assignment was annulled.

    Who has moved has the former post back, as if they had never left (see
    ``mutasi.state.in_effect``). What was known before the day stays as it was: an end that
    lies ahead was not known yet, so it is taken away; one that has come stays, and the
    post goes on in a posting of its own. Nothing changes for who left the post before.

    Args:
        work: The unit of work.
        employee_id: Who.
        position_id: Where they were to go.
        started_on: First day there.
        on: The day on which it is recorded, the first on which it holds no more.
        had_post: Whether a post was left for it; who is lent keeps theirs.
    """
    mine = _key(POSTINGS, employee_id, position_id, started_on)
    ended_on = work.scalar(sa.select(POSTINGS.c.ended_on).where(mine))
    if ended_on is not None and ended_on < on:
        return
    lasts_until(work, employee_id, position_id, started_on, on - DAY)
    move = _key(TRANSFERS, employee_id, position_id, started_on)
    origin = work.scalar(sa.select(TRANSFERS.c.from_position_id).where(move))
    if origin is None or not had_post:
        return
    definitive = Assignment.DEFINITIVE.value
    if on > started_on:
        _put(work, Posting(employee_id, origin, on, None, definitive, on))
        return
    former = sa.and_(
        POSTINGS.c.employee_id == employee_id,
        POSTINGS.c.position_id == origin,
        POSTINGS.c.assignment == definitive,
        POSTINGS.c.ended_on == started_on - DAY,
    )
    work.execute(sa.update(POSTINGS).where(former).values(ended_on=None))


def objected(
    work: Connection, employee_id: str, position_id: str, objected_on: date, grounds: str
) -> None:
    """Record an objection."""
    _put(
        work,
        Objection(employee_id, objected_on, position_id, grounds, None, None, objected_on),
    )


def ruled(
    work: Connection, employee_id: str, objected_on: date, outcome: str, answered_on: date
) -> None:
    """Record what became of an objection."""
    mine = sa.and_(OBJECTIONS.c.employee_id == employee_id, OBJECTIONS.c.objected_on == objected_on)
    said = {"outcome": outcome, "answered_on": answered_on}
    work.execute(sa.update(OBJECTIONS).where(mine).values(**said))


def reviewed(
    work: Connection,
    employee_id: str,
    started_on: date,
    ended_on: date,
    results: int,
    behaviour: int,
    known_on: date,
) -> None:
    """Record how somebody was judged for a time within or beyond a year."""
    _put(work, Review(employee_id, started_on, ended_on, results, behaviour, None, known_on))


def appraised(
    work: Connection, employee_id: str, year: int, results: int, behaviour: int, known_on: date
) -> None:
    """Record the appraisal of a year; one that says the same stays as it is.

    Raises:
        AppraisalKnown: If another one of the year is on record.
    """
    table = TABLES["appraisals"]
    mine = sa.and_(table.c.employee_id == employee_id, table.c.year == year)
    found = work.execute(sa.select(table.c.results, table.c.behaviour).where(mine)).one_or_none()
    if found is not None:
        if tuple(found) != (results, behaviour):
            raise AppraisalKnown(year=year)
        return
    scheme = Scheme.QUADRANT.value
    _put(
        work,
        Appraisal(employee_id, year, scheme, None, results, behaviour, None, None, known_on),
    )


def _key(
    table: sa.Table, employee_id: str, position_id: str, started_on: date
) -> sa.ColumnElement[bool]:
    """Return which posting, or transfer, is somebody's into a position on a day."""
    return sa.and_(
        table.c.employee_id == employee_id,
        table.c.position_id == position_id,
        table.c.started_on == started_on,
    )


def _put(work: Connection, record: Any) -> None:
    """Store a record, or replace the one with its key."""
    work.execute(replacing(inserting(work, TABLES[record.table])), [vars(record)])

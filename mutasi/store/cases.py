"""Proposals and applications: a case, and what was done about it, event by event.

A case is made once and never changed; what becomes of it are events, which are only
added.  Its present state is that of the last event, by a trigger of the database, which
refuses an event that does not follow the last one, and any other change.  Each event is
on the audit trail in the same unit of work.

Writers of cases wait for each other (:data:`QUEUE`), so what they read stays true.
"""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime
from enum import StrEnum
from secrets import token_hex
from typing import Any, Final, Self

import sqlalchemy as sa
from sqlalchemy import Connection

from mutasi.authority import Reach
from mutasi.errors import CaseChanged, CaseGoing, CaseNotFound
from mutasi.snapshot import Snapshot
from mutasi.store import damaged, outbox, trail
from mutasi.store.clock import NOW
from mutasi.store.tables import CASE_EVENTS, CASES
from mutasi.store.trail import Deed

QUEUE: Final = "cases"
ID_BYTES: Final = 12
ROWS_AT_ONCE: Final = 500

Facts = Mapping[str, Any]
"""JSON: what an act says besides."""


class Kind(StrEnum):
    """What a case is."""

    PROPOSAL = "proposal"
    APPLICATION = "application"


TRAILED: Final = {Kind.PROPOSAL: trail.Kind.PROPOSAL, Kind.APPLICATION: trail.Kind.APPLICATION}


@dataclass(frozen=True)
class Subject:
    """What a case is about.

    Attributes:
        employee_id: Who.
        position_id: Where to.
        unit_id: The unit of the position.
        origin_position_id: The post that is held; None for who holds none.
        origin_unit_id: The unit of that post.
    """

    employee_id: str
    position_id: str
    unit_id: str
    origin_position_id: str | None
    origin_unit_id: str | None

    @classmethod
    def of(cls, snapshot: Snapshot, employee_id: str, position_id: str) -> Self:
        """Return what a case about somebody and a position is about.

        Raises:
            EmployeeNotFound: If there is no such employee.
            PositionNotFound: If there is no such position.
        """
        here = snapshot.employees["position"][snapshot.employee_row(employee_id)]
        place = snapshot.position_row(position_id)
        ids, units = (snapshot.positions[name] for name in ("position_id", "unit_id"))
        origin = (str(ids[here]), str(units[here])) if here >= 0 else (None, None)
        return cls(employee_id, position_id, str(units[place]), *origin)


@dataclass(frozen=True)
class Done:
    """An act that is to be added to a case.

    Attributes:
        act: What was done.
        state: What state follows.
        is_going: Whether the case still leads somewhere, and keeps its slot.
        actor: Whose act it is.
        dated_on: Its day.
        facts: What it says besides.
    """

    act: StrEnum
    state: StrEnum
    is_going: bool
    actor: str
    dated_on: date
    facts: Facts


@dataclass(frozen=True)
class Event:
    """An act that was done.

    Attributes:
        version: Its number in the case, 1 for the first.
        at: When it was taken down, by the database's clock.
        dated_on: The day that it bears.
        act: What was done.
        state: What state followed.
        actor: Whose act it was.
        facts: What it says besides.
    """

    version: int
    at: datetime
    dated_on: date
    act: str
    state: str
    actor: str
    facts: dict[str, Any]


@dataclass(frozen=True)
class Case:
    """A case with its events, the first one first.

    Attributes:
        case_id: What callers know it by.
        subject: What it is about.
        content: What was known when it was made.
        state: That of the last event.
        version: Number of the last event.
        events: What was done.
    """

    case_id: str
    subject: Subject
    content: dict[str, Any]
    state: str
    version: int
    events: tuple[Event, ...]


def begin(
    work: Connection, kind: Kind, subject: Subject, content: Facts, slot: str, first: Done
) -> Case:
    """Make a case with its first event.

    Args:
        work: The unit of work, of the queue :data:`QUEUE`.
        kind: What it is.
        subject: What it is about.
        content: What is known, as JSON.
        slot: What only one case that is going on may have.
        first: The act that makes it.

    Raises:
        CaseGoing: If another case has the slot.
    """
    taken = work.scalar(sa.select(CASES.c.case_id).where(CASES.c.slot == slot))
    if taken is not None:
        raise CaseGoing(case_id=taken)
    case_id = token_hex(ID_BYTES)
    work.execute(
        sa.insert(CASES).values(
            case_id=case_id,
            kind=kind,
            **vars(subject),
            content=content,
            slot=slot,
            state=first.state,
            version=0,
            made_at=NOW,
        )
    )
    _add(work, kind, case_id, 0, None, first)
    return case(work, kind, case_id)


def add(work: Connection, kind: Kind, known: Case, done: Done) -> Case:
    """Add an act to a case, and return the case as it is then.

    Args:
        work: The unit of work, of the queue :data:`QUEUE`.
        kind: What it is.
        known: The case as it was read in this unit of work.
        done: The act.
    """
    _add(work, kind, known.case_id, known.version, known, done)
    return case(work, kind, known.case_id)


def require_version(known: Case, version: int | None) -> None:
    """Refuse to act on a case that is not as the caller last saw it.

    Args:
        known: The case as it is.
        version: What the caller saw; None if they do not say.

    Raises:
        CaseChanged: If it is another.
    """
    if version is not None and version != known.version:
        raise CaseChanged(case_id=known.case_id, seen=version, version=known.version)


def case(work: Connection, kind: Kind, case_id: str) -> Case:
    """Return a case with its events.

    Raises:
        CaseNotFound: If there is none of this kind and id.
    """
    row = work.execute(
        sa.select(CASES).where(CASES.c.kind == kind, CASES.c.case_id == case_id)
    ).one_or_none()
    if row is None:
        raise CaseNotFound(case_id=case_id)
    return _cases(work, [row])[0]


def newest(
    work: Connection,
    kind: Kind,
    limit: int,
    before: str | None = None,
    among: Reach | None = None,
    states: Collection[str] = (),
    *,
    leaving: bool = False,
) -> list[Case]:
    """Return cases, those made last first.

    Args:
        work: A connection that reads.
        kind: Of which kind.
        limit: The most cases.
        before: Only those made before the one of this id.
        among: Only those of these people, or from or to these units; its units are
            meant one by one, not with those below.
        leaving: Of units only those from them.
        states: Only those in these states; all by default.

    Raises:
        CaseNotFound: If there is no case of that id.
    """
    asked = sa.select(CASES).where(CASES.c.kind == kind).order_by(CASES.c.number.desc())
    if before is not None:
        asked = asked.where(CASES.c.number < _number(work, kind, before))
    if among is not None and not among.is_whole:
        seen = CASES.c.employee_id.in_(among.people) | CASES.c.origin_unit_id.in_(among.units)
        asked = asked.where(seen if leaving else seen | CASES.c.unit_id.in_(among.units))
    if states:
        asked = asked.where(CASES.c.state.in_(states))
    return _cases(work, work.execute(asked.limit(limit)).all())


def of_people_about(
    work: Connection, position_id: str, people: Collection[str], states: Collection[str]
) -> list[Case]:
    """Return the proposals in some states of people who have one about a position, or are named.

    Args:
        work: A connection that reads.
        position_id: Where to, or the post that is held.
        people: NIPs of others whose proposals are wanted.
        states: Of all these proposals.

    Returns:
        Also those of the same people about other positions; the oldest first.
    """
    counted = sa.and_(CASES.c.kind == Kind.PROPOSAL, CASES.c.state.in_(states))
    is_about = (CASES.c.position_id == position_id) | (CASES.c.origin_position_id == position_id)
    who = sa.select(CASES.c.employee_id).where(counted, is_about)
    theirs = CASES.c.employee_id.in_(who) | CASES.c.employee_id.in_(people)
    asked = sa.select(CASES).where(counted, theirs).order_by(CASES.c.number)
    return _cases(work, work.execute(asked).all())


def seals(work: Connection, kind: Kind) -> Iterator[tuple[str, list[str | None]]]:
    """Yield each case with the hashes of its events as they are now, the first one first.

    The oldest case comes first; None stands for an event that cannot be read as one.
    """
    asked = damaged.kept(CASES).where(CASES.c.kind == kind).order_by(CASES.c.number)
    number = 0
    while rows := work.execute(asked.where(CASES.c.number > number).limit(ROWS_AT_ONCE)).all():
        found: dict[str, list[Any]] = {row.case_id: [] for row in rows}
        mine = damaged.kept(CASE_EVENTS).where(CASE_EVENTS.c.case_id.in_(list(found)))
        for event in work.execute(mine.order_by(CASE_EVENTS.c.version)):
            found[event.case_id].append(event)
        yield from ((row.case_id, [_seal(row, one) for one in found[row.case_id]]) for row in rows)
        number = rows[-1].number


def _seal(row: Any, event: Any) -> str | None:
    """Return the hash of an event by rows as they are kept; None if they are none of a case."""
    try:
        said = _event(event, json.loads(event.facts))
        content = json.loads(row.content) if event.version == 1 else {}  # which seals it
        return sealed(_case(row, (said,), content), said)
    except damaged.UNREADABLE:
        return None


def _number(work: Connection, kind: Kind, case_id: str) -> int:
    which = sa.and_(CASES.c.kind == kind, CASES.c.case_id == case_id)
    number: int | None = work.scalar(sa.select(CASES.c.number).where(which))
    if number is None:
        raise CaseNotFound(case_id=case_id)
    return number


def _add(
    work: Connection, kind: Kind, case_id: str, version: int, known: Case | None, done: Done
) -> None:
    facts = dict(done.facts)
    work.execute(
        sa.insert(CASE_EVENTS).values(
            case_id=case_id,
            version=version + 1,
            at=NOW,
            dated_on=done.dated_on,
            act=done.act,
            before=None if known is None else known.state,
            state=done.state,
            is_going=done.is_going,
            actor=done.actor,
            facts=facts,
        )
    )
    made = case(work, kind, case_id)
    seals = [sealed(made, event) for event in made.events[-2:]]
    before = None if known is None else seals[0]
    told = {f"{kind}_id": case_id, "version": made.version, "act": done.act, "state": done.state}
    outbox.tell(work, f"{kind}.changed", told)
    trail.append(work, Deed(done.actor, done.act, TRAILED[kind], case_id, before, seals[-1]))


def sealed(made: Case, event: Event) -> str:
    """Return the hash of an event, as the audit trail has it; the first one seals the case."""
    said: list[Any] = [str(value) for value in vars(event).values() if value is not event.facts]
    said.append(event.facts)
    if event.version == 1:
        said += [vars(made.subject), made.content]
    return trail.seal_of(said)


def _cases(work: Connection, rows: Sequence[Any]) -> list[Case]:
    """Return cases with their events, in the order of their rows."""
    mine = CASE_EVENTS.c.case_id.in_([row.case_id for row in rows])
    found: dict[str, list[Event]] = {row.case_id: [] for row in rows}
    for row in work.execute(sa.select(CASE_EVENTS).where(mine).order_by(CASE_EVENTS.c.version)):
        found[row.case_id].append(_event(row, row.facts))
    return [_case(row, tuple(found[row.case_id]), row.content) for row in rows]


def _case(row: Any, events: tuple[Event, ...], content: dict[str, Any]) -> Case:
    return Case(
        case_id=row.case_id,
        subject=Subject(**{each.name: getattr(row, each.name) for each in fields(Subject)}),
        content=content,
        state=row.state,
        version=row.version,
        events=events,
    )


def _event(row: Any, facts: dict[str, Any]) -> Event:
    return Event(
        version=row.version,
        at=datetime.fromtimestamp(row.at, UTC),
        dated_on=row.dated_on,
        act=row.act,
        state=row.state,
        actor=row.actor,
        facts=facts,
    )

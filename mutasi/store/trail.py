"""The audit trail: who did what to which object, when; every entry seals those before it.

An entry's hash covers the entry and the hash of the one before (SHA-256), so that no entry
can be changed, removed, moved or put in between without a break that :func:`faults` finds.
The database refuses to change the trail as well, but whoever owns it can lift that, and
can write the whole chain anew or cut off its end: heads that were signed and taken away
show it (``pipelines.trail``).
"""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy import Connection

from mutasi.store import damaged, guards, postgresql
from mutasi.store.clock import NOW
from mutasi.store.tables import TRAIL

QUEUE = "trail"
"""Where those who add to the trail wait for each other."""

BEGIN: Final = "0" * 64
"""What stands for the hash before the first entry."""

MOST: Final = 2**63 - 1
"""Of any number: SQLite orders what is none after those that are."""

LAST_MOMENT: Final = 253_402_300_799
"""Of the year 9999: a damaged entry may tell of a later one."""

ROWS_AT_ONCE = 5_000
NEAR = 1_000
"""How far from its place an entry is looked for that was moved."""


class Action(StrEnum):
    """What is done to an object."""

    IMPORT = "import"
    READ = "read"
    RECOMMEND = "recommend"
    TELL = "tell"
    PROMOTE = "promote"
    ROLLBACK = "rollback"
    ASK = "ask"
    CANCEL = "cancel"
    ADD = "add"
    CHANGE = "change"
    RENEW = "renew"
    SIGN_IN = "sign_in"
    SIGN_OUT = "sign_out"
    LOCK = "lock"
    ENABLE = "enable"
    DISABLE = "disable"
    DELETE = "delete"
    PRUNE = "prune"
    BACKUP = "backup"
    RESTORE = "restore"
    DOWNGRADE = "downgrade"


class Kind(StrEnum):
    """What an action is about; of long work also what the store calls the jobs."""

    STORE = "store"
    RECORDS = "records"
    IMPORT = "import"
    WEBHOOK = "webhook"
    EMPLOYEE = "employee"
    RECEIPT = "receipt"
    MODEL = "model"
    PLAN = "plan"
    ACCOUNT = "account"
    CLIENT = "client"
    PROPOSAL = "proposal"
    APPLICATION = "application"
    PREFERENCES = "preferences"


@dataclass(frozen=True)
class Deed:
    """What somebody did.

    Attributes:
        actor: Who, as ``account:…``, ``client:…`` or ``user:…``.
        action: What they did: an :class:`Action`, or an act on a case.
        kind: What it was done to.
        object: Which one, by its id.
        before: Hash of what it was; None where nothing was changed, or nothing was there.
        after: Hash of what it is now, or of what was told of it.
    """

    actor: str
    action: StrEnum
    kind: Kind
    object: str
    before: str | None = None
    after: str | None = None


@dataclass(frozen=True)
class Head:
    """The end of the trail at a moment.

    Attributes:
        number: Of the last entry, 0 before the first.
        hash: Of the last entry, which seals all before it.
        at: The moment by the database's clock, seconds since 1970.
    """

    number: int
    hash: str
    at: int


class Break(StrEnum):
    """How the trail is not what was written."""

    MISSING = "missing"
    """Entries are not there any more."""

    CHANGED = "changed"
    """An entry says something else than was written."""

    MOVED = "moved"
    """An entry stands at another place than it was written at."""

    UNLINKED = "unlinked"
    """An entry does not follow the one before it: that was written anew, or put in between."""

    CUT = "cut"
    """A head was signed beyond the end of the trail."""

    REWRITTEN = "rewritten"
    """The entry of a signed head is another one now: the trail was written anew."""

    UNGUARDED = "unguarded"
    """The database does not refuse changes any more: a trigger is not what was made."""

    FOREIGN = "foreign"
    """A trigger that somebody else made could do something else than what is asked."""

    RULE = "rule"
    """A rule of PostgreSQL could, of which none was made."""

    DROPPED = "dropped"
    """A table of the trail, or of what it seals, is not there any more."""


@dataclass(frozen=True)
class Fault:
    """A place where the trail is not what was written.

    Attributes:
        kind: What is wrong.
        first: Number of the first entry that it is about.
        last: Number of the last one; of a moved entry, where it was written.
        place: The trigger, rule or table that it is about, if it is about no entry.
    """

    kind: Break
    first: int
    last: int
    place: str = ""


@dataclass(frozen=True)
class Restore:
    """A store that was made of a backup, as its trail tells.

    Attributes:
        number: Of the entry.
        on: The day (UTC).
        file: The backup's name.
        digest: Its SHA-256.
    """

    number: int
    on: date
    file: str
    digest: str


def append(work: Connection, *deeds: Deed, last: Head | None = None) -> int:
    """Add entries, kept if the unit of work is, and return the number of the last.

    Whoever adds others waits until this unit of work ends, so add them last.

    Args:
        work: The unit of work.
        deeds: What was done, at least one deed.
        last: What :func:`held` returned in this unit of work, if it was asked.
    """
    last = last or held(work)
    previous, rows = last.hash, []
    for number, deed in enumerate(deeds, start=last.number + 1):
        entry = {
            "number": number,
            "at": last.at,
            "actor": deed.actor,
            "action": deed.action.value,
            "kind": deed.kind.value,
            "object": deed.object,
            "before": deed.before,
            "after": deed.after,
            "previous": previous,
        }
        previous = hash_of(entry)
        rows.append({**entry, "hash": previous})
    work.execute(sa.insert(TRAIL), rows)
    return last.number + len(deeds)


def is_kept(work: Connection) -> bool:
    """Return whether the store has a trail; one of an early revision has none yet."""
    return sa.inspect(work).has_table(TRAIL.name)


def held(work: Connection) -> Head:
    """Return where the trail ends, and keep others from adding until the unit of work ends."""
    if work.dialect.name == "postgresql":
        postgresql.wait_for(work, QUEUE)
    return head(work)


def head(work: Connection) -> Head:
    """Return where the trail ends now."""
    of_it = sa.select(TRAIL.c.number, TRAIL.c.hash).where(TRAIL.c.number <= MOST)
    ordered = of_it.order_by(TRAIL.c.number.desc()).limit(1)
    last = ordered.subquery()
    now = sa.select(NOW.label("at")).subquery()
    found = work.execute(sa.select(last, now.c.at).select_from(now.outerjoin(last, sa.true())))
    number, hash_, at = found.one()
    return Head(number or 0, hash_ or BEGIN, at)


def seal_of(told: object) -> str:
    """Return the hash by which entries seal what is told as JSON, keys in whichever order."""
    text = json.dumps(told, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def hash_of(entry: dict[str, Any]) -> str:
    """Return the hash of an entry, which covers all of it but the hash itself."""
    told = [entry[column.name] for column in TRAIL.columns if column.name != "hash"]
    return hashlib.sha256(damaged.sealed_text(told)).hexdigest()


def entries(work: Connection, after: int = 0) -> Iterator[dict[str, Any]]:
    """Yield the entries after a number, the oldest first."""
    ordered = sa.select(TRAIL).order_by(TRAIL.c.number).limit(ROWS_AT_ONCE)
    while rows := work.execute(ordered.where(TRAIL.c.number > after)).mappings().all():
        yield from map(dict, rows)
        after = rows[-1]["number"]


def faults(work: Connection, heads: Sequence[Head] = ()) -> list[Fault]:
    """Return where the trail is not what was written, in the order of entries; none if it is.

    Args:
        work: A connection that reads.
        heads: Earlier ends of the trail that can be trusted.
    """
    if gone := guards.dropped(work):
        return [Fault(Break.DROPPED, 0, 0, table) for table in gone]
    found = list(_breaks(work))
    end = head(work).number
    unlike = {one.number for one in disagreeing(work, heads)}
    found += (Fault(Break.REWRITTEN, one, one) for one in sorted(unlike) if one <= end)
    if beyond := [one for one in unlike if one > end]:  # told once, however many heads knew it
        found.append(Fault(Break.CUT, end + 1, max(beyond)))
    sealed = [table.name for table in guards.SEALED]
    triggers, rules = guards.foreign(work, sealed)
    for kind, names in (
        (Break.UNGUARDED, guards.lifted(work, sealed)),
        (Break.FOREIGN, triggers),
        (Break.RULE, rules),
    ):
        found += (Fault(kind, 0, 0, name) for name in names)
    return found


def disagreeing(work: Connection, heads: Sequence[Head]) -> list[Head]:
    """Return the heads whose entry is another one now, or not there any more."""
    numbers = {one.number for one in heads}
    asked = sa.select(TRAIL.c.number, TRAIL.c.hash).where(TRAIL.c.number.in_(numbers))
    now = {tuple(row) for row in work.execute(asked)}
    return [one for one in heads if one.number and (one.number, one.hash) not in now]


def restores(work: Connection, since: int) -> list[Restore]:
    """Return what the trail tells of stores that were made of backups, the first one first.

    Args:
        work: A connection that reads.
        since: Only from this moment on, seconds since 1970.
    """
    asked = sa.select(TRAIL.c.number, TRAIL.c.at, TRAIL.c.object, TRAIL.c.after).where(
        TRAIL.c.kind == Kind.STORE,
        TRAIL.c.action == Action.RESTORE,
        TRAIL.c.at.between(since, LAST_MOMENT),
    )
    return [
        Restore(number, datetime.fromtimestamp(at, UTC).date(), *map(damaged.shown, (file, digest)))
        for number, at, file, digest in work.execute(asked.order_by(TRAIL.c.number))
    ]


def _breaks(work: Connection) -> Iterator[Fault]:
    """Yield where the chain itself breaks."""
    number, before = 0, BEGIN
    is_linked = True  # what comes after a break is told once
    for entry in entries(work):
        if not isinstance(entry["number"], int):
            yield Fault(Break.CHANGED, number + 1, number + 1)
            continue
        if entry["number"] > number + 1:
            yield Fault(Break.MISSING, number + 1, entry["number"] - 1)
            is_linked = False
        number = entry["number"]
        written = _written(entry)
        if written != number:
            yield Fault(Break.MOVED if written else Break.CHANGED, number, written or number)
        elif is_linked and entry["previous"] != before:
            yield Fault(Break.UNLINKED, number, number)
        before, is_linked = entry["hash"], written in (None, number)


def _written(entry: dict[str, Any]) -> int | None:
    """Return at which number an entry was written; None if nowhere near as it is now."""
    number = entry["number"]
    near = [number, *range(max(1, number - NEAR), number + NEAR)]
    fits = (place for place in near if hash_of({**entry, "number": place}) == entry["hash"])
    return next(fits, None)

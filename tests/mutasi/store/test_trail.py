"""Nobody changes the audit trail unseen: the database refuses, and who lifts that is found."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import sqlalchemy as sa

from mutasi.errors import StoreUnwritable
from mutasi.store import session, trail
from mutasi.store.tables import TRAIL
from mutasi.store.trail import Action, Break, Deed, Head, Kind

ENTRIES = 9


def deed(number: int = 0) -> Deed:
    return Deed(
        "client:hr", Action.IMPORT, Kind.RECORDS, f"person-{number}", after=f"{number:064d}"
    )


def added(store: sa.Engine, number: int = 0) -> int:
    with session.unit_of_work(store) as work:
        return trail.append(work, deed(number))


@pytest.fixture
def written(store: sa.Engine) -> sa.Engine:
    """A store with some entries."""
    with session.unit_of_work(store) as work:
        for number in range(ENTRIES):
            trail.append(work, deed(number))
    return store


def head(store: sa.Engine) -> Head:
    with session.reading(store) as work:
        return trail.head(work)


def faults(store: sa.Engine, *heads: Head) -> list[tuple[Break, int, int]]:
    with session.reading(store) as work:
        return [(one.kind, one.first, one.last) for one in trail.faults(work, heads)]


def entry(store: sa.Engine, number: int) -> dict[str, Any]:
    with session.reading(store) as work:
        return next(trail.entries(work, number - 1))


def test_what_is_added_is_there_in_order_and_sealed(written: sa.Engine) -> None:
    with session.reading(written) as work:
        found = list(trail.entries(work))

    assert [one["object"] for one in found] == [f"person-{number}" for number in range(ENTRIES)]
    assert [one["number"] for one in found] == list(range(1, ENTRIES + 1))
    assert faults(written, head(written)) == []


def test_an_empty_trail_is_whole(store: sa.Engine) -> None:
    assert head(store).number == 0
    assert faults(store, head(store)) == []


def add_half(store: sa.Engine) -> None:
    with session.unit_of_work(store) as work:
        trail.append(work, deed())
        raise RuntimeError


def test_what_is_not_kept_leaves_no_gap(written: sa.Engine) -> None:
    with pytest.raises(RuntimeError):
        add_half(written)

    assert added(written) == ENTRIES + 1
    assert faults(written) == []


def test_entries_that_are_added_together_follow_one_another(written: sa.Engine) -> None:
    with session.unit_of_work(written) as work:
        assert trail.append(work, *map(deed, range(200))) == ENTRIES + 200

    assert head(written).number == ENTRIES + 200
    assert faults(written) == []


def test_many_who_add_at_once_make_one_chain_without_gaps(store: sa.Engine) -> None:
    def add(number: int) -> None:
        with session.unit_of_work(store, f"queue {number % 5}") as work:
            trail.append(work, deed(number))

    with ThreadPoolExecutor(5) as threads:
        list(threads.map(add, range(40)))

    assert head(store).number == 40
    assert faults(store) == []


# -------------------------------------------------------------- the database refuses


REFUSALS = (sa.exc.IntegrityError, StoreUnwritable)
"""What a trigger refuses, and what the database has no words for."""

OF_ONE_DATABASE = {"truncated": "postgresql", "one replaced": "sqlite"}
"""Statements that the other database does not have."""


@pytest.mark.parametrize(
    "statement",
    [
        sa.update(TRAIL).where(TRAIL.c.number == 3).values(actor="nobody"),
        sa.update(TRAIL).values(at=0),
        sa.delete(TRAIL).where(TRAIL.c.number == 3),
        sa.delete(TRAIL),
        sa.text("TRUNCATE trail"),
        sa.text("INSERT INTO trail SELECT 1 + max(number), 0, 'a', 'b', 'c', 'd', '', '', 'x', 'y'"
                " FROM trail"),
        sa.text("INSERT INTO trail SELECT 2 + max(number), 0, 'a', 'b', 'c', 'd', '', '',"
                " (SELECT hash FROM trail ORDER BY number DESC LIMIT 1), 'y' FROM trail"),
        sa.text("INSERT OR REPLACE INTO trail SELECT number, 0, actor, action, kind, object,"
                " before, after, previous, hash FROM trail WHERE number = 3"),
    ],
    ids=[
        *("one changed", "all changed", "one removed", "all removed", "truncated"),
        *("one that does not follow", "one beyond a gap", "one replaced"),
    ],
)  # fmt: skip
def test_the_database_refuses(
    written: sa.Engine, statement: sa.Executable, request: pytest.FixtureRequest
) -> None:
    with pytest.raises(REFUSALS) as caught, session.unit_of_work(written) as work:
        work.execute(statement)

    cause = caught.value.__cause__ or caught.value
    only_of = OF_ONE_DATABASE.get(request.node.callspec.id.rpartition("-")[2])
    is_known = only_of in {None, written.dialect.name}
    words = ("only added to", "follows the last") if is_known else ("syntax error",)
    assert any(word in str(cause) for word in words), cause
    assert faults(written, head(written)) == []
    assert head(written).number == ENTRIES


# ------------------------------------------------------- who lifts that is found


def tampered(store: sa.Engine, *statements: Any) -> None:
    """Change the trail as the owner of a database can, and leave no trace but the change."""
    with session.unit_of_work(store) as work:
        if store.dialect.name == "postgresql":
            work.execute(sa.text("ALTER TABLE trail DISABLE TRIGGER USER"))
            _run(work, statements)
            work.execute(sa.text("ALTER TABLE trail ENABLE TRIGGER USER"))
            return
        kept = list(
            work.execute(sa.text("SELECT name, sql FROM sqlite_master WHERE type='trigger'"))
        )
        for name, _ in kept:
            work.execute(sa.text(f"DROP TRIGGER {name}"))
        _run(work, statements)
        for _, text in kept:
            work.exec_driver_sql(text)


def _run(work: Any, statements: tuple[Any, ...]) -> None:
    for statement in statements:
        work.execute(statement)


def put(which: int, **values: Any) -> sa.Update:
    return sa.update(TRAIL).where(TRAIL.c.number == which).values(**values)


@pytest.mark.parametrize(
    "column", [column.name for column in TRAIL.columns if column.name != "number"]
)
def test_a_flip_in_any_column_is_found_where_it_is(written: sa.Engine, column: str) -> None:
    was = entry(written, 4)[column]
    flipped = was + 1 if isinstance(was, int) else f"{was or ''}x"

    tampered(written, put(4, **{column: flipped}))

    assert (Break.CHANGED, 4, 4) in faults(written)
    assert {first for _, first, _ in faults(written)} <= {4, 5}


@pytest.mark.parametrize(("first", "last"), [(1, 1), (4, 4), (4, 6), (1, 8)])
def test_a_removal_is_found_where_it_is(written: sa.Engine, first: int, last: int) -> None:
    tampered(written, sa.delete(TRAIL).where(TRAIL.c.number.between(first, last)))

    assert faults(written) == [(Break.MISSING, first, last)]


def test_a_removal_that_closes_the_gap_is_found(written: sa.Engine) -> None:
    shifted = [put(number, number=number - 1) for number in range(5, ENTRIES + 1)]

    tampered(written, sa.delete(TRAIL).where(TRAIL.c.number == 4), *shifted)

    assert faults(written)[0] == (Break.MOVED, 4, 5)


def test_entries_that_changed_places_are_found_with_their_places(written: sa.Engine) -> None:
    tampered(written, put(4, number=-4), put(5, number=4), put(-4, number=5))

    assert faults(written) == [(Break.MOVED, 4, 5), (Break.MOVED, 5, 4)]


def test_an_entry_that_is_written_anew_with_its_hash_breaks_the_next(written: sa.Engine) -> None:
    false = {**entry(written, 4), "actor": "somebody else"}

    tampered(written, put(4, actor=false["actor"], hash=trail.hash_of(false)))

    assert faults(written) == [(Break.UNLINKED, 5, 5)]


@pytest.mark.parametrize("left", [0, 6])
def test_an_end_that_was_cut_off_is_found_by_a_head(written: sa.Engine, left: int) -> None:
    signed = head(written)

    tampered(written, sa.delete(TRAIL).where(TRAIL.c.number > left))

    assert faults(written) == []
    assert faults(written, signed) == [(Break.CUT, left + 1, ENTRIES)]


def test_a_trail_that_was_written_anew_from_some_entry_is_found_by_a_head(
    written: sa.Engine,
) -> None:
    signed = head(written)
    tampered(written, sa.delete(TRAIL).where(TRAIL.c.number > 6))
    for number in range(6, ENTRIES + 2):
        added(written, number + 100)

    assert faults(written) == []
    assert faults(written, signed) == [(Break.REWRITTEN, ENTRIES, ENTRIES)]

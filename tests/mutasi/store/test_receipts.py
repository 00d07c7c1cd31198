"""A receipt stays what was written: the database refuses changes, and the trail tells of them."""

import pytest
import sqlalchemy as sa

from mutasi.errors import ReceiptNotFound, StoreUnwritable
from mutasi.store import receipts, session, trail
from mutasi.store.receipts import Fault, Wanted
from mutasi.store.tables import RECEIPT_PEOPLE, RECEIPTS
from mutasi.store.trail import Break

CONTENT = '{"answer":{},"question":{"kind":"candidates"}}'
ONE = Wanted(employee_id="1")
TABLES = ("receipts", "receipt_people")
REFUSALS = (sa.exc.IntegrityError, StoreUnwritable)
"""What a trigger refuses, and what the database has no words for."""


def kept(store: sa.Engine, *people: str, content: str = CONTENT) -> str:
    with session.unit_of_work(store, trail.QUEUE) as work:
        return receipts.keep(work, "client:hr", content, people)


def faults(store: sa.Engine) -> list[tuple[str, Fault]]:
    with session.reading(store) as work:
        return list(receipts.faults(work))


def lifted(store: sa.Engine, *statements: sa.Executable) -> None:
    """Change receipts as the owner of a database can, who lifts what refuses it."""
    with session.unit_of_work(store) as work:
        if store.dialect.name == "postgresql":
            for table in TABLES:
                work.execute(sa.text(f"ALTER TABLE {table} DISABLE TRIGGER USER"))
        else:
            named = "SELECT name FROM sqlite_master WHERE type='trigger' AND name LIKE 'receipt%'"
            for name in work.scalars(sa.text(named)).all():
                work.execute(sa.text(f"DROP TRIGGER {name}"))
        for statement in statements:
            work.execute(statement)


def test_what_is_kept_is_found_again_with_who_asked_and_when(store: sa.Engine) -> None:
    receipt_id = kept(store, "1", "2")

    with session.reading(store) as work:
        found = receipts.receipt(work, receipt_id)
        entry = next(trail.entries(work))

    assert (found.receipt_id, found.asker, found.content) == (receipt_id, "client:hr", CONTENT)
    assert found.at == entry["at"]
    assert (entry["actor"], entry["action"], entry["kind"], entry["object"]) == (
        *("client:hr", "recommend", "receipt"),
        receipt_id,
    )
    assert entry["after"] == found.seal
    assert faults(store) == []


def test_a_receipt_that_was_never_given_is_not_found(store: sa.Engine) -> None:
    with session.reading(store) as work, pytest.raises(ReceiptNotFound):
        receipts.receipt(work, "0" * 24)


def test_the_receipts_that_tell_of_a_person_come_latest_first_page_by_page(
    store: sa.Engine,
) -> None:
    given = [kept(store, *people) for people in (("1",), ("2",), ("1", "2"), ("1",))]

    with session.reading(store) as work:
        first, cursor = receipts.page(work, ONE, 2)
        rest, end = receipts.page(work, ONE, 2, cursor)

    assert [one.receipt_id for one in first] == [given[3], given[2]]
    assert [one.receipt_id for one in rest] == [given[0]]
    assert (cursor, end) == (given[2], None)


def half_kept(store: sa.Engine) -> None:
    with session.unit_of_work(store, trail.QUEUE) as work:
        receipts.keep(work, "client:hr", CONTENT, ["1"])
        raise RuntimeError


def test_a_receipt_is_kept_with_its_entry_or_not_at_all(store: sa.Engine) -> None:
    with pytest.raises(RuntimeError):
        half_kept(store)

    with session.reading(store) as work:
        assert trail.head(work).number == 0
        assert receipts.page(work, ONE, 1) == ([], None)
    assert faults(store) == []


@pytest.mark.parametrize(
    "statement",
    [
        pytest.param(sa.update(RECEIPTS).values(asker="nobody"), id="changed"),
        pytest.param(sa.delete(RECEIPTS), id="removed"),
        pytest.param(sa.update(RECEIPT_PEOPLE).values(employee_id="9"), id="people changed"),
        pytest.param(sa.delete(RECEIPT_PEOPLE), id="people removed"),
        pytest.param(
            sa.text("INSERT OR REPLACE INTO receipts SELECT number, receipt_id, 0, 'x', content"
                    " FROM receipts"),
            id="replaced",
        ),
        pytest.param(
            sa.text("INSERT OR REPLACE INTO receipt_people SELECT * FROM receipt_people"),
            id="people replaced",
        ),
        pytest.param(sa.text("TRUNCATE receipts, receipt_people, receipt_marks"), id="truncated"),
    ],
)  # fmt: skip
def test_the_database_refuses(
    store: sa.Engine, statement: sa.Executable, request: pytest.FixtureRequest
) -> None:
    kept(store, "1")

    with pytest.raises(REFUSALS) as caught, session.unit_of_work(store) as work:
        work.execute(statement)

    name = request.node.callspec.id
    other = {"truncated": "postgresql", "replaced": "sqlite", "people replaced": "sqlite"}
    only_of = next((of for end, of in other.items() if name.endswith(end)), None)
    words = "only added to" if only_of in (None, store.dialect.name) else "syntax error"
    assert words in str(caught.value.__cause__ or caught.value)
    assert faults(store) == []


@pytest.mark.parametrize(
    "column", [column.name for column in RECEIPTS.columns if column.name != "number"]
)
def test_a_receipt_that_was_changed_is_found(store: sa.Engine, column: str) -> None:
    receipt_id = kept(store, "1")
    kept(store, "2")
    values = {"receipt_id": "f" * 24, "at": 0, "asker": "x", "content": CONTENT + " "}
    changed = sa.update(RECEIPTS).where(RECEIPTS.c.receipt_id == receipt_id)

    lifted(store, changed.values({column: values[column]}))

    if column == "receipt_id":
        assert faults(store) == [("f" * 24, Fault.UNSEALED), (receipt_id, Fault.GONE)]
    else:
        assert faults(store) == [(receipt_id, Fault.CHANGED)]


def test_a_receipt_that_was_removed_is_found(store: sa.Engine) -> None:
    receipt_id = kept(store)

    lifted(store, sa.delete(RECEIPTS))

    assert faults(store) == [(receipt_id, Fault.GONE)]


def test_a_seal_that_was_changed_with_its_receipt_breaks_the_trail(store: sa.Engine) -> None:
    receipt_id = kept(store)
    lifted(store, sa.update(RECEIPTS).values(asker="x"))
    with session.unit_of_work(store) as work:
        off = " ON trail" if store.dialect.name == "postgresql" else ""
        work.execute(sa.text(f"DROP TRIGGER trail_unchanged{off}"))
        false = receipts.receipt(work, receipt_id).seal
        work.execute(sa.text("UPDATE trail SET after = :false"), {"false": false})

    assert faults(store) == []
    with session.reading(store) as work:
        assert Break.CHANGED in {one.kind for one in trail.faults(work)}

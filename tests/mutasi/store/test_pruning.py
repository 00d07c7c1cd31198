"""Old receipts that nothing rests on go, and the trail tells; nothing else ever does."""

from datetime import date

import pandas as pd
import pytest
import sqlalchemy as sa

from mutasi.errors import ReceiptNotFound, ReceiptPruned, StoreUnwritable
from mutasi.simulation import SimulationConfig, simulate
from mutasi.store import cases, personnel, pruning, receipts, session, trail
from mutasi.store.cases import Done, Kind, Subject
from mutasi.store.receipts import Fault, Wanted
from mutasi.store.tables import RECEIPT_MARKS, RECEIPT_PEOPLE, RECEIPTS, RECEIPTS_PRUNED
from mutasi.workflow.deadlines import begin_of
from mutasi.workflow.proposals import Act, State
from tests.mutasi.store.test_receipts import CONTENT, faults, kept, lifted

DAY = date(2999, 1, 1)
LATER = begin_of(DAY)
ANYTHING = Wanted()


def pruned(store: sa.Engine, before: int = LATER) -> int:
    with session.unit_of_work(store, trail.QUEUE) as work:
        return pruning.prune(work, "user:keeper", DAY, before)


def test_what_was_pruned_is_gone_and_the_trail_tells_how_much_until_when_and_by_whom(
    store: sa.Engine,
) -> None:
    given = [kept(store, "1", "2") for _ in range(3)]

    assert pruned(store) == 3

    with session.reading(store) as work:
        *_, entry = trail.entries(work)
        left = [
            work.scalar(sa.select(sa.func.count()).select_from(table))
            for table in (RECEIPTS, RECEIPT_PEOPLE, RECEIPT_MARKS)
        ]
        with pytest.raises(ReceiptNotFound):
            receipts.receipt(work, given[0])
        with pytest.raises(ReceiptPruned) as told:
            pruning.require_kept(work, given[0])
    assert (entry["actor"], entry["action"], entry["kind"], entry["object"]) == (
        *("user:keeper", "prune", "receipt"),
        "2999-01-01 3",
    )
    assert entry["after"] == pruning.seal(given)
    assert told.value.params["entry"] == entry["number"]
    assert left == [0, 0, 0]
    assert faults(store) == []


def test_what_was_given_later_stays_and_nothing_is_told_of_nothing(store: sa.Engine) -> None:
    receipt_id = kept(store, "1")
    with session.reading(store) as work:
        at = receipts.receipt(work, receipt_id).at

    assert pruned(store, at) == 0

    with session.reading(store) as work:
        assert receipts.receipt(work, receipt_id).receipt_id == receipt_id
        assert trail.head(work).number == 1


@pytest.fixture(scope="module")
def region() -> dict[str, pd.DataFrame]:
    return simulate(SimulationConfig(employees=400, years=4, seed=3)).frames


def test_a_receipt_that_a_proposal_rests_on_stays(
    store: sa.Engine, region: dict[str, pd.DataFrame]
) -> None:
    on, off = kept(store, "1"), kept(store, "1")
    person = str(region["employees"]["employee_id"].iloc[0])
    post = region["positions"].iloc[0]
    subject = Subject(person, str(post["position_id"]), str(post["unit_id"]), None, None)
    with session.unit_of_work(store) as work:
        personnel.save(work, region)
        made = Done(Act.PROPOSE, State.PROPOSED, True, "account:x", date(2026, 4, 1), {})
        cases.begin(work, Kind.PROPOSAL, subject, {"receipt_id": on}, "one", made)

    assert pruned(store) == 1

    with session.reading(store) as work:
        assert [one.receipt_id for one in receipts.page(work, ANYTHING, 9)[0]] == [on]
        assert pruning.pruned(work, off) is not None
    assert faults(store) == []


@pytest.mark.parametrize(
    "statement",
    [
        pytest.param(sa.delete(RECEIPTS), id="a receipt that was not named"),
        pytest.param(sa.delete(RECEIPT_MARKS), id="a mark"),
        pytest.param(sa.update(RECEIPT_MARKS).values(mark="x"), id="a mark that is changed"),
        pytest.param(sa.delete(RECEIPTS_PRUNED), id="the name of one that was pruned"),
        pytest.param(sa.update(RECEIPTS_PRUNED).values(receipt_id="x"), id="another name for it"),
    ],
)
def test_the_database_refuses(store: sa.Engine, statement: sa.Executable) -> None:
    kept(store, "1")
    pruned(store)
    with session.unit_of_work(store, trail.QUEUE) as work:
        receipts.keep(work, "client:hr", CONTENT, ["1"], ["position:P"])

    with (
        pytest.raises((sa.exc.IntegrityError, StoreUnwritable)) as caught,
        session.unit_of_work(store) as work,
    ):
        work.execute(statement)

    assert "only added to" in str(caught.value.__cause__ or caught.value)
    assert faults(store) == []


def test_who_names_a_receipt_as_pruned_and_removes_it_is_found_by_the_trail(
    store: sa.Engine,
) -> None:
    old = kept(store, "1")
    pruned(store)
    other = kept(store, "2")

    lifted(
        store,
        sa.insert(RECEIPTS_PRUNED).values(receipt_id=other, entry=2),
        sa.delete(RECEIPT_PEOPLE),
        sa.delete(RECEIPTS),
    )

    assert faults(store) == [(old, Fault.GONE), (other, Fault.GONE)]
    with session.reading(store) as work:
        assert pruning.pruned(work, other) is None


def test_receipts_are_found_by_person_mark_and_time(store: sa.Engine) -> None:
    with session.unit_of_work(store, trail.QUEUE) as work:
        ids = [
            receipts.keep(work, "client:hr", CONTENT, people, marks)
            for people, marks in (
                (["1"], ["position:P", "model:a"]),
                (["1"], ["position:Q", "model:a"]),
                (["2"], ["position:P", "model:b"]),
            )
        ]
    at = LATER

    def found(wanted: Wanted) -> list[int]:
        with session.reading(store) as work:
            return [ids.index(one.receipt_id) for one in receipts.page(work, wanted, 9)[0]]

    assert found(ANYTHING) == [2, 1, 0]
    assert found(Wanted(marks=("position:P",))) == [2, 0]
    assert found(Wanted(marks=("position:P", "model:a"))) == [0]
    assert found(Wanted(employee_id="1", marks=("model:a",))) == [1, 0]
    assert found(Wanted(since=at)) == []
    assert found(Wanted(until=at)) == [2, 1, 0]


def test_receipts_that_were_given_before_are_found_after_the_store_is_brought_up(
    store: sa.Engine,
) -> None:
    content = (
        '{"answer":{"recommended":[{"position_id":"Q"}]},"grounds":{"model":{"version":"m"}},'
        '"question":{"position_id":"P"}}'
    )
    receipt_id = kept(store, content=content)

    session.downgrade(store, "0010")
    session.upgrade(store)

    with session.reading(store) as work:
        for mark in ("position:P", "position:Q", "model:m"):
            ((one,), _) = receipts.page(work, Wanted(marks=(mark,)), 9)
            assert one.receipt_id == receipt_id
    assert faults(store) == []

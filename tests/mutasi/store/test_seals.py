"""Whoever lifts what the database refuses is found: each act is sealed by the audit trail."""

import pytest
import sqlalchemy as sa

from mutasi.store import seals, session
from mutasi.store.cases import Subject
from mutasi.store.receipts import Fault
from mutasi.store.session import Engine
from mutasi.workflow.proposals import Act, State
from tests.mutasi.store.test_cases import added, begun, done, region, subject

__all__ = ["region", "subject"]

TRIGGERS = (
    "case_events_follow",
    "case_events_lead",
    "case_events_unchanged",
    "case_events_kept",
    "cases_follow",
    "cases_kept",
)
TAMPERINGS = {
    "another decider": ("UPDATE case_events SET actor = 'account:2' WHERE version = 2", 2),
    "another day": ("UPDATE case_events SET dated_on = '2025-01-01' WHERE version = 2", 2),
    "another reason": ('UPDATE case_events SET facts = \'{"reason": "law"}\' WHERE version = 2', 2),
    "another ranking": ("UPDATE cases SET content = '{\"band\": 1}'", 1),
}


def lift(store: Engine, *statements: str) -> None:
    """Do what only the owner of a database can."""
    is_postgresql = store.dialect.name == "postgresql"
    with session.unit_of_work(store) as work:
        run = work.exec_driver_sql
        for trigger in TRIGGERS:
            table = trigger.rpartition("_")[0]
            run(f"DROP TRIGGER IF EXISTS {trigger}" + (f" ON {table}" if is_postgresql else ""))
        for statement in statements:
            run(statement)


def faults(store: Engine) -> list[tuple[str, Fault]]:
    with session.reading(store) as work:
        return list(seals.faults(work))


@pytest.fixture
def case_id(region: sa.Engine, subject: Subject) -> str:
    """A proposal with two acts."""
    return added(region, begun(region, subject), done(Act.APPROVE_GIVING, State.RELEASED)).case_id


def test_what_was_done_is_as_the_trail_sealed_it(region: sa.Engine, case_id: str) -> None:
    assert case_id
    assert faults(region) == []


@pytest.mark.parametrize(("statement", "version"), TAMPERINGS.values(), ids=TAMPERINGS)
def test_a_change_is_named_by_case_and_act(
    region: sa.Engine, case_id: str, statement: str, version: int
) -> None:
    lift(region, statement)

    assert faults(region) == [(f"{case_id}/{version}", Fault.CHANGED)]


@pytest.mark.parametrize(
    "statement",
    [
        pytest.param("UPDATE cases SET state = 'executed'", id="its state"),
        pytest.param("UPDATE cases SET version = 1", id="its version"),
        pytest.param("UPDATE cases SET slot = NULL", id="its slot"),
        pytest.param("UPDATE case_events SET is_going = NOT is_going", id="what its slot rests on"),
    ],
)
def test_a_case_that_does_not_follow_from_its_last_act_is_named(
    region: sa.Engine, case_id: str, statement: str
) -> None:
    lift(region, statement)

    assert faults(region) == [(f"{case_id}/2", Fault.ASTRAY)]


def test_an_act_that_was_removed_is_named(region: sa.Engine, case_id: str) -> None:
    lift(region, "DELETE FROM case_events WHERE version = 2")

    assert faults(region) == [(f"{case_id}/2", Fault.GONE)]


def test_a_case_that_was_removed_is_named_act_by_act(region: sa.Engine, case_id: str) -> None:
    lift(region, "DELETE FROM case_events", "DELETE FROM cases")

    assert faults(region) == [(f"{case_id}/{version}", Fault.GONE) for version in (1, 2)]


def test_an_act_that_was_put_in_is_named(region: sa.Engine, case_id: str) -> None:
    lift(
        region,
        "INSERT INTO case_events SELECT case_id, 3, at, dated_on, act, state, state, is_going,"
        " actor, facts FROM case_events WHERE version = 2",
    )

    assert faults(region) == [(f"{case_id}/3", Fault.UNSEALED)]

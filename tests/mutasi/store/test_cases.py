"""Cases follow from their events, and the database refuses whatever else there could be."""

from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest
import sqlalchemy as sa

from mutasi.authority import WHOLE, Reach
from mutasi.errors import CaseChanged, CaseGoing, CaseNotFound, KeyReused, StoreUnwritable
from mutasi.store import cases, personnel, preferences, replies, session, trail
from mutasi.store.cases import Case, Done, Kind, Subject
from mutasi.store.clock import NOW
from mutasi.store.preferences import Asked
from mutasi.store.replies import Key, Reply
from mutasi.store.tables import CASE_EVENTS, CASES, REPLIES
from mutasi.workflow import applications
from mutasi.workflow.proposals import Act, State
from tests.mutasi.store import invented

DAY = date(2026, 4, 1)


RECORDS = invented.region(np.random.default_rng(7), rows=5)


ELSEWHERE = RECORDS["positions"]["position_id"].iloc[2]


@pytest.fixture
def region(store: sa.Engine) -> sa.Engine:
    """A store with records."""
    with session.unit_of_work(store) as work:
        personnel.save(work, RECORDS)
    return store


@pytest.fixture
def subject() -> Subject:
    unit = RECORDS["positions"].set_index("position_id")["unit_id"]
    who, (here, there) = RECORDS["employees"]["employee_id"].iloc[0], unit.index[:2]
    return Subject(str(who), str(there), str(unit[there]), str(here), str(unit[here]))


def done(act: Act, state: State, *, going: bool = True, on: date = DAY) -> Done:
    return Done(act, state, going, "account:1", on, {})


def begun(store: sa.Engine, subject: Subject, slot: str = "a") -> Case:
    with session.unit_of_work(store, cases.QUEUE) as work:
        first = done(Act.PROPOSE, State.PROPOSED)
        return cases.begin(work, Kind.PROPOSAL, subject, {"until": None}, slot, first)


def added(store: sa.Engine, case: Case, what: Done) -> Case:
    with session.unit_of_work(store, cases.QUEUE) as work:
        return cases.add(work, Kind.PROPOSAL, case, what)


def test_a_case_is_as_its_last_event_says(region: sa.Engine, subject: Subject) -> None:
    case = added(region, begun(region, subject), done(Act.APPROVE_GIVING, State.RELEASED))

    assert (case.state, case.version) == ("released", 2)
    assert [event.act for event in case.events] == ["propose", "approve_giving"]
    assert case.subject == subject


def test_every_event_is_on_the_trail_with_the_one_before(
    region: sa.Engine, subject: Subject
) -> None:
    case = added(region, begun(region, subject), done(Act.APPROVE_GIVING, State.RELEASED))

    with session.reading(region) as work:
        told = [one for one in trail.entries(work) if one["object"] == case.case_id]
    first, second = (cases.sealed(case, event) for event in case.events)
    assert [(one["action"], one["before"], one["after"]) for one in told] == [
        ("propose", None, first),
        ("approve_giving", first, second),
    ]


def begin_half(store: sa.Engine, subject: Subject) -> None:
    with session.unit_of_work(store, cases.QUEUE) as work:
        cases.begin(work, Kind.PROPOSAL, subject, {}, "a", done(Act.PROPOSE, State.PROPOSED))
        raise RuntimeError


def test_what_is_not_kept_leaves_nothing(region: sa.Engine, subject: Subject) -> None:
    with pytest.raises(RuntimeError):
        begin_half(region, subject)

    with session.reading(region) as work:
        assert cases.newest(work, Kind.PROPOSAL, 9) == []
        assert list(trail.entries(work)) == []


def test_a_slot_is_free_again_when_its_case_is_over(region: sa.Engine, subject: Subject) -> None:
    case = begun(region, subject)
    with pytest.raises(CaseGoing) as refused:
        begun(region, subject)
    added(region, case, done(Act.WITHDRAW, State.WITHDRAWN, going=False))

    assert refused.value.params == {"case_id": case.case_id}
    assert begun(region, subject).version == 1


@pytest.mark.parametrize(
    ("version", "before", "on"),
    [
        pytest.param(1, "proposed", DAY, id="again"),
        pytest.param(3, "proposed", DAY, id="one is left out"),
        pytest.param(2, "approved", DAY, id="from another state"),
        pytest.param(2, "proposed", date(2026, 3, 31), id="dated before the last one"),
    ],
)
def test_the_database_refuses_an_event_that_does_not_follow(
    region: sa.Engine, subject: Subject, version: int, before: str, on: date
) -> None:
    case = begun(region, subject)
    event = {
        "case_id": case.case_id,
        "version": version,
        "at": 1,
        "dated_on": on,
        "act": "withdraw",
        "before": before,
        "state": "withdrawn",
        "is_going": False,
        "actor": "account:1",
        "facts": {},
    }

    with pytest.raises((StoreUnwritable, sa.exc.IntegrityError)):
        _do(region, sa.insert(CASE_EVENTS).values(event))
    assert _read(region, case).version == 1


TAMPERINGS: dict[str, str] = {
    "state": "UPDATE cases SET state = 'executed'",
    "version": "UPDATE cases SET version = 2",
    "person": "UPDATE cases SET employee_id = 'another'",
    "content": "UPDATE cases SET content = '{}'",
    "slot": "UPDATE cases SET slot = NULL",
    "case removed": "DELETE FROM cases",
    "event changed": "UPDATE case_events SET actor = 'account:2'",
    "event dated anew": "UPDATE case_events SET dated_on = '2025-01-01'",
    "event removed": "DELETE FROM case_events",
}


@pytest.mark.parametrize("statement", TAMPERINGS.values(), ids=TAMPERINGS)
def test_the_database_refuses_to_change_what_was_done(
    region: sa.Engine, subject: Subject, statement: str
) -> None:
    case = begun(region, subject)

    with pytest.raises((StoreUnwritable, sa.exc.IntegrityError)):
        _do(region, sa.text(statement))
    assert _read(region, case) == case


def test_a_case_is_not_replaced(region: sa.Engine, subject: Subject) -> None:
    case = begun(region, subject)
    copied = sa.select(CASES).where(CASES.c.case_id == case.case_id)
    with session.reading(region) as work:
        row = dict(work.execute(copied).mappings().one())
    replacing = sa.insert(CASES).values({**row, "state": "executed", "version": 0})
    if region.dialect.name == "sqlite":
        replacing = replacing.prefix_with("OR REPLACE")

    with pytest.raises((StoreUnwritable, sa.exc.IntegrityError)):
        _do(region, replacing)
    assert _read(region, case) == case


def test_a_case_is_seen_from_its_units_and_by_whom_it_is_about(
    region: sa.Engine, subject: Subject
) -> None:
    begun(region, subject)
    giving = str(subject.origin_unit_id)

    def seen(reach: Reach) -> int:
        with session.reading(region) as work:
            return len(cases.newest(work, Kind.PROPOSAL, 9, among=reach))

    assert seen(WHOLE) == 1
    assert seen(Reach(units=frozenset({giving}))) == 1
    assert seen(Reach(units=frozenset({subject.unit_id}))) == 1
    assert seen(Reach(people=frozenset({subject.employee_id}))) == 1
    assert seen(Reach(units=frozenset({"x"}), people=frozenset({"y"}))) == 0
    assert seen(Reach()) == 0


def test_pages_follow_each_other_and_know_their_cursor(region: sa.Engine, subject: Subject) -> None:
    made = [begun(region, subject, slot).case_id for slot in "abc"]

    with session.reading(region) as work:
        latest = [case.case_id for case in cases.newest(work, Kind.PROPOSAL, 2)]
        rest = [case.case_id for case in cases.newest(work, Kind.PROPOSAL, 2, before=latest[-1])]
        with pytest.raises(CaseNotFound):
            cases.newest(work, Kind.PROPOSAL, 2, before="nobody's")
    assert [*latest, *rest] == made[::-1]


def test_a_case_is_of_its_kind(region: sa.Engine, subject: Subject) -> None:
    case = begun(region, subject)

    with session.reading(region) as work, pytest.raises(CaseNotFound):
        cases.case(work, Kind.APPLICATION, case.case_id)


def test_whoever_saw_another_version_is_told(region: sa.Engine, subject: Subject) -> None:
    case = begun(region, subject)

    cases.require_version(case, None)
    cases.require_version(case, 1)
    with pytest.raises(CaseChanged):
        cases.require_version(case, 2)


def test_proposals_are_found_by_the_post_on_either_side_with_the_others_of_the_same_people(
    region: sa.Engine, subject: Subject
) -> None:
    moved = added(region, begun(region, subject), done(Act.DECIDE, State.DECIDED))
    onward = replace(subject, origin_position_id=subject.position_id, position_id=str(ELSEWHERE))
    added(region, begun(region, onward, "b"), done(Act.DECIDE, State.DECIDED))
    begun(region, subject, "not decided")

    def found(position: object, *people: str) -> list[str]:
        with session.reading(region) as work:
            states = [State.DECIDED]
            about = cases.of_people_about(work, str(position), people, states)
        return [case.subject.position_id for case in about]

    both = [subject.position_id, str(ELSEWHERE)]
    assert moved.state == State.DECIDED
    assert found(subject.position_id) == found(subject.origin_position_id) == both
    assert found("nowhere") == []
    assert found("nowhere", subject.employee_id) == both


def test_an_answer_is_kept_for_the_same_request_and_refused_to_another(
    store: sa.Engine,
) -> None:
    key, reply = Key.of("client:hr", "1", b"asked"), Reply(200, {"etag": '"1"'}, b"told")
    with session.unit_of_work(store, cases.QUEUE) as work:
        assert replies.known(work, key) is None
        replies.keep(work, key, reply)

    with session.reading(store) as work:
        assert replies.known(work, key) == reply
        assert replies.known(work, Key.of("client:other", "1", b"asked")) is None
        with pytest.raises(KeyReused):
            replies.known(work, Key.of("client:hr", "1", b"asked otherwise"))


def test_answers_are_forgotten_after_a_week(store: sa.Engine) -> None:
    old, new = (Key.of("client:hr", name, b"asked") for name in ("old", "new"))
    with session.unit_of_work(store, cases.QUEUE) as work:
        replies.keep(work, old, Reply(200, {}, b""))
        work.execute(sa.update(REPLIES).values(at=NOW - replies.KEPT_SECONDS - 1))
        replies.keep(work, new, Reply(200, {}, b""))

    with session.reading(store) as work:
        assert replies.known(work, old) is None
        assert replies.known(work, new) is not None


def _do(store: sa.Engine, statement: Any) -> None:
    with session.unit_of_work(store, cases.QUEUE) as work:
        work.execute(statement)


def _read(store: sa.Engine, case: Case) -> Case:
    with session.reading(store) as work:
        return cases.case(work, Kind.PROPOSAL, case.case_id)


def test_what_people_ask_for_is_found_by_them_and_of_nobody_else(
    region: sa.Engine, subject: Subject
) -> None:
    wishes = {"units": ["U"]}
    with session.unit_of_work(region, cases.QUEUE) as work:
        first = Done(applications.Act.SUBMIT, applications.State.SUBMITTED, True, "a", DAY, {})
        cases.begin(work, Kind.APPLICATION, subject, {}, "a", first)
        preferences.tell(work, "a", subject.employee_id, wishes, 0)
        nobody = preferences.asked_by(work, ["nobody"])
        found = preferences.asked_by(work, [subject.employee_id, "nobody"])

    assert nobody == {}
    assert found == {subject.employee_id: Asked(frozenset({subject.position_id}), wishes)}

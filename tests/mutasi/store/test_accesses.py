"""Who looked at somebody's data: every entry of the trail that is about them, and no other."""

from datetime import date

import pytest
import sqlalchemy as sa

from mutasi.authority import Role
from mutasi.store import accesses, accounts, cases, personnel, preferences, receipts, session, trail
from mutasi.store.accesses import Access, Account, Asker
from mutasi.store.cases import Done, Kind, Subject
from mutasi.store.trail import Action, Deed, Kind as Trailed
from mutasi.workflow import applications
from mutasi.workflow.proposals import Act, State
from tests.records import frames

DAY = date(2026, 4, 1)
PASSWORD = "kuda baterai jepit benar"
RECORDS = frames(
    units=[{"unit_id": "U", "name": "Dinas Satu"}, {"unit_id": "V", "name": "Dinas Dua"}],
    positions=[{"position_id": "P", "unit_id": "U"}, {"position_id": "Q", "unit_id": "V"}],
    employees=[{"employee_id": "A"}, {"employee_id": "B"}],
    postings=[
        {
            "employee_id": "B",
            "position_id": "P",
            "started_on": date(2015, 1, 1),
            "ended_on": date(2020, 1, 1),
        },
        {"employee_id": "B", "position_id": "Q", "started_on": date(2020, 1, 2)},
    ],
)
SUBJECT = Subject("A", "Q", "V", "P", "U")


@pytest.fixture
def region(store: sa.Engine) -> sa.Engine:
    """A store with two people; neither was looked at."""
    with session.unit_of_work(store) as work:
        personnel.save(work, RECORDS)
    return store


def told(store: sa.Engine, *deeds: Deed) -> None:
    with session.unit_of_work(store, trail.QUEUE) as work:
        trail.append(work, *deeds)


def looks(store: sa.Engine, nip: str = "A", *, with_own: bool = False) -> list[Access]:
    with session.reading(store) as work:
        return accesses.page(work, nip, 100, with_own=with_own)[0]


def account(store: sa.Engine, name: str, role: Role, unit: str | None, nip: str | None) -> str:
    with session.unit_of_work(store) as work:
        made = accounts.add(work, name, PASSWORD, [role], 0, unit, nip)
    return f"account:{made.account_id}"


def test_m6_a_read_of_a_person_is_told_to_that_person_alone(region: sa.Engine) -> None:
    told(region, Deed("client:hr", Action.READ, Trailed.EMPLOYEE, "A"))

    (look,) = looks(region)
    assert (look.actor, look.asker, look.action) == ("client:hr", Asker.CLIENT, "read")
    assert (look.kind, look.object_id, look.account) == (Trailed.EMPLOYEE, None, None)
    assert looks(region, "B") == []


def test_m6_a_recommendation_that_tells_of_a_person_is_told_and_who_read_it(
    region: sa.Engine,
) -> None:
    with session.unit_of_work(region) as work:
        mine = receipts.keep(work, "installation", "{}", ["A", "B"])
        receipts.keep(work, "installation", "{}", ["B"])
    told(region, Deed("client:hr", Action.READ, Trailed.RECEIPT, mine))

    assert [(one.action, one.object_id) for one in looks(region)] == [
        ("read", mine),
        ("recommend", mine),
    ]
    assert len(looks(region, "B")) == 3


@pytest.mark.parametrize(
    ("kind", "first"),
    [
        (Kind.PROPOSAL, (Act.PROPOSE, State.PROPOSED)),
        (Kind.APPLICATION, (applications.Act.SUBMIT, applications.State.SUBMITTED)),
    ],
)
def test_m6_who_acts_on_a_case_or_looks_at_it_is_told_to_whom_it_is_about(
    region: sa.Engine, kind: Kind, first: tuple[Act, State]
) -> None:
    with session.unit_of_work(region, cases.QUEUE) as work:
        made = Done(*first, True, "account:x", DAY, {})
        case_id = cases.begin(work, kind, SUBJECT, {}, "slot", made).case_id
    told(region, Deed("client:hr", Action.READ, cases.TRAILED[kind], case_id))

    read, begun = looks(region)
    assert [(one.action, one.object_id) for one in (begun, read)] == [
        (first[0].value, case_id),
        ("read", case_id),
    ]
    assert looks(region, "B") == []


def test_a_person_is_told_by_role_and_the_unit_that_they_head_or_work_in(
    region: sa.Engine,
) -> None:
    head = account(region, "head", Role.UNIT_HEAD, "U", "B")
    analyst = account(region, "analyst", Role.ANALYST, None, "B")
    nowhere = account(region, "nowhere", Role.AUDITOR, None, None)
    for actor in (head, analyst, nowhere, "account:gone"):
        told(region, Deed(actor, Action.READ, Trailed.EMPLOYEE, "A"))

    assert [one.account for one in reversed(looks(region))] == [
        Account("head", (Role.UNIT_HEAD,), "Dinas Satu"),
        Account("analyst", (Role.ANALYST,), "Dinas Dua"),
        Account("nowhere", (Role.AUDITOR,), None),
        Account(),
    ]


def test_what_a_person_did_is_told_only_if_asked_for(region: sa.Engine) -> None:
    mine = account(region, "wati", Role.EMPLOYEE, None, "A")
    told(region, Deed(mine, Action.READ, Trailed.EMPLOYEE, "A"))
    with session.unit_of_work(region, cases.QUEUE) as work:
        preferences.tell(work, mine, "A", {}, 0)

    assert looks(region) == []
    assert [(one.kind, one.is_own) for one in looks(region, with_own=True)] == [
        (Trailed.PREFERENCES, True),
        (Trailed.EMPLOYEE, True),
    ]


def test_an_object_of_another_kind_with_the_same_name_is_nobody(region: sa.Engine) -> None:
    told(region, Deed("client:hr", Action.READ, Trailed.PLAN, "A"))

    assert looks(region) == []


def test_pages_go_on_behind_the_last_and_miss_nothing(region: sa.Engine) -> None:
    for number in range(5):
        told(region, Deed(f"client:{number}", Action.READ, Trailed.EMPLOYEE, "A"))

    with session.reading(region) as work:
        first, after = accesses.page(work, "A", 2)
        told_since, _ = accesses.page(work, "A", 100, after)
        whole, end = accesses.page(work, "A", 5)

    assert [one.actor for one in first + told_since] == [f"client:{n}" for n in (4, 3, 2, 1, 0)]
    assert (len(whole), end) == (5, None)

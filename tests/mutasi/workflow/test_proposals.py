"""The course of a proposal: whatever is not in the table is refused, whatever is leads on."""

from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given, strategies as st

from mutasi.errors import (
    CaseOver,
    Conflict,
    DatedAhead,
    DatedBackwards,
    DeadlinePassed,
    OutOfOrder,
    TooEarly,
)
from mutasi.workflow import applications
from mutasi.workflow.deadlines import last_objection_day, objection_day, working_days_after
from mutasi.workflow.offices import Office
from mutasi.workflow.proposals import (
    GOING,
    TABLE,
    Act,
    Stand,
    State,
    acts_on,
    following,
    state_on,
)
from mutasi.workflow.steps import require_order

DAY = date(2026, 4, 1)
OVER = {
    State.REJECTED,
    State.OVERRIDDEN,
    State.WITHDRAWN,
    State.ANNULLED,
    State.REVERSED,
    State.ENDED,
    State.EXPIRED,
}
OFFICES = {
    Office.GIVING: {Act.APPROVE_GIVING, Act.REJECT_GIVING},
    Office.RECEIVING: {Act.APPROVE_RECEIVING, Act.REJECT_RECEIVING},
    Office.PPK: {Act.DECIDE, Act.OVERRIDE, Act.ORDER, Act.UPHOLD, Act.DISMISS},
    Office.CONCERNED: {Act.ACCEPT, Act.REFUSE, Act.OBJECT, Act.TAKE_BACK},
    Office.PROPOSER: {
        Act.CONSENT,
        Act.DENY,
        Act.OFFER,
        Act.EXECUTE,
        Act.EXTEND,
        Act.END,
        Act.WITHDRAW,
    },
    Office.ASSESSOR: {Act.ASSESS},
}

stands = st.builds(
    Stand,
    since=st.just(DAY),
    visited=st.frozensets(st.sampled_from(State)),
    is_outside=st.booleans(),
    answer_by=st.none() | st.dates(DAY, DAY + timedelta(days=90)),
    begun_on=st.just(DAY),
    until=st.none() | st.dates(DAY, DAY + timedelta(days=180)),
)
days = st.dates(DAY, DAY + timedelta(days=400))


@given(st.sampled_from(State), st.sampled_from(Act), stands, days)
def test_an_act_leads_on_just_where_it_is_said_to_be_open(
    state: State, act: Act, stand: Stand, day: date
) -> None:
    is_open = act in acts_on(state, stand, day)

    try:
        step = following("case", state, stand, act, day)
    except Conflict:
        assert not is_open
    else:
        assert is_open
        assert step.act == act


@given(st.sampled_from(State), stands)
def test_one_state_and_act_lead_to_one_state(state: State, stand: Stand) -> None:
    open_rows = [step.act for step in TABLE if step.state == state and step.when(stand)]

    assert len(open_rows) == len(set(open_rows))


@given(st.lists(st.sampled_from(Act), max_size=60), st.booleans(), st.booleans())
def test_no_course_skips_a_unit_the_decision_or_the_question_to_the_employee(
    acts: list[Act], is_outside: bool, is_lent: bool
) -> None:
    state, visited = State.PROPOSED, frozenset({State.PROPOSED})
    done: list[Act] = []
    until = DAY + timedelta(days=90) if is_lent else None
    for act in acts:
        stand = Stand(DAY, visited, is_outside, DAY + timedelta(days=5), DAY, until)
        try:
            state = State(following("case", state, stand, act, DAY).to)
        except Conflict:
            continue
        done.append(act)
        visited |= {state}
    if {State.EXECUTED, State.LENT} & visited:
        first = done.index(Act.EXECUTE)
        before = set(done[:first])
        assert {Act.APPROVE_GIVING, Act.APPROVE_RECEIVING, Act.DECIDE, Act.OFFER} <= before
        assert {Act.ACCEPT, Act.REFUSE, Act.DISMISS} & before
        assert (Act.CONSENT in before) == is_outside
        assert (State.LENT in visited) == is_lent


@pytest.mark.parametrize("state", State)
def test_every_state_is_over_or_leads_somewhere(state: State) -> None:
    stand = Stand(DAY)
    if state in OVER:
        assert acts_on(state, stand, DAY) == []
        with pytest.raises(CaseOver) as refused:
            following("case", state, stand, Act.WITHDRAW, DAY)
        assert refused.value.params == {"case_id": "case", "state": state.value}
    else:
        assert any(acts_on(state, stand, DAY + timedelta(days=days)) for days in (0, 1))


@pytest.mark.parametrize(("office", "acts"), OFFICES.items())
def test_an_act_belongs_to_one_office(office: Office, acts: set[Act]) -> None:
    assert {Act(step.act) for step in TABLE if step.by is office} == acts


def test_a_proposal_that_is_going_can_still_be_withdrawn_or_is_with_the_officer() -> None:
    withdrawn = {State(step.state) for step in TABLE if step.act == Act.WITHDRAW}

    assert withdrawn == GOING - {State.OBJECTED}


def test_what_is_out_of_order_names_the_state_and_what_is_open() -> None:
    with pytest.raises(OutOfOrder) as refused:
        following("case", State.APPROVED, Stand(DAY), Act.OFFER, DAY)

    assert refused.value.params == {
        "case_id": "case",
        "state": "approved",
        "act": "offer",
        "allowed": ["decide", "override", "withdraw"],
    }


def test_m18_a_temporary_assignment_expires_on_the_day_after_its_last() -> None:
    stand = Stand(DAY, until=DAY)

    assert state_on(State.LENT, stand, DAY) is State.LENT
    assert state_on(State.LENT, stand, DAY + timedelta(days=1)) is State.EXPIRED
    with pytest.raises(CaseOver):
        following("case", State.LENT, stand, Act.EXTEND, DAY + timedelta(days=1))


def test_an_answer_is_taken_on_its_last_day_and_not_after() -> None:
    stand = Stand(DAY, answer_by=DAY)

    assert following("case", State.OFFERED, stand, Act.ACCEPT, DAY).to is State.ACCEPTED
    with pytest.raises(DeadlinePassed) as refused:
        following("case", State.OFFERED, stand, Act.ACCEPT, DAY + timedelta(days=1))
    assert refused.value.params["last"] == DAY.isoformat()
    with pytest.raises(TooEarly):
        following("case", State.OFFERED, stand, Act.ORDER, DAY)


@pytest.mark.parametrize(
    ("notice", "last"),
    [
        pytest.param(date(2026, 4, 1), date(2026, 4, 21), id="from a Wednesday"),
        pytest.param(date(2026, 4, 4), date(2026, 4, 23), id="from a Saturday"),
        pytest.param(date(2020, 4, 1), date(2020, 4, 21), id="before there was a rule"),
    ],
)
def test_an_objection_has_fourteen_working_days(notice: date, last: date) -> None:
    assert objection_day(notice) == last
    assert last_objection_day(notice) == working_days_after(last, 10)


def test_who_objected_once_before_the_move_does_so_again_only_after_it() -> None:
    stand = Stand(DAY, frozenset({State.OBJECTED}))

    assert Act.OBJECT not in acts_on(State.ORDERED, stand, DAY)
    assert Act.OBJECT in acts_on(State.EXECUTED, stand, DAY)


def test_an_act_is_not_dated_before_the_last_one_nor_ahead() -> None:
    require_order("case", DAY, DAY, DAY)
    with pytest.raises(DatedBackwards):
        require_order("case", DAY - timedelta(days=1), DAY, DAY)
    with pytest.raises(DatedAhead):
        require_order("case", DAY + timedelta(days=1), DAY, DAY)


@pytest.mark.parametrize(
    ("state", "act"),
    list(product(applications.State, applications.Act)),
    ids=lambda one: one.value,
)
def test_an_application_is_taken_up_declined_or_withdrawn_once(
    state: applications.State, act: applications.Act
) -> None:
    is_open = state is applications.State.SUBMITTED and act is not applications.Act.SUBMIT

    try:
        applications.following("case", state, act, DAY)
    except (OutOfOrder, CaseOver):
        assert not is_open
    else:
        assert is_open

"""Applications: submitted, declined, withdrawn; a proposal takes them up."""

from datetime import date
from operator import attrgetter

from models.recommender import Recommender
from mutasi.authority import Principal, Reach
from mutasi.errors import CaseNotFound, EmployeeNotFound
from mutasi.i18n import word
from mutasi.store import cases, session
from mutasi.store.cases import Case, Done, Kind, Subject
from mutasi.store.session import Work
from mutasi.visibility import units_within, widened
from mutasi.workflow.applications import Act, State, following
from mutasi.workflow.deadlines import day_of, latest_day
from mutasi.workflow.offices import Office, require_disinterest, require_person
from mutasi.workflow.reasons import Grounds
from mutasi.workflow.steps import require_order
from serving.applications.schemas import Application, Applications, Event, Submission
from serving.paging import page
from serving.region import Store
from serving.telling import Teller

KIND = Kind.APPLICATION


def submit(
    work: Work, recommender: Recommender, caller: Principal, asked: Submission, moment: int
) -> Case:
    """Submit an application of the caller.

    Raises:
        PersonNeeded: If a system asks.
        EmployeeNotFound: If the caller is no employee on record.
        PositionNotFound: If there is no such position.
        CaseGoing: If the employee has asked for it already.
    """
    require_person(caller)
    nip = caller.employee_id
    if nip is None:
        raise EmployeeNotFound(employee_id="")
    examined = recommender.examine(nip, asked.position_id, is_own_request=True)
    subject = Subject.of(recommender.snapshot, nip, asked.position_id)
    content = {
        "employee_name": examined.employee_name,
        "title": examined.title,
        "unit_name": examined.unit_name,
        "reason": asked.reason.value,
        "is_eligible": examined.is_eligible,
    }
    on = day_of(moment)
    first = Done(Act.SUBMIT, State.SUBMITTED, True, caller.id, on, {})
    slot = f"application {nip} {asked.position_id}"
    return cases.begin(work, KIND, subject, content, slot, first)


def act_on(
    work: Work,
    recommender: Recommender,
    caller: Principal,
    reach: Reach,
    application_id: str,
    act: Act,
    dated_on: date | None,
    facts: dict[str, str],
    moment: int,
) -> Case:
    """Decline or withdraw an application.

    Raises:
        PersonNeeded: If a system asks.
        CaseNotFound: If there is none, or not for this caller.
        Conflict: If it is over, or the day is out of order.
    """
    require_person(caller)
    case = cases.case(work, KIND, application_id)
    require_seen(recommender, reach, case)
    last = case.events[-1].dated_on
    on = dated_on or max(last, day_of(moment))
    step = following(application_id, State(case.state), act, on)
    if step.by is Office.PROPOSER:
        require_disinterest(caller, step.by, case.subject.employee_id)
    require_order(application_id, on, last, latest_day(moment))
    return cases.add(work, KIND, case, Done(act, step.to, False, caller.id, on, facts))


def require_seen(recommender: Recommender, reach: Reach, case: Case) -> None:
    """Let pass who may see an application: of the region, of the unit of who asks, their own.

    The unit that is asked for sees it only when it is proposed.

    Raises:
        CaseNotFound: If they may not.
    """
    about = case.subject
    if reach.is_whole or about.employee_id in reach.people:
        return
    if about.origin_unit_id not in units_within(recommender.snapshot, reach):
        raise CaseNotFound(case_id=case.case_id)


def latest(
    store: Store,
    recommender: Recommender,
    reach: Reach,
    limit: int,
    cursor: str | None,
    language: str,
) -> Applications:
    """Return a page of applications, the latest first.

    Raises:
        LimitOutOfRange: If the limit is below 1 or above what is served at once.
        CursorInvalid: If the cursor is not one that was given.
    """
    among = widened(recommender.snapshot, reach)
    with session.reading(store.engine) as work:
        found, more = page(
            limit,
            cursor,
            lambda most: cases.newest(work, KIND, most, cursor, among, leaving=True),
            attrgetter("case_id"),
        )
    shown = [in_words(case, recommender, language) for case in found]
    return Applications(applications=shown, next_cursor=more)


def in_words(case: Case, recommender: Recommender, language: str) -> Application:
    """Return an application in words, with what the law says of it by what is known now."""
    about, content = case.subject, case.content
    examined = recommender.examine(about.employee_id, about.position_id, is_own_request=True)
    told = Teller(recommender, language)
    return Application(
        application_id=case.case_id,
        version=case.version,
        state=State(case.state),
        state_name=word("case_state", case.state, language),
        nip=about.employee_id,
        name=content["employee_name"],
        position_id=about.position_id,
        title=content["title"],
        unit_name=content["unit_name"],
        reason=Grounds(content["reason"]),
        is_eligible=content["is_eligible"],
        findings=[told.finding(each) for each in examined.findings],
        events=[
            Event(
                version=event.version,
                act=Act(event.act),
                name=word("act", event.act, language),
                state=State(event.state),
                dated_on=event.dated_on,
                at=event.at,
                actor=event.actor,
                reason=event.facts.get("reason"),
            )
            for event in case.events
        ],
    )

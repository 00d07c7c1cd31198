"""A proposal in words."""

from datetime import date

from mutasi.i18n import word
from mutasi.store import cases
from mutasi.store.cases import Case
from mutasi.workflow.proposals import Act, State, acts_on
from mutasi.workflow.reasons import Purpose
from serving.proposals.schemas import Event, Open, Person, Post, Proposal, Standing
from serving.proposals.standing import object_by, present_state, stand_of

OTHERS = frozenset({"instead"})
"""Facts that name other people."""


def proposal_in_words(case: Case, day: date, language: str, *, tells_others: bool) -> Proposal:
    """Return a proposal as it stands on a day, in words.

    Args:
        case: The proposal.
        day: The day.
        language: Of the words.
        tells_others: Whether the caller may know whom somebody else was preferred to.
    """
    about, content = case.subject, case.content
    stand, state = stand_of(case), present_state(case, day)
    purpose = Purpose(content["purpose"])
    origin = None
    if about.origin_position_id is not None and about.origin_unit_id is not None:
        origin = Post(
            position_id=about.origin_position_id,
            title=content["origin_title"],
            unit_id=about.origin_unit_id,
            unit_name=content["origin_unit_name"],
        )
    return Proposal(
        proposal_id=case.case_id,
        version=case.version,
        state=state,
        state_name=word("case_state", state, language),
        employee=Person(nip=about.employee_id, name=content["employee_name"]),
        position=Post(
            position_id=about.position_id,
            title=content["title"],
            unit_id=about.unit_id,
            unit_name=content["unit_name"],
        ),
        origin=origin,
        purpose=purpose,
        purpose_name=word("purpose", purpose, language),
        until=stand.until,
        is_own_request=content["is_own_request"],
        application_id=content["application_id"],
        plan_id=content["plan_id"],
        receipt_id=content.get("receipt_id"),
        authorities=content["authorities"],
        standing=Standing(
            as_of=date.fromisoformat(content["as_of"]),
            **{
                name: content[name]
                for name in ("basis", "model_version", "rank", "band", "eligible")
            },
        ),
        answer_by=stand.answer_by,
        object_by=object_by(case),
        allowed=[
            Open(act=act, name=word("act", act, language)) for act in acts_on(state, stand, day)
        ],
        events=[_event(event, language, tells_others=tells_others) for event in case.events],
    )


def _event(event: cases.Event, language: str, *, tells_others: bool) -> Event:
    hidden = frozenset() if tells_others else OTHERS
    return Event(
        version=event.version,
        act=Act(event.act),
        name=word("act", event.act, language),
        state=State(event.state),
        dated_on=event.dated_on,
        at=event.at,
        actor=event.actor,
        facts={name: value for name, value in event.facts.items() if name not in hidden},
    )

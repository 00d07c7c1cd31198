"""The letter about a proposal: to whom, of what, as a page and as a PDF."""

from mutasi.letters import Letter, Move, letter
from mutasi.store.cases import Case
from mutasi.workflow.proposals import Act
from serving.proposals.standing import done, object_by, stand_of


def letter_about(case: Case, language: str) -> Letter:
    """Return the letter about a proposal; its day is that of the last act."""
    about, content, stand = case.subject, case.content, stand_of(case)
    offer = done(case, Act.OFFER)
    return letter(
        Move(
            employee_id=about.employee_id,
            employee_name=content["employee_name"],
            title=content["title"],
            unit_name=content["unit_name"],
            origin_title=content["origin_title"],
            origin_unit_name=content["origin_unit_name"],
            purpose=content["purpose"],
            until=stand.until,
            reasons=content["reasons"],
            predicted=content["predicted"],
            levers=content["levers"],
            granted=() if offer is None else tuple(offer.facts.get("support", ())),
            answer_by=stand.answer_by,
            object_by=object_by(case),
            told_on=case.events[-1].dated_on,
        ),
        language,
    )

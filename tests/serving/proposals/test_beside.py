"""Pages of proposals, moves between governments, and applications that do not fit."""

from typing import Any

from mutasi.store import cases, session
from mutasi.store.cases import Done, Kind, Subject
from mutasi.workflow.proposals import Act, State
from tests.serving.proposals.conftest import STEPS, TODAY, Cast
from tests.serving.proposals.content import CONTENT


def kept(cast: Cast, number: int, state: State = State.PROPOSED, **content: object) -> str:
    """Return a proposal that was made without asking the law."""
    recommender = cast.app.state.region.recommender
    subject = Subject.of(recommender.snapshot, cast.move.nip, cast.move.position_id)
    with session.unit_of_work(cast.app.state.region.store.engine, cases.QUEUE) as work:
        made = Done(Act.PROPOSE, state, True, "account:x", TODAY, {})
        case = cases.begin(
            work, Kind.PROPOSAL, subject, CONTENT | content, f"proposal {number}", made
        )
    return case.case_id


def test_pages_follow_each_other_without_a_gap(cast: Cast) -> None:
    made = [kept(cast, number) for number in range(5)]
    seen: list[str] = []
    page: dict[str, Any] = {"next_cursor": None}
    while True:
        cursor = {} if page["next_cursor"] is None else {"cursor": page["next_cursor"]}
        answer = cast.get("auditor", "", limit=2, **cursor)
        page = answer.json()
        seen += [one["proposal_id"] for one in page["proposals"]]
        if page["next_cursor"] is None:
            break
        assert answer.headers["link"].endswith('rel="next"')

    assert seen == made[::-1]


def test_a_list_keeps_to_the_states_that_are_asked_for(cast: Cast) -> None:
    kept(cast, 0)
    approved = kept(cast, 1, State.APPROVED)

    found = cast.get("auditor", "", state="approved").json()["proposals"]

    assert [one["proposal_id"] for one in found] == [approved]


def test_a_wrong_limit_and_a_cursor_never_given_are_refused(cast: Cast) -> None:
    for query, kind in (
        ({"limit": 0}, "limit_out_of_range"),
        ({"limit": 201}, "limit_out_of_range"),
        ({"cursor": "f" * 24}, "cursor_invalid"),
    ):
        answer = cast.get("auditor", "", **query)
        assert (answer.status_code, answer.json()["type"]) == (422, f"/errors/{kind}")


def test_m3_a_move_between_governments_waits_for_an_authority_outside(cast: Cast) -> None:
    proposal = kept(cast, 0, authorities=["governor"])

    referred = cast.done(proposal, "approve_giving", "approve_receiving")
    early = cast.post("decider", f"/{proposal}/decision", STEPS["decide"][2])
    body = {"verdict": "consent", "letter": "821/1/GUB"}
    consented = cast.post("analyst", f"/{proposal}/consent", body)

    assert (referred["state"], referred["authorities"]) == ("referred", ["governor"])
    assert (early.status_code, early.json()["type"]) == (409, "/errors/out_of_order")
    assert (consented.status_code, consented.json()["state"]) == (200, "approved")
    assert consented.json()["events"][-1]["facts"] == {"letter": "821/1/GUB"}


def test_m3_what_an_authority_outside_denies_is_over(cast: Cast) -> None:
    proposal = kept(cast, 0, State.REFERRED, authorities=["bkn"])
    body = {"verdict": "deny", "letter": "821/2/BKN"}

    assert cast.post("analyst", f"/{proposal}/consent", body).json()["state"] == "rejected"


def test_an_application_for_another_post_or_by_somebody_else_is_not_taken_up(cast: Cast) -> None:
    recommender = cast.app.state.region.recommender
    ranked = recommender.candidates(cast.move.position_id, 50, explain=False).recommended
    other = next(one.employee_id for one in ranked if one.employee_id != cast.move.nip)
    posts = [post.position_id for post in recommender.vacancies()]
    elsewhere = next(one for one in posts if one != cast.move.position_id)
    asked = {"position_id": elsewhere, "reason": "family"}
    application = cast.callers["employee"].post("/v1/applications", json=asked).json()

    def proposed(nip: str) -> tuple[int, str]:
        body = {
            "nip": nip,
            "position_id": cast.move.position_id,
            "purpose": "own_request",
            "application_id": application["application_id"],
        }
        answer = cast.post("analyst", "", body)
        return answer.status_code, answer.json()["type"]

    lawful = recommender.examine(cast.move.nip, cast.move.position_id, True).is_eligible
    blocked = (409, "/errors/placement_unlawful")
    assert proposed(cast.move.nip) == ((409, "/errors/source_other") if lawful else blocked)
    lawful = recommender.examine(other, cast.move.position_id, True).is_eligible
    assert proposed(other) == ((404, "/errors/case_not_found") if lawful else blocked)

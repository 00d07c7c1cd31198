"""Who has no account answers and objects on paper: taken down for them, by another, as told."""

from collections.abc import Iterator
from datetime import date

import pytest

from mutasi.store import accounts, session
from tests.serving.proposals.conftest import TO_OFFER, Cast

ACCEPT = {"answer": "accept", "dated_on": "2026-04-01", "document": "800/91/2026"}
REFUSE = {**ACCEPT, "answer": "refuse", "reason": "distance"}
OBJECT = {"grounds": "family", "dated_on": "2026-04-01", "document": "800/92/2026"}


@pytest.fixture
def offline(cast: Cast) -> Iterator[Cast]:
    """A region whose employee has no account that is switched on."""
    engine = cast.app.state.region.store.engine
    with session.unit_of_work(engine) as work:
        accounts.switch(work, "employee", is_active=False)
    yield cast
    with session.unit_of_work(engine) as work:
        accounts.switch(work, "employee", is_active=True)


def offered(cast: Cast) -> str:
    proposal = cast.proposed()
    cast.done(proposal, *TO_OFFER)
    return proposal


@pytest.mark.parametrize(("said", "state"), [(ACCEPT, "accepted"), (REFUSE, "refused")])
def test_m3_an_answer_on_paper_is_on_record_as_told_by_who_took_it_down(
    offline: Cast, said: dict[str, str], state: str
) -> None:
    proposal = offered(offline)

    answer = offline.post("analyst", f"/{proposal}/answer/paper", said)

    told = answer.json()
    proposed, event = told["events"][0], told["events"][-1]
    assert (answer.status_code, told["state"]) == (200, state), answer.text
    assert (event["act"], event["dated_on"]) == (said["answer"], "2026-04-01")
    assert event["facts"]["document"] == "800/91/2026"
    assert event["actor"] == proposed["actor"]


def test_an_answer_on_paper_counts_by_its_day_however_late_it_is_taken_down(offline: Cast) -> None:
    proposal = offered(offline)
    offline.today(date(2026, 4, 20))

    late = offline.post(
        "analyst", f"/{proposal}/answer/paper", {**ACCEPT, "dated_on": "2026-04-16"}
    )
    in_time = offline.post(
        "analyst", f"/{proposal}/answer/paper", {**ACCEPT, "dated_on": "2026-04-15"}
    )

    assert (late.status_code, late.json()["type"]) == (409, "/errors/deadline_passed")
    assert (in_time.status_code, in_time.json()["state"]) == (200, "accepted")


def test_an_objection_on_paper_is_taken_down_with_its_number(offline: Cast) -> None:
    proposal = offered(offline)

    told = offline.post("analyst", f"/{proposal}/objection/paper", OBJECT).json()

    assert told["state"] == "objected"
    assert told["events"][-1]["facts"]["document"] == "800/92/2026"


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize(("place", "said"), [("answer", ACCEPT), ("objection", OBJECT)])
def test_who_has_an_account_is_not_spoken_for(
    cast: Cast, place: str, said: dict[str, str], language: str
) -> None:
    proposal = offered(cast)

    answer = cast.post(
        "analyst", f"/{proposal}/{place}/paper", said, **{"Accept-Language": language}
    )

    assert (answer.status_code, answer.json()["type"]) == (409, "/errors/answers_themself")
    assert proposal in answer.json()["detail"]


@pytest.mark.parametrize("who", ["giving", "receiving", "employee"])
def test_who_is_not_of_the_personnel_agency_takes_nothing_down(cast: Cast, who: str) -> None:
    proposal = offered(cast)

    assert cast.post(who, f"/{proposal}/answer/paper", ACCEPT).status_code == 403


@pytest.mark.parametrize("lacking", ["document", "dated_on"])
def test_paper_without_day_or_number_is_refused_by_the_field(offline: Cast, lacking: str) -> None:
    proposal = offered(offline)
    said = {name: value for name, value in ACCEPT.items() if name != lacking}

    answer = offline.post("analyst", f"/{proposal}/answer/paper", said)

    assert answer.status_code == 422
    assert lacking in answer.text


def test_a_paper_of_before_the_offer_is_refused(offline: Cast) -> None:
    proposal = offered(offline)

    answer = offline.post(
        "analyst", f"/{proposal}/answer/paper", {**ACCEPT, "dated_on": "2026-03-01"}
    )

    assert (answer.status_code, answer.json()["type"]) == (409, "/errors/dated_backwards")

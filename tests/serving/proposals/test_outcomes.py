"""After the move (M11): outcomes beside prediction and people who stayed; they teach."""

from datetime import date
from typing import Any

import pytest

from features.outcomes import performances
from models.aftermath import Rated, Verdict, aftermath
from mutasi.store import personnel, session
from tests.serving.proposals.conftest import STEPS, TO_OFFER, Cast
from tests.serving.proposals.test_records import snapshot

AFTER = {6: date(2026, 11, 1), 12: date(2027, 5, 1), 24: date(2028, 5, 1)}


@pytest.fixture
def moved(cast: Cast) -> str:
    """A proposal that was executed; the new post began on 1 May 2026."""
    proposal = cast.proposed()
    cast.done(proposal, *TO_OFFER, "accept", "execute")
    return proposal


def told(cast: Cast, proposal: str, months: int) -> dict[str, Any]:
    answer = cast.get("receiving", f"/{proposal}/outcomes", lang="en")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = next(
        one for one in answer.json()["outcomes"] if one["months"] == months
    )
    return found


def test_m11_an_outcome_waits_is_due_and_is_told(cast: Cast, moved: str) -> None:
    early = cast.post("receiving", f"/{moved}/outcomes", STEPS["assess"][2])
    waiting = told(cast, moved, 6)
    cast.today(AFTER[6])
    due = told(cast, moved, 6)
    cast.done(moved, "assess")
    found = told(cast, moved, 6)

    assert (early.status_code, early.json()["type"]) == (409, "/errors/too_early")
    assert (waiting["state"], waiting["due_on"]) == ("waiting", "2026-11-01")
    assert due["state"] == "due"
    assert (found["state"], found["results"], found["dated_on"]) == ("told", 1, "2026-11-01")


def test_m11_it_stands_beside_the_prediction_and_people_alike_who_stayed(
    cast: Cast, moved: str
) -> None:
    cast.today(AFTER[6])
    cast.done(moved, "assess")

    answer = cast.get("receiving", f"/{moved}/outcomes", lang="en").json()
    found = answer["outcomes"][0]

    effect, rating = found["effect"], found["rating"]
    assert found["gap"] == pytest.approx(rating - answer["predicted"]["value"], abs=1e-3)
    assert found["year"] == 2025, "the latest year of whose ratings the service knows"
    assert effect["low"] < effect["value"] < effect["high"]
    assert found["verdict"] in set(Verdict)
    assert "Beside 5 people alike who stayed" in " ".join(found["sentences"])
    assert "hardly ever enough" in answer["note"]


def test_m11_a_better_rating_is_a_better_effect(cast: Cast) -> None:
    recommender = cast.app.state.region.recommender
    row = recommender.snapshot.employee_row(cast.move.nip)
    origin = recommender.snapshot.positions["position_id"][
        recommender.snapshot.employees["position"][row]
    ]

    def came(results: int) -> Any:
        rated = Rated(cast.move.nip, str(origin), date(2026, 4, 1), 2025, results, 2)
        return aftermath(recommender.snapshot, recommender.artifact.performance, rated)

    good, usual, poor = came(1), came(2), came(3)
    assert good.rating > usual.rating > poor.rating
    assert good.effect.value - poor.effect.value == pytest.approx(good.rating - poor.rating)


def test_a_rating_of_a_year_that_nobody_was_rated_in_has_the_scale_of_the_latest(
    cast: Cast,
) -> None:
    recommender = cast.app.state.region.recommender
    rated = [Rated(cast.move.nip, None, date(2026, 4, 1), year, 1, 1) for year in (2025, 2031)]

    first, second = (aftermath(recommender.snapshot, None, one) for one in rated)

    assert first is not None
    assert first == second
    assert (first.effect, first.verdict, first.people) == (None, None, 0)


def test_m11_outcome_and_answer_told_over_http_are_in_the_next_training(
    cast: Cast, moved: str
) -> None:
    cast.today(date(2028, 1, 15))
    body = {"months": 12, "results": 1, "behaviour": 1, "year": 2027}
    assert cast.post("receiving", f"/{moved}/outcomes", body).status_code == 200

    known = snapshot(cast, date(2028, 1, 31))
    labels = performances(known)
    mine = [
        row
        for row in range(len(labels))
        if (labels.employee_id[row], labels.position_id[row])
        == (cast.move.nip, cast.move.position_id)
    ]

    assert [str(labels.decided_on[row]) for row in mine] == ["2026-04-01"]
    assert [str(labels.known_on[row]) for row in mine] == ["2028-01-15"]
    before = performances(snapshot(cast, date(2028, 1, 14)))
    assert len(before) == len(labels) - 1, "not before it was told"


@pytest.mark.parametrize("year", [2026, 2028])
def test_a_year_that_is_not_wholly_in_the_new_post_or_not_over_is_refused(
    cast: Cast, moved: str, year: int
) -> None:
    cast.today(date(2028, 1, 15))
    body = {"months": 12, "results": 1, "behaviour": 1, "year": year}

    answer = cast.post("receiving", f"/{moved}/outcomes", body)

    assert (answer.status_code, answer.json()["type"]) == (422, "/errors/day_unusable")
    assert answer.json()["params"]["first"] == "2027-01-01"


def test_an_outcome_is_told_once(cast: Cast, moved: str) -> None:
    cast.today(AFTER[6])
    cast.done(moved, "assess")

    answer = cast.post("analyst", f"/{moved}/outcomes", {**STEPS["assess"][2], "results": 3})

    assert (answer.status_code, answer.json()["type"]) == (409, "/errors/outcome_known")


def test_another_appraisal_on_record_goes_before(cast: Cast, moved: str) -> None:
    cast.today(date(2028, 1, 15))
    body = {"months": 12, "results": 1, "behaviour": 1, "year": 2027}
    assert cast.post("receiving", f"/{moved}/outcomes", body).status_code == 200
    cast.today(AFTER[24])

    other = cast.post("receiving", f"/{moved}/outcomes", {**body, "months": 24, "results": 3})
    same = cast.post("receiving", f"/{moved}/outcomes", {**body, "months": 24})

    assert (other.status_code, other.json()["type"]) == (409, "/errors/appraisal_known")
    assert same.status_code == 200


def test_who_gives_somebody_up_does_not_judge_them_nor_do_they_themselves(
    cast: Cast, moved: str
) -> None:
    cast.today(AFTER[6])

    giving = cast.post("giving", f"/{moved}/outcomes", STEPS["assess"][2])
    employee = cast.post("employee", f"/{moved}/outcomes", STEPS["assess"][2])

    assert (giving.status_code, giving.json()["type"]) == (403, "/errors/office_missing")
    assert employee.status_code == 403


def test_an_outcome_does_not_lengthen_the_days_to_object(cast: Cast, moved: str) -> None:
    before = cast.get("employee", f"/{moved}").json()["object_by"]
    cast.today(AFTER[6])

    told = cast.done(moved, "assess")

    assert told["object_by"] == before == "2026-04-21"
    assert "object" not in [each["act"] for each in told["allowed"]]


def test_nothing_comes_of_a_move_that_did_not_take_place(cast: Cast) -> None:
    proposal = cast.proposed()

    answer = cast.get("analyst", f"/{proposal}/outcomes")

    assert (answer.status_code, answer.json()["outcomes"]) == (200, [])


def test_what_was_told_is_a_review_on_record(cast: Cast, moved: str) -> None:
    cast.today(AFTER[6])
    cast.done(moved, "assess")

    with session.reading(cast.app.state.region.store.engine) as work:
        reviews = personnel.rows(work, "reviews")
    mine = reviews[reviews["employee_id"] == cast.move.nip].sort_values("ended_on").iloc[-1]
    assert str(mine["started_on"].date()) == "2026-05-01"
    assert str(mine["ended_on"].date()) == "2026-11-01"

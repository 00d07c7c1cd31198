"""M18: people lent for a time, who keep their post and return."""

from datetime import date

import numpy as np
import pytest

from models.recommender import Recommender
from mutasi.certificate import check_file
from mutasi.errors import AssignmentUnlawful, DemandUnknown
from mutasi.i18n import LANGUAGES
from mutasi.planning.request import PlanRequest
from pipelines.planning.export import plan_sheets
from pipelines.planning.job import Planned, plan_region
from pipelines.planning.page import plan_page
from pipelines.planning.question import Question, question
from tests.pipelines.planning.conftest import Ask

UNTIL = date(2026, 9, 30)
LENDING = {"temporary": {"until": UNTIL.isoformat(), "cost": 0.0}, "weights": {"move": 6.0}}
"""Where moving costs so much that people are rather lent."""


@pytest.fixture(scope="module")
def planned(recommender: Recommender, tmp_path_factory: pytest.TempPathFactory) -> Planned:
    request = PlanRequest.model_validate(LENDING)
    return plan_region(recommender, request, tmp_path_factory.mktemp("lent"))


@pytest.fixture(scope="module")
def asked(recommender: Recommender) -> Question:
    return question(recommender, PlanRequest.model_validate(LENDING))


def test_m18_people_are_lent_within_their_family_to_other_units(
    planned: Planned, recommender: Recommender
) -> None:
    posts = recommender.snapshot.positions
    lent = [move for move in planned.report.moves if move.until]
    family = dict(zip(posts["position_id"], posts["family"], strict=True))
    unit = dict(zip(posts["position_id"], posts["unit_id"], strict=True))

    assert lent
    for move in lent:
        assert move.until == UNTIL.isoformat()
        assert move.origin
        assert family[move.origin.post] == family[move.to.post]
        assert unit[move.origin.post] != unit[move.to.post]


def test_m18_nobody_takes_the_seat_of_who_is_lent(planned: Planned) -> None:
    assert not [move for move in planned.report.moves if move.until and move.backfill]
    assert not check_file(planned.plan).breaches


def test_nobody_is_their_own_rival_by_being_lent_or_moved_to_the_same_post(
    planned: Planned,
) -> None:
    for move in planned.report.moves:
        if move.post_next is not None:
            assert move.post_next.name not in (move.name, move.person)
        if move.person_next is not None:
            assert move.person_next.name != f"{move.to.title} · {move.to.unit}"


def test_m18_a_plan_with_people_lent_is_worth_no_less(planned: Planned, ask: Ask) -> None:
    assert planned.report.value > ask(weights=LENDING["weights"]).report.value


def test_who_is_lent_changes_as_much_for_a_shorter_time(
    asked: Question, recommender: Recommender
) -> None:
    offers, worth = asked.offers, asked.problem.worth * 1e-4
    move = {
        pair: row
        for row, pair in enumerate(zip(offers.employee, offers.position, strict=True))
        if not offers.lent[row]
    }
    share = (UNTIL - recommender.snapshot.as_of).days / 730.5
    rows = np.flatnonzero(offers.lent)
    same = np.array([move[offers.employee[row], offers.position[row]] for row in rows])
    chance = offers.acceptance[rows]
    refused = (1 - chance) * 2.0
    accepted = (worth[same] + refused) / chance + 6.0

    assert worth[rows] == pytest.approx(chance * share * accepted - refused, abs=1e-3)


@pytest.mark.parametrize(
    "until",
    [
        pytest.param("2026-03-30", id="ends as it begins"),
        pytest.param("2026-10-01", id="a day longer than six months"),
    ],
)
def test_m18_the_law_limits_how_long_people_are_lent(ask: Ask, until: str) -> None:
    with pytest.raises(AssignmentUnlawful) as refused:
        ask(temporary={"until": until})

    assert refused.value.params["last"] == UNTIL


def test_people_are_lent_to_the_units_asked_for_alone(
    ask: Ask, planned: Planned, recommender: Recommender
) -> None:
    posts = recommender.snapshot.positions
    unit = dict(zip(posts["position_id"], posts["unit_id"], strict=True))
    to = next(unit[move.to.post] for move in planned.report.moves if move.until)
    request = {**LENDING, "temporary": {"until": UNTIL.isoformat(), "cost": 0.0, "units": [to]}}

    lent = [move for move in ask(**request).report.moves if move.until]

    assert {unit[move.to.post] for move in lent} == {to}
    with pytest.raises(DemandUnknown):
        ask(temporary={"until": UNTIL.isoformat(), "units": ["X"]})


@pytest.mark.parametrize("language", LANGUAGES)
def test_page_and_workbook_say_until_when(planned: Planned, language: str) -> None:
    lent = [move for move in planned.report.moves if move.until]
    moves = next(iter(plan_sheets(planned.report, language).values()))

    assert sum(UNTIL.isoformat() in map(str, row) for row in moves.rows) == len(lent)
    assert "30 September 2026" in plan_page(planned.report, language)

"""What a plan is worth is told by models that did not choose it, or is said to be unknown."""

from pathlib import Path
from typing import Any, get_args

import numpy as np
import pytest
from numpy.typing import NDArray

from models.intervals import Interval
from models.learner import Floats
from models.recommender import Recommender
from models.value import NULLS, Value
from mutasi.errors import PlanNotFound
from mutasi.i18n import LANGUAGES, render
from mutasi.planning.optimizer import optimize
from mutasi.planning.plan import Plan
from mutasi.planning.request import PlanRequest
from mutasi.simulation.region import Region
from mutasi.snapshot import Snapshot
from pipelines.pages.figure import Figure
from pipelines.planning.job import Planned, plan_region
from pipelines.planning.page import plan_page
from pipelines.planning.question import Question, question
from pipelines.planning.schema import PlanReport
from pipelines.planning.schema_worth import Overlap, Withheld, Worth
from pipelines.planning.valuing import FEW, again, valued, verdict
from pipelines.planning.wording import worth
from tests.pipelines.conftest import LAST_DAY, silent


@pytest.fixture(scope="module")
def asked(recommender: Recommender) -> tuple[Question, Plan]:
    found = question(recommender, PlanRequest())
    return found, optimize(found.problem)


@pytest.fixture(scope="module")
def found(recommender: Recommender, asked: tuple[Question, Plan]) -> Worth:
    told = valued(recommender, *asked, PlanRequest(), silent)
    assert isinstance(told, Worth)
    return told


def with_worth(report: PlanReport, worth: object) -> PlanReport:
    return report.model_copy(update={"worth": worth})


def test_m22_the_plan_is_valued_by_who_chose_and_by_who_did_not(
    found: Worth, usual: Planned
) -> None:
    gains = [move.gain for move in usual.report.moves if move.gain is not None]

    assert found.moves == len(gains)
    assert found.promised == pytest.approx(np.mean(gains))
    assert found.cross_fitted.value is not None
    assert found.cross_fitted.value < found.promised
    assert found.cross_fitted.low is not None
    assert found.cross_fitted.high is not None
    assert found.cross_fitted.low < found.cross_fitted.value < found.cross_fitted.high
    assert found.nulls == NULLS
    assert 0 < found.learned < FEW
    assert found.is_thin


def test_what_became_of_few_is_withheld_with_their_number(found: Worth) -> None:
    assert found.overlap.gain is None
    assert found.overlap.withheld == "thin"
    assert 0 < found.overlap.effective < 200
    assert found.overlap.vacancies > 0


def chosen(told: Question, holders: NDArray[np.int64], gain: Floats) -> NDArray[np.int64]:
    """Return the rows of a plan of the same offers by other gains."""
    unread: Any = None  # a policy is given candidates; this one has its offers already
    return again(told, PlanRequest(), holders)(unread, gain)


def test_the_same_gains_make_the_same_plan_again(asked: tuple[Question, Plan]) -> None:
    told, plan = asked
    holders = np.flatnonzero(~np.isnan(told.offers.staying))
    gain = (told.offers.value - told.offers.staying)[holders]

    rows = chosen(told, holders, gain)

    assert set(holders[rows]) == set(plan.moves) & set(holders)


def test_where_everybody_loses_by_moving_only_shortage_is_left_to_plan_for(
    asked: tuple[Question, Plan],
) -> None:
    told, _ = asked
    holders = np.flatnonzero(~np.isnan(told.offers.staying))

    assert not len(chosen(told, holders, np.full(len(holders), -100.0)))


def test_a_plan_stands_though_there_was_no_time_to_make_it_again(
    recommender: Recommender, asked: tuple[Question, Plan], monkeypatch: pytest.MonkeyPatch
) -> None:
    def late(*_: object) -> Plan:
        raise PlanNotFound(seconds=1.0)

    monkeypatch.setattr("pipelines.planning.valuing.optimize", late)

    assert valued(recommender, *asked, PlanRequest(), silent) == "no_time"


def test_progress_is_told_to_its_end(
    recommender: Recommender, usual: Planned, tmp_path: Path
) -> None:
    told: dict[str, tuple[int, int]] = {}

    def progress(kind: str, done: int, total: int) -> None:
        told[kind] = (done, total)

    report = plan_region(recommender, PlanRequest(), tmp_path, worth=progress).report

    assert told["worth"] == (NULLS + 1, NULLS + 1)
    assert isinstance(report.worth, Worth)
    assert report.moves == usual.report.moves


def test_without_a_model_nothing_is_claimed(invented: Region, tmp_path: Path) -> None:
    without = Recommender(Snapshot.of(LAST_DAY, invented.frames))

    assert plan_region(without, PlanRequest(), tmp_path, worth=silent).report.worth == "no_model"


def test_of_a_plan_that_moves_nobody_nothing_is_claimed(
    recommender: Recommender, tmp_path: Path
) -> None:
    request = PlanRequest.model_validate({"limits": {"moves": 0}})

    report = plan_region(recommender, request, tmp_path, worth=silent).report

    assert report.worth == "nobody_gains"
    assert usual_words("withheld_nobody_gains", "en") in plan_page(report, "en")


def usual_words(key: str, language: str) -> str:
    return render(f"plan.worth.{key}", language)


@pytest.mark.parametrize(
    ("interval", "null", "said"),
    [
        pytest.param((1.0, 0.5, 1.5), 0.4, "gain", id="above nothing and above chance"),
        pytest.param((1.0, 0.5, 1.5), 1.4, "chance", id="no more than without a match"),
        pytest.param((1.0, -0.5, 1.5), 0.4, "unsure", id="a gain or none"),
        pytest.param((-1.0, -1.5, -0.5), -3.0, "loss", id="below nothing"),
        pytest.param((1.0, np.nan, np.nan), 0.0, "unsure", id="of one post alone"),
    ],
)
def test_the_verdict_follows_from_the_interval_and_the_null(
    interval: tuple[float, float, float], null: float, said: str
) -> None:
    nulls = (null,) * NULLS
    value = Value("plan", 5, 2.0, Interval(*interval), None, nulls, nulls)

    assert verdict(value) == said


OVERLAPS = (
    Overlap(gain=Figure(value=1.2, low=0.1, high=2.3), vacancies=400, effective=250.0),
    Overlap(vacancies=40, effective=12.0, withheld="thin"),
    Overlap(withheld="nobody_named"),
    Overlap(withheld="no_proposals"),
)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("said", ["gain", "chance", "unsure", "loss"])
def test_every_verdict_and_every_overlap_has_words(
    language: str, said: str, found: Worth, usual: Planned
) -> None:
    for overlap in OVERLAPS:
        one = found.model_copy(update={"verdict": said, "overlap": overlap})
        report = with_worth(usual.report, one)

        sentences = list(worth(report, language))

        assert len(sentences) == 5
        page = plan_page(report, language)
        assert sentences[3] in page
        assert render("plan.page.worth.title", language) in page


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("why", get_args(Withheld))
def test_what_is_withheld_says_why(language: str, why: str, usual: Planned) -> None:
    report = with_worth(usual.report, why)

    assert list(worth(report, language)) == [usual_words(f"withheld_{why}", language)]
    assert usual_words(f"withheld_{why}", language) in plan_page(report, language)
    assert f"<h2>{render('plan.page.worth.title', language)}" not in plan_page(report, language)

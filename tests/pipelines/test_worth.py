"""The report says what following the recommendations is worth, and whether that is chance."""

import pytest

from models.policies import POLICIES
from models.value import NULLS
from mutasi.i18n import render
from pipelines.evaluation.findings import findings
from pipelines.evaluation.lights import lights
from pipelines.evaluation.page import page
from pipelines.evaluation.schema import Light, Report
from pipelines.evaluation.schema_worth import Worth
from pipelines.evaluation.wording import Words
from pipelines.pages.figure import Figure


@pytest.fixture
def found(report: Report) -> Worth:
    assert report.worth is not None
    return report.worth


def valued(report: Report, low: float, high: float, *, is_told: bool) -> Report:
    """Return the report as if each policy had been worth so much."""
    assert report.worth is not None
    figure = Figure(value=(low + high) / 2, low=low, high=high)
    told = {
        name: policy.model_copy(update={"cross_fitted": figure, "is_told_from_null": is_told})
        for name, policy in report.worth.policies.items()
    }
    found = report.model_copy(update={"worth": report.worth.model_copy(update={"policies": told})})
    return found.model_copy(update={"lights": lights(found)})


def test_each_policy_is_valued_by_who_chose_and_by_who_did_not(found: Worth) -> None:
    assert set(found.policies) == set(POLICIES)
    assert found.nulls == NULLS
    for policy in found.policies.values():
        cross_fitted = policy.cross_fitted
        assert cross_fitted.value is not None
        assert cross_fitted.low is not None
        assert cross_fitted.high is not None
        assert cross_fitted.low < cross_fitted.value < cross_fitted.high
        assert policy.promised > cross_fitted.value
        assert policy.is_told_from_null == (cross_fitted.value > policy.null_cross_fitted)
    assert found.policies["plan"].promised <= found.policies["top"].promised


def test_the_vacancies_are_those_for_which_the_past_named_somebody(found: Worth) -> None:
    assert found.past is not None
    assert found.past < found.policies["top"].promised
    assert 0 < found.vacancies < found.candidates


@pytest.mark.parametrize(
    ("low", "high", "is_told", "light"),
    [
        pytest.param(1.0, 3.0, True, Light.YES, id="a sure gain above chance"),
        pytest.param(1.0, 3.0, False, Light.UNSURE, id="a gain as chance may bring"),
        pytest.param(-1.0, 3.0, True, Light.UNSURE, id="a gain or none"),
        pytest.param(-3.0, -1.0, True, Light.NO, id="a sure loss"),
    ],
)
def test_it_is_worth_to_follow_only_where_the_gain_is_sure_and_no_chance(
    report: Report, low: float, high: float, is_told: bool, light: Light
) -> None:
    assert valued(report, low, high, is_told=is_told).lights["worth"] is light


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("is_told", [True, False])
def test_a_sure_loss_is_called_a_loss_whatever_chance_would_bring(
    report: Report, language: str, is_told: bool
) -> None:
    words = Words(language)
    told = findings(valued(report, -3.0, -1.0, is_told=is_told), words)
    sentences = next(each.sentences for each in told if each.topic == "worth")

    assert sentences[-1] == words.say("finding.loses")


def test_without_past_vacancies_nothing_is_claimed(report: Report) -> None:
    without = report.model_copy(update={"worth": None})
    without = without.model_copy(update={"lights": lights(without)})
    told = next(each for each in findings(without, Words("en")) if each.topic == "worth")

    assert without.lights["worth"] is Light.UNKNOWN
    assert told.sentences == (render("evaluate.finding.no_worth", "en"),)
    assert told.part is None
    assert render("evaluate.worth.title", "id") not in page(without, "id")


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_page_tells_promise_expectation_and_chance(report: Report, language: str) -> None:
    text = page(report, language)

    for key in ("title", "promised", "cross_fitted", "null_cross_fitted", "policy_plan"):
        assert render(f"evaluate.worth.{key}", language) in text


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_page_says_whether_what_became_of_the_named_tells_anything(
    report: Report, found: Worth, language: str
) -> None:
    without = found.model_copy(update={"doubly_robust": None, "effective": 12.0})
    figure = Figure(value=1.5, low=0.5, high=2.5)
    told = found.model_copy(update={"doubly_robust": figure, "effective": 345.0})
    texts = [page(report.model_copy(update={"worth": each}), language) for each in (without, told)]

    assert "200" in texts[0]
    assert "AIPW" not in texts[0]
    assert "AIPW" in texts[1]
    assert "345" in texts[1]

"""The model card: what a model is for and not for, from the figures of the report."""

import pytest

from mutasi.i18n import LANGUAGES, render
from mutasi.settings import Settings
from pipelines.evaluation import card
from pipelines.evaluation.job import served
from pipelines.evaluation.schema import Report
from pipelines.summaries import show_training
from pipelines.train import Trained


def test_the_card_has_the_figures_of_the_report(report: Report) -> None:
    found = card.card(report)

    assert report.performance is not None
    predictors = report.performance.comparison.predictors
    assert found.figures["performance"] == {
        name: figures["rmse"] for name, figures in predictors.items()
    }
    assert found.lights == report.lights
    assert found.headlines == report.headlines
    assert found.tested["performance"].count == report.performance.comparison.count


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_card_says_what_it_is_for_and_what_not(report: Report, language: str) -> None:
    text = card.text(report, language)

    for key in (*card.USES, *card.NOT_FOR, "none"):
        assert render(f"evaluate.card.{key}", language) in text
    for name in card.LIMITS:
        assert render(f"evaluate.limit.{name}", language) in text
    assert render("evaluate.truth.banner", language) in text
    assert "{" not in text


def test_the_card_names_the_model_in_service_by_its_hash(
    trained: tuple[Settings, Trained], report: Report
) -> None:
    settings, model = trained
    serving = served(settings)

    text = card.text(report.model_copy(update={"model": serving}), "en")

    assert serving is not None
    assert serving.version == model.manifest.version
    assert f"`{model.manifest.version}`" in text
    assert f"`{model.manifest.data_hash}`" in text
    assert served(Settings(home=settings.home / "no models")) is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_moved_had_beyond_their_records_is_told(
    trained: tuple[Settings, Trained],
    report: Report,
    language: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    settings, model = trained
    facts = model.manifest.heads["performance"]
    told = render("train.hidden", language, hidden=facts.hidden, hidden_error=facts.hidden_error)

    show_training(model, language, as_json=False)
    shown = " ".join(capsys.readouterr().out.split())
    text = card.text(report.model_copy(update={"model": served(settings)}), language)

    assert abs(facts.hidden) > 0.05
    assert facts.hidden_error > 0.0
    assert told in shown
    assert told in text

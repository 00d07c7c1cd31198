"""What changed since an earlier report, and whether that is sure."""

import json
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from mutasi.errors import ReportMismatch, ReportUnreadable
from mutasi.i18n import render
from mutasi.settings import Settings
from pipelines.evaluation import earlier
from pipelines.evaluation.headlines import change
from pipelines.evaluation.job import evaluate, written_report
from pipelines.evaluation.schema import Headline, Light, Report, Verdict
from pipelines.pages.figure import Figure
from pipelines.train import Trained
from tests.pipelines.conftest import LAST_DAY, Run


def headline(value: float | None, half: float = 0.1, **more: Any) -> Headline:
    ends = {} if value is None else {"low": value - half, "high": value + half}
    return Headline(figure=Figure(value=value, **ends), **{"better": "low", **more})


@pytest.mark.parametrize(
    ("then", "now", "is_sure", "verdict"),
    [
        pytest.param(headline(9.0), headline(8.0), True, Verdict.BETTER, id="less error"),
        pytest.param(headline(9.0), headline(9.5), True, Verdict.WORSE, id="more error"),
        pytest.param(headline(9.0), headline(8.87), False, Verdict.UNSURE, id="within both"),
        pytest.param(headline(9.0), headline(8.85), True, Verdict.BETTER, id="ends touch, sure"),
        pytest.param(headline(9.0), headline(None), False, Verdict.UNSURE, id="not found now"),
        pytest.param(
            headline(9.0), headline(8.0, better=None), True, Verdict.UNSURE, id="neither is better"
        ),
        pytest.param(
            headline(0.8, 0.01, better="target", target=0.9),
            headline(0.92, 0.01, better="target", target=0.9),
            True,
            Verdict.BETTER,
            id="nearer to what is promised",
        ),
        pytest.param(
            headline(0.9, 0.01, better="target", target=0.9),
            headline(0.97, 0.01, better="target", target=0.9),
            True,
            Verdict.WORSE,
            id="further from it",
        ),
    ],
)
def test_a_change_is_sure_only_if_chance_does_not_explain_it(
    then: Headline, now: Headline, is_sure: bool, verdict: Verdict
) -> None:
    found = change(then, now)

    assert found.is_sure is is_sure
    assert found.verdict is verdict


def test_the_interval_of_a_change_is_as_wide_as_both_together() -> None:
    found = change(headline(3.0, 0.3), headline(4.0, 0.4)).difference

    assert (found.value, found.low, found.high) == pytest.approx((1.0, 0.5, 1.5))


def test_what_only_one_of_two_reports_has_is_said(compared: Report) -> None:
    since = compared.since

    assert since is not None
    assert since.come == ("acceptance.auc",)
    assert since.gone == ()
    assert since.changes["performance.rmse"].verdict is Verdict.BETTER
    assert since.changes["movers.ndcg"].verdict is Verdict.WORSE
    assert since.changes["evidence.without"].is_sure
    assert since.changes["evidence.without"].verdict is Verdict.UNSURE
    assert compared.lights["since"] is Light.NO


def test_the_latest_report_that_knew_less_is_found(report: Report, tmp_path: Path) -> None:
    for day in ("2023-03-31", "2024-03-31", "2026-03-31"):
        written_report(report.model_copy(update={"as_of": day}), tmp_path, "id")
    elsewhere = report.model_copy(update={"as_of": "2025-03-31", "region": "Elsewhere"})
    (tmp_path / "report-2025-03-31.json").write_text(elsewhere.model_dump_json())
    older = {**json.loads(report.model_dump_json()), "format": 1}
    (tmp_path / "report-old.json").write_text(json.dumps(older))

    found, unread = earlier.latest_before(tmp_path, LAST_DAY, report.region)

    assert found is not None
    assert found.as_of == "2024-03-31"
    assert unread == 1
    assert earlier.latest_before(tmp_path, date(2023, 3, 31), report.region)[0] is None
    assert earlier.latest_before(tmp_path / "nowhere", LAST_DAY, report.region) == (None, 0)


def test_an_earlier_report_that_does_not_fit_is_refused(report: Report, tmp_path: Path) -> None:
    path = tmp_path / "report.json"
    with pytest.raises(ReportUnreadable):
        earlier.read(path, report.region)
    path.write_text("{}")
    with pytest.raises(ReportUnreadable):
        earlier.read(path, report.region)
    path.write_text(report.model_dump_json())
    with pytest.raises(ReportMismatch):
        earlier.read(path, "Elsewhere")
    assert earlier.read(path, report.region) == report


def test_the_command_compares_with_the_report_that_is_named(
    trained: tuple[Settings, Trained],
    run: Run,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    settings, model = trained
    monkeypatch.setattr("pipelines.evaluation.job.evaluate", partial(evaluate, draws=20))
    home, named = ("--home", str(settings.home)), tmp_path / "then.json"
    options = ("evaluate", "--years", "1", "--out", str(tmp_path), "--lang", "en")

    first_code, printed, _ = run(*home, *options)
    first = Report.model_validate_json((tmp_path / "report.json").read_text())
    named.write_text(first.model_copy(update={"as_of": "2024-01-01"}).model_dump_json())
    second_code, said, _ = run(*home, *options, "--since", str(named), "--json")
    named.write_text(first.model_copy(update={"region": "Elsewhere"}).model_dump_json())
    refused, _, why = run(*home, *options, "--since", str(named))

    second = Report.model_validate_json(said)
    assert (first_code, second_code, refused) == (0, 0, 2)
    assert first.since is None
    assert second.since is not None
    assert second.since.as_of == "2024-01-01"
    assert not any(one.is_sure for one in second.since.changes.values())
    assert first.model is not None
    assert first.model.version == model.manifest.version
    assert model.manifest.version in (tmp_path / "model-card.md").read_text()
    assert "model-card.md" in printed
    assert render("evaluate.finding.fairness", "en") in printed
    assert "Elsewhere" in why

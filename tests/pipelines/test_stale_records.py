"""Records that have fallen behind teach no model that serves, and everybody is told."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from mutasi.i18n import LANGUAGES, render
from mutasi.settings import Settings
from pipelines import staleness
from pipelines.evaluation.schema import Gap, Report
from pipelines.evaluation.wording import Words, remarks
from pipelines.staleness import Refusal
from pipelines.summaries import show_training
from pipelines.train import Trained, train_and_register


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_trains_on_stale_records_or_reads_of_such_a_model_is_told(
    trained: tuple[Settings, Trained],
    report: Report,
    language: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    sign = Refusal(code="overdue", facts={"value": 0.2, "bound": 0.05, "count": 2.0, "asked": 10.0})
    told = render(f"stale.{sign.code}", language, **sign.facts)
    warned = render("train.stale", language, why=told)

    show_training(replace(trained[1], refusals=(sign,)), language, as_json=False)
    shown = " ".join(capsys.readouterr().out.split())
    gap = Gap(code=f"stale.{sign.code}", facts=sign.facts)

    assert warned in shown
    assert told in remarks(report.model_copy(update={"gaps": (gap,)}), Words(language))
    assert trained[1].refusals == ()


def test_training_asks_whether_the_records_are_kept_up(
    stored: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(stored.home, tmp_path, dirs_exist_ok=True)
    monkeypatch.setattr(staleness, "MOST_UNRATED", -0.01)

    made = train_and_register(Settings(home=tmp_path))

    assert [sign.code for sign in made.refusals] == ["unrated"]

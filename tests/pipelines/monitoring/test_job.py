"""`mutasi monitor`: one report, on terminal, page and as JSON."""

import json
import re
import shutil
from datetime import date
from pathlib import Path

import pytest

from models import aliases
from models.aftermath import Verdict
from models.aliases import Alias
from models.artifact import Artifact
from models.signing import key_pair
from mutasi.errors import RegionEmpty
from mutasi.i18n import LANGUAGES, has_words, render
from mutasi.settings import Settings
from mutasi.snapshot import Snapshot
from mutasi.store import personnel, session
from pipelines.monitoring.gathering import Gathered, period_of
from pipelines.monitoring.job import JSON_FILE, monitor, notes
from pipelines.monitoring.page import SPECS, page
from pipelines.monitoring.schema import (
    SCHEMA,
    Change,
    Reason,
    Report,
    Retrain,
)
from pipelines.staleness import Refusal
from pipelines.train import train
from tests.pipelines.conftest import Run
from tests.pipelines.monitoring.conftest import LAST, LEARNED
from tests.records import snapshot

NIP = re.compile(r"\b(?:19|20)\d{16}\b")
OLD = date(2024, 3, 31)

REASONS = (
    "feature_foreign",
    "feature_outside",
    "feature_missing",
    "feature_large",
    "rate_accepted",
    "rate_rating",
    "rate_unlike",
    "chance_gap",
    "chance_error",
    "rating_gap_moves",
    "rating_gap_stays",
    "coverage_moves",
    "coverage_stays",
    "error_moves",
    "error_stays",
    "course_acceptance_above",
    "course_acceptance_below",
    "course_performance_above",
    "course_performance_below",
    "no_reference",
    "fresh",
)


@pytest.fixture(scope="session")
def monitored(stored: Settings, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A home whose model is two years old; read only."""
    home = tmp_path_factory.mktemp("monitored")
    shutil.copytree(stored.home, home, dirs_exist_ok=True)
    settings = Settings(home=home)
    with session.reading(session.engine(settings.database_url)) as work:
        snapshot = personnel.snapshot(work, OLD)
    key = key_pair(settings.private_key_file, settings.public_key_file)
    manifest = train(snapshot, settings.models, key)
    aliases.change(settings.models, {Alias.CHAMPION: manifest.version})
    return settings


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_command_says_whether_to_train_anew_and_writes_why(
    run: Run, monitored: Settings, tmp_path: Path, language: str
) -> None:
    words = ("monitor", "--out", str(tmp_path), "--lang", language)
    code, out, _ = run("--home", str(monitored.home), *words)
    report = Report.model_validate_json((tmp_path / JSON_FILE).read_text(encoding="utf-8"))
    html = (tmp_path / f"monitoring.{language}.html").read_text(encoding="utf-8")

    assert code == 0
    assert report.retrain in Retrain
    assert report.since == "2024-04-01"
    assert render(f"monitor.headline.{report.retrain.value}", language) in out
    assert render(f"monitor.headline.{report.retrain.value}", language) in html
    assert report.reasons
    assert not NIP.search(out + html + report.model_dump_json())


def test_the_command_speaks_json(run: Run, monitored: Settings, tmp_path: Path) -> None:
    asked = ("--since", "2024-06-01", "--until", "2025-12-31", "--out", str(tmp_path), "--json")
    code, out, _ = run("--home", str(monitored.home), "monitor", *asked)
    told = json.loads(out)

    assert code == 0
    assert told == json.loads((tmp_path / JSON_FILE).read_text(encoding="utf-8"))
    assert told["retrain"] in ("now", "soon", "no")
    assert (told["since"], told["until"]) == ("2024-06-01", "2025-12-31")
    assert told["format"] == SCHEMA


@pytest.mark.parametrize(
    "asked", [("--since", "2099-01-01"), ("--until", "2099-01-01"), ("--since", "yesterday")]
)
def test_days_that_cannot_be_compared_end_with_code_2(
    run: Run, monitored: Settings, asked: tuple[str, str]
) -> None:
    code, _, err = run("--home", str(monitored.home), "monitor", *asked)

    assert code == 2
    assert asked[1] in err or "2099" in err


def test_without_a_model_there_is_nothing_to_monitor(
    run: Run, stored: Settings, tmp_path: Path
) -> None:
    shutil.copytree(stored.home, tmp_path / "home")
    code, _, err = run("--home", str(tmp_path / "home"), "monitor", "--lang", "en")

    assert code == 2
    assert "no model to use" in err


def test_an_empty_region_is_refused(champion: Artifact) -> None:
    with pytest.raises(RegionEmpty):
        monitor(snapshot(LAST), champion, period_of(LEARNED, LAST), lambda *_: None)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_needs_nothing_but_itself(report: Report, language: str) -> None:
    html = page(report, language)
    ids = re.findall(r'\bid="([^"]+)"', html)

    assert f'<html lang="{language}">' in html
    assert not re.search(r"https?:|//\w|<script|<link|<iframe|@import|url\((?!#)|src=", html)
    assert len(ids) == len(set(ids))
    assert html.count("<svg") >= 6
    assert "nan" not in re.sub(r"<svg.*?</svg>", "", html, flags=re.DOTALL).split()
    assert not NIP.search(html)
    assert html == page(report, language)


def test_the_page_opens_with_the_verdict_and_its_reasons(report: Report) -> None:
    told = Reason(
        code="chance_gap",
        urgency=Retrain.NOW,
        value=-0.12,
        bound=0.05,
        facts={"stated": 0.9, "observed": 0.78},
    )
    html = page(report.model_copy(update={"retrain": Retrain.NOW, "reasons": (told,)}), "en")

    assert html.index("Train the model anew now.") < html.index("Acceptance is 12.0% less")
    assert html.index("stated 90.0%") < html.index("Predictions and what came")
    assert "up to 5% is let pass" in html


def test_every_figure_stands_beside_its_reference_with_an_interval(report: Report) -> None:
    for rate in report.rates:
        assert rate.now.low is not None
        assert rate.then.low is not None
        assert rate.difference.high is not None
    for shift in report.shifts:
        assert shift.count_then > 0
        assert all(feature.index.low is not None for feature in shift.features)
        assert all(feature.missing.high is not None for feature in shift.features)
    assert report.chances is not None
    assert report.chances.gap.low is not None
    assert {rating.kind for rating in report.ratings} == {"moves", "stays"}
    assert all(rating.coverage.low is not None for rating in report.ratings)
    assert {course.head for course in report.courses} == {"acceptance", "performance"}
    assert [each.months for each in report.stayed] == [6, 12, 24]


def test_features_stand_worst_first(report: Report) -> None:
    order = list(Change)

    for shift in report.shifts:
        ranks = [order.index(feature.change) for feature in shift.features]
        assert ranks == sorted(ranks)
        alike = [f.index.value or 0 for f in shift.features if f.change is Change.NONE]
        assert alike == sorted(alike, reverse=True)


def test_a_region_that_lived_on_as_before_need_not_be_trained_anew_for_its_features(
    report: Report,
) -> None:
    assert {reason.code for reason in report.reasons} <= {"fresh"}


def test_the_report_comes_back_from_its_json(report: Report) -> None:
    assert Report.model_validate_json(report.model_dump_json()) == report


def test_a_model_that_learned_only_one_thing_is_monitored_in_that(
    champion: Artifact, found: Gathered
) -> None:
    half = Artifact(champion.manifest, {"acceptance": champion.heads["acceptance"]})

    said = {note.code: note.facts for note in notes(half, found, ())}

    assert said == {"not_learned": {"head": "performance"}}


def test_a_period_before_training_tests_nothing_and_says_so(
    champion: Artifact, known: Snapshot
) -> None:
    until = date(2023, 12, 31)
    period = period_of(LEARNED, LAST, since=date(2023, 1, 1), until=until)

    report = monitor(known.rewound(until), champion, period, lambda *_: None)

    assert report.chances is None
    assert not report.ratings
    assert not report.courses
    assert not report.after
    assert {"before_training", "few_answers", "few_ratings"} <= {n.code for n in report.notes}
    assert report.shifts
    assert "not known yet" in page(report, "en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_of_the_report_is_in_the_catalogue(language: str) -> None:
    wanted = [
        *(f"reason.{code}" for code in REASONS),
        *(f"rate.{name}" for name in SPECS),
        *(f"change.{change.value}" for change in Change),
        *(f"verdict.{verdict.value}" for verdict in Verdict),
        *(f"headline.{urgency.value}" for urgency in Retrain),
    ]

    assert not [key for key in wanted if not has_words(f"monitor.{key}", language)]
    assert all(has_words(f"stale.{code}", language) for code in ("unrated", "overdue", "silent"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_refusals_and_every_kind_of_reason_can_be_told(report: Report, language: str) -> None:
    facts: dict[str, float | str] = {
        "head": "acceptance",
        "concept": "distance",
        "feature": "distance_then_km",
        "then": 0.1,
        "stated": 0.9,
        "observed": 0.8,
        "promised": 0.9,
        "began_on": "2025-01-02",
        "left_on": "2025-03-04",
        "count": 10.0,
        "learned": 20.0,
    }
    told = tuple(
        Reason(code=code, urgency=Retrain.SOON, value=0.5, bound=0.2, facts=facts)
        for code in REASONS
    )
    refused = (
        Refusal(
            code="unrated",
            facts={"value": 0.5, "bound": 0.4, "count": 5.0, "asked": 10.0, "year": "2024"},
        ),
        Refusal(code="overdue", facts={"value": 0.2, "bound": 0.1, "count": 2.0, "asked": 10.0}),
        Refusal(code="silent", facts={"value": 400.0, "bound": 366.0, "last": "2024-01-31"}),
    )

    html = page(report.model_copy(update={"reasons": told, "refusals": refused}), language)

    assert html.count("<li>") > len(told) + len(refused)
    assert "{" not in re.sub(r"<style>.*?</style>|<svg.*?</svg>", "", html, flags=re.DOTALL)

"""The periodic report: its layout, what it tells of people, its page, its words."""

import json
import re
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from models.fairness import SUPPRESSION_THRESHOLD, Concern
from mutasi.i18n import LANGUAGES, has_words, render
from mutasi.snapshot import Snapshot
from pipelines.evaluation import card, curves, fairness, groups
from pipelines.evaluation.schema import SCHEMA, Light, Report
from pipelines.evaluation.wording import Words

NIP = re.compile(r"\d{18}|\d{8}[ .]\d{6}[ .]\d[ .]\d{3}")


def test_the_json_has_the_layout_of_its_version(report: Report) -> None:
    told = json.loads(report.model_dump_json())

    assert told["format"] == SCHEMA == 2
    assert set(told) == {
        *("format", "as_of", "region", "employees", "positions", "draws"),
        *("performance", "acceptance", "movers", "choices", "evidence", "worth", "fairness"),
        *("truth", "model", "lights", "headlines", "since", "gaps"),
    }
    assert set(told["fairness"]) == {
        *("selection", "performance", "acceptance", "proxies", "vacancies", "features"),
    }
    assert set(told["lights"]) == {
        "predictions",
        "chances",
        "intervals",
        "worth",
        "fairness",
        "since",
    }
    assert [slicing["by"] for slicing in told["performance"]["slices"]] == [
        *("step", "function", "family", "place", "year"),
    ]
    assert {"part", "without", "with_it", "error", "is_kept"} == set(
        told["performance"]["years"][0]["trials"][0]
    )
    assert set(told["truth"]["gain"]) == {"pearson", "within", "rmse", "bias", "coverage"}
    assert Report.model_validate_json(json.dumps(told)) == report


def test_every_figure_stands_beside_the_plain_ways(report: Report) -> None:
    for task in (report.performance, report.acceptance):
        assert task is not None
        assert {"model", "base_rate", "profile", "ridge", "lightgbm"} <= set(
            task.comparison.predictors
        )


def test_pages_json_and_cards_are_written(texts: dict[str, str]) -> None:
    assert [name for name in texts if name.startswith("id/")] == [
        "id/model-card.json",
        "id/model-card.md",
        "id/report-2026-03-31.json",
        "id/report.id.html",
        "id/report.json",
    ]


def test_nothing_that_is_written_tells_of_one_person(
    texts: dict[str, str], known: Snapshot
) -> None:
    people = known.tables["employees"]
    names = {str(name) for name in people["name"] if isinstance(name, str)}

    for text in texts.values():
        assert not NIP.search(text)
        assert not [name for name in names if name in text]


def told_groups(report: Report) -> Iterator[Any]:
    assert report.fairness is not None
    for audits in (report.fairness.selection, report.fairness.performance):
        for audit in audits:
            yield from audit.groups
    for task in (report.performance, report.acceptance):
        assert task is not None
        for slicing in task.slices:
            yield from slicing.slices


def test_no_group_of_few_people_has_a_figure(report: Report) -> None:
    found = list(told_groups(report))

    assert [group for group in found if group.people is None]
    for group in found:
        assert bool(group.figures) == (group.people is not None)
        assert group.people is None or group.people >= SUPPRESSION_THRESHOLD


def test_a_group_that_is_withheld_is_never_the_only_one(report: Report) -> None:
    assert report.fairness is not None
    for audit in (*report.fairness.selection, *report.fairness.performance):
        withheld = [group for group in audit.groups if group.people is None]
        assert len(withheld) + (audit.unknown is None) != 1


def test_no_bin_of_a_curve_tells_of_few(report: Report) -> None:
    for task in (report.performance, report.acceptance):
        assert task is not None
        assert min(task.bins.count) >= SUPPRESSION_THRESHOLD - 1
    few = np.random.default_rng(1).normal(size=35)
    assert sorted(curves.bins(few, few).count) == [11, 12, 12]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_page_answers_five_questions_in_words(
    compared: Report, texts: dict[str, str], language: str
) -> None:
    text = texts[f"{language}/report.{language}.html"]
    summary = text[text.index('class="summary"') : text.index("<section")]

    for topic, light in compared.lights.items():
        assert render(f"evaluate.finding.{topic}", language) in summary
        assert render(f"evaluate.light.{light.value}", language) in summary
    assert summary.count("<svg") == 1
    assert summary.count('<span class="badge') == len(compared.lights) == 6


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_is_one_file_whose_parts_have_names_of_their_own(
    texts: dict[str, str], language: str
) -> None:
    text = texts[f"{language}/report.{language}.html"]
    ids = re.findall(r'\bid="([^"]+)"', text)

    assert len(ids) == len(set(ids))
    assert "<script" not in text
    assert "http" not in text
    assert "nan" not in re.sub(r"<svg.*?</svg>", "", text, flags=re.DOTALL).split()
    assert render("train.part_stays", language) in text
    assert render("evaluate.limit.chosen", language) in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_group_attribute_and_question_has_words(report: Report, language: str) -> None:
    named = [
        *(
            f"group.{name}"
            for each in ("BANDS", "SEXES", "KINDS", "PLACES")
            for name in vars(groups)[each]
        ),
        *(
            f"slice.{name}"
            for each in ("STEPS", "FUNCTIONS", "FAMILIES", "PLACES")
            for name in vars(groups)[each]
        ),
        *(f"light.{light.value}" for light in Light),
        *(f"concern.{concern.value}" for concern in Concern),
        *(f"finding.{topic}" for topic in report.lights),
        *(f"group.{group}" for group in fairness.PROXIED),
        *(f"audit.performance_{one.name}" for one in fairness.OF_PERFORMANCE),
        *(f"audit.acceptance_{one.name}" for one in fairness.OF_ACCEPTANCE),
        *(f"predictor.{name}" for name in ("ridge", "lightgbm")),
        *(f"learner.{kind}" for kind in ("linear", "boosted", "corrected")),
        *(
            f"gap.{code}"
            for code in ("earlier_unread", "performance_withheld", "acceptance_withheld")
        ),
        *(f"limit.{name}" for name in card.LIMITS),
        *(f"card.{name}" for name in (*card.USES, *card.NOT_FOR)),
    ]

    assert [key for key in named if not has_words(f"evaluate.{key}", language)] == []
    assert all(Words(language).headline(name) for name in report.headlines)


def test_gains_are_judged_against_the_truth(report: Report) -> None:
    assert report.truth is not None
    gain = report.truth.gain

    assert gain is not None
    assert (gain["pearson"].value or 0) > 0.1
    assert 0.5 < (gain["coverage"].value or 0) <= 1.0
    assert report.truth.gain_bins is not None
    assert report.truth.performance is not None
    assert "coverage" not in report.truth.performance


def test_of_most_candidates_the_past_can_speak(report: Report) -> None:
    assert report.evidence is not None
    assert 0 <= (report.evidence.without.value or 0) < 0.5
    assert report.evidence.vacancies > 10

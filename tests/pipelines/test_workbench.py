"""A region on a data scientist's bench, alone and with another beside it."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from models.examples import past_lessons
from models.recommendation import Ranking
from mutasi.bundle.writing import write
from mutasi.errors import (
    BundleFileMissing,
    ChallengerMissing,
    PreviousMissing,
    RegionBesideMissing,
    RegionBesideRepeated,
)
from mutasi.i18n import render
from mutasi.settings import Settings
from mutasi.simulation import SimulationConfig, Truth, simulate
from pipelines.elsewhere import others_of
from pipelines.workbench import Region, load_region

GATES = ("champion", "baselines", "calibration", "coverage", "fairness")


@dataclass(frozen=True)
class Small:
    """A region with some fifty rated moves, on the bench; and the truth about it."""

    region: Region
    truth: Truth


@pytest.fixture(scope="module")
def beside(stored: Settings) -> Path:
    """The home of a larger region."""
    return stored.home


@pytest.fixture(scope="module")
def small(beside: Path, tmp_path_factory: pytest.TempPathFactory) -> Small:
    folder = tmp_path_factory.mktemp("small")
    invented = simulate(SimulationConfig(employees=200, years=6, seed=1))
    write(folder / "records", invented.frames)
    region = load_region(folder / "records", home=folder / "home", beside=[beside])
    region.train()
    region.promote(despite=GATES, reason="a test of a very small region")
    return Small(region, invented.truth)


@pytest.fixture(scope="module")
def rankings(small: Small) -> list[Ranking]:
    recommender = small.region.recommender()
    every = [recommender.candidates(each.position_id, 10) for each in recommender.vacancies()]
    return [each for each in every if len(each.recommended) > 1]


def test_a_region_of_fifty_moves_gets_usable_bands(small: Small, rankings: list[Ranking]) -> None:
    shown = [each for ranking in rankings for each in ranking.recommended if each.has_evidence]
    true = small.truth.performance(
        [each.employee_id for each in shown],
        [each.position_id for each in shown],
        small.region.snapshot.as_of,
    )
    low = np.array([each.performance_low for each in shown], dtype=float)
    high = np.array([each.performance_high for each in shown], dtype=float)

    assert 50 <= len(small.region.lessons.performance) <= 70
    assert len(shown) > 30
    assert (high - low).max() < 50.0, "not the whole scale"
    assert np.mean((low <= true) & (true <= high)) >= 0.9
    assert any(len({each.band for each in one.recommended}) > 1 for one in rankings)


def test_the_region_s_own_past_says_whether_the_other_helps(small: Small) -> None:
    model = small.region.recommender().artifact
    assert model is not None

    for head in model.manifest.heads.values():
        tried = next(trial for trial in head.trials if trial.part == "regions")
        assert tried.is_kept == (tried.with_it <= tried.without + max(tried.error, 0.01))


def test_the_lessons_of_others_are_those_of_their_stores(beside: Path) -> None:
    settings = Settings(home=Path("unused"), beside=(beside,))
    own = load_region(home=beside)
    (found,) = others_of(settings)
    (earlier,) = others_of(settings, as_of=date(2024, 1, 1))
    known = past_lessons(own.snapshot.rewound(date(2024, 1, 1)))

    np.testing.assert_array_equal(found.performance.matrix, own.lessons.performance.matrix)
    np.testing.assert_array_equal(earlier.performance.matrix, known.performance.matrix)
    assert 0 < len(earlier.performance) < len(found.performance)


def test_nobody_is_beside_without_being_named(stored: Settings) -> None:
    assert others_of(stored) == ()


def test_other_regions_can_be_named_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MUTASI_BESIDE", '["north", "south"]')

    assert Settings().beside == (Path("north"), Path("south"))


def test_a_region_beside_that_holds_nothing_is_an_error(tmp_path: Path) -> None:
    region = load_region(home=tmp_path / "home", beside=[tmp_path / "nothing"])

    with pytest.raises(RegionBesideMissing):
        others_of(region.settings)

    assert not (tmp_path / "nothing").exists(), "nothing is made there"


def test_no_past_counts_twice(beside: Path, tmp_path: Path) -> None:
    same = beside / ".." / beside.name

    with pytest.raises(RegionBesideRepeated):
        others_of(Settings(home=beside, beside=(same,)))
    with pytest.raises(RegionBesideRepeated):
        others_of(Settings(home=tmp_path, beside=(beside, same)))


def test_a_folder_without_records_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(BundleFileMissing):
        load_region(tmp_path, home=tmp_path / "home")


def test_the_jobs_of_the_bench_are_those_of_the_commands(small: Small) -> None:
    region = small.region
    evaluated = region.report(years=1, language="en")

    assert evaluated.page.name == "report.en.html"
    with pytest.raises(ChallengerMissing):
        region.compare()
    with pytest.raises(PreviousMissing):
        region.rollback()


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_part_that_was_tried_has_words(small: Small, language: str) -> None:
    model = small.region.recommender().artifact
    assert model is not None
    parts = {trial.part for head in model.manifest.heads.values() for trial in head.trials}

    assert "regions" in parts
    for part in parts:
        assert render(f"train.part_{part}", language)

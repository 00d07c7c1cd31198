"""Figures of variants and their differences, of made-up outcomes."""

import json

import numpy as np
import pytest

from mutasi.i18n import LANGUAGES
from pipelines.console import console
from pipelines.regions.choices.display import shown
from pipelines.regions.choices.measure import group
from pipelines.regions.choices.nearness import FIGURES, Near, nearness
from pipelines.regions.choices.schema import Choices
from pipelines.regions.choices.trial import Foretold, Outcome
from pipelines.regions.choices.variants import variants
from pipelines.regions.design import WORLDS, Trial
from pipelines.regions.rivals import PRODUCT
from pipelines.regions.trial import DRAWS
from tests.pipelines.conftest import Run
from tests.pipelines.regions.choices.conftest import Known

NAMES = (PRODUCT, "free", "lower_gain")


def outcome(more: float, *, seed: int = 1, answers: int = 400) -> Outcome:
    """Return what came of a region where the free variant's figures are so much more."""
    random = np.random.default_rng(seed)
    values = np.full((len(NAMES), len(FIGURES)), 2.0)
    values[1] += more
    values[2, :3] = np.nan
    together = random.normal(0.0, 1.0, (DRAWS, 1, 1))
    draws = values + together + random.normal(0.0, 0.1, (DRAWS, *values.shape)) * (values != 2.0)
    rating = random.normal(50.0, 8.0, 300)
    chance = random.uniform(0.2, 0.9, answers)
    ends = {PRODUCT: 13.0, "weighted": 20.0, "of_people": 13.0}
    return Outcome(
        trial=Trial(WORLDS["usual"], 300, seed),
        moves=200,
        near=Near(NAMES, values, draws),
        ratings=Foretold(
            employee_id=np.arange(300).astype(str),
            label=rating,
            said={
                name: np.tile([50.0 - half, 50.0 + half], (300, 1)) for name, half in ends.items()
            },
        ),
        answers=Foretold(
            employee_id=np.arange(answers).astype(str),
            label=(random.random(answers) < chance).astype(float),
            said={PRODUCT: chance, "always": np.clip(chance * 0.5, 0, 1), "never": chance},
        )
        if answers
        else Foretold(np.empty(0, dtype=str), np.empty(0), {}),
        labels=60,
        seconds=1.0,
    )


def test_a_difference_is_surer_than_the_figures_because_draws_are_shared() -> None:
    free = group([outcome(0.5)]).nearness["free"].figures["rmse"]

    assert free.more is not None
    assert free.more.low is not None
    assert free.value.low is not None
    assert free.value.low < 2.0
    assert 0.2 < free.more.low < 0.5
    assert free.verdict == "worse"


def test_more_is_better_of_a_correlation_and_worse_of_a_regret() -> None:
    figures = group([outcome(0.5)]).nearness["free"].figures

    assert (figures["r"].verdict, figures["regret"].verdict) == ("better", "worse")
    assert figures["gain_off"].verdict is None


def test_a_variant_that_is_the_product_differs_nowhere_and_ties() -> None:
    same = group([outcome(0.0), outcome(0.0, seed=2)]).nearness["free"]

    assert same.differs == 0
    assert same.figures["regret"].verdict == "tie"
    assert group([outcome(0.5), outcome(0.0)]).nearness["free"].differs == 1


def test_an_order_has_no_predictions_of_its_own() -> None:
    assert set(group([outcome(0.5)]).nearness["lower_gain"].figures) == {"first_off", "regret"}


def test_wider_intervals_hold_more() -> None:
    found = group([outcome(0.0)]).intervals

    assert found["weighted"].figures["width"].value.value == 40.0
    more = found["weighted"].figures["coverage"].more
    assert more is not None
    assert more.low is not None
    assert more.low > 0.0
    assert found["of_people"].differs == 0


def test_chances_that_are_halved_are_worse() -> None:
    found = group([outcome(0.0)]).chances

    assert found["always"].figures["ece"].verdict == "worse"
    assert found["never"].figures["ece"].verdict == "tie"


def test_where_nothing_could_be_tested_nothing_is_said() -> None:
    assert group([outcome(0.0, answers=0)]).chances == {}


def test_nobody_is_nearer_the_truth_than_the_draws_of_the_product_allow(known: Known) -> None:
    region = known.region
    said = variants(region.lessons, known.learned, region.candidates)

    found = nearness(region.candidates, region.truth, said, draws=20)

    assert found.draws.shape == (20, len(said), len(FIGURES))
    assert (found.draws[:, :, FIGURES.index("regret")] >= 0.0).all()
    r = found.values[0, FIGURES.index("r")]
    assert 0.3 < r < 0.99


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_figure_has_words_in_both_languages(
    language: str, capsys: pytest.CaptureFixture[str]
) -> None:
    found = Choices(groups=(group([outcome(0.5)]),), draws=DRAWS)

    for part in shown(found, language):
        console.print(part)

    printed = capsys.readouterr().out
    assert "CV+" in printed
    assert "▲" in printed
    assert "choices." not in printed


def test_a_size_that_does_not_exist_is_refused_with_those_that_do(run: Run) -> None:
    code, _, err = run("bench", "choices", "--moves", "5")

    assert code == 2
    assert "3000" in err


@pytest.mark.slow
def test_the_command_prints_its_figures_as_json(run: Run) -> None:
    one = ("--moves", "300", "--world", "usual", "--seeds", "1", "--jobs", "1")
    code, out, err = run("bench", "choices", *one, "--json")

    assert code == 0, err
    found = Choices.model_validate(json.loads(out))
    assert [(each.world, each.moves) for each in found.groups] == [("usual", 300)]
    assert "doubly_robust" in found.groups[0].nearness

import pytest

from mutasi.i18n import LANGUAGES
from pipelines.console import console
from pipelines.regions.display import shown
from pipelines.regions.measure import OVERSTATED, group, within
from pipelines.regions.schema import Regions
from tests.pipelines.regions.made import outcome

NEAR = {"model": 3.0, "ridge": 3.0, "lightgbm": 12.0}


def test_a_predictor_that_says_the_truth_correlates_wholly_and_regrets_nothing() -> None:
    found = group([outcome({"model": 0.0})]).predictors["model"]

    assert found.r is not None
    assert found.rmse is not None
    assert found.r.value == pytest.approx(1)
    assert (found.rmse.value, found.at_hand.value, found.regret, found.plan_regret) == (0, 0, 0, 0)


def test_the_product_is_better_than_what_is_farther_off() -> None:
    against = group([outcome(NEAR, seed=1), outcome(NEAR, seed=2)]).predictors["lightgbm"].against

    assert against is not None
    assert (against.on_r, against.on_regret) == ("better", "better")


def test_the_product_is_worse_than_what_is_nearer() -> None:
    against = group([outcome({"model": 12.0, "ridge": 3.0})]).predictors["ridge"].against

    assert against is not None
    assert (against.on_r, against.on_regret) == ("worse", "worse")


def test_the_product_ties_with_what_is_as_near() -> None:
    regions = [outcome(NEAR, seed=seed) for seed in range(4)]
    against = group(regions).predictors["ridge"].against

    assert against is not None
    assert (against.on_r, against.on_regret) == ("tie", "tie")


def test_vacancies_of_different_regions_are_told_apart() -> None:
    found = group([outcome(NEAR, seed=1), outcome(NEAR, seed=2)])

    assert found.vacancies == 80


def test_a_gain_stated_above_the_bound_counts_as_overstated() -> None:
    honest = outcome(NEAR, stated=2.0, realised=2.0 - OVERSTATED + 0.1)
    boastful = outcome(NEAR, stated=2.0, realised=2.0 - OVERSTATED - 0.1)

    assert within("plan", [honest, honest, honest, boastful]) == 3


def test_an_interval_that_holds_the_true_gain_is_counted() -> None:
    """Stated 2, from 1 to 3."""
    regions = [outcome(NEAR, realised=true) for true in (0.9, 1.1, 2.9, 3.1)]
    found = group(regions).policies["plan"]

    assert found.held == 2
    assert found.width == pytest.approx(2.0)


def test_a_region_too_large_for_the_promise_is_not_counted() -> None:
    boastful = outcome(NEAR, moves=20_000, stated=9.0, realised=0.0)

    assert within("plan", [outcome(NEAR), boastful]) == 1


def test_regions_are_told_from_the_null_only_where_each_is() -> None:
    found = group([outcome(NEAR, stated=2.0), outcome(NEAR, seed=2, stated=0.05)])

    assert found.policies["plan"].told_from_null == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_tables_show_every_predictor_and_how_many_regions_kept_the_promise(
    language: str, capsys: pytest.CaptureFixture[str]
) -> None:
    found = Regions(
        groups=(group([outcome(NEAR)]),),
        draws=300,
        overstated_bound=OVERSTATED,
        small=2,
        overstated_within={"top": 2, "plan": 1},
    )

    for part in shown(found, language):
        console.print(part)

    printed = capsys.readouterr().out
    assert "LightGBM" in printed
    assert "▲" in printed
    assert ("1 of 2 regions" if language == "en" else "1 dari 2 wilayah") in " ".join(
        printed.split()
    )

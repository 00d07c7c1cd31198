"""Groups treated alike or not: each figure by hand, and a wrong done on purpose is found."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, strategies as st

from models import metrics
from models.fairness import (
    SUPPRESSION_THRESHOLD,
    Concern,
    Grouping,
    Measure,
    correlation_given,
    differences,
    four_fifths,
    publishable,
    selection,
    worse,
)
from models.intervals import Interval
from models.learner import Floats
from models.ranking_metrics import within_first

BIAS = Measure("bias", metrics.bias, "low", 1.0)
RMSE = Measure("rmse", metrics.rmse, "high", 1.0)
COVERAGE = Measure("coverage", metrics.coverage, "low", 0.05, ("label", "low", "high"))
ECE = Measure("ece", metrics.ece, "high", 0.03, is_sized=True)


def grouping(code: Any, *groups: str) -> Grouping:
    return Grouping("sex", groups or ("female", "male"), np.asarray(code, dtype=np.int64))


def everyone(groups: Grouping) -> Any:
    return np.ones(len(groups.groups) + 1, dtype=bool)


# --- who is put first ---------------------------------------------------------


def test_shares_and_their_ratio_are_those_worked_out_by_hand() -> None:
    # vacancy 0: 4 women, 2 chosen; 4 men, 1 chosen.  vacancy 1: 2 women, 0; 2 men, 1.
    code = [0, 0, 0, 0, 1, 1, 1, 1, 0, 0, 1, 1]
    chosen = np.array([1, 1, 0, 0, 1, 0, 0, 0, 0, 0, 1, 0], dtype=float)
    vacancy = np.array([0] * 8 + [1] * 4)
    groups = grouping(code)

    found = selection(chosen, groups, vacancy, everyone(groups), draws=20)

    assert found["female"].own.value == pytest.approx(2 / 6)
    assert found["male"].own.value == pytest.approx(2 / 6)
    assert found["female"].against is None
    assert found["male"].against is not None
    assert found["male"].against.value == pytest.approx(1.0)


def test_within_vacancies_those_chosen_are_counted_against_those_expected() -> None:
    code = [0, 0, 0, 0, 1, 1, 1, 1, 0, 0, 1, 1]
    chosen = np.array([1, 1, 0, 0, 1, 0, 0, 0, 0, 0, 1, 0], dtype=float)
    vacancy = np.array([0] * 8 + [1] * 4)
    groups = grouping(code)

    found = selection(chosen, groups, vacancy, everyone(groups), draws=20, is_within=True)

    expected = 3 * 4 / 8 + 1 * 2 / 4
    assert found["female"].own.value == pytest.approx(2 / expected)
    assert found["male"].own.value == pytest.approx(2 / expected)


def test_to_be_eligible_where_many_are_is_no_disadvantage_within_vacancies() -> None:
    vacancy = np.repeat(np.arange(40), 40)
    size = np.tile(np.arange(40), 40)
    crowded = vacancy < 20
    code = np.where(crowded, 1, 0)  # men compete in forties, women in twenties
    kept = crowded | (size < 20)
    code, vacancy = code[kept], vacancy[kept]
    rng = np.random.default_rng(1)
    chosen = within_first(rng.random(len(code)), vacancy, 10)
    groups = grouping(code)

    plain = selection(chosen, groups, vacancy, everyone(groups), draws=50)
    within = selection(chosen, groups, vacancy, everyone(groups), draws=50, is_within=True)

    assert plain["male"].concern is Concern.SURELY
    assert within["male"].own.value == pytest.approx(1.0)
    assert within["female"].own.value == pytest.approx(1.0)


def candidates(penalty: float, seed: int = 3) -> tuple[Floats, Grouping, Any]:
    """Return who comes first where women's scores are lowered by a penalty."""
    rng = np.random.default_rng(seed)
    vacancy = np.repeat(np.arange(60), 100)
    code = rng.integers(0, 2, len(vacancy))
    score = rng.normal(size=len(vacancy)) - penalty * (code == 0)
    return within_first(score, vacancy, 10), grouping(code), vacancy


def test_a_model_that_disfavours_a_group_on_purpose_is_found() -> None:
    chosen, groups, vacancy = candidates(penalty=0.5)

    found = selection(chosen, groups, vacancy, everyone(groups), draws=200)

    assert found["female"].concern is Concern.SURELY
    assert found["male"].concern is None


def test_a_model_that_does_not_is_not_accused() -> None:
    chosen, groups, vacancy = candidates(penalty=0.0)

    found = selection(chosen, groups, vacancy, everyone(groups), draws=200)

    assert {one.concern for one in found.values()} == {None, Concern.NO}


def test_of_few_vacancies_nothing_is_sure() -> None:
    chosen, groups, vacancy = candidates(penalty=0.25)
    few = vacancy < 3

    found = selection(chosen[few], groups.where(few), vacancy[few], everyone(groups), draws=200)

    assert Concern.PERHAPS in {one.concern for one in found.values()}


def test_candidates_of_equal_score_share_the_places() -> None:
    first = within_first(np.zeros(20), np.repeat([0, 1], [12, 8]), 10)

    assert first[:12] == pytest.approx(10 / 12)
    assert first[12:] == pytest.approx(1.0)


def test_nobody_chosen_gives_no_ratio_and_no_accusation() -> None:
    groups = grouping([0, 1] * 10)

    found = selection(np.zeros(20), groups, np.arange(20) // 4, everyone(groups), draws=20)

    assert [one.concern for one in found.values()] == [None, Concern.PERHAPS]


# --- how far predictions miss ---------------------------------------------------


def cases(count: int = 400, shift: float = 0.0) -> tuple[dict[str, Floats], Grouping, Any]:
    """Return labels and predictions, those of women too low by a shift; a tenth unknown."""
    rng = np.random.default_rng(5)
    code = rng.choice([-1, 0, 1], count, p=[0.1, 0.45, 0.45])
    label = rng.normal(50, 10, count)
    predicted = label + rng.normal(0, 3, count) - shift * (code == 0)
    columns = {
        "label": label,
        "predicted": predicted,
        "low": predicted - 5,
        "high": predicted + 5,
    }
    return columns, grouping(code), np.arange(count) // 4


def test_figures_of_a_group_and_of_all_others_are_those_of_the_metrics() -> None:
    columns, groups, clusters = cases()
    own = groups.code == 0

    found = differences(
        (RMSE, BIAS, COVERAGE), groups, everyone(groups), columns, clusters=clusters, draws=50
    )["female"]

    for name, figure in (("rmse", metrics.rmse), ("bias", metrics.bias)):
        mine = figure(columns["label"][own], columns["predicted"][own])
        theirs = figure(columns["label"][~own], columns["predicted"][~own])
        against = found[name].against
        assert against is not None
        assert found[name].own.value == pytest.approx(mine)
        assert against.value == pytest.approx(mine - theirs)
    held = metrics.coverage(*(columns[name][own] for name in ("label", "low", "high")))
    assert found["coverage"].own.value == pytest.approx(held)


def test_predictions_that_are_too_low_for_a_group_are_found() -> None:
    columns, groups, clusters = cases(shift=5.0)
    told = everyone(groups)

    found = differences((BIAS, COVERAGE), groups, told, columns, clusters=clusters, draws=200)

    assert found["female"]["bias"].concern is Concern.SURELY
    assert found["male"]["bias"].concern is Concern.NO
    assert found["female"]["coverage"].concern is Concern.SURELY


def test_predictions_that_are_too_high_pass_nobody_over() -> None:
    columns, groups, clusters = cases(shift=-3.0)

    found = differences((BIAS,), groups, everyone(groups), columns, clusters=clusters, draws=200)

    assert found["female"]["bias"].concern is Concern.NO


@pytest.mark.parametrize("is_sized", [False, True])
def test_a_small_group_is_not_accused_of_what_few_data_do_by_themselves(is_sized: bool) -> None:
    rng = np.random.default_rng(8)
    code = (np.arange(2000) < 60).astype(np.int64)
    chance = rng.uniform(0.5, 1.0, 2000)
    columns = {"label": (rng.random(2000) < chance).astype(float), "predicted": chance}
    ece = Measure("ece", metrics.ece, "high", 0.03, is_sized=is_sized)
    groups = grouping(code, "many", "few")

    found = differences((ece,), groups, everyone(groups), columns, clusters=code * 0, draws=0)
    drawn = differences(
        (ece,), groups, everyone(groups), columns, clusters=np.arange(2000), draws=100
    )

    against = found["few"]["ece"].against
    assert against is not None
    assert (drawn["few"]["ece"].concern is Concern.SURELY) is not is_sized
    assert (against.value > 0.03) is not is_sized


def test_a_group_whose_chances_mean_less_is_found_beside_as_many_others() -> None:
    rng = np.random.default_rng(9)
    code = (np.arange(2000) < 500).astype(np.int64)
    chance = rng.uniform(0.5, 1.0, 2000)
    happened = rng.random(2000) < np.where(code == 1, chance - 0.2, chance)
    columns = {"label": happened.astype(float), "predicted": chance}
    groups = grouping(code, "others", "misjudged")

    found = differences(
        (ECE,), groups, everyone(groups), columns, clusters=np.arange(2000), draws=100
    )

    assert found["misjudged"]["ece"].concern is Concern.SURELY


@pytest.mark.parametrize(
    ("interval", "way", "concern"),
    [
        pytest.param(Interval(-2, -3, -1.1), "low", Concern.SURELY, id="wholly beyond"),
        pytest.param(Interval(-2, -3, -0.5), "low", Concern.PERHAPS, id="partly beyond"),
        pytest.param(Interval(0, -0.9, 0.9), "low", Concern.NO, id="within"),
        pytest.param(Interval(3, 2, 4), "low", Concern.NO, id="on the other side"),
        pytest.param(Interval(3, 2, 4), "high", Concern.SURELY, id="high is worse"),
        pytest.param(Interval(3, np.nan, np.nan), "high", Concern.PERHAPS, id="not to be told"),
    ],
)
def test_a_concern_is_sure_only_if_the_whole_interval_is(
    interval: Interval, way: Any, concern: Concern
) -> None:
    assert worse(interval, way, 1.0) is concern


def test_four_fifths_of_an_interval_that_nobody_found_is_not_sure() -> None:
    assert four_fifths(Interval(0.5, np.nan, np.nan)) is Concern.PERHAPS
    assert four_fifths(Interval(0.95, 0.8, 1.2)) is Concern.NO


def test_what_a_prediction_has_of_an_attribute_is_what_the_label_leaves() -> None:
    rng = np.random.default_rng(2)
    attribute = rng.integers(0, 2, 500).astype(float)
    label = rng.normal(size=500) + attribute
    predicted = label + 0.5 * attribute + rng.normal(size=500)

    def rest(values: Floats) -> Floats:
        slope, base = np.polyfit(label, values, 1)
        return np.asarray(values - slope * label - base)

    found = correlation_given(predicted, attribute, label)

    assert found == pytest.approx(metrics.pearson(rest(predicted), rest(attribute)))
    assert found > 0.1
    assert abs(correlation_given(label + rng.normal(size=500), attribute, label)) < 0.1
    assert np.isnan(correlation_given(predicted, attribute, np.ones(500)))


# --- what may be told -------------------------------------------------------------


def test_people_are_counted_and_not_their_rows() -> None:
    person = np.array(["a", "a", "b", "c", "c", "d"], dtype=object)
    groups = grouping([0, 0, 0, 1, -1, -1])

    assert groups.people(person).tolist() == [2, 1, 2]


@pytest.mark.parametrize(
    ("people", "told"),
    [
        pytest.param([40, 12, 0], [True, True, False], id="an empty cell has nothing to tell"),
        pytest.param([40, 9, 30], [True, False, False], id="the smallest other goes with it"),
        pytest.param([40, 9], [False, False], id="of two, neither"),
        pytest.param([40, 5, 9, 30], [True, False, False, True], id="two small ones are enough"),
        pytest.param([40, 2, 3, 30], [True, False, False, False], id="unless both are tiny"),
        pytest.param([4, 3, 2], [False, False, False], id="all small"),
    ],
)
def test_a_small_group_cannot_be_had_by_subtraction(people: list[int], told: list[bool]) -> None:
    assert publishable(people).tolist() == told


@given(st.lists(st.integers(0, 60), min_size=1, max_size=8))
def test_what_is_withheld_is_never_one_cell_nor_so_few_people(people: list[int]) -> None:
    count = np.array(people)
    told = publishable(count)
    withheld = ~told & (count > 0)

    assert (count[told] >= SUPPRESSION_THRESHOLD).all()
    if told.any() and withheld.any():
        assert withheld.sum() > 1
        assert count[withheld].sum() >= SUPPRESSION_THRESHOLD


def test_groups_that_are_withheld_have_no_figures() -> None:
    columns, groups, clusters = cases()
    told = np.array([False, True, True])
    chosen, who, vacancy = candidates(penalty=0.0)

    assert list(differences((BIAS,), groups, told, columns, clusters=clusters, draws=5)) == ["male"]
    assert list(selection(chosen, who, vacancy, told, draws=5)) == ["male"]
    nobody = np.zeros(3, dtype=bool)
    assert differences((BIAS,), groups, nobody, columns, clusters=clusters, draws=5) == {}
    assert selection(chosen, who, vacancy, nobody, draws=5) == {}

"""Each gate refuses what it is there to refuse, and lets the rest pass."""

import numpy as np
import pytest

from models.artifact import Manifest
from models.intervals import resampled
from models.metrics import ece
from mutasi.i18n import LANGUAGES, has_words
from pipelines.evaluation.backtest import PERFORMANCE
from pipelines.pages.figure import Figure
from pipelines.promotion import gates
from pipelines.promotion.schema import Duel, Gate, Outcome, Paces, Ratio, Reading
from tests.artifacts import save
from tests.pipelines.promotion.made import chances, clusters, compared, ratings, said, scored


@pytest.fixture
def learned(tmp_path_factory: pytest.TempPathFactory) -> Manifest:
    """A model with both heads."""
    return save(tmp_path_factory.mktemp("model"))


def figure(value: float, low: float, high: float) -> Figure:
    return Figure(value=value, low=low, high=high)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", gates.NAMES)
def test_every_gate_has_a_name_for_people(name: str, language: str) -> None:
    assert has_words(f"promotion.gate.{name}.label", language)


def test_a_gate_fails_if_one_of_its_readings_does() -> None:
    def outcome(*outcomes: Outcome) -> Outcome:
        return Gate.of("g", [Reading(code="c", outcome=each) for each in outcomes]).outcome

    assert outcome(Outcome.HOLDS, Outcome.FAILS, Outcome.UNTOLD) is Outcome.FAILS
    assert outcome(Outcome.HOLDS, Outcome.UNTOLD) is Outcome.HOLDS
    assert outcome(Outcome.UNTOLD) is Outcome.UNTOLD
    assert outcome() is Outcome.UNTOLD


# --- champion ----------------------------------------------------------------------


def duel(difference: Figure | None, measure: str = "rmse", count: int = 120) -> Duel:
    """Return both on unseen decisions."""
    beside = None if difference is None else figure(5.0, 4.0, 6.0)
    return Duel(
        measure=measure,
        count=count,
        decided_from="2023-01-01",
        known_from="2023-07-02",
        challenger=beside,
        champion=beside,
        difference=difference,
    )


@pytest.mark.parametrize(
    ("difference", "outcome"),
    [
        pytest.param(figure(0.4, 0.1, 0.7), Outcome.FAILS, id="surely worse"),
        pytest.param(figure(0.4, -0.1, 0.9), Outcome.HOLDS, id="worse, not surely"),
        pytest.param(figure(-0.4, -0.7, -0.1), Outcome.HOLDS, id="surely better"),
    ],
)
@pytest.mark.parametrize("measure", ["rmse", "log_loss"])
def test_only_who_is_surely_worse_than_the_champion_is_refused(
    learned: Manifest, difference: Figure, outcome: Outcome, measure: str
) -> None:
    name = "performance" if measure == "rmse" else "acceptance"

    gate = gates.champion({name: duel(difference, measure)}, learned, learned, None)

    reading = next(each for each in gate.readings if each.facts["question"] == name)
    assert gate.outcome is outcome
    assert (reading.figure, reading.bound) == (difference, 0.0)
    assert "120" in said(gate)


def test_too_few_unseen_decisions_pass_with_a_remark(learned: Manifest) -> None:
    gate = gates.champion({"performance": duel(None, count=12)}, learned, learned, None)

    assert gate.outcome is Outcome.UNTOLD
    assert "only 12 decisions" in said(gate)
    assert "it takes 50" in said(gate)


def test_one_that_no_longer_predicts_what_the_champion_does_is_refused(
    learned: Manifest,
) -> None:
    less = learned.model_copy(update={"heads": {"acceptance": learned.heads["acceptance"]}})

    gate = gates.champion({}, less, learned, None)

    assert gate.outcome is Outcome.FAILS
    assert "does not predict performance after the move" in said(gate)
    assert gates.champion({}, learned, less, None).outcome is Outcome.UNTOLD


def test_without_a_champion_there_is_nothing_to_lose_to(learned: Manifest) -> None:
    gate = gates.champion({}, learned, None, None)

    assert gate.outcome is Outcome.UNTOLD
    assert "nothing to compare with" in said(gate)


def test_a_champion_that_cannot_be_used_lets_nothing_pass_by_itself(learned: Manifest) -> None:
    gate = gates.champion({}, learned, None, "artifact_forged")

    assert gate.outcome is Outcome.FAILS
    assert "not what was signed" in said(gate)


# --- baselines ---------------------------------------------------------------------


def test_one_that_is_surely_worse_than_a_baseline_is_refused_by_its_name() -> None:
    gate = gates.baselines({"performance": compared(ratings(error=8.0, baseline_error=5.0))})

    worse = gate.readings[0]
    assert gate.outcome is Outcome.FAILS
    assert worse.facts["baseline"] == "base_rate"
    assert worse.figure is not None
    assert worse.figure.low is not None
    assert worse.figure.low > 0.0
    assert worse.bound == 0.0
    assert "“Past average”" in said(gate)


@pytest.mark.parametrize("error", [2.0, 5.0])
def test_one_that_is_better_or_as_good_passes(error: float) -> None:
    gate = gates.baselines({"performance": compared(ratings(error, baseline_error=5.0))})

    assert gate.outcome is Outcome.HOLDS
    assert [each.code for each in gate.readings] == ["difference_rmse", "untested"]
    assert "too few past decisions" in said(gate)


def test_one_bad_answer_is_not_made_good_by_the_other() -> None:
    made = {"performance": compared(ratings(2.0)), "acceptance": compared(chances(2.0, 800))}

    assert gates.baselines(made).outcome is Outcome.FAILS


def test_what_could_not_be_tested_passes_with_a_remark() -> None:
    assert gates.baselines({}).outcome is Outcome.UNTOLD


# --- calibration -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("shift", "count", "outcome"),
    [
        pytest.param(0.0, 2000, Outcome.HOLDS, id="honest, many labels"),
        pytest.param(0.5, 2000, Outcome.FAILS, id="too hopeful, many labels"),
        pytest.param(0.0, 200, Outcome.HOLDS, id="honest, few labels"),
        pytest.param(0.3, 200, Outcome.HOLDS, id="a little too hopeful, few labels"),
        pytest.param(2.0, 200, Outcome.FAILS, id="far too hopeful, few labels"),
    ],
)
def test_chances_must_come_true(shift: float, count: int, outcome: Outcome) -> None:
    made = chances(shift, count)

    gate = gates.calibration(made, clusters(made))

    (reading,) = gate.readings
    assert gate.outcome is outcome
    assert reading.code == ("many" if count >= 1000 else "few")
    assert reading.bound == (0.03 if count >= 1000 else 0.05)
    assert "%" in said(gate)


def test_what_few_labels_add_to_the_calibration_error_is_taken_off() -> None:
    """Of a perfect model: the plain interval lies above what is allowed, the corrected does not."""
    made = chances(0.0, 100)
    drawn = resampled(ece, made.label, made.predictions["model"], draws=300)

    assert drawn.interval(0).low > 0.05
    assert gates.calibration(made, None).outcome is Outcome.HOLDS


def test_without_answers_calibration_cannot_be_told() -> None:
    assert gates.calibration(None, None).outcome is Outcome.UNTOLD


# --- coverage ----------------------------------------------------------------------


def held(share: float, count: int = 900) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Return half widths that hold errors of 1 in a share of cases, evenly spread."""
    return np.where(np.arange(count) % 100 < 100 * share, 2.0, 0.5)


def intervals(half: np.ndarray[tuple[int], np.dtype[np.float64]]) -> Gate:
    """Return the gate of intervals about predictions that are off by 1."""
    label = np.full(len(half), 50.0)
    made = scored(PERFORMANCE, label, {"model": label + 1.0}, half=half)
    return gates.coverage(made, clusters(made))


@pytest.mark.parametrize(
    ("share", "outcome"),
    [
        pytest.param(0.90, Outcome.HOLDS, id="as promised"),
        pytest.param(0.85, Outcome.HOLDS, id="perhaps as promised"),
        pytest.param(0.75, Outcome.FAILS, id="too narrow"),
        pytest.param(1.00, Outcome.FAILS, id="too wide"),
    ],
)
def test_intervals_must_hold_what_they_promise(share: float, outcome: Outcome) -> None:
    gate = intervals(held(share))

    assert gate.readings[0].outcome is outcome
    assert [each.code for each in gate.readings] == ["overall", "third_1", "third_2", "third_3"]
    assert f"{share:.1%}" in said(gate)


@pytest.mark.parametrize(("count", "outcome"), [(24, Outcome.HOLDS), (240, Outcome.FAILS)])
def test_intervals_that_held_all_of_few_are_no_proof_that_they_are_too_wide(
    count: int, outcome: Outcome
) -> None:
    gate = intervals(held(1.0, count))

    assert gate.readings[0].outcome is outcome
    assert gate.readings[0].figure is not None
    assert gate.readings[0].figure.high == 1.0


@pytest.mark.parametrize("third", [0, 1, 2])
def test_a_third_of_evidence_cannot_hide_behind_the_others(third: int) -> None:
    half = held(0.95)
    half[third * 300 : (third + 1) * 300] = held(0.78, 300)

    gate = intervals(half)

    assert gate.outcome is Outcome.FAILS
    assert gate.readings[0].outcome is Outcome.HOLDS
    assert [each.outcome for each in gate.readings[1:]].index(Outcome.FAILS) == third


def test_without_intervals_coverage_cannot_be_told() -> None:
    assert gates.coverage(None, None).outcome is Outcome.UNTOLD
    assert gates.coverage(chances(0.0, 100), None).outcome is Outcome.UNTOLD


# --- fairness ----------------------------------------------------------------------


def ratio(challenger: Figure, champion: Figure | None) -> Ratio:
    return Ratio(
        attribute="sex",
        group="F",
        reference="M",
        people=150,
        challenger=challenger,
        champion=champion,
    )


@pytest.mark.parametrize(
    ("challenger", "champion", "outcome"),
    [
        pytest.param(
            figure(0.6, 0.5, 0.7), figure(0.7, 0.6, 0.8), Outcome.FAILS, id="unfair, and worse"
        ),
        pytest.param(
            figure(0.6, 0.5, 0.7), figure(0.5, 0.4, 0.6), Outcome.HOLDS, id="unfair, but better"
        ),
        pytest.param(
            figure(0.7, 0.5, 0.9), figure(0.9, 0.8, 1.0), Outcome.HOLDS, id="perhaps unfair"
        ),
        pytest.param(figure(0.6, 0.5, 0.7), None, Outcome.UNTOLD, id="unfair, the first model"),
        pytest.param(figure(0.9, 0.8, 1.0), None, Outcome.HOLDS, id="fair, the first model"),
    ],
)
def test_four_fifths_must_not_be_broken_more_than_before(
    challenger: Figure, champion: Figure | None, outcome: Outcome
) -> None:
    gate = gates.fairness([ratio(challenger, champion)])

    assert gate.outcome is outcome
    assert gate.readings[0].bound == 0.8
    assert "women against men" in said(gate)


def test_one_unfair_group_is_enough() -> None:
    fair = ratio(figure(0.95, 0.9, 1.0), figure(0.95, 0.9, 1.0))
    unfair = ratio(figure(0.6, 0.5, 0.7), figure(0.9, 0.8, 1.0))

    assert gates.fairness([fair, unfair]).outcome is Outcome.FAILS


def test_a_fair_group_excuses_none_that_cannot_be_compared_with_before() -> None:
    fair = ratio(figure(0.95, 0.9, 1.0), None)
    unfair = ratio(figure(0.6, 0.5, 0.7), None)

    assert gates.fairness([fair, fair]).outcome is Outcome.HOLDS
    assert gates.fairness([fair, unfair]).outcome is Outcome.UNTOLD


def test_where_no_groups_can_be_compared_fairness_cannot_be_told() -> None:
    assert gates.fairness([]).outcome is Outcome.UNTOLD
    assert gates.fairness([ratio(Figure(value=0.5), None)]).outcome is Outcome.UNTOLD


# --- latency -----------------------------------------------------------------------


@pytest.mark.parametrize(("challenger", "outcome"), [(60.0, Outcome.HOLDS), (61.0, Outcome.FAILS)])
def test_a_ranking_may_take_half_as_long_again(challenger: float, outcome: Outcome) -> None:
    gate = gates.latency(Paces(challenger=challenger, champion=40.0))

    assert gate.outcome is outcome
    assert gate.readings[0].figure == Figure(value=challenger / 40.0)
    assert "champion 40" in said(gate)


def test_without_a_champion_no_model_is_slow() -> None:
    assert gates.latency(None).outcome is Outcome.UNTOLD


def test_the_first_model_passes_what_needs_a_champion(learned: Manifest) -> None:
    first = (gates.champion({}, learned, None, None), gates.latency(None), gates.fairness([]))

    assert all(gate.outcome is not Outcome.FAILS for gate in first)

"""Examples that break the contract are refused, whatever was learned from them."""

from collections.abc import Callable
from dataclasses import fields, replace

import numpy as np
import pytest

from features import FEATURES
from models.artifact import Manifest
from models.datasets import datasets
from models.examples import NAMES, Examples, Lessons
from mutasi.i18n import render
from pipelines.promotion import gates
from pipelines.promotion.contract import LABELS, RANGES
from pipelines.promotion.schema import Gate, Outcome
from pipelines.staleness import Refusal
from tests.artifacts import save
from tests.pipelines.promotion.made import examples, lessons, relabelled, said

AS_OF = "2024-07-01"


def manifest(made: Lessons, tmp_path_factory: pytest.TempPathFactory) -> Manifest:
    """Return a model that learned from examples."""
    return save(tmp_path_factory.mktemp("model"), as_of=AS_OF, datasets=datasets(made))


def failing(gate: Gate) -> list[str]:
    assert said(gate)
    return [each.code for each in gate.readings if each.outcome is Outcome.FAILS]


def judged(made: Lessons, factory: pytest.TempPathFactory, before: Lessons | None = None) -> Gate:
    """Return what the contract says of examples, by a model that learned from just these."""
    champion = None if before is None else manifest(before, factory)
    return gates.data_contract(made, manifest(made, factory), champion, ())


def test_every_feature_has_a_range_and_every_part_has_one_for_its_labels() -> None:
    assert {FEATURES[name].unit for name in NAMES} <= set(RANGES)
    assert {each.name for each in fields(Lessons)} == set(LABELS)


def test_good_examples_hold_the_contract(tmp_path_factory: pytest.TempPathFactory) -> None:
    gate = judged(lessons(), tmp_path_factory, before=lessons())

    assert gate.outcome is Outcome.HOLDS
    assert failing(gate) == []
    assert len(gate.readings) == 8


def with_value(name: str, value: float) -> Callable[[Examples], Examples]:
    """Return what puts one value into a feature."""

    def spoilt(made: Examples) -> Examples:
        matrix = made.matrix.copy()
        matrix[5, NAMES.index(name)] = value
        return replace(made, matrix=matrix)

    return spoilt


def without_column(made: Examples) -> Examples:
    return Examples(made.names[1:], made.matrix[:, 1:], made.decisions)


def narrow(made: Examples) -> Examples:
    return replace(made, matrix=made.matrix.astype(np.float32))


def unlabelled(made: Examples) -> Examples:
    return relabelled(made, np.where(np.arange(len(made)) == 3, np.nan, made.label))


def doubled(made: Examples) -> Examples:
    return relabelled(made, made.label + 300.0)


def known_on(day: str) -> Callable[[Examples], Examples]:
    """Return what makes one label known on a day."""

    def spoilt(made: Examples) -> Examples:
        days = made.decisions.known_on.copy()
        days[-1] = np.datetime64(day)
        return replace(made, decisions=replace(made.decisions, known_on=days))

    return spoilt


def few(made: Examples) -> Examples:
    return made.where(np.arange(len(made)) < 40)


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        pytest.param(with_value("distance_change_km", 45_000.0), "out_of_range", id="metres"),
        pytest.param(with_value("service_years", 2010.0), "out_of_range", id="a calendar year"),
        pytest.param(with_value("is_home_place", 2.0), "out_of_range", id="a flag of 2"),
        pytest.param(with_value("person_record", np.inf), "out_of_range", id="infinity"),
        pytest.param(unlabelled, "out_of_range", id="no label"),
        pytest.param(doubled, "out_of_range", id="labels in another unit"),
        pytest.param(narrow, "columns", id="32-bit floats"),
        pytest.param(known_on("2024-07-02"), "known_later", id="a label of tomorrow"),
        pytest.param(known_on("2018-01-01"), "known_later", id="a label before its decision"),
        pytest.param(few, "examples", id="too few moves"),
    ],
)
def test_each_breach_is_named(
    spoil: Callable[[Examples], Examples], code: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    made = lessons()
    spoilt = replace(made, performance=spoil(made.performance))

    assert failing(judged(spoilt, tmp_path_factory)) == [code]


def test_a_missing_column_is_named(tmp_path_factory: pytest.TempPathFactory) -> None:
    made = lessons()
    learned = manifest(made, tmp_path_factory)
    spoilt = replace(made, performance=without_column(made.performance))

    gate = gates.data_contract(spoilt, learned, None, ())

    assert failing(gate) == ["columns"]
    assert NAMES[0] in said(gate)


def test_too_few_offers_are_refused(tmp_path_factory: pytest.TempPathFactory) -> None:
    made = replace(lessons(), acceptance=few(examples("acceptance")))

    assert failing(judged(made, tmp_path_factory)) == ["examples"]


def test_records_that_changed_since_are_refused(tmp_path_factory: pytest.TempPathFactory) -> None:
    made = lessons()
    learned = manifest(made, tmp_path_factory)
    label = made.stays.label.copy()
    label[0] += 1.0

    gate = gates.data_contract(
        replace(made, stays=relabelled(made.stays, label)), learned, None, ()
    )

    assert failing(gate) == ["records_changed"]
    assert "stays" in said(gate)


def emptied(made: Lessons, share: float) -> Lessons:
    """Return examples of which a share of trainings was never recorded."""
    matrix = made.acceptance.matrix.copy()
    rows = np.arange(len(matrix)) < share * len(matrix)
    for name in NAMES:
        if FEATURES[name].concept == "training":
            matrix[rows, NAMES.index(name)] = np.nan
    return replace(made, acceptance=replace(made.acceptance, matrix=matrix))


@pytest.mark.parametrize(
    ("before", "now", "fails"),
    [
        pytest.param(0.0, 0.3, True, id="30 points more"),
        pytest.param(0.0, 0.2, False, id="20 points more"),
        pytest.param(0.5, 0.6, False, id="10 points more"),
        pytest.param(0.9, 0.1, False, id="less"),
    ],
)
def test_a_concept_must_not_go_missing(
    before: float, now: float, fails: bool, tmp_path_factory: pytest.TempPathFactory
) -> None:
    made = lessons()

    gate = judged(emptied(made, now), tmp_path_factory, before=emptied(made, before))

    assert failing(gate) == (["more_missing"] if fails else [])
    if fails:
        assert "training" in said(gate)
        assert "+30%" in said(gate)


def test_where_nothing_is_shared_gaps_cannot_be_compared(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    made = lessons()
    champion = save(tmp_path_factory.mktemp("old"), as_of=AS_OF)

    gate = gates.data_contract(made, manifest(made, tmp_path_factory), champion, ())

    assert gate.outcome is Outcome.HOLDS
    assert gate.readings[-1].code == "nothing_shared"
    assert said(gate)


STALE = (
    Refusal(
        code="unrated",
        facts={"value": 0.5, "bound": 0.4, "count": 5.0, "asked": 10.0, "year": "2022"},
    ),
    Refusal(code="overdue", facts={"value": 0.2, "bound": 0.05, "count": 2.0, "asked": 10.0}),
    Refusal(code="silent", facts={"value": 400.0, "bound": 366.0, "last": "2023-05-31"}),
)


@pytest.mark.parametrize("sign", STALE, ids=[each.code for each in STALE])
def test_a_model_that_stale_records_taught_is_refused_with_the_sign(
    sign: Refusal, tmp_path_factory: pytest.TempPathFactory
) -> None:
    made = lessons()
    gate = gates.data_contract(made, manifest(made, tmp_path_factory), None, [sign])

    assert gate.outcome is Outcome.FAILS
    assert failing(gate) == [f"stale.{sign.code}"]
    assert render(f"stale.{sign.code}", "id", **sign.facts) in said(gate)

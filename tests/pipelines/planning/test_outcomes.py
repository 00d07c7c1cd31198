"""One request, several definitions of a good outcome: their plans side by side."""

import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from scipy.stats import norm

from models.conformal import scheme_on
from models.lasting import learn_lasting
from models.recommender import Recommender
from mutasi.certificate import check, check_file
from mutasi.errors import OutcomeUnknown, TooFewLasting
from mutasi.i18n import LANGUAGES
from mutasi.planning.request import PlanRequest
from mutasi.settings import Settings
from mutasi.simulation.region import Region
from mutasi.snapshot import Snapshot
from pipelines.planning.job import Planned, answer, plan_region
from pipelines.planning.outcomes import views
from pipelines.planning.page import plan_page
from pipelines.planning.question import question
from pipelines.planning.schema_compare import Outcomes
from pipelines.train import Trained
from tests.pipelines.conftest import LAST_DAY, Run, silent

THREE = [
    {"name": "kinerja"},
    {"name": "baik", "measure": "good", "at_least": 52.0},
    {"name": "bertahan", "measure": "lasting"},
]


@pytest.fixture(scope="module", autouse=True)
def few_are_enough() -> Iterator[None]:
    """Let a region of 500, in which six moves did not last, learn from these."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("models.lasting.LEAST_OF_EACH", 5)
        yield


@pytest.fixture(scope="module")
def planned(recommender: Recommender, tmp_path_factory: pytest.TempPathFactory) -> Planned:
    request = PlanRequest.model_validate({"outcome": THREE})
    return plan_region(recommender, request, tmp_path_factory.mktemp("three"))


@pytest.fixture(scope="module")
def found(planned: Planned) -> Outcomes:
    assert planned.report.outcomes is not None
    return planned.report.outcomes


def test_m22_three_definitions_are_three_plans_each_best_by_its_own(found: Outcomes) -> None:
    worth = np.array(found.worth)

    assert [each["name"] for each in found.definitions] == ["kinerja", "baik", "bertahan"]
    assert worth.shape == (3, 3)
    assert (worth.max(axis=0) <= np.diag(worth) + 1e-9).all()
    assert worth.diagonal() == pytest.approx([side.value for side in found.beside.sides])


def test_how_much_plans_agree_is_told_both_ways(found: Outcomes) -> None:
    agreement = np.array([side.agreement for side in found.beside.sides])

    assert (agreement == agreement.T).all()
    assert (agreement.diagonal() == 1.0).all()
    assert 0.0 <= agreement.min() < 1.0
    assert found.beside.differences


def test_the_plan_is_that_of_the_first_definition(planned: Planned, usual: Planned) -> None:
    assert planned.report.moves == usual.report.moves
    assert planned.plan.read_bytes() == usual.plan.read_bytes()


def test_every_plan_has_a_proof_of_its_own(planned: Planned, found: Outcomes) -> None:
    for side in found.beside.sides[1:]:
        verdict = check_file(planned.plan.with_name(f"plan.{side.name}.json"))
        assert not verdict.breaches
        assert verdict.value == pytest.approx(side.value)


def test_how_well_it_is_learned_what_lasts_is_told(found: Outcomes) -> None:
    *others, lasting = found.learned

    assert others == [None, None]
    assert lasting is not None
    assert 0 < lasting.lasted < lasting.moves


def test_a_good_rating_is_as_likely_as_ratings_scatter(recommender: Recommender) -> None:
    request = PlanRequest.model_validate({"outcome": THREE[1:2], "weights": {"workload": 0.0}})
    asked = question(recommender, request)
    (view,) = views(recommender, asked, request, silent)
    offers, weights = asked.offers, request.weights
    facts = recommender.scorer.performance
    assert facts is not None
    assert facts.facts.widths is not None
    error = recommender.prepared.pairs(("person_record_error",), offers.employee, offers.position)[
        :, 0
    ]
    on = np.array([recommender.snapshot.as_of], dtype="datetime64[D]")
    scatter = facts.facts.widths.of(error, scheme_on(on)[0]) / 1.645
    chances = [
        norm.cdf((np.nan_to_num(each, nan=30.0) - 52.0) / scatter)
        for each in (offers.value, offers.staying)
    ]
    accepted = 25.0 * (chances[0] - chances[1]) - weights.move
    accepted -= weights.per_km * np.nan_to_num(offers.farther_km)
    expected = offers.acceptance * accepted - (1 - offers.acceptance) * weights.refusal

    told = view.asked.problem.worth * 1e-4

    assert told == pytest.approx(expected, abs=1e-3)


def test_a_plan_for_another_outcome_says_nothing_of_performance(
    recommender: Recommender,
) -> None:
    request = PlanRequest.model_validate({"outcome": THREE[::-1]})

    said = answer(recommender, request, worth=silent)

    assert said.report.worth == "other_outcome"
    assert list(said.plans) == ["plan.json", "plan.baik.json", "plan.kinerja.json"]
    for plan in said.plans.values():
        assert check(json.loads(plan.text)) == plan.verdict
        assert json.loads(plan.text)["digest"] == plan.digest


def test_without_a_model_there_is_no_chance_of_a_good_rating(
    invented: Region, tmp_path: Path
) -> None:
    without = Recommender(Snapshot.of(LAST_DAY, invented.frames))

    with pytest.raises(OutcomeUnknown):
        plan_region(without, PlanRequest.model_validate({"outcome": THREE}), tmp_path)


def test_of_few_moves_nobody_learns_which_last(invented: Region) -> None:
    young = Snapshot.of(LAST_DAY, invented.frames).rewound(LAST_DAY.replace(year=2022))

    with pytest.raises(TooFewLasting) as refused:
        learn_lasting(young, silent)

    assert refused.value.params["needed"] == 50


@pytest.mark.parametrize("language", LANGUAGES)
def test_page_and_terminal_show_them_side_by_side(
    language: str, planned: Planned, trained: tuple[Settings, Trained], tmp_path: Path, run: Run
) -> None:
    request = tmp_path / "request.json"
    request.write_text(json.dumps({"outcome": THREE}), encoding="utf-8")

    code, told, err = run(
        *("--home", str(trained[0].home), "plan", str(request), "--no-worth"),
        *("--out", str(tmp_path / "plan"), "--lang", language),
    )
    page = plan_page(planned.report, language)

    assert code == 0, err
    for name in ("kinerja", "baik", "bertahan"):
        assert told.count(name) >= 3
        assert page.count(f'<th scope="col">{name}</th>') == 1
    assert "52" in told
    assert "log loss" in told


@pytest.mark.parametrize(
    ("outcome", "field"),
    [
        pytest.param([{"name": "a"}, {"name": "a"}], "outcome", id="a name twice"),
        pytest.param([{"name": "A b"}], "outcome.0.name", id="no name for a file"),
        pytest.param([{"name": "a", "measure": "x"}], "outcome.0.measure", id="no measure"),
        pytest.param([{"name": "a", "at_least": 101}], "outcome.0.at_least", id="out of range"),
    ],
)
def test_a_slip_in_a_definition_is_named(
    outcome: list[dict[str, object]], field: str, tmp_path: Path, run: Run
) -> None:
    request = tmp_path / "request.json"
    request.write_text(json.dumps({"outcome": outcome}), encoding="utf-8")

    code, _, err = run("plan", str(request), "--lang", "en")

    assert code == 2
    assert f"At {field} (" in err

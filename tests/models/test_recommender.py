"""The main job on a region small enough to follow by hand."""

from datetime import date
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
import pytest

from features.sets import LENIENCY
from models.artifact import Artifact, Head
from models.explanation import Aspect
from models.learner import Floats, Kind, Learner
from models.recommender import Recommender
from models.weighting import learn_choices
from mutasi.errors import EmployeeNotFound, LimitOutOfRange, PositionNotFound, RegionEmpty
from mutasi.rules import RULES, Severity
from mutasi.snapshot import Snapshot
from tests.features.conftest import DAY, records
from tests.models.conftest import lessons
from tests.records import snapshot


@pytest.fixture
def ready(region: Snapshot, model: Artifact) -> Recommender:
    return Recommender(region, model)


def open_to_all() -> dict[str, list[dict[str, Any]]]:
    """Return records in which B may become a nurse: twice the same, to make a tie."""
    made = records()
    for row in made["positions"]:
        row |= {"fields": None, "minimum_education": None, "lowest_grade": None}
    made["employees"].append({"employee_id": "D", "appointed_on": date(2020, 7, 1)})
    for table in ("grades", "postings", "appraisals", "educations"):
        made[table] += [
            row | {"employee_id": "D"} for row in made[table] if row["employee_id"] == "B"
        ]
    made["offers"] += [
        row | {"employee_id": "D", "offer_id": f"{row['offer_id']}-D"}
        for row in made["offers"]
        if row["employee_id"] == "B"
    ]
    return made


def test_vacancies_are_the_positions_that_miss_people(ready: Recommender) -> None:
    vacancies = ready.vacancies()

    assert [vacancy.position_id for vacancy in vacancies] == ["nurse"]
    assert (vacancies[0].needed, vacancies[0].filled, vacancies[0].open) == (2, 1, 1)
    assert ready.vacancy("clerk").open == 0


def test_a_candidate_has_predictions_reasons_and_a_place(model: Artifact) -> None:
    ready = Recommender(snapshot(DAY, **open_to_all()), model)
    ranking = ready.candidates("nurse")
    first = ranking.recommended[0]

    assert (ranking.considered, ranking.eligible) == (3, 2)
    assert (ranking.basis, ranking.model_version) == ("model", model.manifest.version)
    assert {shown.employee_id for shown in ranking.recommended} == {"B", "D"}
    assert first.performance is not None
    assert first.performance_low is not None
    assert first.performance_high is not None
    assert first.performance_low < first.performance < first.performance_high
    assert first.acceptance is not None
    assert 0 < first.acceptance < 1
    assert first.gain is not None
    assert first.gain_low is not None
    assert first.gain_high is not None
    assert first.gain_low < first.gain < first.gain_high
    assert first.has_evidence
    assert first.reasons
    assert {reason.aspect for reason in first.reasons} <= {Aspect.PERFORMANCE, Aspect.ACCEPTANCE}
    assert first.present_title == "Clerk"


def with_evidence_for(who: str, model: Artifact) -> Recommender:
    """Return a recommender whose past never proposed such people but one."""
    proposal = learn_choices(lessons()).proposal
    assert proposal is not None
    made = open_to_all()
    made["employees"][-1]["appointed_on"] = date(2022, 7, 1)
    ready = Recommender(snapshot(DAY, **made), Artifact(model.manifest, {"proposal": proposal}))
    rows = [ready.snapshot.employee_row(name) for name in ("B", "D")]
    raw = proposal.raw(ready.prepared.pairs(proposal.columns, np.array(rows), 0))
    assert raw[0] != raw[1]
    sign = 1.0 if raw["BD".index(who)] == raw.max() else -1.0
    learner = proposal.learner if sign > 0 else Reversed(proposal.learner)
    bound = float(sign * raw.mean())
    head = Head(learner, proposal.facts.model_copy(update={"least": bound}))
    told = Artifact(model.manifest, model.heads | {"proposal": head})
    return Recommender(snapshot(DAY, **made), told)


class Reversed:
    """A learner that says the opposite."""

    kind: ClassVar[Kind] = "linear"

    def __init__(self, learner: Learner) -> None:
        self.learner = learner

    def raw(self, matrix: Floats) -> Floats:
        return -self.learner.raw(matrix)

    def contributions(self, matrix: Floats) -> Floats:
        return -self.learner.contributions(matrix)

    def sampled(self, matrix: Floats) -> Floats:
        return -self.learner.sampled(matrix)

    def save(self, file: Path) -> None:
        pytest.fail(f"nobody keeps it, here in {file}")


@pytest.mark.parametrize(("who", "other"), [("B", "D"), ("D", "B")])
def test_without_evidence_nothing_is_predicted_and_the_pair_comes_last(
    who: str, other: str, model: Artifact
) -> None:
    """Whichever of the two is the better by the model."""
    ready = with_evidence_for(who, model)
    first, last = ready.candidates("nurse").recommended

    assert (first.employee_id, last.employee_id) == (who, other)
    assert (first.has_evidence, last.has_evidence) == (True, False)
    predicted = (
        *("performance", "performance_low", "performance_high", "acceptance", "utility"),
        *("gain", "gain_low", "gain_high"),
    )
    assert [name for name in predicted if getattr(last, name) is not None] == []
    assert [name for name in predicted if getattr(first, name) is None] == []
    assert first.reasons
    assert last.reasons == ()
    assert last.score > 0


def test_twins_share_a_band(model: Artifact) -> None:
    ranking = Recommender(snapshot(DAY, **open_to_all()), model).candidates("nurse")

    assert [shown.band for shown in ranking.recommended] == [1, 1]
    assert ranking.recommended[0].utility == ranking.recommended[1].utility


def test_the_ineligible_are_told_with_article_and_facts(ready: Recommender) -> None:
    ranking = ready.candidates("nurse")
    blocked = {exclusion.employee_id: exclusion for exclusion in ranking.excluded}

    assert ranking.recommended == ()
    assert "minimum_education" in {finding.rule for finding in blocked["B"].findings}
    assert all(finding.severity is Severity.BLOCKS for finding in blocked["B"].findings)
    assert all(finding.basis for finding in blocked["B"].findings)
    assert ranking.excluded_by_rule["another_post"] == 1


def test_the_nearest_to_eligible_come_first(ready: Recommender) -> None:
    counts = [len(exclusion.findings) for exclusion in ready.candidates("nurse").excluded]

    assert counts == sorted(counts)


def test_a_person_is_shown_open_positions_only(ready: Recommender) -> None:
    ranking = ready.positions("B")

    assert ranking.considered == 1
    assert [exclusion.position_id for exclusion in ranking.excluded] == ["nurse"]


def test_both_questions_give_one_pair_one_answer(model: Artifact) -> None:
    ready = Recommender(snapshot(DAY, **open_to_all()), model)
    by_post = {shown.employee_id: shown for shown in ready.candidates("nurse").recommended}["B"]
    by_person = ready.positions("B").recommended[0]

    assert by_person.utility == pytest.approx(by_post.utility, abs=1e-12)
    assert by_person.acceptance == pytest.approx(by_post.acceptance, abs=1e-12)


def test_without_a_model_the_transparent_score_ranks_and_says_so() -> None:
    ready = Recommender(snapshot(DAY, **open_to_all()))
    ranking = ready.candidates("nurse")
    first = ranking.recommended[0]

    assert (ranking.basis, ranking.model_version) == ("transparent_score", None)
    assert first.performance is None
    assert first.acceptance is None
    assert first.utility == first.score
    assert {reason.aspect for reason in first.reasons} == {Aspect.PROFILE}


def test_a_model_of_performance_alone_ranks_by_it(model: Artifact) -> None:
    """Without what the rater there usually adds to whatever rating."""
    half = Artifact(model.manifest, {"performance": model.heads["performance"]})
    ready = Recommender(snapshot(DAY, **open_to_all()), half)
    first = ready.candidates("nurse").recommended[0]
    post = ready.snapshot.position_row("nurse")
    leniency = ready.prepared.pairs((LENIENCY,), np.array([0]), post).item()

    assert first.acceptance is None
    assert first.performance is not None
    assert abs(leniency) > 1.0
    assert first.utility == pytest.approx(first.performance - leniency)


def test_a_model_of_acceptance_alone_weighs_the_transparent_score(model: Artifact) -> None:
    half = Artifact(model.manifest, {"acceptance": model.heads["acceptance"]})
    ranking = Recommender(snapshot(DAY, **open_to_all()), half).candidates("nurse")

    assert ranking.basis == "transparent_score"
    assert ranking.recommended[0].acceptance is not None


def test_reasons_can_be_left_out(model: Artifact) -> None:
    ready = Recommender(snapshot(DAY, **open_to_all()), model)

    assert ready.candidates("nurse", explain=False).recommended[0].reasons == ()


@pytest.mark.parametrize("limit", [0, -1, 201, 10**9])
def test_a_limit_out_of_range_is_refused(ready: Recommender, limit: int) -> None:
    with pytest.raises(LimitOutOfRange) as refused:
        ready.candidates("nurse", limit)
    assert refused.value.params == {"limit": limit, "low": 1, "high": 200}
    with pytest.raises(LimitOutOfRange):
        ready.positions("B", limit)


def test_an_unknown_position_or_person_is_not_found(ready: Recommender) -> None:
    with pytest.raises(PositionNotFound):
        ready.candidates("pilot")
    with pytest.raises(EmployeeNotFound):
        ready.positions("Z")


def test_an_empty_region_is_refused() -> None:
    with pytest.raises(RegionEmpty):
        Recommender(snapshot(DAY))


def test_people_of_another_government_are_not_considered(model: Artifact) -> None:
    made = open_to_all()
    made["employees"][1]["region"] = "elsewhere"
    ready = Recommender(snapshot(DAY, **made), model)

    assert "B" not in {shown.employee_id for shown in ready.candidates("nurse").recommended}
    assert ready.positions("B").considered == 0


def test_m6_an_examination_tells_every_rule_once(ready: Recommender) -> None:
    examined = ready.examine("B", "nurse")
    told = [finding.rule for finding in examined.findings] + [rule for rule, _ in examined.kept]

    assert not examined.is_eligible
    assert sorted(told) == sorted(rule.name for rule in RULES)
    assert all(basis for _, basis in examined.kept)


def test_m6_the_day_from_which_nothing_blocks_is_told() -> None:
    made = open_to_all()
    made["postings"] = [
        {**posting, "started_on": date(2023, 9, 1)} if posting["employee_id"] == "B" else posting
        for posting in made["postings"]
    ]
    ready = Recommender(snapshot(DAY, **made))
    examined = ready.examine("B", "nurse")

    assert [finding.rule for finding in examined.findings if finding.severity == "blocks"] == [
        "minimum_tenure"
    ]
    assert examined.eligible_on == date(2025, 9, 1)
    assert Recommender(snapshot(date(2025, 9, 1), **made)).examine("B", "nurse").is_eligible


def test_m6_no_day_is_promised_to_one_who_grows_too_old_by_then() -> None:
    made = open_to_all()
    made["postings"] = [
        {**posting, "started_on": date(2023, 9, 1)} if posting["employee_id"] == "B" else posting
        for posting in made["postings"]
    ]
    made["employees"][1]["born_on"] = date(1968, 3, 1)
    examined = Recommender(snapshot(DAY, **made)).examine("B", "nurse")

    assert not examined.is_eligible
    assert examined.eligible_on is None


def test_m6_of_two_who_grow_too_old_the_one_who_waits_less_is_promised_a_day() -> None:
    made = open_to_all()
    since = {"B": date(2023, 9, 1), "D": date(2023, 6, 1)}
    made["postings"] = [
        posting | {"started_on": since.get(posting["employee_id"], posting["started_on"])}
        for posting in made["postings"]
    ]
    for one in made["employees"][1:]:
        one["born_on"] = date(1968, 7, 1)
    ready = Recommender(snapshot(DAY, **made))
    told = {one.employee_id: one.eligible_on for one in ready.candidates("nurse").excluded}

    assert (told["B"], told["D"]) == (None, date(2025, 6, 1))
    assert [ready.examine(who, "nurse").eligible_on for who in "BD"] == [told["B"], told["D"]]


def test_the_nearest_wait_least_and_what_is_for_good_comes_last(ready: Recommender) -> None:
    excluded = ready.candidates("nurse").excluded

    assert excluded[-1].employee_id == "A"
    assert {finding.rule for finding in excluded[-1].findings} == {"another_post"}


def test_m5_a_move_at_ones_own_request_is_locked_for_new_civil_servants(model: Artifact) -> None:
    ready = Recommender(snapshot(DAY, **open_to_all()), model)

    assert ready.positions("B").eligible == 1
    assert ready.positions("B", is_own_request=True).excluded_by_rule == {"own_request_lock": 1}
    assert not ready.examine("B", "nurse", is_own_request=True).is_eligible


def test_told_circumstances_never_lower_a_rank(model: Artifact) -> None:
    made = open_to_all()
    before = Recommender(snapshot(DAY, **made), model).candidates("nurse")
    made["circumstances"] = [
        {"employee_id": "B", "kind": kind, "since": date(2024, 1, 1)}
        for kind in ("pregnancy", "disability", "care")
    ]
    after = Recommender(snapshot(DAY, **made), model).candidates("nurse")

    assert [(shown.employee_id, shown.utility, shown.band) for shown in after.recommended] == [
        (shown.employee_id, shown.utility, shown.band) for shown in before.recommended
    ]
    told = {shown.employee_id: shown.findings for shown in after.recommended}
    assert "protective_circumstance" in {finding.rule for finding in told["B"]}
    assert "protective_circumstance" not in {finding.rule for finding in told["D"]}

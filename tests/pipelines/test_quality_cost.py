"""M24: what gaps cost the predictions, measured on vacancies."""

from pathlib import Path
from typing import ClassVar

import numpy as np
import pytest

from features import prepare
from models import learner
from models.artifact import Artifact, Head, HeadFacts, Manifest
from models.learner import DRAWS, Floats
from mutasi.i18n import LANGUAGES, render
from mutasi.quality import Records
from mutasi.rules import RULES
from mutasi.simulation import Region
from mutasi.snapshot import Snapshot
from pipelines.pages.document import Words
from pipelines.quality.cost import KINDS, OF_PERSONS, Kind, cost
from pipelines.quality.job import Judged, examined, judged
from pipelines.quality.page import SECTION, page, sentences
from pipelines.quality.schema import KindCost
from tests.mutasi.quality.cases import AS_OF, SITI
from tests.records import snapshot


def silent(_: str, __: int, ___: int) -> None:
    """Take no notice of progress."""


class ByRating:
    """A learner that repeats one column; 50 where it is unknown."""

    kind: ClassVar[learner.Kind] = "linear"

    def raw(self, matrix: Floats) -> Floats:
        return np.asarray(np.where(np.isnan(matrix[:, 0]), 50.0, matrix[:, 0]))

    def contributions(self, matrix: Floats) -> Floats:
        pytest.fail(f"costs ask for no reasons, here of {len(matrix)} pairs")

    def sampled(self, matrix: Floats) -> Floats:
        return np.repeat(self.raw(matrix)[:, None], DRAWS, axis=1)

    def save(self, file: Path) -> None:
        pytest.fail(f"costs save no model, here to {file}")


def reading(column: str, region: str = "R") -> Artifact:
    """Return a model whose only head reads one column."""
    facts = HeadFacts(
        kind="linear",
        columns=(column,),
        low=(0.0,),
        high=(100.0,),
        config={},
        loss=0.0,
        base_loss=0.0,
        examples=1,
    )
    manifest = Manifest(
        format=1, version="v", as_of="2025-01-01", region=region, data_hash="", heads={}, files={}
    )
    return Artifact(manifest, {"performance": Head(ByRating(), facts)})


@pytest.fixture(scope="module")
def region(invented: Region) -> Records:
    """The simulated region's records."""
    return Records(Snapshot.of(AS_OF.replace(year=2026), invented.frames))


def test_gaps_are_measured_on_vacancies_with_intervals(written: Judged) -> None:
    found = written.report.cost

    assert found is not None
    assert {each.kind for each in found.kinds} == set(KINDS)
    for each in found.kinds:
        for figure in (each.performance, each.acceptance, each.replaced):
            if figure is not None and figure.low is not None and figure.high is not None:
                assert figure.value is not None
                assert 0 <= figure.low <= figure.value <= figure.high
    ratings = next(each for each in found.kinds if each.kind == "appraisals")
    assert ratings.performance is not None
    assert ratings.performance.low is not None
    assert ratings.performance.low > 0


def test_every_rule_but_that_of_the_open_post_chooses_candidates() -> None:
    assert {rule.name for rule in RULES} - {rule.name for rule in OF_PERSONS} == {"post_open"}


def test_what_a_model_does_not_read_costs_nothing(region: Records) -> None:
    found = cost(region, reading("last_rating"), silent, draws=20)

    assert found is not None
    by_kind = {each.kind: each for each in found.kinds}
    changes = {
        kind for kind, each in by_kind.items() if each.performance and each.performance.value
    }
    assert changes == {"appraisals"}
    assert found.kinds[0].kind == "appraisals"
    assert all(each.acceptance is None for each in found.kinds)


def test_a_gap_shifts_a_prediction_by_what_the_record_said(region: Records) -> None:
    """The head repeats the last rating, so without it everyone is predicted 50."""
    found = cost(region, reading("last_rating"), silent, draws=20)
    rating = prepare(region.snapshot).pairs(("last_rating",), np.arange(len(region.serves)), 0)
    known = region.serves & ~np.isnan(rating[:, 0])
    away = np.abs(rating[known, 0] - 50)

    assert found is not None
    shift = _kind(found.kinds, "appraisals").performance
    assert shift is not None
    assert shift.value is not None
    assert away.min() < shift.value < away.max()


def test_today_s_cost_is_the_shift_times_the_share_that_lacks_it(written: Judged) -> None:
    assert written.report.cost is not None
    homes = _kind(written.report.cost.kinds, "homes")

    assert homes.acceptance is not None
    assert homes.acceptance_today is not None
    assert homes.missing is not None
    assert homes.acceptance.value is not None
    assert homes.acceptance_today.value == pytest.approx(homes.acceptance.value * homes.missing)
    assert 0 < homes.missing == homes.without < 1


def test_having_none_is_no_gap_where_one_may_never_have_had_any(written: Judged) -> None:
    assert written.report.cost is not None
    offers = _kind(written.report.cost.kinds, "answers")

    assert offers.without > 0
    assert offers.missing is None
    assert offers.performance_today is None


def _kind(kinds: tuple[KindCost, ...], name: str) -> KindCost:
    return next(each for each in kinds if each.kind == name)


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_only_the_people_named_lose_a_record(region: Records, kind: Kind) -> None:
    held = kind.held(region)
    taken = np.arange(len(held)) % 3 == 0
    bare = Records(kind.without(region.snapshot, taken))
    left = kind.held(bare)

    assert not left[taken].any()
    if kind.table != "units":  # posts of one unit lose it together
        assert (left[~taken] == held[~taken]).all()
    assert (kind.held(region) == held).all(), "the records themselves stay as they are"


def test_without_vacancies_the_posts_filled_last_are_asked(invented: Region) -> None:
    frames = {name: frame for name, frame in invented.frames.items() if name != "needs"}
    records = Records(Snapshot.of(AS_OF.replace(year=2026), frames))

    found = cost(records, reading("last_rating"), silent, draws=20)

    assert found is not None
    assert found.drawn == "recent"


def test_what_nobody_has_is_said_to_be_unmeasured(invented: Region) -> None:
    frames = {name: frame for name, frame in invented.frames.items() if name != "residences"}
    records = Records(Snapshot.of(AS_OF.replace(year=2026), frames))

    found = cost(records, reading("last_rating"), silent, draws=20)

    assert found is not None
    homes = _kind(found.kinds, "homes")
    assert (homes.pairs, homes.missing, homes.performance) == (0, 1.0, None)
    for language in LANGUAGES:
        words = Words(language, SECTION)
        assert words.say("kind.homes") in sentences(found, words)[-1]


@pytest.mark.parametrize("bare", [True, False], ids=["a list of people only", "hardly a store"])
def test_a_store_of_few_tables_is_judged(bare: bool) -> None:
    people = [{"employee_id": SITI, "kind": "PNS"}]
    posted = {"employee_id": SITI, "position_id": "P1", "started_on": AS_OF.replace(year=2020)}
    records = snapshot(
        AS_OF,
        units=[{"unit_id": "U1"}],
        positions=[{"position_id": "P1"}],
        employees=people,
        **({} if bare else {"postings": [posted]}),
    )

    report = judged(examined(records, silent), reading("last_rating"), silent)
    codes = {note.code for note in report.notes}

    assert report.cost is None
    assert {"no_vacancies", "empty_tables"} <= codes
    assert ("nobody_serves" in codes) == bare
    for language in LANGUAGES:
        assert render("quality.cost.unmeasured", language) in page(report, language)

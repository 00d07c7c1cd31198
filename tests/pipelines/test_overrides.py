"""`mutasi audit overrides`: how often who does not follow what was recommended, of how many."""

import json
from datetime import date, timedelta
from itertools import count
from typing import Any

import pytest

from models.metrics import wilson
from mutasi import clock
from mutasi.authority import Role
from mutasi.settings import Settings
from mutasi.simulation import SimulationConfig, simulate
from mutasi.snapshot import Snapshot
from mutasi.store import accounts, cases, personnel, session
from mutasi.store.cases import Done, Kind, Subject
from mutasi.workflow.proposals import Act, State
from tests.conftest import StoreOf
from tests.pipelines.conftest import Run

pytestmark = pytest.mark.usefixtures("either_database")

MANY = {"ani": (15, 6, 2), "budi": (12, 3, 0)}
"""By decider: decisions, overridden, accepted beside the ranking."""

FEW = {"cici": (8, 8, 0), "dodi": (4, 0, 0)}
FIRST = date(2026, 4, 1)


@pytest.fixture(scope="module")
def decided(either_database: StoreOf, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A home in which four people decided about others, each about somebody new."""
    settings = Settings(home=tmp_path_factory.mktemp("home"))
    assert settings.database_url == either_database(settings.home)
    region = simulate(SimulationConfig(employees=200, years=2, seed=3))
    store = session.engine(settings.database_url)
    with session.unit_of_work(store) as work:
        personnel.save(work, region.frames)
        snapshot = personnel.snapshot(work)
        made = {
            name: accounts.add(
                work, name, "kuda baterai jepit benar", [Role.DECIDER], clock.now()
            ).principal.id
            for name in (*MANY, *FEW)
        }
    numbers = count()
    with session.unit_of_work(store, cases.QUEUE) as work:
        for name, (all_, overridden, beside) in (MANY | FEW).items():
            for place in range(all_):
                act = Act.OVERRIDE if place < overridden else Act.DECIDE
                band = 4 if overridden <= place < overridden + beside else 1
                decide(work, snapshot, next(numbers), made[name], act, band)
    store.dispose()
    return settings


def decide(
    work: session.Work, snapshot: Snapshot, number: int, actor: str, act: Act, band: int
) -> None:
    """Add a proposal that was decided, one a day."""
    posts = snapshot.tables["positions"]
    subject = Subject(
        employee_id=snapshot.tables["employees"]["employee_id"].iloc[number],
        position_id=posts["position_id"].iloc[0],
        unit_id=posts["unit_id"].iloc[0],
        origin_position_id=None,
        origin_unit_id=None,
    )
    day = FIRST + timedelta(days=number)
    content = {"band": band, "plan_id": None, "until": None}
    proposed = Done(Act.PROPOSE, State.PROPOSED, True, "account:x", day, {})
    case = cases.begin(work, Kind.PROPOSAL, subject, content, f"slot {number}", proposed)
    state = State.OVERRIDDEN if act is Act.OVERRIDE else State.DECIDED
    facts = {} if act is Act.DECIDE and band == 1 else {"reason": "workload"}
    cases.add(work, Kind.PROPOSAL, case, Done(act, state, False, actor, day, facts))


@pytest.fixture
def report(run: Run, decided: Settings) -> Any:
    code, out, err = run("--home", str(decided.home), "audit", "overrides", "--json")
    assert code == 0, err
    return json.loads(out)


def test_shares_by_decider_come_with_wilson_s_intervals(report: dict[str, Any]) -> None:
    told = {one["label"]: one for one in report["deciders"] if one["decisions"] is not None}

    assert set(told) == set(MANY)
    for name, (all_, overridden, beside) in MANY.items():
        assert told[name]["decisions"] == all_
        for kind, number in (("overridden", overridden), ("beside", beside)):
            low, high = wilson(number, all_)
            assert told[name][kind] == {
                "count": number,
                "share": pytest.approx(number / all_, abs=1e-4),
                "low": pytest.approx(float(low), abs=1e-4),
                "high": pytest.approx(float(high), abs=1e-4),
            }


def test_what_concerns_fewer_than_ten_people_is_withheld_but_counted_in_the_whole(
    report: dict[str, Any],
) -> None:
    withheld = [one for one in report["deciders"] if one["decisions"] is None]

    assert {one["label"] for one in withheld} == set(FEW)
    assert all(one["overridden"] is one["beside"] is None for one in withheld)
    assert report["whole"]["decisions"] == sum(all_ for all_, *_ in (MANY | FEW).values())
    assert report["whole"]["overridden"]["count"] == 17
    assert [one["decisions"] for one in report["units"]] == [39]


def test_groups_are_those_of_the_day_and_none_of_fewer_than_ten_people_is_told(
    report: dict[str, Any], decided: Settings
) -> None:
    store = session.engine(decided.database_url)
    with session.reading(store) as work:
        people = personnel.snapshot(work).tables["employees"].iloc[:39]
    store.dispose()

    assert set(report["groups"]) == {"sex", "age", "kind", "remoteness"}
    sexes = {one["name"]: one["decisions"] for one in report["groups"]["sex"]}
    count_of = people["sex"].value_counts()
    assert sexes == {"female": count_of["F"], "male": count_of["M"]}
    for cells in report["groups"].values():
        assert all(one["decisions"] is None or one["decisions"] >= 10 for one in cells)


def test_reasons_are_those_of_what_was_not_followed(report: dict[str, Any]) -> None:
    assert [(one["name"], one["decisions"]) for one in report["reasons"]] == [("workload", 19)]


def test_days_narrow_the_report_and_both_are_included(run: Run, decided: Settings) -> None:
    last = FIRST + timedelta(days=14)
    out = run(
        *("--home", str(decided.home), "audit", "overrides", "--json"),
        *("--since", FIRST.isoformat(), "--until", last.isoformat()),
    )[1]

    assert json.loads(out)["whole"]["decisions"] == 15


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("id", ("Usulan tidak diikuti", "6 · 40%", "orangnya terlalu sedikit", "Perempuan")),
        ("en", ("Proposal overridden", "6 · 40%", "too few people", "Women")),
    ],
)
def test_the_report_is_told_in_words(
    run: Run, decided: Settings, language: str, words: tuple[str, ...]
) -> None:
    code, out, _ = run("--home", str(decided.home), "audit", "overrides", "--lang", language)

    assert code == 0
    for word in words:
        assert word in out


def test_without_decisions_it_says_so(run: Run, decided: Settings) -> None:
    out = run(
        *("--home", str(decided.home), "audit", "overrides", "--lang", "en"),
        *("--until", "1990-01-01"),
    )[1]

    assert "There are no decisions of ten people" in out

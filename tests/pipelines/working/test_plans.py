"""Plans as jobs: the same as by command, and whole whatever dies in between."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from mutasi.certificate import check
from mutasi.settings import Settings
from mutasi.store.jobs import Claim, State, Values
from pipelines.planning.schema import PlanReport
from pipelines.planning.task import plan_asked
from pipelines.train import Trained
from pipelines.working import worker
from tests.architecture.checkout import ROOT
from tests.pipelines.working.conftest import asked, grow_silent, kept, made, seen
from tests.pipelines.working.test_worker import ANOTHER_WORKER

FILES = {
    "verdicts.json",
    "plan.json",
    "report.json",
    "letters.json",
    "proposal.json",
    "plan.id.html",
    "plan.en.html",
    "plan.id.xlsx",
    "plan.en.xlsx",
}
REQUEST = {"plan": {"limits": {"moves": 5}}, "worth": False}
"""A cap goes across the network, so the plan takes a search."""


@pytest.fixture
def settings(trained: tuple[Settings, Trained], tmp_path: Path) -> Settings:
    """Of a home with records and a model, of a test's own."""
    return Settings(home=Path(shutil.copytree(trained[0].home, tmp_path / "home")))


@pytest.mark.parametrize("stage", ["offers", "search", "report"])
def test_a_plan_whose_worker_is_killed_half_way_is_made_by_another(
    settings: Settings, stage: str
) -> None:
    job = asked(settings, REQUEST)
    (settings.home / "fatal").write_text(stage, encoding="utf-8")
    command = [sys.executable, "-c", ANOTHER_WORKER, str(settings.home)]

    killed = subprocess.run(
        [*command, "fatal:plan_and_kill_the_worker", ""], cwd=ROOT, check=False, timeout=120
    )

    assert killed.returncode == -9
    left = seen(settings, job)
    assert left.progress is not None
    assert (left.state, left.progress["stage"], kept(settings)) == (State.RUNNING, stage, 0)
    grow_silent(settings)
    worker.work(settings, drain=True)

    done = seen(settings, job)
    assert (done.state, done.attempts, kept(settings)) == (State.DONE, 2, len(FILES))
    report = PlanReport.model_validate_json(made(settings, job, "report.json"))
    assert 0 < len(report.moves) <= 5
    verdict = check(json.loads(made(settings, job, "plan.json")))
    assert not verdict.breaches
    assert verdict.value == pytest.approx(report.value)


def test_a_plan_tells_its_stages_and_makes_the_files_of_the_command(settings: Settings) -> None:
    heard: list[Values] = []

    files = plan_asked(settings, Claim(1, "one", "plan", REQUEST, "x"), heard.append)

    stages = [progress["stage"] for progress in heard]
    assert sorted(set(stages), key=stages.index) == ["offers", "prices", "search", "report"]
    assert heard[-1]["gap"] == pytest.approx(0.0)
    assert set(files) == FILES
    (verdict,) = json.loads(files["verdicts.json"]).values()
    assert (verdict["breaches"], verdict["is_proven"]) == ([], True)
    assert verdict["digest"] == json.loads(files["plan.json"])["digest"]

"""Who had a plan made, or read lists of it, is on the audit trail."""

import json
from pathlib import Path
from typing import Any

import pytest

from mutasi.planning.request import PlanRequest
from mutasi.settings import Settings
from mutasi.store import session, trail
from pipelines.planning import job
from pipelines.recommend import opened
from pipelines.train import Trained
from tests.pipelines.conftest import Run


def entries(settings: Settings) -> list[dict[str, Any]]:
    with session.reading(session.engine(settings.database_url)) as work:
        return list(trail.entries(work))


@pytest.fixture(scope="module")
def settings(trained: tuple[Settings, Trained]) -> Settings:
    return trained[0]


@pytest.fixture
def request_file(tmp_path: Path) -> str:
    path = tmp_path / "request.toml"
    path.write_text("[limits]\nmoves = 6\n", encoding="utf-8")
    return str(path)


def test_m6_who_had_a_plan_made_is_on_the_trail_by_its_fingerprint(
    settings: Settings, request_file: str, tmp_path: Path, run: Run
) -> None:
    before, out = len(entries(settings)), tmp_path / "plan"

    code, _, err = run(
        *("--home", str(settings.home), "plan", request_file, "--out", str(out), "--no-worth")
    )

    (entry,) = entries(settings)[before:]
    assert code == 0, err
    assert (entry["action"], entry["kind"]) == ("recommend", "plan")
    assert entry["actor"].startswith("user:")
    assert entry["object"] == json.loads((out / "plan.json").read_text())["digest"]


def test_m6_of_whom_a_list_of_a_plan_tells_is_on_the_trail(
    settings: Settings, request_file: str, tmp_path: Path, run: Run
) -> None:
    out = tmp_path / "plan"
    home = ("--home", str(settings.home))
    run(*home, "plan", request_file, "--out", str(out), "--no-worth", "--json")
    move = json.loads((out / "report.json").read_text())["moves"][0]
    before = len(entries(settings))

    code, told, err = run(
        *(*home, "plan", "list", str(out / "plan.json"), "--vacancy", move["to"]["post"]),
        *("--limit", "3", "--json"),
    )

    listed = dict.fromkeys(each["person"] for each in json.loads(told))
    assert code == 0, err
    assert [(one["action"], one["kind"], one["object"]) for one in entries(settings)[before:]] == [
        ("read", "employee", person) for person in listed
    ]


def test_nothing_is_written_of_a_plan_that_cannot_be_put_on_the_trail(
    trained: tuple[Settings, Trained], tmp_path: Path
) -> None:
    def refuse(_: str) -> None:
        raise PermissionError

    recommender = opened(trained[0]).recommender
    with pytest.raises(PermissionError):
        job.plan_region(recommender, PlanRequest(), tmp_path / "plan", before=refuse)

    assert not (tmp_path / "plan").exists()

"""`mutasi plan`: a request in, a plan and its proof out; every slip is a sentence."""

import json
from pathlib import Path

import pytest

from mutasi.settings import Settings
from pipelines.planning.schema import PlanReport
from pipelines.train import Trained
from tests.pipelines.conftest import Run


@pytest.fixture
def home(trained: tuple[Settings, Trained]) -> str:
    return str(trained[0].home)


def written(folder: Path, text: str, name: str = "request.toml") -> str:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return str(path)


@pytest.mark.parametrize(
    ("language", "worth", "said"),
    [
        pytest.param("id", (), "menurut model yang tidak memilih", id="with its worth"),
        pytest.param("en", ("--no-worth",), "were not asked", id="without"),
    ],
)
def test_a_plan_is_printed_and_can_be_checked(
    language: str, worth: tuple[str, ...], said: str, home: str, tmp_path: Path, run: Run
) -> None:
    request = written(tmp_path, "[limits]\nmoves = 6\n")
    out = str(tmp_path / "plan")

    code, told, err = run("--home", home, "plan", request, "--out", out, *worth, "--lang", language)
    checked, verdict, _ = run("plan", "check", f"{out}/plan.json", "--lang", language)

    assert (code, checked) == (0, 0), err
    assert "plan.json" in told
    assert said in " ".join(told.split())
    assert f"plan.{language}.html" in "".join(told.split())
    assert (tmp_path / "plan" / f"plan.{language}.html").is_file()
    assert "0,0" in verdict or "0.0" in verdict


def test_a_request_may_be_json_and_so_the_answer(home: str, tmp_path: Path, run: Run) -> None:
    request = written(tmp_path, '{"limits": {"moves": 3}}', "request.json")

    code, told, err = run(
        *("--home", home, "plan", request, "--out", str(tmp_path / "plan")),
        *("--no-worth", "--json"),
    )

    assert code == 0, err
    report = PlanReport.model_validate(json.loads(told))
    assert len(report.moves) <= 3
    assert report.worth == "not_asked"


def test_without_a_model_the_transparent_score_plans_and_says_so(
    stored: Settings, tmp_path: Path, run: Run
) -> None:
    request = written(tmp_path, "")
    home = str(stored.home)

    code, told, err = run(
        "--home", home, "plan", request, "--out", str(tmp_path / "plan"), "--lang", "en"
    )

    assert code == 0, err
    assert "No model serves" in told


@pytest.mark.parametrize(
    ("text", "field"),
    [
        pytest.param("[limits]\nmoves = -1\n", "limits.moves", id="below zero"),
        pytest.param(f"[limits]\nbudget = 1{'0' * 13}\n", "limits.budget", id="beyond all sums"),
        pytest.param("[limits]\nmoves = 'many'\n", "limits.moves", id="no number"),
        pytest.param("[limits]\nmovs = 1\n", "limits.movs", id="a slip of the keyboard"),
        pytest.param("[[floor]]\nunit = 'A'\n", "floor.0.least", id="a floor of nothing"),
        pytest.param("[[keep]]\nperson = '1'\nwhy = 'x'\n", "keep.0.why", id="one word more"),
        pytest.param("seconds = 0.5\n", "seconds", id="no time at all"),
        pytest.param("[weights]\ngain = nan\n", "weights.gain", id="a weight that is none"),
        pytest.param("seconds = = 1\n", "toml", id="no TOML"),
    ],
)
@pytest.mark.parametrize("language", ["id", "en"])
def test_a_slip_in_the_request_is_named(
    text: str, field: str, language: str, tmp_path: Path, run: Run
) -> None:
    code, out, err = run("plan", written(tmp_path, text), "--lang", language)

    assert code == 2
    assert not out
    assert field in err


def test_what_is_no_plan_is_refused(tmp_path: Path, run: Run) -> None:
    code, _, err = run("plan", "check", written(tmp_path, "no plan", "plan.json"))
    empty, _, told = run("plan", "check", written(tmp_path, "[]", "plan.json"))

    assert (code, empty) == (2, 2)
    assert "plan.json" in err
    assert "layout" in told

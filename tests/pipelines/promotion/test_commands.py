"""`mutasi train`, `compare`, `promote`, `rollback`: what is typed, printed and returned."""

import json
import shutil
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from mlflow import MlflowClient
from typer.main import get_command

from models import aliases, registry
from models.aliases import Alias
from mutasi.settings import Settings
from mutasi.simulation.region import Region
from mutasi.store import personnel, session
from pipelines import cli
from pipelines.promotion import job, ledger
from pipelines.promotion.schema import Judgement
from pipelines.promotion_summary import show_judgement
from tests.artifacts import store
from tests.pipelines.conftest import Run
from tests.pipelines.promotion.made import judgement

FIRST_YEARS = date(2024, 6, 30)
"""Last day of the records that the first model learns from."""


def saying(monkeypatch: pytest.MonkeyPatch, *failing: str) -> None:
    """Let the same gates fail whatever is judged."""

    def judged(_: object, challenger: Any, champion: Any, *__: object) -> Judgement:
        before = None if champion is None else champion.manifest.version
        return judgement(challenger.manifest.version, before, *failing)

    monkeypatch.setattr(job, "judge", judged)


@pytest.fixture
def typed(home: Settings, monkeypatch: pytest.MonkeyPatch, run: Run) -> Run:
    """Types a command about the home."""
    monkeypatch.setenv("MUTASI_DATABASE", str(home.database))

    def called(*words: str) -> tuple[int, str, str]:
        code, out, err = run("--home", str(home.home), *words, "--lang", "en")
        return code, " ".join(out.split()), " ".join(err.split())

    return called


def test_a_refusal_ends_with_code_4_and_names_gate_figure_and_bound(
    home: Settings, typed: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    saying(monkeypatch, "latency")
    champion = aliases.version_of(home.models)

    code, out, _ = typed("promote")

    assert code == 4
    assert "Refused by: Speed (latency). Nothing has changed." in out
    assert "2.00 times, at most 1.5 times" in out
    assert aliases.version_of(home.models) == champion


def test_a_promotion_ends_with_code_0_and_says_who_serves(
    home: Settings, typed: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    saying(monkeypatch)
    named = aliases.all_of(home.models)

    code, out, _ = typed("promote")
    again, back, _ = typed("rollback")

    assert (code, again) == (0, 0)
    assert f"{named[Alias.CHALLENGER]} serves now; {named[Alias.CHAMPION]} is kept" in out
    assert f"{named[Alias.CHAMPION]} serves again" in back


def test_the_first_model_serves_alone(
    home: Settings, typed: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    saying(monkeypatch)
    aliases.change(home.models, {Alias.CHAMPION: None})

    code, out, _ = typed("promote")

    assert code == 0
    assert "serves now." in out


def test_whoever_overrules_a_gate_is_told_so(
    home: Settings, typed: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    saying(monkeypatch, "latency")

    code, out, _ = typed("promote", "--despite", "latency", "--reason", "the [red]server[/] is new")

    assert code == 0
    assert "Overruled: Speed (latency). Reason: the [red]server[/] is new" in out
    assert ledger.lines(home.home / ledger.FILE)[0]["reason"] == "the [red]server[/] is new"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        pytest.param(("--despite", "data_contract", "--reason", "x"), "data_contract cannot"),
        pytest.param(("--despite", "signature", "--reason", "x"), "signature cannot"),
        pytest.param(("--despite", "nonesuch", "--reason", "x"), "nonesuch cannot"),
        pytest.param(("--despite", "latency"), "go together"),
        pytest.param(("--despite", "latency", "--reason", "  "), "go together"),
        pytest.param(("--reason", "x"), "go together"),
    ],
)
def test_what_cannot_be_overruled_is_wrong_usage(
    home: Settings, typed: Run, words: tuple[str, ...], message: str
) -> None:
    before = aliases.all_of(home.models)

    code, _, err = typed("promote", *words)

    assert code == 2
    assert message in err.replace("│ ", "")
    assert aliases.all_of(home.models) == before


def test_comparing_shows_what_would_be_refused_and_ends_with_code_0(
    typed: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    saying(monkeypatch, "latency")
    code, out, _ = typed("compare")
    saying(monkeypatch)
    good = typed("compare")[1]

    assert code == 0
    assert "Would be refused by: Speed (latency)." in out
    assert "No gate refuses." in good


@pytest.mark.parametrize("command", ["compare", "promote"])
def test_programs_read_json(typed: Run, monkeypatch: pytest.MonkeyPatch, command: str) -> None:
    saying(monkeypatch, "latency")

    code, out, _ = typed(command, "--json")

    found = json.loads(out)
    gates = (found if command == "compare" else found["judgement"])["gates"]
    assert code == (0 if command == "compare" else 4)
    assert [gate["name"] for gate in gates if gate["outcome"] == "fails"] == ["latency"]


@pytest.mark.parametrize("command", ["compare", "promote", "rollback"])
def test_where_there_is_nothing_to_do_one_sentence_says_so(
    home: Settings, typed: Run, command: str
) -> None:
    aliases.change(home.models, {Alias.CHALLENGER: None})

    code, out, err = typed(command)

    assert code == 2
    assert out == ""
    assert "Train one first" in err or "no earlier model" in err


def test_a_rollback_can_be_read_by_programs(
    home: Settings, typed: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    saying(monkeypatch)
    typed("promote")
    named = aliases.all_of(home.models)

    out = typed("rollback", "--json")[1]

    assert json.loads(out) == {
        "champion": named[Alias.PREVIOUS],
        "previous": named[Alias.CHAMPION],
        "is_mirrored": True,
    }


def test_help_and_the_readme_tell_the_exit_codes(run: Run) -> None:
    told = " ".join((get_command(cli.app).help or "").split())
    readme = " ".join((Path(cli.__file__).parents[1] / "README.md").read_text("utf-8").split())

    assert "4 when a gate refuses a promotion" in told
    assert "4 when a gate refuses a promotion" in readme
    assert "code 4" in " ".join(run("promote", "--help")[1].split())


# --- the whole way, on real figures ----------------------------------------------------


def until(frames: Mapping[str, pd.DataFrame], day: date) -> dict[str, pd.DataFrame]:
    """Return the records that were known on a day."""
    return {name: frame[frame["known_on"] <= pd.Timestamp(day)] for name, frame in frames.items()}


def save(settings: Settings, frames: Mapping[str, pd.DataFrame]) -> None:
    with session.unit_of_work(session.engine(settings.database_url)) as work:
        personnel.save(work, frames)


@pytest.mark.slow
def test_a_region_is_trained_promoted_trained_again_compared_and_promoted(
    invented: Region,
    empty_tracking: Path,
    tmp_path: Path,
    run: Run,
    capsys: pytest.CaptureFixture[str],
) -> None:
    settings = Settings(home=tmp_path)
    shutil.copy(empty_tracking, tmp_path / "mlflow.db")
    home = ("--home", str(tmp_path))
    save(settings, until(invented.frames, FIRST_YEARS))

    code, out, _ = run(*home, "train", "--lang", "en")
    first = aliases.version_of(settings.models, Alias.CHALLENGER)
    assert code == 0
    assert "does not serve yet, and there is no other" in out
    assert aliases.version_of(settings.models) is None
    assert run(*home, "promote")[0] == 0
    assert aliases.version_of(settings.models) == first

    save(settings, invented.frames)
    code, out, _ = run(*home, "train", "--lang", "en")
    second = aliases.version_of(settings.models, Alias.CHALLENGER)
    assert f"{first} still does" in " ".join(out.split())
    assert second != first
    assert aliases.version_of(settings.models) == first

    code, out, _ = run(*home, "compare", "--json")
    found = json.loads(out)
    outcomes = {gate["name"]: gate["outcome"] for gate in found["gates"]}
    assert code == 0
    assert (found["challenger"], found["champion"]) == (second, first)
    assert outcomes["data_contract"] == "holds"
    assert outcomes["champion"] == "untold"
    assert found["duels"]["performance"]["count"] < 50
    assert found["paces"]["champion"] > 0
    assert {one["attribute"] for one in found["ratios"]} == {"sex", "kind"}
    assert all(one["champion"] for one in found["ratios"])

    show_judgement(Judgement.model_validate(found), "en", as_json=False)
    shown = capsys.readouterr().out
    assert "Challenger and champion" in shown
    assert "Profile matching" in shown

    assert run(*home, "promote")[0] == 0
    assert aliases.all_of(settings.models) == {
        Alias.CHAMPION: second,
        Alias.CHALLENGER: None,
        Alias.PREVIOUS: first,
    }
    assert run(*home, "rollback")[0] == 0
    assert aliases.version_of(settings.models) == first
    on_record(settings, str(second))


def on_record(settings: Settings, version: str) -> None:
    """Look for everything that MLflow must hold of a model that was promoted."""
    client = MlflowClient(settings.tracking_uri, settings.tracking_uri)
    run_id = registry.run_of(settings.tracking_uri, version)
    assert run_id is not None
    run = client.get_run(run_id)
    metrics = run.data.metrics
    files = {file.path for file in client.list_artifacts(run_id)}
    plots = {file.path for file in client.list_artifacts(run_id, "plots")}
    assert run.inputs is not None
    counts = {one.dataset.name: one.dataset.profile for one in run.inputs.dataset_inputs}

    assert (
        metrics["backtest.performance.model.rmse.low"] < metrics["backtest.performance.model.rmse"]
    )
    assert metrics["gate.coverage.overall"] > 0.5
    assert {"comparison.json", "decision.json", "model", "plots"} <= files
    assert plots == {"plots/acceptance.svg", "plots/performance.svg"}
    assert set(counts) == {"performance", "stays", "acceptance", "proposals", "seen"}
    assert run.data.tags["promotion"] == "promoted"
    drawn = settings.home / "mlruns" / run_id / "artifacts" / "plots" / "performance.svg"
    assert drawn.read_text(encoding="utf-8").startswith('<svg xmlns="http://www.w3.org/2000/svg"')


def test_records_that_changed_since_training_are_refused(
    stored: Settings, bare: Settings, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The made model learned from nothing that the store holds, so nothing can speak of it."""
    monkeypatch.setenv("MUTASI_DATABASE", stored.database_url)
    aliases.change(bare.models, {Alias.CHALLENGER: store(bare.models)})

    code, out, _ = run("--home", str(bare.home), "promote", "--lang", "en")

    assert code == 4
    assert "Refused by: Data contract" in out
    assert aliases.version_of(bare.models) is None

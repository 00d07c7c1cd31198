"""Who serves changes only through the gates, or by a person's word; and back again."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from mlflow import MlflowClient

from models import aliases, artifact, registry
from models.aliases import Alias
from models.artifact import SIGNATURE
from mutasi.errors import (
    ArtifactCorrupt,
    ArtifactForged,
    ArtifactMissing,
    ArtifactUnsigned,
    ChallengerMissing,
    ChampionAlready,
    FeatureSchemaMismatch,
    GateNotOverruled,
    KeyMissing,
    KeyUnusable,
    MutasiError,
    PreviousMissing,
    ReasonMissing,
    StoreUnwritable,
)
from mutasi.i18n import has_words
from mutasi.settings import Settings
from mutasi.store import session, trail
from pipelines.promotion import gates, ledger
from pipelines.promotion.job import Turned, compare, promote, rollback
from tests.artifacts import head, save, store
from tests.pipelines.promotion.made import Judge, quiet

Named = dict[Alias, str | None]


pytestmark = pytest.mark.usefixtures("judge")


def client(settings: Settings) -> MlflowClient:
    return MlflowClient(settings.tracking_uri, settings.tracking_uri)


def told(settings: Settings) -> list[dict[str, Any]]:
    return ledger.lines(settings.home / ledger.FILE)


def run_of(settings: Settings, version: str | None) -> str:
    """Return the run of a model that is on record."""
    assert version is not None
    run = registry.run_of(settings.tracking_uri, version)
    assert run is not None
    return run


def texts(settings: Settings, version: str | None, file: str) -> Any:
    """Return a JSON file of a model's run."""
    path = settings.home / "mlruns" / run_of(settings, version) / "artifacts" / file
    return json.loads(path.read_text(encoding="utf-8"))


def test_a_challenger_whose_gates_hold_serves_and_the_champion_is_kept(
    home: Settings, named: Named
) -> None:
    decision = promote(home, quiet)

    assert decision.is_promoted
    assert aliases.all_of(home.models) == {
        Alias.CHAMPION: named[Alias.CHALLENGER],
        Alias.CHALLENGER: None,
        Alias.PREVIOUS: named[Alias.CHAMPION],
    }
    (line,) = told(home)
    assert line["action"] == "promote"
    assert line["champion"] == named[Alias.CHALLENGER]
    assert line["previous"] == named[Alias.CHAMPION]
    assert (line["overruled"], line["reason"]) == ([], None)
    assert line["at"].startswith("20")


def test_mlflow_names_the_same_models(home: Settings, named: Named) -> None:
    promote(home, quiet)
    run = run_of(home, named[Alias.CHALLENGER])

    found = client(home).get_model_version_by_alias(registry.MODEL, "champion")

    assert found.run_id == run
    assert client(home).get_run(run).data.tags["promotion"] == "promoted"


def test_the_first_model_serves_without_a_previous(bare: Settings) -> None:
    version = store(bare.models)
    aliases.change(bare.models, {Alias.CHALLENGER: version})

    promote(bare, quiet)

    assert aliases.all_of(bare.models) == {
        Alias.CHAMPION: version,
        Alias.CHALLENGER: None,
        Alias.PREVIOUS: None,
    }


@pytest.mark.parametrize("gate", ["data_contract", "baselines", "latency"])
def test_a_gate_that_fails_refuses_and_nothing_changes(
    home: Settings, named: Named, judge: Judge, gate: str
) -> None:
    judge.failing = (gate,)

    decision = promote(home, quiet)

    assert not decision.is_promoted
    assert decision.judgement.failed() == (gate,)
    assert aliases.all_of(home.models) == named
    assert told(home) == []


def test_a_refusal_is_on_record_with_the_gates_figures(
    home: Settings, named: Named, judge: Judge
) -> None:
    judge.failing = ("latency",)
    promote(home, quiet)

    run = client(home).get_run(run_of(home, named[Alias.CHALLENGER]))
    decision = texts(home, named[Alias.CHALLENGER], "decision.json")

    assert run.data.tags["promotion"] == "refused"
    assert run.data.tags["gate.latency"] == "fails"
    assert run.data.metrics["gate.latency.ratio"] == 2.0
    (latency,) = [one for one in decision["judgement"]["gates"] if one["name"] == "latency"]
    assert latency["readings"][0]["figure"]["value"] == 2.0
    assert latency["readings"][0]["bound"] == 1.5
    assert not decision["is_promoted"]


def test_a_person_may_overrule_a_gate_and_must_say_why(
    home: Settings, named: Named, judge: Judge
) -> None:
    judge.failing = ("latency",)

    decision = promote(home, quiet, despite=("latency", "fairness"), reason="the server is new")

    run = client(home).get_run(run_of(home, named[Alias.CHALLENGER]))
    assert decision.is_promoted
    assert decision.overruled == ("latency",)
    assert aliases.version_of(home.models) == named[Alias.CHALLENGER]
    assert told(home)[0]["overruled"] == ["latency"]
    assert told(home)[0]["reason"] == "the server is new"
    assert run.data.tags["promotion.overruled"] == "latency"
    assert run.data.tags["promotion.reason"] == "the server is new"


@pytest.mark.parametrize(
    ("despite", "reason", "error"),
    [
        pytest.param(("data_contract",), "in a notebook", GateNotOverruled, id="the contract"),
        pytest.param(("nonesuch",), "in a notebook", GateNotOverruled, id="no such gate"),
        pytest.param(("latency",), None, ReasonMissing, id="without a reason"),
        pytest.param(("latency",), "  ", ReasonMissing, id="with a blank reason"),
        pytest.param((), "for nothing", ReasonMissing, id="a reason for nothing"),
    ],
)
def test_whoever_calls_the_job_cannot_overrule_more_than_the_command(
    home: Settings,
    judge: Judge,
    despite: tuple[str, ...],
    reason: str | None,
    error: type[MutasiError],
) -> None:
    judge.failing = despite
    before = aliases.all_of(home.models)

    with pytest.raises(error):
        promote(home, quiet, despite=despite, reason=reason)

    assert aliases.all_of(home.models) == before


def test_a_reason_for_what_did_not_fail_is_not_kept(home: Settings) -> None:
    decision = promote(home, quiet, despite=("latency",), reason="in case")

    assert decision.is_promoted
    assert (decision.overruled, decision.reason) == ((), None)


def test_a_gate_that_nobody_named_still_refuses(home: Settings, named: Named, judge: Judge) -> None:
    judge.failing = ("latency", "fairness")

    decision = promote(home, quiet, despite=("latency",), reason="the server is new")

    assert not decision.is_promoted
    assert decision.overruled == ()
    assert aliases.all_of(home.models) == named


def test_comparing_changes_nothing_and_is_on_record(home: Settings, named: Named) -> None:
    compare(home, quiet)

    run = client(home).get_run(run_of(home, named[Alias.CHALLENGER]))
    assert aliases.all_of(home.models) == named
    assert "promotion" not in run.data.tags
    assert (
        texts(home, named[Alias.CHALLENGER], "comparison.json")["champion"] == named[Alias.CHAMPION]
    )
    assert told(home) == []


# --- what cannot be promoted -----------------------------------------------------------


def test_where_nobody_waits_nobody_is_promoted(bare: Settings) -> None:
    with pytest.raises(ChallengerMissing):
        promote(bare, quiet)


def test_the_champion_is_not_promoted_again(home: Settings, named: Named) -> None:
    aliases.change(home.models, {Alias.CHALLENGER: named[Alias.CHAMPION]})

    with pytest.raises(ChampionAlready):
        promote(home, quiet)


def unsign(folder: Path) -> None:
    (folder / SIGNATURE).unlink()


def forge(folder: Path) -> None:
    (folder / SIGNATURE).write_bytes(b"\x00" * 64)


@pytest.mark.parametrize(("spoil", "error"), [(unsign, ArtifactUnsigned), (forge, ArtifactForged)])
def test_no_word_of_a_person_stands_for_a_signature(
    home: Settings, named: Named, spoil: Callable[[Path], None], error: type[MutasiError]
) -> None:
    spoil(aliases.folder_of(home.models, Alias.CHALLENGER))

    with pytest.raises(error):
        promote(home, quiet, despite=gates.NAMES[1:], reason="I trust it")

    assert aliases.all_of(home.models) == named


def test_without_the_public_key_nothing_is_promoted(home: Settings) -> None:
    home.public_key_file.unlink()

    with pytest.raises(KeyMissing):
        promote(home, quiet)


def test_a_challenger_of_unknown_features_is_refused(home: Settings, named: Named) -> None:
    made = head(0.0)
    columns = ("phase_of_the_moon", "training_hours")
    made.facts = made.facts.model_copy(update={"columns": columns})
    made.columns = columns
    manifest = save(home.models / "moon", {"performance": made})
    (home.models / "moon").replace(home.models / manifest.version)
    aliases.change(home.models, {Alias.CHALLENGER: manifest.version})

    with pytest.raises(FeatureSchemaMismatch):
        promote(home, quiet)

    assert aliases.version_of(home.models) == named[Alias.CHAMPION]


def test_a_champion_that_cannot_be_used_is_no_rival(
    home: Settings, named: Named, judge: Judge
) -> None:
    unsign(aliases.folder_of(home.models))

    promote(home, quiet)

    assert judge.champion is None
    assert isinstance(judge.problem, ArtifactUnsigned)
    assert aliases.version_of(home.models) == named[Alias.CHALLENGER]


# --- back again ------------------------------------------------------------------------


def test_a_rollback_makes_the_previous_serve_and_another_undoes_it(
    home: Settings, named: Named
) -> None:
    promote(home, quiet)
    old, new = str(named[Alias.CHAMPION]), str(named[Alias.CHALLENGER])

    first = rollback(home)
    after_first = aliases.all_of(home.models)
    second = rollback(home)

    assert first == Turned(champion=old, previous=new)
    assert after_first == {Alias.CHAMPION: old, Alias.CHALLENGER: None, Alias.PREVIOUS: new}
    assert second == Turned(champion=new, previous=old)
    assert aliases.version_of(home.models) == new
    assert [line["action"] for line in told(home)] == ["promote", "rollback", "rollback"]
    assert [line["champion"] for line in told(home)] == [new, old, new]


def test_who_put_which_model_to_service_is_on_the_audit_trail(home: Settings, named: Named) -> None:
    promote(home, quiet)
    rollback(home)
    old, new = str(named[Alias.CHAMPION]), str(named[Alias.CHALLENGER])

    with session.reading(session.engine(home.database_url)) as work:
        entries = [one for one in trail.entries(work) if one["kind"] == "model"][-2:]

    digests = {name: artifact.digest_of(home.models / name) for name in (old, new)}
    assert [(one["action"], one["object"], one["before"], one["after"]) for one in entries] == [
        ("promote", new, digests[old], digests[new]),
        ("rollback", old, digests[new], digests[old]),
    ]
    assert all(one["actor"].startswith("user:") for one in entries)


def test_a_model_is_not_changed_while_the_trail_takes_nothing(
    home: Settings, named: Named, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object) -> int:
        raise StoreUnwritable(store="away")

    monkeypatch.setattr(trail, "append", away)
    with pytest.raises(StoreUnwritable):
        promote(home, quiet)

    assert aliases.version_of(home.models) == named[Alias.CHAMPION]


def test_mlflow_follows_a_rollback(home: Settings, named: Named) -> None:
    first, second = named[Alias.CHAMPION], named[Alias.CHALLENGER]
    aliases.change(home.models, {Alias.CHAMPION: None, Alias.CHALLENGER: first})
    promote(home, quiet)
    aliases.change(home.models, {Alias.CHALLENGER: second})
    promote(home, quiet)

    rollback(home)

    found = client(home)
    assert {
        alias: found.get_model_version_by_alias(registry.MODEL, alias).tags["artifact"]
        for alias in found.get_registered_model(registry.MODEL).aliases
    } == {"champion": first, "previous": second}


def test_without_a_previous_there_is_nothing_to_roll_back_to(home: Settings, named: Named) -> None:
    with pytest.raises(PreviousMissing):
        rollback(home)

    assert aliases.all_of(home.models) == named


@pytest.mark.parametrize(
    ("spoil", "error"),
    [(unsign, ArtifactUnsigned), (forge, ArtifactForged)],
)
def test_a_previous_that_is_not_what_was_signed_does_not_serve_again(
    home: Settings, spoil: Callable[[Path], None], error: type[MutasiError]
) -> None:
    promote(home, quiet)
    before = aliases.all_of(home.models)
    spoil(aliases.folder_of(home.models, Alias.PREVIOUS))

    with pytest.raises(error):
        rollback(home)

    assert aliases.all_of(home.models) == before


def test_a_previous_that_was_deleted_is_missing(home: Settings) -> None:
    promote(home, quiet)
    aliases.folder_of(home.models, Alias.PREVIOUS).rename(home.home / "away")

    with pytest.raises(ArtifactMissing):
        rollback(home)


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize(
    "problem",
    [
        *(ArtifactMissing, ArtifactCorrupt, ArtifactUnsigned, ArtifactForged),
        *(KeyMissing, KeyUnusable, FeatureSchemaMismatch),
    ],
)
def test_why_a_champion_cannot_be_used_is_told_in_words(
    problem: type[MutasiError], language: str
) -> None:
    assert has_words(f"promotion.problem.{problem.code}", language)

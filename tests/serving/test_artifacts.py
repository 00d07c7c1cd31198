"""The model that answers, and what happens without one."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from serving.app import create_app
from tests.artifacts import KEY
from tests.serving.conftest import KNOWN, Lines, settings_of


def test_an_anonymous_caller_is_refused(served: TestClient) -> None:
    assert served.get("/v1/models/current").status_code == 401


def test_a_caller_with_a_wrong_token_is_refused(served: TestClient) -> None:
    answer = served.get("/v1/models/current", headers={"Authorization": "Bearer another"})

    assert answer.status_code == 401
    assert 'error="invalid_token"' in answer.headers["www-authenticate"]


def test_the_model_tells_what_it_learned_from(known: TestClient) -> None:
    model = known.get("/v1/models/current", params={"lang": "en"}).json()

    assert model["basis"] == "model"
    assert [head["name"] for head in model["heads"]] == ["performance", "acceptance"]
    assert all(head["examples"] == 400 for head in model["heads"])
    assert model["absent"] == ["training"]
    assert model["problem"] is None


def cut(model: Path) -> None:
    """Leave half of a learner's file."""
    file = next(file for file in model.iterdir() if file.name.startswith("performance"))
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def cut_manifest(model: Path) -> None:
    """Leave half of the manifest."""
    file = model / "manifest.json"
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def spoil_manifest(model: Path) -> None:
    """Leave what is no text."""
    (model / "manifest.json").write_bytes(b"\xff\xfe\x00")


def lose_file(model: Path) -> None:
    """Lose a learner."""
    next(file for file in model.iterdir() if file.name.startswith("acceptance")).unlink()


def rename_feature(model: Path) -> None:
    """Have learned from a column that this code does not know."""
    file = model / "manifest.json"
    text = file.read_text().replace("distance_change_km", "phase_of_the_moon").encode()
    file.write_bytes(text)
    (model / "manifest.sig").write_bytes(KEY.sign(text))


SPOILT = [
    pytest.param(shutil.rmtree, "artifact_missing", id="no model"),
    pytest.param(cut, "artifact_corrupt", id="a truncated learner"),
    pytest.param(cut_manifest, "artifact_forged", id="a truncated manifest"),
    pytest.param(spoil_manifest, "artifact_forged", id="a manifest that is no text"),
    pytest.param(lose_file, "artifact_corrupt", id="a lost learner"),
    pytest.param(rename_feature, "feature_schema_mismatch", id="an unknown feature"),
]


@pytest.mark.parametrize(("spoil", "code"), SPOILT)
def test_without_a_usable_model_the_transparent_score_answers_and_says_so(
    own_home: Path, vacancy: str, log: Lines, spoil: Callable[[Path], None], code: str
) -> None:
    spoil(settings_of(own_home).models / "first")

    with TestClient(create_app(settings_of(own_home)), headers=KNOWN) as client:
        ranking = client.get(f"/v1/vacancies/{vacancy}/candidates")
        model = client.get("/v1/models/current").json()
        ready = client.get("/readyz")

    assert ranking.status_code == 200
    assert ranking.json()["basis"] == "transparent_score"
    assert ranking.json()["model_version"] is None
    best = ranking.json()["recommended"][0]
    assert (best["performance"], best["acceptance"]) == (None, None)
    assert best["reasons"]
    assert best["utility"] == best["score"]
    assert model["basis"] == "transparent_score"
    assert model["problem"]["type"] == f"/errors/{code}"
    assert ready.status_code == 200
    assert ready.json()["model"]["problem"] == code
    assert [line["problem"] for line in log.fields("model not used")] == [code]


def test_what_is_told_of_a_problem_has_no_path(bare_home: Path) -> None:
    with TestClient(create_app(settings_of(bare_home)), headers=KNOWN) as client:
        told = client.get("/readyz").text + client.get("/v1/models/current").text

    assert str(bare_home) not in told


def test_the_law_is_the_same_without_a_model(
    bare_home: Path, known: TestClient, vacancy: str
) -> None:
    with TestClient(create_app(settings_of(bare_home)), headers=KNOWN) as client:
        without = client.get(f"/v1/vacancies/{vacancy}/candidates").json()
    with_model = known.get(f"/v1/vacancies/{vacancy}/candidates").json()

    for part in ("considered", "eligible", "excluded_by_rule"):
        assert without[part] == with_model[part]

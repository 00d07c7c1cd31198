"""The service answers by no model that nobody vouches for, and says since when one serves."""

import os
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from models import aliases
from models.aliases import Alias
from models.signing import PrivateKey
from mutasi.settings import Settings
from serving.app import create_app
from serving.region import open_region
from tests.artifacts import KEY, save, vouch
from tests.serving.conftest import KNOWN, settings_of

MOMENT = datetime(2026, 3, 30, 9, 0, tzinfo=UTC)


@pytest.fixture
def signed_home(bare_home: Path, tmp_path: Path) -> Path:
    """A home with a signed model that serves."""
    home = Path(shutil.copytree(bare_home, tmp_path / "home"))
    models = settings_of(home).models
    save(models / "first")
    aliases.change(models, {Alias.CHAMPION: "first"})
    vouch(settings_of(home))
    os.utime(models / Alias.CHAMPION, (MOMENT.timestamp(), MOMENT.timestamp()))
    return home


def test_a_signed_model_answers(signed_home: Path) -> None:
    region = open_region(settings_of(signed_home))

    assert region.model_problem is None
    assert region.recommender is not None
    assert region.recommender.artifact is not None


def test_it_is_told_since_when_the_champion_serves(signed_home: Path) -> None:
    with TestClient(create_app(settings_of(signed_home)), headers=KNOWN) as client:
        model = client.get("/v1/models/current").json()

    assert model["version"] == settings_version(signed_home)
    assert model["since"] == "2026-03-30T09:00:00Z"


def settings_version(home: Path) -> str:
    """Return the version that the champion's manifest names."""
    region = open_region(settings_of(home))
    assert region.recommender is not None
    assert region.recommender.artifact is not None
    return region.recommender.artifact.manifest.version


def test_a_challenger_does_not_serve(signed_home: Path) -> None:
    models = settings_of(signed_home).models
    aliases.change(models, {Alias.CHAMPION: None, Alias.CHALLENGER: "first"})

    region = open_region(settings_of(signed_home))

    assert region.model_problem is not None
    assert region.model_problem.code == "artifact_missing"


def unsign(home: Path) -> None:
    (settings_of(home).models / "first" / "manifest.sig").unlink()


def sign_by_another(home: Path) -> None:
    model = settings_of(home).models / "first"
    text = (model / "manifest.json").read_bytes()
    (model / "manifest.sig").write_bytes(PrivateKey.made().sign(text))


def promise_more(home: Path) -> None:
    """Let the manifest say more of the model than is true."""
    file = settings_of(home).models / "first" / "manifest.json"
    file.write_text(file.read_text().replace('"loss": 1.0', '"loss": 0.1'))


def change_learner(home: Path) -> None:
    file = settings_of(home).models / "first" / "performance.json"
    file.write_text(file.read_text().replace('"base": 0.0', '"base": 9.0'))


def lose_key(home: Path) -> None:
    settings_of(home).public_key_file.unlink()


def spoil_key(home: Path) -> None:
    settings_of(home).public_key_file.write_text("no key")


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (unsign, "artifact_unsigned"),
        (sign_by_another, "artifact_forged"),
        (promise_more, "artifact_forged"),
        (change_learner, "artifact_corrupt"),
        (lose_key, "key_missing"),
        (spoil_key, "key_unusable"),
    ],
)
def test_a_model_that_nobody_vouches_for_does_not_answer_and_the_reason_is_told(
    signed_home: Path, spoil: Callable[[Path], None], code: str
) -> None:
    spoil(signed_home)

    with TestClient(create_app(settings_of(signed_home)), headers=KNOWN) as client:
        model = client.get("/v1/models/current").json()
        ready = client.get("/readyz")

    assert model["basis"] == "transparent_score"
    assert (model["version"], model["since"]) == (None, None)
    assert model["problem"]["type"] == f"/errors/{code}"
    assert str(signed_home) not in model["problem"]["detail"]
    assert ready.status_code == 200
    assert ready.json()["model"]["problem"] == code


def test_a_public_key_may_be_given_elsewhere(signed_home: Path, tmp_path: Path) -> None:
    given = tmp_path / "mounted.pem"
    settings_of(signed_home).public_key_file.rename(given)

    region = open_region(Settings(home=signed_home, public_key=given))

    assert given.read_bytes() == KEY.public.text
    assert region.model_problem is None


def test_serving_needs_no_private_key(signed_home: Path) -> None:
    assert not settings_of(signed_home).private_key_file.exists()
    assert open_region(settings_of(signed_home)).model_problem is None

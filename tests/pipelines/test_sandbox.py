"""`mutasi serve --sandbox`: an invented region, apart from everything real."""

from pathlib import Path

import pytest
from pydantic import SecretStr

from mutasi.settings import Settings
from mutasi.store import personnel, session
from pipelines import sandbox
from pipelines.sandbox import sandbox as tried_in
from tests.pipelines.conftest import Run


@pytest.fixture
def installation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Settings of an installation, and an invented region that is quickly made."""
    small = sandbox.REGION.model_copy(update={"employees": 120, "years": 2})
    monkeypatch.setattr(sandbox, "REGION", small)
    real = f"sqlite:///{tmp_path / 'real.db'}"
    return Settings(home=tmp_path / "home", database=real, api_token=SecretStr("shown"))


def test_it_has_people_of_its_own_and_touches_no_real_store(
    installation: Settings, tmp_path: Path
) -> None:
    own = tried_in(installation)

    with session.reading(session.engine(own.database_url)) as work:
        assert len(personnel.records(work)["employees"]) >= 120
    assert own.home == tmp_path / "home" / "sandbox"
    assert own.public_key_file.is_relative_to(own.home)
    assert own.token_keys.is_relative_to(own.home)
    assert own.api_token == installation.api_token
    assert not (tmp_path / "real.db").exists()


def test_it_stays_as_it_was_left(installation: Settings) -> None:
    first = tried_in(installation)
    made = (first.home / "mutasi.db").stat()

    second = tried_in(installation)

    assert second == first
    assert (second.home / "mutasi.db").stat().st_ino == made.st_ino


def test_one_that_was_cut_short_is_invented_anew(installation: Settings) -> None:
    home = installation.home / "sandbox"
    home.mkdir(parents=True)
    (home / "mutasi.db.part").write_bytes(b"half of it")

    own = tried_in(installation)

    assert not (home / "mutasi.db.part").exists()
    with session.reading(session.engine(own.database_url)) as work:
        assert len(personnel.records(work)["employees"]) >= 120


def test_it_is_served_by_a_word_of_the_command_line(
    installation: Settings, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    served: list[Settings] = []
    monkeypatch.setattr("pipelines.serve.serve", lambda settings, *_: served.append(settings))

    code, _, err = run(
        "--home", str(installation.home), "serve", "--sandbox", "--no-worker", "--port", "0"
    )

    assert (code, err) == (0, "")
    assert served[0].home == installation.home / "sandbox"

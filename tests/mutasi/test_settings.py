"""An installation is told where things are by the environment, and nowhere else."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from mutasi.settings import Settings, hand_on


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    """Begin with nothing said."""
    for name in Settings.model_fields:
        monkeypatch.delenv(f"MUTASI_{name.upper()}", raising=False)


def test_everything_lies_in_the_home_where_nothing_is_said() -> None:
    settings = Settings()

    assert settings.home == Path("artifacts")
    assert settings.database_url == "sqlite:///artifacts/mutasi.db"
    assert settings.tracking_uri == "sqlite:///artifacts/mlflow.db"
    assert settings.api_token is None
    assert settings.language == "id"


def test_the_environment_says_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MUTASI_HOME", "region/home")
    monkeypatch.setenv("MUTASI_DATABASE", "postgresql+psycopg://localhost/mutasi")
    monkeypatch.setenv("MUTASI_LANGUAGE", "en")
    settings = Settings()

    assert settings.models == Path("region/home/models")
    assert settings.database_url == "postgresql+psycopg://localhost/mutasi"
    assert settings.tracking_uri == "sqlite:///region/home/mlflow.db"
    assert settings.language == "en"


def test_a_language_that_nobody_wrote_words_in_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("MUTASI_LANGUAGE", "fr")

    with pytest.raises(ValidationError, match="language"):
        Settings()


def test_settings_do_not_change() -> None:
    settings = Settings()

    with pytest.raises(ValidationError, match="frozen"):
        settings.language = "en"  # type: ignore[misc]  # what is tested


def test_the_token_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MUTASI_API_TOKEN", "open-sesame")

    assert "sesame" not in repr(Settings())


def test_keys_lie_in_the_home_or_where_they_are_given(monkeypatch: pytest.MonkeyPatch) -> None:
    assert Settings().private_key_file == Path("artifacts/keys/private.pem")
    assert Settings().public_key_file == Path("artifacts/keys/public.pem")

    monkeypatch.setenv("MUTASI_PUBLIC_KEY", "mounted/public.pem")
    monkeypatch.setenv("MUTASI_SIGNING_KEY", "mounted/private.pem")

    assert Settings().private_key_file == Path("mounted/private.pem")
    assert Settings().public_key_file == Path("mounted/public.pem")


def test_a_service_that_is_started_by_name_finds_the_public_key_and_not_the_private(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    given = Settings(public_key=tmp_path / "public.pem", signing_key=tmp_path / "private.pem")
    with monkeypatch.context() as environment:
        for name in ("HOME", "PUBLIC_KEY", "LANGUAGE"):
            environment.setenv(f"MUTASI_{name}", "put back afterwards")
        hand_on(given)
        found = Settings()

    assert found.public_key_file == tmp_path / "public.pem"
    assert found.signing_key is None

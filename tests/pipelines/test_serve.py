"""`mutasi serve`: whom it lets in, where it listens, what it says."""

import socket
from collections.abc import Callable
from pathlib import Path

import pytest
from pydantic import SecretStr
from typer.testing import CliRunner

from mutasi.errors import PortTaken, RegionEmpty
from mutasi.settings import Settings
from pipelines import cli, serve
from pipelines.serve import Listening

Served = Callable[..., tuple[Settings, list[Listening]]]


@pytest.fixture(autouse=True)
def no_server(monkeypatch: pytest.MonkeyPatch) -> None:
    """Serve without a server, and put the environment back afterwards."""
    for name in ("HOME", "API_TOKEN", "LANGUAGE"):
        monkeypatch.setenv(f"MUTASI_{name}", "")
        monkeypatch.delenv(f"MUTASI_{name}")
    monkeypatch.setattr(serve._Announced, "run", lambda server, **_: server._told())


@pytest.fixture
def served(stored: Settings) -> Served:
    """Serve; returns the settings that the service would find, and what was told."""

    def run(
        set_before: str | None = None, token: str | None = None
    ) -> tuple[Settings, list[Listening]]:
        told: list[Listening] = []
        given = SecretStr(set_before) if set_before else None
        settings = stored.model_copy(update={"api_token": given})
        serve.serve(settings, "127.0.0.1", 0, token, told.append)
        return Settings(), told

    return run


def test_a_token_is_made_where_none_is_set(served: Served) -> None:
    first, (told,) = served()
    second, _ = served()

    assert first.api_token is not None
    assert first.api_token.get_secret_value() == told.token
    assert first.api_token != second.api_token
    assert len(told.token or "") >= 40


def test_a_token_that_is_set_is_kept_and_not_told(served: Served) -> None:
    settings, (told,) = served(set_before="set before")

    assert settings.api_token == SecretStr("set before")
    assert told.token is None


def test_a_token_that_is_typed_goes_first(served: Served) -> None:
    settings, (told,) = served(set_before="set before", token="typed")

    assert settings.api_token == SecretStr("typed")
    assert told.token is None


def test_the_service_finds_the_home(served: Served, stored: Settings) -> None:
    settings, (told,) = served()

    assert settings.home == stored.home.resolve()
    assert told.url.startswith("http://127.0.0.1:")
    assert not told.url.endswith(":0")


def test_an_empty_region_is_not_served(tmp_path: Path) -> None:
    with pytest.raises(RegionEmpty):
        serve.serve(Settings(home=tmp_path), "127.0.0.1", 0, None, print)


def test_small_answers_are_sent_at_once() -> None:
    with serve._listening("127.0.0.1", 0) as listener:
        assert listener.proto == socket.IPPROTO_TCP


def test_a_port_in_use_is_refused() -> None:
    with serve._listening("127.0.0.1", 0) as listener:
        port = listener.getsockname()[1]
        with pytest.raises(PortTaken) as refused:
            serve._listening("127.0.0.1", port)

    assert refused.value.params["port"] == port


def test_an_address_that_is_not_of_this_machine_is_refused() -> None:
    with pytest.raises(PortTaken):
        serve._listening("192.0.2.1", 0)


def test_what_is_printed_can_be_typed(stored: Settings) -> None:
    answer = CliRunner().invoke(
        cli.app, ["--home", str(stored.home), "serve", "--port", "0", "--lang", "en"]
    )

    assert answer.exit_code == 0, answer.output
    token = Settings().api_token
    assert token is not None
    assert "Serving at http://127.0.0.1:" in answer.output
    assert f'-H "Authorization: Bearer {token.get_secret_value()}"' in answer.output


def test_a_token_that_was_set_is_not_printed(
    stored: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MUTASI_API_TOKEN", "set before")

    answer = CliRunner().invoke(cli.app, ["--home", str(stored.home), "serve", "--port", "0"])

    assert "set before" not in answer.output
    assert "Bearer $MUTASI_API_TOKEN" in answer.output
